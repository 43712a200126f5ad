import type { Facets } from '#kernel/grants.ts'
import type { RecordType } from '#platform/actions/types.ts'
import { batchLifecycle, type ListingBatch } from '../../model/index.ts'
import { loadBatch, saveBatch } from './store.ts'

export function batchFacets(batch: ListingBatch): Facets {
  const bodies = [batch.drafterBodyId, batch.listingBodyId]
  return {
    area: batch.area,
    sectors: [batch.sector],
    unitId: null,
    bodyIds: bodies.filter((id): id is string => id !== null),
  }
}

export const batchRecord: RecordType<ListingBatch> = {
  type: 'listingBatch',
  title: '年度挂牌批次',
  readPermission: 'listing.readBatch',
  lifecycle: batchLifecycle,
  load: loadBatch,
  save: saveBatch,
  facets: batchFacets,
  label: (batch) => batch.title,
}
