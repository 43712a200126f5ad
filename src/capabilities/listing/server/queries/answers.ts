import { coreErrors, refuse } from '#kernel/errors.ts'
import { allowedActions } from '#kernel/lifecycle.ts'
import { answer, type QueryContext, type RegisteredQuery } from '#platform/module/module.ts'
import {
  getListing,
  isListingBody,
  type Listing,
  listingContracts,
  listingLifecycle,
  listListings,
} from '../../model/index.ts'
import { batchFacets } from '../batch/record-type.ts'
import { loadBatch } from '../batch/store.ts'
import type { ListingDeps } from '../deps.ts'
import { entriesOf } from '../history.ts'
import { listingFacets } from '../record-type.ts'
import { loadListing } from '../store.ts'
import { listingRows, pageListings, rowOf } from './list.ts'

const contracts = new Map(listingContracts.map((contract) => [contract.id, contract]))

/** What this person may do with the listing now; what only follows from something else has no button. */
function actionsOn(context: QueryContext, listing: Listing) {
  const facets = listingFacets(listing)
  return allowedActions(listingLifecycle, { record: listing, actor: context.actor }, (action) => {
    const contract = contracts.get(action)
    return contract !== undefined && !contract.internal && context.can(contract.permission, facets)
  })
}

/** A listing the caller may see; anything else answers 'not found'. */
export async function visibleListing(context: QueryContext, id: string): Promise<Listing | undefined> {
  const listing = await loadListing(context.db, context.county, id, false)
  return listing && context.can('listing.read', listingFacets(listing)) ? listing : undefined
}

const get = (deps: ListingDeps): RegisteredQuery =>
  answer(getListing, async (context, input) => {
    const listing = (await visibleListing(context, input.id)) ?? refuse(coreErrors.notFound)
    const hazard = await deps.hazards.find(context.db, context.county, listing.hazardId, false)
    const timeline = await entriesOf(context, 'listing', listing.id, contracts)
    const batch = listing.batchId ? await loadBatch(context.db, context.county, listing.batchId, false) : undefined
    const { detail } = listing
    return {
      ...rowOf(deps, context, listing, hazard),
      proposerBodyName: listing.proposerBodyId ? deps.directory.bodyName(context.county, listing.proposerBodyId) : null,
      leadBodyId: hazard?.leadBodyId ?? null,
      batch:
        batch && context.can('listing.readBatch', batchFacets(batch)) ? { id: batch.id, title: batch.title } : null,
      reason: detail.reason,
      proposedBy: detail.proposedBy,
      opinion: detail.opinion,
      approvedBy: detail.approvedBy,
      order: detail.order && { ...detail.order, by: detail.order.by ?? '' },
      publication: detail.publication,
      endRequests: [...(detail.endRequests ?? [])],
      ending: detail.ending,
      timeline,
      mine: isListingBody(context.actor, listing),
      allowedActions: actionsOn(context, listing),
    }
  })

const list = (deps: ListingDeps): RegisteredQuery =>
  answer(listListings, async (context, { page, size, sort: _, ...filter }) => {
    const { rows, total } = await pageListings(context, filter, page, size)
    return { rows: await listingRows(deps, context, rows), total }
  })

export const listingQueries = (deps: ListingDeps): RegisteredQuery[] => [list(deps), get(deps)]
