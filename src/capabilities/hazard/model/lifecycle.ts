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
  speaksForUnit,
  standingStop,
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

const notReviewer: HazardGuard = ({ record, actor }) => {
  const review = lastClosureReview(record)
  const took = review && (review.accountId === actor.accountId || review.reviewers.includes(actor.name))
  return took ? { def: hazardErrors.reviewerCannotApprove } : undefined
}

/** What an action would make of the level; undefined while only the button is asked about. */
function levelWanted(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('judgement' in input)) return undefined
  const { judgement } = input
  return typeof judgement === 'object' && judgement !== null && 'level' in judgement ? judgement.level : undefined
}

/** Making a major hazard general takes it out of every stricter rule, so neither its rectifiers nor its field staff may. */
const mayDowngrade: HazardGuard = ({ record, actor, input }) => {
  if (record.level !== 'major' || levelWanted(input) !== 'general' || actor.system) return undefined
  if (record.listing !== 'none') return { def: hazardErrors.listedCannotDowngrade }
  if (record.stopped) return { def: hazardErrors.stillStopped }
  const lead = actor.grants.some((grant) => grant.role === 'department' && grant.bodyId === record.leadBodyId)
  const decides = (hasRole(actor, 'committeeOffice') || lead) && !record.detail.rectifiers.includes(actor.accountId)
  return decides ? undefined : { def: hazardErrors.downgradeNotAllowed }
}

/** A unit closes by itself only what it found by itself, before anybody has judged it otherwise. */
const ownFinding: HazardGuard = ({ record, actor }) => {
  if (!speaksForUnit(actor)) return undefined
  const own = record.state === 'reported' && record.reports.every((report) => report.channel === 'selfCheck')
  return own ? undefined : { def: hazardErrors.unitMayOnlyOwn }
}

const majorByOffice: HazardGuard = ({ record, actor }) =>
  record.level === 'major' && !actor.system && !hasRole(actor, 'committeeOffice')
    ? { def: hazardErrors.officeOnly }
    : undefined

const mergeNotStopped: HazardGuard = ({ record }) => (record.stopped ? { def: hazardErrors.mergeStopped } : undefined)

const fromLedger: HazardGuard = ({ record }) =>
  record.detail.ledger !== null && record.closures === 0 ? undefined : { def: hazardErrors.needsReviewRecord }

/** Production resumes when the unit has applied for it, or when the rectification itself has been accepted. */
const resumable: HazardGuard = ({ record }) =>
  standingStop(record.detail)?.resumeAskedOn || record.state === 'awaitingReview' || record.state === 'awaitingClosure'
    ? undefined
    : { def: hazardErrors.resumeNotAsked }
const resumeNotAsked: HazardGuard = ({ record }) =>
  standingStop(record.detail)?.resumeAskedOn ? { def: hazardErrors.resumeAsked } : undefined

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
export const issuerRefusal: HazardGuard = (context) => {
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
const unlinked: HazardGuard = ({ record }) => (record.unitId === null ? undefined : { def: hazardErrors.unitLinked })
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
    // One raised to major while being rectified goes back to 已交办 until 五落实 and interim control stand.
    {
      action: 'hazard.rejudge',
      from: ['registered', 'assigned', 'rectifying'],
      to: ['registered', 'assigned', 'rectifying'],
      guards: [mayDowngrade],
    },
    { action: 'hazard.correct', from: standing, to: 'same' },
    { action: 'hazard.assign', from: ['registered'], to: 'assigned' },
    { action: 'hazard.returnAssignment', from: underway, to: 'registered' },
    { action: 'hazard.savePlan', from: underway, to: 'same' },
    { action: 'hazard.setInterim', from: standing, to: 'same' },
    { action: 'hazard.startRectifying', from: ['assigned'], to: 'rectifying', guards: [fiveElements, interimControl] },
    { action: 'hazard.reportProgress', from: ['rectifying'], to: 'same' },
    {
      action: 'hazard.fixAtOnce',
      from: ['reported', 'registered'],
      to: 'closed',
      guards: [general, notListed, stopLifted, ownFinding],
    },
    { action: 'hazard.applyAcceptance', from: ['rectifying'], to: 'awaitingAcceptance', guards: [fiveElements] },
    { action: 'hazard.accept', from: ['awaitingAcceptance'], to: 'awaitingReview', guards: [major, notRectifier] },
    {
      action: 'hazard.closeGeneral',
      from: ['awaitingAcceptance'],
      to: 'closed',
      guards: [generalClosure, stopLifted, notRectifier, byListingBody],
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
    { action: 'hazard.decideExtension', from: underway, to: 'same', guards: [extensionWaiting, issuerRefusal] },
    { action: 'hazard.extend', from: underway, to: 'same', guards: [issuerRefusal] },
    { action: 'hazard.orderStop', from: standing, to: 'same', guards: [major, notStopped] },
    { action: 'hazard.askResume', from: standing, to: 'same', guards: [stopped, resumeNotAsked] },
    { action: 'hazard.liftStop', from: standing, to: 'same', guards: [stopped, resumable, notRectifier] },
    { action: 'hazard.recordReinspection', from: ['closed'], to: 'same', guards: [drawn, notRectifier, notCloser] },
    // Opening again sets a new deadline, and what is still listed has its deadline from the listing body alone.
    { action: 'hazard.reopen', from: ['closed'], to: ['rectifying', 'assigned'], guards: [byListingBody] },
    { action: 'hazard.merge', from: standing, to: 'merged', guards: [notListed, mergeNotStopped] },
    { action: 'hazard.absorb', from: standing, to: 'same' },
    { action: 'hazard.release', from: [...standing, 'closed', 'rejected', 'transferred', 'voided'], to: 'same' },
    { action: 'hazard.unmerge', from: ['merged'], to: standing },
    { action: 'hazard.addReport', from: standing, to: 'same' },
    {
      action: 'hazard.transferOut',
      from: ['reported', 'registered', 'assigned', 'rectifying'],
      to: 'transferred',
      guards: [notListed, majorByOffice],
    },
    { action: 'hazard.void', from: standing, to: 'voided', guards: [notListed, majorByOffice] },
    { action: 'hazard.restore', from: ['rejected', 'transferred', 'voided'], to: standing },
    { action: 'hazard.setListing', from: [...standing, 'closed'], to: 'same' },
    { action: 'hazard.linkUnit', from: [...standing, 'closed'], to: 'same', guards: [unlinked] },
    { action: 'hazard.passDeadline', from: standing, to: 'same' },
    {
      action: 'hazard.importClosure',
      from: ['rectifying', 'assigned', 'registered'],
      to: 'closed',
      guards: [fromLedger],
    },
  ],
})

/** How many more extensions may be granted under the county's limit. */
export function extensionsLeft(hazard: Hazard, limit: number): number {
  return Math.max(0, limit - grantedExtensions(hazard))
}
