import { refuse } from '#kernel/errors.ts'
import { newId } from '#kernel/ids.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import {
  addReport,
  correctHazard,
  hazardErrors as e,
  emptyDetail,
  firstFound,
  type Hazard,
  lapse,
  levels,
  mayRectify,
  type Report,
  rejudgeHazard,
  reportHazard,
  seesHazard,
  speaksForUnit,
  verifyHazard,
} from '../../model/index.ts'
import type { HazardDeps } from '../deps.ts'
import { gravity, noticeLine, tellBody, tellUnit } from '../notices.ts'
import { hazardRecord } from '../record-type.ts'
import { judge } from './judging.ts'

export function target(context: EffectContext) {
  const { county, recordId, actionId, actor, now } = context
  return { county, recordType: 'hazard', recordId, actionId, actor, now }
}

/** The unit, unless the actor would see no hazard of the sector there: to them it does not exist. */
export async function findUnit({ directory }: HazardDeps, context: EffectContext, id: string, sector: string) {
  const unit = await directory.findUnit(context.tx, context.county, id)
  const route = unit && (await directory.routeMatter(context.tx, context.county, sector, unit.area, context.today))
  const there = route && { area: unit.area, sector, unitId: id, leadBodyId: route.leadBodyId, assignedBodyId: null }
  return there && seesHazard(context.actor, there) ? unit : undefined
}

/** The unit the hazard stands at, or the named place where the directory has none. */
export async function placeOf(
  deps: HazardDeps,
  context: EffectContext,
  input: { unitId: string | null; placeName: string; area: string | null; sector: string },
): Promise<{ unitId: string | null; unitName: string; area: string }> {
  if (input.unitId) {
    const unit = await findUnit(deps, context, input.unitId, input.sector)
    if (!unit) return refuse(e.unitUnknown, { fields: [{ path: 'unitId', message: e.unitUnknown.message }] })
    if (!unit.active) refuse(e.unitClosed)
    return { unitId: unit.id, unitName: unit.name, area: unit.area }
  }
  if (input.placeName === '' || input.area === null) {
    const path = input.placeName === '' ? 'placeName' : 'area'
    return refuse(e.placeMissing, { fields: [{ path, message: e.placeMissing.message }] })
  }
  return { unitId: null, unitName: input.placeName, area: input.area }
}

export function newReport(
  context: EffectContext,
  facts: Pick<Report, 'channel' | 'area' | 'sector' | 'foundOn' | 'source' | 'description'>,
  id: string,
): Report {
  return {
    id,
    hazardId: context.recordId,
    filedUnder: context.recordId,
    reporter: context.actor.name,
    accountId: context.actor.accountId,
    reportedAt: context.now.toISOString(),
    ...facts,
  }
}

/** The printed number, `〔2026〕00123`; gaps are harmless, repeats are impossible. */
const printedNumber = ({ today, number }: EffectContext) => `〔${today.slice(0, 4)}〕${String(number).padStart(5, '0')}`

/** A hazard as it is when nothing has happened to it yet. */
export async function freshHazard(
  deps: HazardDeps,
  context: EffectContext,
  facts: Pick<
    Hazard,
    'unitId' | 'unitName' | 'area' | 'sector' | 'level' | 'channel' | 'state' | 'description' | 'location' | 'foundOn'
  > & {
    judgement: Hazard['detail']['judgement']
  },
): Promise<Hazard> {
  const { judgement, ...rest } = facts
  const route = await deps.directory.routeMatter(context.tx, context.county, facts.sector, facts.area, context.today)
  return {
    county: context.county,
    id: context.recordId,
    version: 0,
    number: printedNumber(context),
    ...rest,
    registeredOn: context.today,
    leadBodyId: route.leadBodyId,
    jointBodyIds: route.jointBodyIds,
    townBodyId: route.townBodyId,
    assignedBodyId: null,
    issuerBodyId: null,
    dueOn: null,
    overdue: false,
    stopped: false,
    listing: 'none',
    listingId: null,
    listingBodyId: null,
    closedOn: null,
    closeKind: null,
    closures: 0,
    reopened: 0,
    reinspection: 'none',
    mergedInto: null,
    progressOn: context.today,
    planComplete: false,
    reports: [],
    detail: { ...emptyDetail(judgement), routeReason: route.reason },
  }
}

const undecided = (context: EffectContext) => ({
  kind: 'none' as const,
  criterionId: null,
  documentId: null,
  text: '',
  reason: '',
  on: context.today,
  by: context.actor.name,
})

const report = (deps: HazardDeps): RegisteredAction =>
  onCreate(reportHazard, hazardRecord, async (context, input) => {
    if (input.foundOn > context.today) {
      refuse(e.foundLater, { fields: [{ path: 'foundOn', message: e.foundLater.message }] })
    }
    const place = await placeOf(deps, context, input)
    const byUnit = speaksForUnit(context.actor)
    const judged = input.judgement !== null && !byUnit
    const judgement = input.judgement ? await judge(deps, context, input.judgement, input) : undecided(context)
    const fresh = await freshHazard(deps, context, {
      ...place,
      sector: input.sector,
      level: input.judgement?.level ?? 'general',
      channel: byUnit ? 'selfCheck' : input.channel,
      state: judged ? 'registered' : 'reported',
      description: input.description,
      location: input.location,
      foundOn: input.foundOn,
      judgement,
    })
    const interim = input.interim ? [{ text: input.interim, on: context.today, by: context.actor.name }] : []
    const first = newReport(
      context,
      {
        channel: fresh.channel,
        area: fresh.area,
        sector: fresh.sector,
        foundOn: input.foundOn,
        source: input.source,
        description: input.description,
      },
      newId(context.now.getTime()),
    )
    const record: Hazard = { ...fresh, reports: [first], detail: { ...fresh.detail, interim } }
    await deps.files.bind(context.tx, target(context), input.attachments)
    const line = noticeLine(record)
    const words = { kind: 'registered', title: judged ? '新登记隐患' : '有隐患待核实', body: line }
    const unitWords = { kind: 'registered', title: `您单位被登记一条${gravity(record)}`, body: line }
    return {
      record,
      output: { state: record.state, number: record.number, routeReason: record.detail.routeReason },
      summary: `${judged ? '登记' : '上报'}${input.judgement ? levels[record.level] : '等级待核实的'}隐患${record.detail.routeReason ? `（${record.detail.routeReason}）` : ''}`,
      notices: [
        ...tellBody(context.actionId, record.leadBodyId, words),
        ...tellBody(context.actionId, record.townBodyId, words),
        ...(judged ? await tellUnit(deps, context, context.actionId, record, unitWords) : []),
      ],
    }
  })

const fileReport = (deps: HazardDeps): RegisteredAction =>
  onRecord(addReport, hazardRecord, async (context, hazard, input) => {
    if (input.foundOn > context.today) refuse(e.foundLater)
    const { area, sector } = hazard
    const { foundOn, source, description } = input
    const channel = speaksForUnit(context.actor) ? 'selfCheck' : input.channel
    await deps.files.bind(context.tx, target(context), input.attachments)
    const id = newId(context.now.getTime())
    const added = newReport(context, { channel, area, sector, foundOn, source, description }, id)
    const reports = [...hazard.reports, added]
    return {
      record: { ...hazard, reports, foundOn: firstFound(reports, hazard.foundOn) },
      output: { state: hazard.state },
      summary: '又有一次发现并入本隐患',
    }
  })

const verify = (deps: HazardDeps): RegisteredAction =>
  onRecord(verifyHazard, hazardRecord, async (context, hazard, input) => {
    const judgement = await judge(deps, context, input.judgement, hazard)
    await deps.files.bind(context.tx, target(context), input.attachments)
    const record: Hazard = {
      ...hazard,
      state: 'registered' as const,
      level: input.judgement.level,
      detail: { ...hazard.detail, judgement },
    }
    const words = { kind: 'registered', title: `您单位被登记一条${gravity(record)}`, body: noticeLine(record) }
    return {
      record,
      output: { state: record.state },
      summary: `核实属实，判定为${levels[record.level]}隐患${input.note ? `：${input.note}` : ''}`,
      notices: await tellUnit(deps, context, context.actionId, record, words),
    }
  })

const rejudge = (deps: HazardDeps): RegisteredAction =>
  onRecord(rejudgeHazard, hazardRecord, async (context, hazard, input) => {
    const judgement = await judge(deps, context, input.judgement, hazard)
    const judged: Hazard = { ...hazard, level: input.judgement.level, detail: { ...hazard.detail, judgement } }
    // A hazard raised to major while being rectified does not count as being rectified before 五落实 stand.
    const back = hazard.state === 'rectifying' && !mayRectify(judged)
    const record: Hazard = back ? { ...judged, state: 'assigned', detail: lapse(judged.detail, context.today) } : judged
    const words = { kind: 'judged', title: '', body: `${noticeLine(record)}｜${input.why}` }
    const tell = async (title: string, about: Hazard) => [
      ...(await tellUnit(deps, context, context.actionId, about, { ...words, title })),
      ...tellBody(context.actionId, record.leadBodyId, { ...words, title: title.replace('您单位一条', '') }),
    ]
    const raised = record.level === 'major' && hazard.level !== 'major'
    const lowered = record.level !== 'major' && hazard.level === 'major'
    return {
      record,
      output: { state: record.state },
      summary: `重新判定为${levels[record.level]}隐患${back ? '，补齐五落实和临时管控后再开始整改' : ''}：${input.why}`,
      notices: raised
        ? await tell('您单位一条隐患被判定为重大事故隐患', record)
        : lowered
          ? await tell('您单位一条重大隐患被改判为一般隐患', hazard)
          : [],
    }
  })

const correct: RegisteredAction = onRecord(correctHazard, hazardRecord, (_context, hazard, input) => {
  const { description, location } = input
  const changed = [
    description === hazard.description ? '' : `隐患内容（原为“${hazard.description}”）`,
    location === hazard.location ? '' : `具体位置（原为“${hazard.location || '未填'}”）`,
  ].filter((part) => part !== '')
  if (changed.length === 0) refuse(e.nothingCorrected)
  return {
    record: { ...hazard, description, location },
    output: { state: hazard.state },
    summary: `更正${changed.join('、')}：${input.why}`,
  }
})

export const findingActions = (deps: HazardDeps): RegisteredAction[] => [
  report(deps),
  fileReport(deps),
  verify(deps),
  rejudge(deps),
  correct,
]
