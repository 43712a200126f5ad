import { defineLifecycle, type Guard, type Lifecycle } from '#kernel/lifecycle.ts'
import { listingErrors } from '../errors.ts'
import { actsAs, bodyFor, isListingBody } from '../rules.ts'
import type { ListingBatch } from './record.ts'
import { type BatchState, batchStates } from './terms.ts'

type BatchGuard = Guard<ListingBatch>

/** Who drafts it is a matter of the body that began it. */
const byDrafter: BatchGuard = ({ record, actor }) => {
  const own = record.drafterBodyId === null || actsAs(actor, 'listing.draftBatch', record.drafterBodyId)
  return own || actor.system ? undefined : { def: listingErrors.onlyDrafter }
}

const notSubmitter: BatchGuard = ({ record, actor }) =>
  record.detail.submission?.accountId === actor.accountId ? { def: listingErrors.submitterCannotApprove } : undefined

const namesItsBody: BatchGuard = ({ actor }) =>
  actor.system || bodyFor(actor, 'listing.approve') !== null ? undefined : { def: listingErrors.bodyMissing }

const bySubmitter: BatchGuard = ({ record, actor }) => {
  const { submission } = record.detail
  const own =
    submission?.accountId === actor.accountId || actsAs(actor, 'listing.draftBatch', submission?.bodyId ?? null)
  return own || actor.system ? undefined : { def: listingErrors.onlySubmitter }
}

const byListingBody: BatchGuard = ({ record, actor }) =>
  actor.system || isListingBody(actor, record) ? undefined : { def: listingErrors.onlyListingBody }

const chosen: BatchGuard = ({ record }) =>
  record.items.length === 0 ? { def: listingErrors.nothingChosen } : undefined

/** 拟定 → 提请审定 → 会议审定 → 下达 → 公布名单; or the word that the year has none (M07-11). */
export const batchLifecycle: Lifecycle<BatchState, ListingBatch> = defineLifecycle({
  record: 'listingBatch',
  states: batchStates,
  stateOf: (batch) => batch.state,
  transitions: [
    { action: 'listing.chooseForBatch', from: ['drafting'], to: 'same', guards: [byDrafter] },
    { action: 'listing.dropFromBatch', from: ['drafting'], to: 'same', guards: [byDrafter] },
    { action: 'listing.submitBatch', from: ['drafting'], to: 'submitted', guards: [byDrafter, chosen] },
    { action: 'listing.voidBatch', from: ['drafting'], to: 'voided', guards: [byDrafter] },
    { action: 'listing.takeBackBatch', from: ['submitted'], to: 'drafting', guards: [bySubmitter] },
    { action: 'listing.approveBatch', from: ['submitted'], to: 'approved', guards: [notSubmitter, namesItsBody] },
    { action: 'listing.returnBatch', from: ['submitted'], to: 'drafting', guards: [notSubmitter] },
    { action: 'listing.orderBatch', from: ['approved'], to: 'same', guards: [byListingBody] },
    { action: 'listing.publishBatch', from: ['approved'], to: 'published', guards: [byListingBody] },
    { action: 'listing.revokeNone', from: ['none'], to: 'voided' },
  ],
})
