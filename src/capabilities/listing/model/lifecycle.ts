import { defineLifecycle, type Guard, type Lifecycle } from '#kernel/lifecycle.ts'
import { listingErrors } from './errors.ts'
import type { Listing } from './record.ts'
import { type ListingState, listingStates } from './terms.ts'

const notProposer: Guard<Listing> = ({ record, actor }) =>
  record.detail.proposerAccountId === actor.accountId ? { def: listingErrors.proposerCannotApprove } : undefined

/** The order and everything after it belong to the body that lists (M17-9). */
const byListingBody: Guard<Listing> = ({ record, actor }) => {
  if (record.listingBodyId === null || actor.system) return undefined
  return actor.grants.some((grant) => grant.bodyId === record.listingBodyId)
    ? undefined
    : { def: listingErrors.onlyListingBody }
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
    { action: 'listing.approve', from: ['proposed'], to: 'approved', guards: [notProposer] },
    { action: 'listing.reject', from: ['proposed'], to: 'rejected', guards: [notProposer] },
    { action: 'listing.withdraw', from: ['proposed', 'approved'], to: 'withdrawn' },
    { action: 'listing.order', from: ['approved'], to: 'ordered', guards: [byListingBody] },
    { action: 'listing.publicise', from: ['ordered'], to: 'same', guards: [byListingBody, notYetPublic] },
    { action: 'listing.delist', from: ['ordered'], to: 'delisted', guards: [byListingBody, publicised] },
  ],
})
