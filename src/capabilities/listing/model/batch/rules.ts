import { type Day, diffDays } from '#kernel/time.ts'
import { type ListingState, listingStates } from '../terms.ts'
import type { ListingBatch } from './record.ts'
import type { YearStatus } from './terms.ts'

/** The day by which a year's list shall be published; `monthDay` is the county's, such as 12-31. */
export function targetOf(year: number, monthDay: string): Day {
  return `${year}-${monthDay}`
}

type YearFacts = Pick<ListingBatch, 'state' | 'publishedOn'>

/**
 * Whether the county has listed a batch in the year (M07-11): by the day the first list was published, else by the word
 * that there was nothing to list, else by whether there is still time. `days` are days late.
 */
export function yearStatus(
  target: Day,
  batches: readonly YearFacts[],
  today: Day,
): { readonly status: YearStatus; readonly on: Day | null; readonly days: number } {
  const published = batches.flatMap(({ publishedOn }) => (publishedOn === null ? [] : [publishedOn])).sort()[0]
  if (published !== undefined) {
    const days = Math.max(0, diffDays(target, published))
    return { status: days > 0 ? 'late' : 'met', on: published, days }
  }
  if (batches.some(({ state }) => state === 'none')) return { status: 'none', on: null, days: 0 }
  const days = Math.max(0, diffDays(target, today))
  return { status: days > 0 ? 'unmet' : 'pending', on: null, days }
}

/** How far a batch has come, counted over what the meeting did not leave out. */
export interface BatchProgress {
  readonly chosen: number
  readonly leftOut: number
  readonly ordered: number
  readonly publicised: number
  readonly closed: number
  readonly delisted: number
  readonly overdue: number
  /** Taken back or revoked after the meeting. */
  readonly dropped: number
}

export interface ProgressFacts {
  readonly state: ListingState
  readonly publicisedOn: string | null
  readonly hazardClosedOn: string | null
  readonly overdue: boolean
}

export function progressOf(items: readonly { leftOut: string | null; listing: ProgressFacts | null }[]): BatchProgress {
  const kept = items.filter(({ leftOut }) => leftOut === null)
  const listings = kept.flatMap(({ listing }) => (listing ? [listing] : []))
  const count = (test: (listing: ProgressFacts) => boolean) => listings.filter(test).length
  return {
    chosen: kept.length,
    leftOut: items.length - kept.length,
    ordered: count(({ state }) => state === 'ordered' || state === 'delisted'),
    publicised: count(({ state, publicisedOn }) => publicisedOn !== null && state !== 'revoked'),
    closed: count(({ hazardClosedOn, state }) => hazardClosedOn !== null && state !== 'revoked'),
    delisted: count(({ state }) => state === 'delisted'),
    overdue: count(({ overdue }) => overdue),
    dropped: count(({ state }) => state === 'withdrawn' || state === 'revoked' || state === 'rejected'),
  }
}

/** How far one hazard of the batch has come, in a word. */
export function itemWords(item: {
  readonly leftOut: string | null
  readonly listing: { readonly state: ListingState } | null
  readonly hazardState: string
}): string {
  if (item.leftOut !== null) return '会议未列入'
  if (!item.listing) return '拟列入'
  return item.listing.state === 'ordered' ? item.hazardState : listingStates[item.listing.state].label
}
