import type { RecordIdentity } from '#kernel/record.ts'
import type { ListingState } from './terms.ts'

export interface ListingOrder {
  readonly name: string
  readonly matters: string
  readonly requirements: string
  readonly release: string
  /** Absent on orders given before it was kept. */
  readonly by?: string
  readonly accountId?: string
}

/** 申请销案: somebody says the work is done and asks the listing body to end the listing. */
export interface EndRequest {
  readonly on: string
  readonly by: string
  readonly accountId: string
  readonly statement: string
  /** How it was turned down; null while it waits and when the listing was ended upon it. */
  readonly returned: { readonly on: string; readonly by: string; readonly reason: string } | null
}

export interface ListingDetail {
  readonly reason: string
  readonly proposedBy: string
  readonly proposerAccountId: string
  /** The person behind the account, so that a second account of the same person does not approve. */
  readonly proposerPersonId?: string | null
  readonly opinion: string
  readonly approvedBy: string
  readonly order: ListingOrder | null
  readonly publication: { readonly where: string; readonly by: string } | null
  readonly endRequests?: readonly EndRequest[]
  readonly ending: { readonly reason: string; readonly by: string; readonly document: string } | null
}

/** 挂牌督办: one supervised listing of one hazard. */
export interface Listing extends RecordIdentity {
  readonly hazardId: string
  /** The yearly batch it was proposed in, if any; what is asked of the batch is decided there. */
  readonly batchId: string | null
  readonly hazardNumber: string
  readonly unitId: string | null
  readonly unitName: string
  readonly area: string
  readonly sector: string
  readonly level: 'county' | 'city' | 'province'
  readonly state: ListingState
  readonly proposerBodyId: string | null
  /** The body that lists (挂牌机关); only it extends, approves the closing and ends the listing. */
  readonly listingBodyId: string | null
  /** The body that supervises the rectification on behalf of the listing body. */
  readonly supervisingBodyId: string | null
  readonly document: string
  readonly proposedOn: string
  readonly orderedOn: string | null
  /** The deadline the order set; while the listing stands it follows the hazard's. */
  readonly dueOn: string | null
  readonly publicisedOn: string | null
  /** Day the end of the listing was asked for, until that is answered. */
  readonly askedOn: string | null
  /** Day the hazard was closed, as long as it is. */
  readonly hazardClosedOn: string | null
  readonly endedOn: string | null
  readonly detail: ListingDetail
}
