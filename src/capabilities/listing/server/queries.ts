import { hazardStates, isStanding } from '#capabilities/hazard/model/index.ts'
import { coreErrors, refuse } from '#kernel/errors.ts'
import { allowedActions } from '#kernel/lifecycle.ts'
import { answer, type QueryContext, type RegisteredQuery } from '#platform/module/module.ts'
import {
  approveListing,
  delistListing,
  getListing,
  type Listing,
  type ListingRow,
  listingLifecycle,
  listListings,
  orderListing,
  publiciseListing,
  rejectListing,
  withdrawListing,
} from '../model/index.ts'
import { type ListingDeps, listingFacets } from './actions.ts'
import { loadListing, pageListings } from './store.ts'

const contracts = [approveListing, rejectListing, withdrawListing, orderListing, publiciseListing, delistListing]
const permissionOf = new Map(contracts.map((contract) => [contract.id, contract.permission]))

async function rowOf(deps: ListingDeps, context: QueryContext, listing: Listing): Promise<ListingRow> {
  const hazard = await deps.hazards.find(context.db, context.county, listing.hazardId, false)
  const body = (id: string | null) => (id ? deps.directory.bodyName(context.county, id) : null)
  const dueOn = listing.state === 'ordered' ? (hazard?.dueOn ?? listing.dueOn) : listing.dueOn
  const standing = hazard !== undefined && isStanding(hazard.state)
  return {
    id: listing.id,
    version: listing.version,
    hazardId: listing.hazardId,
    hazardNumber: listing.hazardNumber,
    hazardState: hazard ? hazardStates[hazard.state].label : '',
    description: hazard?.description ?? '',
    unitName: listing.unitName,
    areaName: deps.directory.areaName(context.county, listing.area),
    sectorName: deps.directory.sectorName(context.county, listing.sector),
    level: listing.level,
    state: listing.state,
    listingBodyName: body(listing.listingBodyId),
    supervisingBodyName: body(listing.supervisingBodyId),
    document: listing.document,
    proposedOn: listing.proposedOn,
    orderedOn: listing.orderedOn,
    dueOn,
    overdue: listing.state === 'ordered' && standing && dueOn !== null && dueOn < context.today,
    publicisedOn: listing.publicisedOn,
    endedOn: listing.endedOn,
  }
}

export function listingQueries(deps: ListingDeps): RegisteredQuery[] {
  return [
    answer(listListings, async (context, input) => {
      const { rows, total } = await pageListings(context, input)
      const shown = []
      for (const listing of rows) shown.push(await rowOf(deps, context, listing))
      return { rows: shown, total }
    }),
    answer(getListing, async (context, input) => {
      const listing = await loadListing(context.db, context.county, input.id, false)
      if (!listing || !context.can('listing.read', listingFacets(listing))) return refuse(coreErrors.notFound)
      const facets = listingFacets(listing)
      const { detail } = listing
      return {
        ...(await rowOf(deps, context, listing)),
        proposerBodyName: listing.proposerBodyId
          ? deps.directory.bodyName(context.county, listing.proposerBodyId)
          : null,
        reason: detail.reason,
        proposedBy: detail.proposedBy,
        opinion: detail.opinion,
        approvedBy: detail.approvedBy,
        order: detail.order,
        publication: detail.publication,
        ending: detail.ending,
        allowedActions: allowedActions(listingLifecycle, { record: listing, actor: context.actor }, (action) =>
          context.can(permissionOf.get(action) ?? '', facets),
        ),
      }
    }),
  ]
}
