import { refuse } from '#kernel/errors.ts'
import { newId } from '#kernel/ids.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import {
  addReport,
  hazardErrors as e,
  type Hazard,
  levels,
  Plan,
  type Report,
  rejectHazard,
  rejudgeHazard,
  reportHazard,
  transferOut,
  verifyHazard,
  voidHazard,
} from '../model/index.ts'
import type { HazardDeps } from './deps.ts'
import { judge } from './judging.ts'
import { noticeLine, tellBody, tellUnit } from './notices.ts'
import { hazardRecord } from './record-type.ts'
import { nextNumber } from './store.ts'

const unitRoles = ['unitPrincipal', 'unitWorker']

/** Whether the actor speaks for a supervised unit; what units report is verified by officials first. */
export function isUnitPerson(context: EffectContext): boolean {
  const { grants, system } = context.actor
  return !system && grants.length > 0 && grants.every((grant) => unitRoles.includes(grant.role))
}

export function target(context: EffectContext) {
  const { county, recordId, actionId, actor, now } = context
  return { county, recordType: 'hazard', recordId, actionId, actor, now }
}

/** The unit the hazard stands at, or the named place where the directory has none. */
export async function placeOf(
  deps: HazardDeps,
  context: EffectContext,
  input: { unitId: string | null; placeName: string; area: string | null },
): Promise<{ unitId: string | null; unitName: string; area: string }> {
  if (input.unitId) {
    const unit = await deps.directory.findUnit(context.tx, context.county, input.unitId)
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

export function emptyDetail(judgement: Hazard['detail']['judgement']): Hazard['detail'] {
  return {
    plan: Plan.parse({}),
    interim: [],
    progress: [],
    extensions: [],
    reviews: [],
    closures: [],
    stopOrders: [],
    judgement,
    assignment: null,
    rectifiers: [],
    acceptedBy: null,
    returns: [],
    ending: null,
    beforeMerge: null,
    routeReason: null,
    ledger: null,
  }
}

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
    number: await nextNumber(context.tx, context.today),
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
    const byUnit = isUnitPerson(context)
    const judged = input.judgement !== null && !byUnit
    const judgement = input.judgement ? judge(deps, context, input.judgement, input) : undecided(context)
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
    const unitWords = { kind: 'registered', title: '您单位被登记一条重大事故隐患', body: line }
    return {
      record,
      output: { state: record.state, number: record.number, routeReason: record.detail.routeReason },
      summary: `${judged ? '登记' : '上报'}${levels[record.level]}隐患${record.detail.routeReason ? `（${record.detail.routeReason}）` : ''}`,
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
    const { channel, foundOn, source, description } = input
    await deps.files.bind(context.tx, target(context), input.attachments)
    const added = newReport(context, { channel, area, sector, foundOn, source, description }, input.reportId)
    return {
      record: { ...hazard, reports: [...hazard.reports, added] },
      output: { state: hazard.state },
      summary: '又有一次发现并入本隐患',
    }
  })

const verify = (deps: HazardDeps): RegisteredAction =>
  onRecord(verifyHazard, hazardRecord, async (context, hazard, input) => {
    const judgement = judge(deps, context, input.judgement, hazard)
    await deps.files.bind(context.tx, target(context), input.attachments)
    const record: Hazard = {
      ...hazard,
      state: 'registered' as const,
      level: input.judgement.level,
      detail: { ...hazard.detail, judgement },
    }
    const words = { kind: 'registered', title: '您单位被登记一条重大事故隐患', body: noticeLine(record) }
    return {
      record,
      output: { state: record.state },
      summary: `核实属实，判定为${levels[record.level]}隐患${input.note ? `：${input.note}` : ''}`,
      notices: await tellUnit(deps, context, context.actionId, record, words),
    }
  })

const rejudge = (deps: HazardDeps): RegisteredAction =>
  onRecord(rejudgeHazard, hazardRecord, async (context, hazard, input) => {
    const judgement = judge(deps, context, input.judgement, hazard)
    const record: Hazard = { ...hazard, level: input.judgement.level, detail: { ...hazard.detail, judgement } }
    const raised = record.level === 'major' && hazard.level !== 'major'
    const words = { kind: 'registered', title: '您单位一条隐患被判定为重大事故隐患', body: noticeLine(record) }
    return {
      record,
      output: { state: record.state },
      summary: `重新判定为${levels[record.level]}隐患：${input.why}`,
      notices: raised ? await tellUnit(deps, context, context.actionId, record, words) : [],
    }
  })

const ended = (context: EffectContext, reason: string, receiver = '') => ({
  reason,
  on: context.today,
  by: context.actor.name,
  receiver,
})

const reject = (deps: HazardDeps): RegisteredAction =>
  onRecord(rejectHazard, hazardRecord, async (context, hazard, input) => {
    await deps.files.bind(context.tx, target(context), input.attachments)
    return {
      record: {
        ...hazard,
        state: 'rejected' as const,
        detail: { ...hazard.detail, ending: ended(context, input.reason) },
      },
      output: { state: 'rejected' },
      summary: `核实不成立：${input.reason}`,
      notices: hazard.reports.map((report) => ({
        key: `${context.actionId}:rejected:${report.accountId}`,
        to: { kind: 'account' as const, id: report.accountId },
        kind: 'rejected',
        title: '您上报的隐患经核实不成立',
        body: `${noticeLine(hazard)}｜理由：${input.reason}`,
      })),
    }
  })

const transfer = (deps: HazardDeps): RegisteredAction =>
  onRecord(transferOut, hazardRecord, async (context, hazard, input) => {
    await deps.files.bind(context.tx, target(context), input.attachments)
    const ending = ended(context, input.reason, input.receiver)
    return {
      record: { ...hazard, state: 'transferred' as const, detail: { ...hazard.detail, ending } },
      output: { state: 'transferred' },
      summary: `移送${input.receiver}：${input.reason}`,
    }
  })

const voidOut: RegisteredAction = onRecord(voidHazard, hazardRecord, (context, hazard, input) => ({
  record: { ...hazard, state: 'voided' as const, detail: { ...hazard.detail, ending: ended(context, input.reason) } },
  output: { state: 'voided' },
  summary: `作废：${input.reason}`,
}))

export const findingActions = (deps: HazardDeps): RegisteredAction[] => [
  report(deps),
  fileReport(deps),
  verify(deps),
  rejudge(deps),
  reject(deps),
  transfer(deps),
  voidOut,
]
