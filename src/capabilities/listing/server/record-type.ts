import type { Facets } from '#kernel/grants.ts'
import type { RecordType } from '#platform/actions/types.ts'
import { versionsIn } from '#platform/actions/versions.ts'
import { isKnownToUnit, type Listing, listingDeadlines, listingLifecycle } from '../model/index.ts'
import { loadListing, saveListing } from './store.ts'

export function listingFacets(listing: Listing): Facets {
  const bodies = [listing.proposerBodyId, listing.listingBodyId, listing.supervisingBodyId]
  return {
    area: listing.area,
    sectors: [listing.sector],
    unitId: isKnownToUnit(listing) ? listing.unitId : null,
    bodyIds: bodies.filter((id): id is string => id !== null),
  }
}

export const listingRecord: RecordType<Listing> = {
  type: 'listing',
  title: '挂牌督办',
  readPermission: 'listing.read',
  lifecycle: listingLifecycle,
  load: loadListing,
  versions: versionsIn('listing'),
  save: saveListing,
  facets: listingFacets,
  label: (listing) => `${listing.hazardNumber} ${listing.unitName}`,
  deadlines: listingDeadlines,
}
