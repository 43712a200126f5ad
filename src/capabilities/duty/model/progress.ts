import type { Calendar } from '#kernel/calendar.ts'
import { addDays, type Day } from '#kernel/time.ts'
import type { ItemState, QuotaUnit } from './terms.ts'

/** One day of a deed that counts for an item. `amount` is persons or percent; `counted` is false while unverified. */
export interface Mark {
  readonly day: Day
  readonly amount: number
  readonly counted: boolean
}

export interface Quota {
  readonly n: number
  readonly unit: QuotaUnit
}

export interface Progress {
  readonly done: number
  /** What verifying would add to it. */
  readonly pending: number
  /** The day the quota was reached; null while it is not. */
  readonly metOn: Day | null
}

/**
 * How far an item is. The server does the same for all items at once in SQL (server/store-count.ts); a test holds the two
 * against each other.
 */
export function progressOf(marks: readonly Mark[], quota: Quota, calendar: Calendar): Progress {
  const counted = marks.filter((mark) => mark.counted)
  const done = amountOf(counted, quota.unit, calendar)
  const pending = amountOf(marks, quota.unit, calendar) - done
  const days = [...new Set(counted.map(({ day }) => day))].sort()
  const upTo = (last: Day) =>
    amountOf(
      counted.filter(({ day }) => day <= last),
      quota.unit,
      calendar,
    )
  return { done, pending, metOn: days.find((day) => upTo(day) >= quota.n) ?? null }
}

function amountOf(marks: readonly Mark[], unit: QuotaUnit, calendar: Calendar): number {
  if (unit === 'times') return marks.length
  if (unit === 'days') return new Set(marks.map(({ day }) => day).filter((day) => calendar.isWorkingDay(day))).size
  if (unit === 'persons' || unit === 'hours') return marks.reduce((sum, { amount }) => sum + amount, 0)
  return marks.reduce((most, { amount }) => Math.max(most, amount), 0)
}

export interface ItemFacts extends Progress {
  readonly startOn: Day
  readonly dueOn: Day
  readonly quota: number
  readonly exempt: boolean
}

/** Days before the last one from which on an item is 即将到期; a quarter of short turns would otherwise always be. */
export const soonDays = 15

/** The state of an item on a day: always exactly one. Its SQL twin is `stateSql`. */
export function itemStateOf(item: ItemFacts, today: Day): ItemState {
  if (item.exempt) return 'exempt'
  if (item.metOn !== null) return item.metOn <= item.dueOn ? 'met' : 'metLate'
  const begun = item.done + item.pending
  if (item.pending > 0 && begun >= item.quota) return 'unverified'
  if (today > item.dueOn) return begun > 0 ? 'short' : 'missed'
  return today >= item.startOn && today >= addDays(item.dueOn, -soonDays) ? 'dueSoon' : 'notDue'
}

/** 1 / 2 个工作日, as it stands beside an item. */
export const missingOf = (item: Pick<ItemFacts, 'quota' | 'done' | 'pending'>): number =>
  Math.max(0, item.quota - item.done - item.pending)
