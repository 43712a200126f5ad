import { type Actor, hasRole } from '#kernel/grants.ts'
import { defineLifecycle, type Guard, type Lifecycle } from '#kernel/lifecycle.ts'
import { listingErrors } from './errors.ts'
import type { Listing } from './record.ts'
import { type ListingState, listingStates } from './terms.ts'

const notProposer: Guard<Listing> = ({ record, actor }) =>
  record.detail.proposerAccountId === actor.accountId ? { def: listingErrors.proposerCannotApprove } : undefined

const actsFor = (actor: Actor, bodyId: string | null) =>
  bodyId !== null && actor.grants.some((grant) => grant.bodyId === bodyId)

/** The order and everything after it belong to the body that lists (M17-9). */
const byListingBody: Guard<Listing> = ({ record, actor }) => {
  // What city or province lists has no body here: the county's committee office follows it up.
  const own = record.listingBodyId === null ? hasRole(actor, 'committeeOffice') : actsFor(actor, record.listingBodyId)
  return own || actor.system ? undefined : { def: listingErrors.onlyListingBody }
}

/** A county listing is an act of the approver's body: without one nobody could extend it, close it or delist it. */
const namesItsBody: Guard<Listing> = ({ record, actor }) =>
  record.level !== 'county' || actor.system || actor.grants.some((grant) => grant.bodyId !== null)
    ? undefined
    : { def: listingErrors.bodyMissing }

/** Who asked may take it back until it was approved; from then on it is the listing body's. */
const mayWithdraw: Guard<Listing> = (context) => {
  const { record, actor } = context
  if (record.state !== 'proposed') return byListingBody(context)
  const own = record.detail.proposerAccountId === actor.accountId || actsFor(actor, record.proposerBodyId)
  return own || actor.system ? undefined : { def: listingErrors.onlyProposer }
}

const notYetPublic: Guard<Listing> = ({ record }) =>
  record.publicisedOn === null ? undefined : { def: listingErrors.alreadyPublicised }
const publicised: Guard<Listing> = ({ record }) =>
  record.publicisedOn === null ? { def: listingErrors.notPublicised } : undefined

/** 提请 → 批准 → 下达 → 公示 → 摘牌 (M16-1, requirements §4.2). */
export const listingLifecycle: Lifecycle<ListingState, Listing> = defineLifecycle({
  record: 'listing',
  states: listingStates,
  stateOf: (listing) => listing.state,
  transitions: [
    { action: 'listing.approve', from: ['proposed'], to: 'approved', guards: [notProposer, namesItsBody] },
    { action: 'listing.reject', from: ['proposed'], to: 'rejected', guards: [notProposer] },
    { action: 'listing.withdraw', from: ['proposed', 'approved'], to: 'withdrawn', guards: [mayWithdraw] },
    { action: 'listing.order', from: ['approved'], to: 'ordered', guards: [byListingBody] },
    { action: 'listing.publicise', from: ['ordered'], to: 'same', guards: [byListingBody, notYetPublic] },
    { action: 'listing.delist', from: ['ordered'], to: 'delisted', guards: [byListingBody, publicised] },
  ],
})
