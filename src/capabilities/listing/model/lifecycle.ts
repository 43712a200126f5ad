import { defineLifecycle, type Guard, type Lifecycle } from '#kernel/lifecycle.ts'
import { listingErrors } from './errors.ts'
import type { Listing } from './record.ts'
import { actsAs, bodyFor, isListingBody } from './rules.ts'
import { type ListingState, listingStates, standingListingStates } from './terms.ts'

const notProposer: Guard<Listing> = ({ record, actor }) => {
  const { proposerAccountId, proposerPersonId } = record.detail
  const same = proposerAccountId === actor.accountId || (proposerPersonId && proposerPersonId === actor.personId)
  return same ? { def: listingErrors.proposerCannotApprove } : undefined
}

/** The order and everything after it belong to the body that lists (M17-9). */
const byListingBody: Guard<Listing> = ({ record, actor }) =>
  actor.system || isListingBody(actor, record) ? undefined : { def: listingErrors.onlyListingBody }

/** A county listing is an act of the approver's body: without one nobody could extend it, close it or end it. */
const namesItsBody: Guard<Listing> = ({ record, actor }) =>
  record.level !== 'county' || actor.system || bodyFor(actor, 'listing.approve') !== null
    ? undefined
    : { def: listingErrors.bodyMissing }

/** Who asked may take it back until it was approved; from then on it is the listing body's. */
const mayWithdraw: Guard<Listing> = (context) => {
  const { record, actor } = context
  if (record.state !== 'proposed') return byListingBody(context)
  const own =
    record.detail.proposerAccountId === actor.accountId || actsAs(actor, 'listing.propose', record.proposerBodyId)
  return own || actor.system ? undefined : { def: listingErrors.onlyProposer }
}

const notYetPublic: Guard<Listing> = ({ record }) =>
  record.publicisedOn === null ? undefined : { def: listingErrors.alreadyPublicised }
const publicised: Guard<Listing> = ({ record }) =>
  record.publicisedOn === null ? { def: listingErrors.notPublicised } : undefined
const closed: Guard<Listing> = ({ record }) =>
  record.hazardClosedOn === null ? { def: listingErrors.stillOpen } : undefined
const notClosed: Guard<Listing> = ({ record }) =>
  record.hazardClosedOn === null ? undefined : { def: listingErrors.hazardClosed }
const notAsked: Guard<Listing> = ({ record }) => (record.askedOn === null ? undefined : { def: listingErrors.endAsked })
const asked: Guard<Listing> = ({ record }) => (record.askedOn === null ? { def: listingErrors.endNotAsked } : undefined)

/** What was proposed in a batch is decided with the batch; once approved it goes its own way. */
const decidedAlone: Guard<Listing> = ({ record }) =>
  record.batchId !== null && record.state === 'proposed' ? { def: listingErrors.inBatch } : undefined

/** Taking an order back leaves a hazard that nobody has put right: nobody undoes their own order alone. */
const notOrderer: Guard<Listing> = ({ record, actor }) =>
  record.detail.order?.accountId === actor.accountId ? { def: listingErrors.ordererCannotRevoke } : undefined

/** 提请 → 批准 → 下达 → 公示 → 申请销案 → 摘牌销案 (M16-1, M07-10, requirements §7.2). */
export const listingLifecycle: Lifecycle<ListingState, Listing> = defineLifecycle({
  record: 'listing',
  states: listingStates,
  stateOf: (listing) => listing.state,
  transitions: [
    {
      action: 'listing.approve',
      from: ['proposed'],
      to: 'approved',
      guards: [decidedAlone, notProposer, namesItsBody],
    },
    { action: 'listing.reject', from: ['proposed'], to: 'rejected', guards: [decidedAlone, notProposer] },
    {
      action: 'listing.withdraw',
      from: ['proposed', 'approved'],
      to: 'withdrawn',
      guards: [decidedAlone, mayWithdraw],
    },
    { action: 'listing.approveInBatch', from: ['proposed'], to: 'approved', guards: [notProposer, namesItsBody] },
    { action: 'listing.rejectInBatch', from: ['proposed'], to: 'rejected', guards: [notProposer] },
    { action: 'listing.withdrawInBatch', from: ['proposed', 'approved'], to: 'withdrawn', guards: [mayWithdraw] },
    { action: 'listing.order', from: ['approved'], to: 'ordered', guards: [byListingBody] },
    { action: 'listing.publicise', from: ['ordered'], to: 'same', guards: [byListingBody, notYetPublic] },
    { action: 'listing.askEnd', from: ['ordered'], to: 'same', guards: [notAsked] },
    { action: 'listing.returnEnd', from: ['ordered'], to: 'same', guards: [byListingBody, asked, notClosed] },
    { action: 'listing.delist', from: ['ordered'], to: 'delisted', guards: [byListingBody, publicised, closed] },
    { action: 'listing.revoke', from: ['ordered'], to: 'revoked', guards: [byListingBody, notClosed, notOrderer] },
    { action: 'listing.follow', from: standingListingStates, to: 'same' },
  ],
})
