import type { ClockEnv } from '#platform/actions/types.ts'
import { clockedKind } from '#platform/clock/projection.ts'
import type { ExportDesk, ServerModule } from '#platform/module/module.ts'
import {
  batchLifecycle,
  isListingBody,
  listingClockParameters,
  listingErrors,
  listingLifecycle,
  listingPermissions,
  listingRungWords,
} from '../model/index.ts'
import { decidingActions } from './actions/deciding.ts'
import { endingActions } from './actions/ending.ts'
import { orderingActions } from './actions/ordering.ts'
import { draftingActions } from './batch/drafting.ts'
import { meetingActions } from './batch/meeting.ts'
import { batchDownload, batchQueries, visibleBatch } from './batch/queries.ts'
import { batchRecord } from './batch/record-type.ts'
import { listingClock } from './clock.ts'
import type { ListingDeps } from './deps.ts'
import { followingActions } from './follow.ts'
import { listingSource } from './mechanisms.ts'
import { listingQueries, visibleListing } from './queries/answers.ts'
import { listingDownload } from './queries/list.ts'
import { listingRecord } from './record-type.ts'
import { clockedListings } from './store.ts'

/** 挂牌督办 as the server registers it. */
export function listingModule(
  deps: ListingDeps & {
    readonly county: string
    readonly exports: ExportDesk
    /** Calendar and parameters as they stand now. */
    readonly clockEnv: ClockEnv
  },
): ServerModule {
  return {
    name: 'listing',
    permissions: listingPermissions,
    errors: Object.values(listingErrors),
    lifecycles: [listingLifecycle, batchLifecycle],
    actions: [
      ...decidingActions(deps),
      ...orderingActions(deps),
      ...endingActions(deps),
      ...followingActions(deps),
      ...draftingActions(deps),
      ...meetingActions(deps),
    ],
    queries: [...listingQueries(deps), ...batchQueries(deps)],
    downloads: [listingDownload(deps, deps.exports), batchDownload(deps, deps.exports)],
    clocks: [listingClock(deps, deps.clockEnv)],
    clocked: [
      clockedKind({
        county: deps.county,
        recordType: listingRecord,
        parameters: listingClockParameters,
        rungWords: listingRungWords,
        standing: clockedListings,
      }),
    ],
    mechanisms: [listingSource(deps)],
    recordTypes: [
      {
        type: listingRecord.type,
        async sight(context, id) {
          const listing = await visibleListing(context, id)
          if (!listing) return undefined
          return {
            label: `挂牌督办 ${listing.hazardNumber} ${listing.unitName}`,
            path: `/listings/${listing.id}`,
            receipts: isListingBody(context.actor, listing),
          }
        },
      },
      {
        type: batchRecord.type,
        async sight(context, id) {
          const batch = await visibleBatch(context, id)
          return batch && { label: batch.title, path: `/listings/batches/${batch.id}` }
        },
      },
    ],
  }
}
