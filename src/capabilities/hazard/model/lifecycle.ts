import { hasRole } from '#kernel/grants.ts'
import { defineLifecycle, type Guard, type Lifecycle } from '#kernel/lifecycle.ts'
import { hazardErrors } from './errors.ts'
import type { Hazard } from './record.ts'
import {
  closedByAccounts,
  fiveElementRefusal,
  grantedExtensions,
  hasInterimControl,
  lastClosureReview,
  pendingExtension,
} from './rules.ts'
import { type HazardState, hazardStates } from './terms.ts'

type HazardGuard = Guard<Hazard>

const fiveElements: HazardGuard = ({ record }) =>
  record.level === 'major' ? fiveElementRefusal(record.detail.plan) : undefined

const interimControl: HazardGuard = ({ record }) =>
  record.level === 'major' && !hasInterimControl(record.detail) ? { def: hazardErrors.interimMissing } : undefined

/** Whoever rectified may neither accept, review nor approve (M16-2: no self-closure). */
const notRectifier: HazardGuard = ({ record, actor }) =>
  !actor.system && record.detail.rectifiers.includes(actor.accountId)
    ? { def: hazardErrors.rectifierCannotReview }
    : undefined

const notReviewer: HazardGuard = ({ record, actor }) =>
  lastClosureReview(record)?.accountId === actor.accountId ? { def: hazardErrors.reviewerCannotApprove } : undefined

const notCloser: HazardGuard = ({ record, actor }) =>
  closedByAccounts(record).includes(actor.accountId) ? { def: hazardErrors.closerCannotReinspect } : undefined

const reviewed: HazardGuard = ({ record }) =>
  lastClosureReview(record)?.passed ? undefined : { def: hazardErrors.needsReviewRecord }

/** A listed hazard is decided by the body that listed it; what city or province listed, the county office records. */
const byListingBody: HazardGuard = ({ record, actor }) => {
  if (record.listing === 'none' || actor.system) return undefined
  // A ledger may say 县级挂牌 without naming the body: the committee office then answers for it.
  if (record.listing !== 'county' || record.listingBodyId === null) {
    return hasRole(actor, 'committeeOffice') ? undefined : { def: hazardErrors.onlyListingBody }
  }
  return actor.grants.some((grant) => grant.bodyId !== null && grant.bodyId === record.listingBodyId)
    ? undefined
    : { def: hazardErrors.onlyListingBody }
}

/** Only the issuer of the deadline may extend it; for a listed hazard that is the listing body. */
const byIssuer: HazardGuard = (context) => {
  const { record, actor } = context
  if (actor.system) return undefined
  if (record.listing !== 'none') return byListingBody(context)
  const mine = actor.grants.some((grant) => grant.bodyId !== null && grant.bodyId === record.issuerBodyId)
  return mine ? undefined : { def: hazardErrors.onlyIssuer }
}

const general: HazardGuard = ({ record }) =>
  record.level === 'general' ? undefined : { def: hazardErrors.majorCannotFixAtOnce }
const generalClosure: HazardGuard = ({ record }) =>
  record.level === 'general' ? undefined : { def: hazardErrors.generalOnly }
const major: HazardGuard = ({ record }) => (record.level === 'major' ? undefined : { def: hazardErrors.majorOnly })

const extensionWaiting: HazardGuard = ({ record }) =>
  pendingExtension(record.detail) ? undefined : { def: hazardErrors.noPendingExtension }
const noExtensionWaiting: HazardGuard = ({ record }) =>
  pendingExtension(record.detail) ? { def: hazardErrors.extensionPending } : undefined
const notStopped: HazardGuard = ({ record }) => (record.stopped ? { def: hazardErrors.alreadyStopped } : undefined)
const stopped: HazardGuard = ({ record }) => (record.stopped ? undefined : { def: hazardErrors.notStopped })
const stopLifted: HazardGuard = ({ record }) => (record.stopped ? { def: hazardErrors.stillStopped } : undefined)
const drawn: HazardGuard = ({ record }) =>
  record.reinspection === 'drawn' ? undefined : { def: hazardErrors.notDrawn }
const notListed: HazardGuard = ({ record }) =>
  record.listing === 'none' ? undefined : { def: hazardErrors.listedCannotMerge }

const open: readonly HazardState[] = ['reported', 'registered', 'assigned', 'rectifying']
const waiting: readonly HazardState[] = ['awaitingAcceptance', 'awaitingReview', 'awaitingClosure']
const standing: readonly HazardState[] = [...open, ...waiting]
const underway: readonly HazardState[] = ['assigned', 'rectifying']

/** The whole life of a hazard (M16-2, M17-9): the server refuses every move that does not stand here. */
export const hazardLifecycle: Lifecycle<HazardState, Hazard> = defineLifecycle({
  record: 'hazard',
  states: hazardStates,
  stateOf: (hazard) => hazard.state,
  transitions: [
    { action: 'hazard.verify', from: ['reported'], to: 'registered' },
    { action: 'hazard.reject', from: ['reported'], to: 'rejected' },
    { action: 'hazard.rejudge', from: ['registered', 'assigned', 'rectifying'], to: 'same' },
    { action: 'hazard.assign', from: ['registered'], to: 'assigned' },
    { action: 'hazard.returnAssignment', from: ['assigned'], to: 'registered' },
    { action: 'hazard.savePlan', from: underway, to: 'same' },
    { action: 'hazard.setInterim', from: standing, to: 'same' },
    { action: 'hazard.startRectifying', from: ['assigned'], to: 'rectifying', guards: [fiveElements, interimControl] },
    { action: 'hazard.reportProgress', from: ['rectifying'], to: 'same' },
    {
      action: 'hazard.fixAtOnce',
      from: ['reported', 'registered', 'assigned'],
      to: 'closed',
      guards: [general],
    },
    { action: 'hazard.applyAcceptance', from: ['rectifying'], to: 'awaitingAcceptance', guards: [fiveElements] },
    { action: 'hazard.accept', from: ['awaitingAcceptance'], to: 'awaitingReview', guards: [major, notRectifier] },
    {
      action: 'hazard.closeGeneral',
      from: ['awaitingAcceptance'],
      to: 'closed',
      guards: [generalClosure, notRectifier],
    },
    {
      action: 'hazard.recordReview',
      from: ['awaitingReview'],
      to: ['awaitingClosure', 'rectifying'],
      guards: [notRectifier],
    },
    { action: 'hazard.returnForRework', from: waiting, to: 'rectifying', guards: [notRectifier] },
    {
      action: 'hazard.approveClosure',
      from: ['awaitingClosure'],
      to: 'closed',
      guards: [reviewed, stopLifted, notRectifier, notReviewer, byListingBody],
    },
    { action: 'hazard.requestExtension', from: underway, to: 'same', guards: [noExtensionWaiting] },
    { action: 'hazard.decideExtension', from: underway, to: 'same', guards: [extensionWaiting, byIssuer] },
    { action: 'hazard.extend', from: underway, to: 'same', guards: [byIssuer] },
    { action: 'hazard.orderStop', from: standing, to: 'same', guards: [major, notStopped] },
    { action: 'hazard.liftStop', from: standing, to: 'same', guards: [stopped, notRectifier] },
    { action: 'hazard.recordReinspection', from: ['closed'], to: 'same', guards: [drawn, notRectifier, notCloser] },
    { action: 'hazard.reopen', from: ['closed'], to: 'rectifying' },
    { action: 'hazard.merge', from: [...open, ...waiting], to: 'merged', guards: [notListed] },
    { action: 'hazard.absorb', from: standing, to: 'same' },
    { action: 'hazard.release', from: [...standing, 'closed'], to: 'same' },
    { action: 'hazard.unmerge', from: ['merged'], to: standing },
    { action: 'hazard.addReport', from: standing, to: 'same' },
    {
      action: 'hazard.transferOut',
      from: ['reported', 'registered', 'assigned', 'rectifying'],
      to: 'transferred',
      guards: [notListed],
    },
    { action: 'hazard.void', from: standing, to: 'voided', guards: [notListed] },
    { action: 'hazard.setListing', from: [...standing, 'closed'], to: 'same' },
    { action: 'hazard.passDeadline', from: underway, to: 'same' },
    { action: 'hazard.importClosure', from: ['rectifying', 'assigned', 'registered'], to: 'closed' },
  ],
})

/** How many more extensions may be granted under the county's limit. */
export function extensionsLeft(hazard: Hazard, limit: number): number {
  return Math.max(0, limit - grantedExtensions(hazard.detail))
}
