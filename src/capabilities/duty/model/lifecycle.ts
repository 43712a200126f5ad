import { hasRole, type Role } from '#kernel/grants.ts'
import { defineLifecycle, type Guard, type Lifecycle } from '#kernel/lifecycle.ts'
import { dutyErrors } from './errors.ts'
import type { Deed, Exemption } from './record.ts'
import { type DeedState, deedStates, type ExemptionState, exemptionStates } from './terms.ts'

/** A deed with the roles whose word it waits for; frozen into it when it is loaded. */
export type VerifiableDeed = Deed & { readonly verifiers: readonly Role[] }

const byAnother: Guard<VerifiableDeed> = ({ record, actor }) =>
  record.detail.accountId === actor.accountId ? { def: dutyErrors.recorderCannotVerify } : undefined

const byVerifier: Guard<VerifiableDeed> = ({ record, actor }) =>
  actor.system || hasRole(actor, ...record.verifiers) ? undefined : { def: dutyErrors.notVerifier }

/** 填报 → 核验 → 计入; a form that nobody verifies counts at once. */
export const deedLifecycle: Lifecycle<DeedState, VerifiableDeed> = defineLifecycle({
  record: 'dutyDeed',
  states: deedStates,
  stateOf: (deed) => deed.state,
  transitions: [
    {
      action: 'duty.verify',
      from: ['unverified'],
      to: ['counted', 'returned'],
      guards: [byAnother, byVerifier],
    },
    { action: 'duty.correct', from: ['unverified', 'counted', 'returned'], to: ['unverified', 'counted'] },
    { action: 'duty.void', from: ['unverified', 'counted', 'returned'], to: 'voided' },
  ],
})

export const exemptionLifecycle: Lifecycle<ExemptionState, Exemption> = defineLifecycle({
  record: 'dutyExemption',
  states: exemptionStates,
  stateOf: (exemption) => exemption.state,
  transitions: [{ action: 'duty.endExemption', from: ['inForce'], to: 'ended' }],
})
