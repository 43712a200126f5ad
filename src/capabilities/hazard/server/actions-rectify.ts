import { refuse } from '#kernel/errors.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import {
  applyAcceptance,
  assignHazard,
  hazardErrors as e,
  fixAtOnce,
  type Hazard,
  liftStop,
  missingElements,
  orderStop,
  reportProgress,
  returnAssignment,
  savePlan,
  setInterim,
  startRectifying,
} from '../model/index.ts'
import { target } from './actions-find.ts'
import { closedNow } from './closing.ts'
import type { HazardDeps } from './deps.ts'
import { noticeLine, tellBody, tellUnit } from './notices.ts'
import { hazardRecord } from './record-type.ts'

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

const assign = (deps: HazardDeps): RegisteredAction =>
  onRecord(assignHazard, hazardRecord, async (context, hazard, input) => {
    if (input.dueOn < context.today) {
      refuse(e.dueTooEarly, { fields: [{ path: 'dueOn', message: e.dueTooEarly.message }] })
    }
    if (!deps.directory.bodyName(context.county, input.bodyId)) {
      refuse(e.bodyUnknown, { fields: [{ path: 'bodyId', message: e.bodyUnknown.message }] })
    }
    const { demand } = input
    const record: Hazard = {
      ...withInterim(hazard, context, input.interim),
      state: 'assigned',
      assignedBodyId: input.bodyId,
      issuerBodyId: actingBody(context) ?? input.bodyId,
      dueOn: input.dueOn,
      overdue: false,
      progressOn: context.today,
    }
    const assignment = { by: context.actor.name, bodyId: input.bodyId, on: context.today, demand }
    const done: Hazard = { ...record, detail: { ...record.detail, assignment } }
    const body = `${noticeLine(done)}｜整改时限 ${input.dueOn}｜${demand}`
    const words = { kind: 'assigned', title: '重大事故隐患整改交办', body }
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

const giveBack: RegisteredAction = onRecord(returnAssignment, hazardRecord, (context, hazard, input) => {
  const back = { on: context.today, by: context.actor.name, reason: input.reason, from: hazard.state }
  return {
    record: {
      ...hazard,
      state: 'registered' as const,
      assignedBodyId: null,
      dueOn: null,
      overdue: false,
      detail: { ...hazard.detail, returns: [...hazard.detail.returns, back] },
    },
    output: { state: 'registered' },
    summary: `退回交办：${input.reason}`,
    notices: tellBody(context.actionId, hazard.issuerBodyId, {
      kind: 'returned',
      title: '交办的隐患被退回',
      body: `${noticeLine(hazard)}｜${input.reason}`,
    }),
  }
})

const plan = (deps: HazardDeps): RegisteredAction =>
  onRecord(savePlan, hazardRecord, async (context, hazard, input) => {
    await deps.files.bind(context.tx, target(context), input.attachments)
    const missing = missingElements(input.plan)
    const next = withRectifier(hazard, context)
    return {
      record: {
        ...next,
        planComplete: missing.length === 0,
        progressOn: context.today,
        detail: { ...next.detail, plan: input.plan },
      },
      output: { state: hazard.state, missing },
      summary: missing.length === 0 ? '五落实填报齐全' : `填报五落实，还缺${missing.length}项`,
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
    return {
      record: closedNow(next, context, 'atOnce', input.note, ''),
      output: { state: 'closed' },
      summary: `立查立改：${input.note}`,
    }
  })

/** After-photos or documents must hang on the hazard before anyone may say it is done; old ones do not count twice. */
async function needAfterFiles(deps: HazardDeps, context: EffectContext, since?: Date): Promise<void> {
  const found = await deps.files.count(context.tx, target(context), ['after', 'other'], since)
  if (found === 0) refuse(e.photosMissing, { fields: [{ path: 'attachments', message: e.photosMissing.message }] })
}

const apply = (deps: HazardDeps): RegisteredAction =>
  onRecord(applyAcceptance, hazardRecord, async (context, hazard, input) => {
    await deps.files.bind(context.tx, target(context), input.attachments)
    const last = hazard.detail.closures.at(-1)?.reopenedOn
    await needAfterFiles(deps, context, last ? new Date(`${last}T00:00:00+08:00`) : undefined)
    const record: Hazard = { ...withRectifier(hazard, context), state: 'awaitingAcceptance', progressOn: context.today }
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
  giveBack,
  plan(deps),
  interim(deps),
  start,
  progress(deps),
  fixNow(deps),
  apply(deps),
  stop(deps),
  resume(deps),
]
