import { defineLifecycle, type Guard, type Lifecycle } from '#kernel/lifecycle.ts'
import { progressErrors as e } from './errors.ts'
import type { ProgressPeriod, ProgressReturn } from './record.ts'
import { actsAs } from './rules.ts'
import { type PeriodState, periodStates, type ReturnState, returnStates } from './terms.ts'

const notLocked: Guard<ProgressReturn> = ({ record }) =>
  record.lockedOn === null ? undefined : { def: e.periodLocked }

const ofBody: Guard<ProgressReturn> = ({ record, actor }) =>
  actor.system || actsAs(actor, 'progress.fill', record.bodyId) ? undefined : { def: e.otherBody }

/** The head of the body; the clerk who filled it in does not sign it. */
const byHead: Guard<ProgressReturn> = ({ record, actor }) => {
  if (!actor.system && !actsAs(actor, 'progress.endorse', record.bodyId)) return { def: e.onlyHead }
  return undefined
}

/** Nobody judges what they handed in or signed themselves, with one account or with another. */
const notOwn: Guard<ProgressReturn> = ({ record, actor }) => {
  const steps = [record.detail.submission, record.detail.endorsement]
  const own = steps.some(
    (step) =>
      step && (step.accountId === actor.accountId || (step.personId !== null && step.personId === actor.personId)),
  )
  return own ? { def: e.ownWork } : undefined
}

/** First the body itself gives it back to its clerk, later only the committee office. */
const mayReturn: Guard<ProgressReturn> = (context) => {
  if (context.record.state === 'submitted') return byHead(context)
  const office = context.actor.grants.some(({ role }) => role === 'committeeOffice')
  return office || context.actor.system ? undefined : { def: e.onlyOffice }
}

/** 填报 → 本单位审核 → 县安委办审定; corrected afterwards only with a reason, the frozen number kept. */
export const returnLifecycle: Lifecycle<ReturnState, ProgressReturn> = defineLifecycle({
  record: 'progressReturn',
  states: returnStates,
  stateOf: (one) => one.state,
  transitions: [
    {
      action: 'progress.submit',
      from: ['due', 'returned'],
      to: ['submitted', 'endorsed'],
      guards: [notLocked, ofBody],
    },
    { action: 'progress.endorse', from: ['submitted'], to: 'endorsed', guards: [notLocked, byHead, notOwn] },
    {
      action: 'progress.return',
      from: ['submitted', 'endorsed'],
      to: 'returned',
      guards: [notLocked, mayReturn, notOwn],
    },
    { action: 'progress.accept', from: ['endorsed'], to: 'accepted', guards: [notOwn] },
    { action: 'progress.chase', from: ['due', 'returned'], to: 'same', guards: [notLocked] },
    { action: 'progress.correct', from: ['submitted', 'endorsed', 'accepted'], to: 'same' },
    { action: 'progress.lockReturn', from: ['due', 'returned', 'submitted', 'endorsed', 'accepted'], to: 'same' },
  ],
})

export const periodLifecycle: Lifecycle<PeriodState, ProgressPeriod> = defineLifecycle({
  record: 'progressPeriod',
  states: periodStates,
  stateOf: (period) => period.state,
  transitions: [{ action: 'progress.lockPeriod', from: ['open'], to: 'locked' }],
})
