import type { ServerModule } from '#platform/module/module.ts'
import { listingErrors, listingLifecycle, listingPermissions } from '../model/index.ts'
import { type ListingDeps, listingActions, listingFacets } from './actions.ts'
import { listingQueries } from './queries.ts'
import { loadListing } from './store.ts'

/** 挂牌督办 as the server registers it. */
export function listingModule(deps: ListingDeps): ServerModule {
  return {
    name: 'listing',
    permissions: listingPermissions,
    errors: Object.values(listingErrors),
    lifecycles: [listingLifecycle],
    actions: listingActions(deps),
    queries: listingQueries(deps),
    recordTypes: [
      {
        type: 'listing',
        async sight(context, id) {
          const listing = await loadListing(context.db, context.county, id, false)
          if (!listing || !context.can('listing.read', listingFacets(listing))) return undefined
          return { label: `挂牌督办 ${listing.hazardNumber} ${listing.unitName}`, path: `/listings/${listing.id}` }
        },
      },
    ],
  }
}
