import { refuse } from '#kernel/errors.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import {
  applyAcceptance,
  askResume,
  assignHazard,
  type Extension,
  hazardErrors as e,
  fiveElementRefusal,
  fixAtOnce,
  grantedBy,
  type Hazard,
  issuerRefusal,
  lapse,
  liftStop,
  missingElements,
  orderStop,
  reportProgress,
  returnAssignment,
  savePlan,
  setInterim,
  startRectifying,
} from '../../model/index.ts'
import type { HazardDeps } from '../deps.ts'
import { gravity, noticeLine, tellBody, tellUnit } from '../notices.ts'
import { hazardRecord } from '../record-type.ts'
import { closedByChance, closedNow } from './closing.ts'
import { needRoom } from './extending.ts'
import { target } from './find.ts'

/** The body in whose name the actor acts; a county without bodies on its accounts acts as the committee office. */
export function actingBody(context: EffectContext): string | null {
  return context.actor.grants.find((grant) => grant.bodyId !== null)?.bodyId ?? null
}

/** Remembers who took part in rectifying: they may neither review nor approve. */
export function withRectifier(hazard: Hazard, context: EffectContext): Hazard {
  const { rectifiers } = hazard.detail
  const { accountId } = context.actor
  if (rectifiers.includes(accountId)) return hazard
  return { ...hazard, detail: { ...hazard.detail, rectifiers: [...rectifiers, accountId] } }
}

const withInterim = (hazard: Hazard, context: EffectContext, text: string): Hazard =>
  text
    ? {
        ...hazard,
        detail: {
          ...hazard.detail,
          interim: [...hazard.detail.interim, { text, on: context.today, by: context.actor.name }],
        },
      }
    : hazard

/**
 * A hazard handed out again keeps its deadline; a later one is an extension, with the same issuer, limit and history.
 * The deadline of a listed hazard stands in the order: whoever else hands it out may not set an earlier one either.
 */
function laterDeadline(context: EffectContext, hazard: Hazard, to: string): readonly Extension[] {
  const { dueOn, listing } = hazard
  const { extensions } = hazard.detail
  if (dueOn === null || to === dueOn || (to < dueOn && listing === 'none')) return extensions
  const refusal = issuerRefusal({ record: hazard, actor: context.actor })
  const message = listing === 'none' ? `不能晚于原时限 ${dueOn}` : `挂牌督办的办理期限是 ${dueOn}，由挂牌机关调整`
  if (refusal) refuse(refusal.def, { fields: [{ path: 'dueOn', message }] })
  if (to > dueOn) needRoom(context, hazard)
  return [...extensions, grantedBy(context, hazard, to, '重新交办时延长')]
}

const assign = (deps: HazardDeps): RegisteredAction =>
  onRecord(assignHazard, hazardRecord, async (context, hazard, input) => {
    if (input.dueOn < context.today) {
      refuse(e.dueTooEarly, { fields: [{ path: 'dueOn', message: e.dueTooEarly.message }] })
    }
    // The directory answers an unknown id with the id itself.
    if (deps.directory.bodyName(context.county, input.bodyId) === input.bodyId) {
      refuse(e.bodyUnknown, { fields: [{ path: 'bodyId', message: e.bodyUnknown.message }] })
    }
    const { demand } = input
    const extensions = laterDeadline(context, hazard, input.dueOn)
    const record: Hazard = {
      ...withInterim(hazard, context, input.interim),
      state: 'assigned',
      assignedBodyId: input.bodyId,
      issuerBodyId: hazard.issuerBodyId ?? actingBody(context) ?? input.bodyId,
      dueOn: input.dueOn,
      overdue: hazard.overdue && input.dueOn === hazard.dueOn,
      progressOn: context.today,
    }
    const assignment = { by: context.actor.name, bodyId: input.bodyId, on: context.today, demand }
    const done: Hazard = { ...record, detail: { ...record.detail, assignment, extensions } }
    const body = `${noticeLine(done)}｜整改时限 ${input.dueOn}｜${demand}`
    const words = { kind: 'assigned', title: `${gravity(done)}整改交办`, body }
    return {
      record: done,
      output: { state: done.state },
      summary: `交办${deps.directory.bodyName(context.county, input.bodyId)}，整改时限 ${input.dueOn}`,
      notices: [
        ...tellBody(context.actionId, input.bodyId, { ...words, title: '有隐患交办给贵单位' }),
        ...(await tellUnit(deps, context, context.actionId, done, words)),
      ],
    }
  })

/** Deadline and issuer stay: giving a hazard back is no way to a later deadline. */
const giveBack = (deps: HazardDeps): RegisteredAction =>
  onRecord(returnAssignment, hazardRecord, async (context, hazard, input) => {
    const back = { on: context.today, by: context.actor.name, reason: input.reason, from: hazard.state }
    const detail = lapse(hazard.detail, context.today)
    const body = `${noticeLine(hazard)}｜${input.reason}`
    return {
      record: {
        ...hazard,
        state: 'registered' as const,
        assignedBodyId: null,
        progressOn: context.today,
        detail: { ...detail, returns: [...detail.returns, back] },
      },
      output: { state: 'registered' },
      summary: `退回交办：${input.reason}`,
      notices: [
        ...tellBody(context.actionId, hazard.issuerBodyId, { kind: 'returned', title: '交办的隐患被退回', body }),
        ...(hazard.leadBodyId === hazard.issuerBodyId
          ? []
          : tellBody(context.actionId, hazard.leadBodyId, { kind: 'returned', title: '交办的隐患被退回', body })),
        ...(await tellUnit(deps, context, context.actionId, hazard, {
          kind: 'returned',
          title: '隐患的责任部门正在调整，整改要求和时限不变',
          body,
        })),
      ],
    }
  })

const plan = (deps: HazardDeps): RegisteredAction =>
  onRecord(savePlan, hazardRecord, async (context, hazard, input) => {
    const missing = missingElements(input.plan)
    if (hazard.level === 'major' && hazard.state === 'rectifying') {
      const refusal = fiveElementRefusal(input.plan)
      if (refusal) refuse(refusal.def, { ...refusal, detail: '整改已经开始，五落实不能再缺项。请补齐后保存' })
    }
    if (input.plan.deadline && hazard.dueOn && input.plan.deadline > hazard.dueOn) {
      const message = `不能晚于交办的整改时限 ${hazard.dueOn}；确需延长的，请先申请延期`
      refuse(e.planLate, { fields: [{ path: 'plan.deadline', message }] })
    }
    await deps.files.bind(context.tx, target(context), input.attachments)
    const next = withInterim(withRectifier(hazard, context), context, input.interim)
    const done = missing.length === 0 ? '五落实填报齐全' : `填报五落实，还缺${missing.length}项`
    return {
      record: {
        ...next,
        planComplete: missing.length === 0,
        progressOn: context.today,
        detail: { ...next.detail, plan: input.plan },
      },
      output: { state: hazard.state, missing },
      summary: input.interim ? `${done}；落实临时管控：${input.interim}` : done,
    }
  })

const interim = (deps: HazardDeps): RegisteredAction =>
  onRecord(setInterim, hazardRecord, async (context, hazard, input) => {
    await deps.files.bind(context.tx, target(context), input.attachments)
    return {
      record: withInterim(hazard, context, input.text),
      output: { state: hazard.state },
      summary: `落实临时管控：${input.text}`,
    }
  })

const start: RegisteredAction = onRecord(startRectifying, hazardRecord, (context, hazard, input) => ({
  record: { ...withRectifier(hazard, context), state: 'rectifying' as const, progressOn: context.today },
  output: { state: 'rectifying' },
  summary: `开始整改${input.note ? `：${input.note}` : ''}`,
}))

const progress = (deps: HazardDeps): RegisteredAction =>
  onRecord(reportProgress, hazardRecord, async (context, hazard, input) => {
    await deps.files.bind(context.tx, target(context), input.attachments)
    const next = withRectifier(hazard, context)
    const measures = next.detail.plan.measures.map((measure, index) =>
      input.measuresDone.includes(index) ? { ...measure, done: true } : measure,
    )
    const entry = { on: context.today, by: context.actor.name, text: input.text, percent: input.percent }
    return {
      record: {
        ...next,
        progressOn: context.today,
        detail: {
          ...next.detail,
          plan: { ...next.detail.plan, measures },
          progress: [...next.detail.progress, entry],
        },
      },
      output: { state: hazard.state },
      summary: `整改进度${input.percent}%：${input.text}`,
    }
  })

const fixNow = (deps: HazardDeps): RegisteredAction =>
  onRecord(fixAtOnce, hazardRecord, async (context, hazard, input) => {
    await deps.files.bind(context.tx, target(context), input.attachments)
    await needAfterFiles(deps, context)
    const next = withRectifier(hazard, context)
    return closedByChance(context, closedNow(next, context, 'atOnce', input.note, ''), `立查立改：${input.note}`)
  })

/** After-photos or documents must hang on the hazard before anyone may say it is done; old ones do not count twice. */
async function needAfterFiles(deps: HazardDeps, context: EffectContext, since?: string): Promise<void> {
  const found = await deps.files.count(context.tx, target(context), ['after'], since ? new Date(since) : undefined)
  if (found === 0) refuse(e.photosMissing, { fields: [{ path: 'attachments', message: e.photosMissing.message }] })
}

const apply = (deps: HazardDeps): RegisteredAction =>
  onRecord(applyAcceptance, hazardRecord, async (context, hazard, input) => {
    await deps.files.bind(context.tx, target(context), input.attachments)
    await needAfterFiles(deps, context, hazard.detail.workSince)
    const worked = withRectifier(hazard, context)
    const record: Hazard = {
      ...worked,
      state: 'awaitingAcceptance',
      progressOn: context.today,
      detail: lapse(worked.detail, context.today),
    }
    return {
      record,
      output: { state: record.state },
      summary: `申请验收：${input.statement}`,
      notices: tellBody(context.actionId, hazard.assignedBodyId, {
        kind: 'acceptance',
        title: '有隐患申请验收',
        body: noticeLine(hazard),
      }),
    }
  })

const stop = (deps: HazardDeps): RegisteredAction =>
  onRecord(orderStop, hazardRecord, async (context, hazard, input) => {
    await deps.files.bind(context.tx, target(context), input.attachments)
    const order = {
      on: context.today,
      scope: input.scope,
      reason: input.reason,
      document: input.document,
      by: context.actor.name,
      liftedOn: null,
    }
    const words = { kind: 'stopped', title: '责令停产停业整改', body: `${noticeLine(hazard)}｜范围：${input.scope}` }
    return {
      record: {
        ...hazard,
        stopped: true,
        detail: { ...hazard.detail, stopOrders: [...hazard.detail.stopOrders, order] },
      },
      output: { state: hazard.state },
      summary: `责令停产停业整改（${input.scope}）：${input.reason}`,
      notices: await tellUnit(deps, context, context.actionId, hazard, words),
    }
  })

const askToResume = (deps: HazardDeps): RegisteredAction =>
  onRecord(askResume, hazardRecord, async (context, hazard, input) => {
    await deps.files.bind(context.tx, target(context), input.attachments)
    const stopOrders = hazard.detail.stopOrders.map((order) =>
      order.liftedOn === null ? { ...order, resumeAskedOn: context.today } : order,
    )
    const next = withRectifier(hazard, context)
    return {
      record: { ...next, detail: { ...next.detail, stopOrders } },
      output: { state: hazard.state },
      summary: `申请恢复生产经营：${input.statement}`,
      notices: tellBody(context.actionId, hazard.leadBodyId, {
        kind: 'resume',
        title: '有单位申请恢复生产经营，请按期现场审查',
        body: noticeLine(hazard),
      }),
    }
  })

const resume = (deps: HazardDeps): RegisteredAction =>
  onRecord(liftStop, hazardRecord, async (context, hazard, input) => {
    await deps.files.bind(context.tx, target(context), input.attachments)
    const stopOrders = hazard.detail.stopOrders.map((order) =>
      order.liftedOn === null ? { ...order, liftedOn: context.today } : order,
    )
    const words = { kind: 'resumed', title: '同意恢复生产经营', body: `${noticeLine(hazard)}｜${input.opinion}` }
    return {
      record: { ...hazard, stopped: false, detail: { ...hazard.detail, stopOrders } },
      output: { state: hazard.state },
      summary: `恢复生产经营：${input.opinion}`,
      notices: await tellUnit(deps, context, context.actionId, hazard, words),
    }
  })

export const rectifyingActions = (deps: HazardDeps): RegisteredAction[] => [
  assign(deps),
  giveBack(deps),
  plan(deps),
  interim(deps),
  start,
  progress(deps),
  fixNow(deps),
  apply(deps),
  stop(deps),
  askToResume(deps),
  resume(deps),
]
