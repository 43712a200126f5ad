import type { RecordIdentity } from '#kernel/record.ts'
import type { ListingState } from './terms.ts'

export interface ListingOrder {
  readonly name: string
  readonly matters: string
  readonly requirements: string
  readonly release: string
}

export interface ListingDetail {
  readonly reason: string
  readonly proposedBy: string
  readonly proposerAccountId: string
  readonly opinion: string
  readonly approvedBy: string
  readonly order: ListingOrder | null
  readonly publication: { readonly where: string; readonly by: string } | null
  readonly ending: { readonly reason: string; readonly by: string; readonly document: string } | null
}

/** 挂牌督办: one supervised listing of one hazard. */
export interface Listing extends RecordIdentity {
  readonly hazardId: string
  readonly hazardNumber: string
  readonly unitId: string | null
  readonly unitName: string
  readonly area: string
  readonly sector: string
  readonly level: 'county' | 'city' | 'province'
  readonly state: ListingState
  readonly proposerBodyId: string | null
  /** The body that lists (挂牌机关); only it extends, approves the closing and delists. */
  readonly listingBodyId: string | null
  /** The body that supervises the rectification on behalf of the listing body. */
  readonly supervisingBodyId: string | null
  readonly document: string
  readonly proposedOn: string
  readonly orderedOn: string | null
  readonly dueOn: string | null
  readonly publicisedOn: string | null
  readonly endedOn: string | null
  readonly detail: ListingDetail
}
