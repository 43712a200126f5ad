import type { RecordIdentity } from '#kernel/record.ts'
import type { BatchState } from './terms.ts'

/** A hazard chosen for the batch, and what became of it there. */
export interface BatchItem {
  readonly hazardId: string
  readonly hazardNumber: string
  readonly unitName: string
  readonly area: string
  /** Why it is typical: what the proposal of its listing says. */
  readonly why: string
  readonly chosenBy: string
  readonly chosenOn: string
  /** Its listing, once the batch was submitted. */
  readonly listingId: string | null
  /** Why the meeting left it out; null when it did not. */
  readonly leftOut: string | null
}

export interface BatchDetail {
  readonly note: string
  readonly draftedBy: string
  readonly draftedOn: string
  readonly submission: {
    readonly on: string
    readonly by: string
    readonly accountId: string
    readonly bodyId: string | null
    readonly statement: string
  } | null
  readonly returns: readonly { readonly on: string; readonly by: string; readonly reason: string }[]
  readonly approval: {
    readonly meeting: string
    readonly meetingOn: string
    readonly by: string
    readonly on: string
    readonly opinion: string
  } | null
  readonly publication: { readonly where: string; readonly by: string } | null
  /** That there is nothing to list in the year: who says so, when and on what grounds. */
  readonly none: { readonly by: string; readonly on: string; readonly reason: string } | null
  readonly voided: { readonly by: string; readonly on: string; readonly reason: string } | null
}

/** 年度挂牌批次: hazards of one sector that are listed together, by one meeting and one paper (M07-11). */
export interface ListingBatch extends RecordIdentity {
  /** The county's code: a batch is a matter of the whole county. */
  readonly area: string
  readonly sector: string
  readonly year: number
  /** 第几批 of its year; 0 for the word that there is none. */
  readonly sequence: number
  readonly title: string
  readonly state: BatchState
  readonly drafterBodyId: string | null
  readonly listingBodyId: string | null
  /** Number of the paper by which the meeting decided. */
  readonly document: string
  readonly publishedOn: string | null
  readonly items: readonly BatchItem[]
  readonly detail: BatchDetail
}
