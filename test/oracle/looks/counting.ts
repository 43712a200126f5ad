import type { FlowLimits, HazardState } from '#capabilities/hazard/model/index.ts'
import type { Dimension, MeasureId } from '#capabilities/statistics/model/index.ts'
import type { HazardRow } from '../chronicle.ts'
import { isOverdue, isStock, removed, standing } from './matching.ts'

/**
 * What each number means, written anew from the words that stand under it on the screen (口径). `over` is what a share is
 * taken of, `days` what a mean is over.
 */
export interface Meaning {
  readonly counts: (row: HazardRow) => boolean
  readonly over?: (row: HazardRow) => boolean
  readonly days?: (row: HazardRow, asOf: string) => number
  /** Closings are counted in the month of the closing and told apart by their kind. */
  readonly byClosing?: true
}

const is = (states: readonly HazardState[]) => (row: HazardRow) => states.includes(row.state)
const valid = (row: HazardRow) => !removed.includes(row.state)
const isClosed = is(['closed'])
const dayNumber = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000)
const daysBetween = (from: string, to: string) => dayNumber(to) - dayNumber(from)

export const meanings: Readonly<Record<Exclude<MeasureId, 'reports'>, Meaning>> = {
  standing: { counts: is(standing) },
  stock: { counts: (row) => standing.includes(row.state) && isStock(row) },
  found: { counts: valid },
  closed: { counts: isClosed, byClosing: true },
  overdue: { counts: isOverdue },
  majorOverdue: { counts: (row) => isOverdue(row) && row.level === 'major' },
  listed: { counts: (row) => row.listing !== 'none' && standing.includes(row.state) },
  reopened: { counts: (row) => row.reopened > 0 },
  removed: { counts: is(removed) },
  closureRate: { counts: isClosed, over: valid },
  overdueRate: { counts: isOverdue, over: is(standing) },
  reopenRate: { counts: (row) => row.reopened > 0, over: (row) => row.closures > 0 },
  meanDaysOpen: { counts: is(standing), days: (row, asOf) => daysBetween(row.found_on, asOf) },
  meanDaysToClose: {
    counts: isClosed,
    days: (row) => daysBetween(row.found_on, row.closed_on ?? row.found_on),
    byClosing: true,
  },
}

export const monthOf = (row: HazardRow, meaning: Meaning): string =>
  (meaning.byClosing ? (row.closed_on ?? '') : row.found_on).slice(0, 7)

export function keyOf(row: HazardRow, meaning: Meaning, dimension: Dimension): string {
  if (dimension === 'area') return row.area.slice(0, 9)
  if (dimension === 'month') return monthOf(row, meaning)
  if (dimension === 'state') return meaning.byClosing ? (row.close_kind ?? '') : row.state
  return row[dimension]
}

export const within = (row: HazardRow, limits: FlowLimits): boolean =>
  row.area.startsWith(limits.area ?? '') &&
  (limits.sector ?? row.sector) === row.sector &&
  (limits.level ?? row.level) === row.level &&
  (limits.channel ?? row.channel) === row.channel

export interface Numbers {
  n: number
  top: number
  bottom: number
}

/** The records behind a number, and both sides of the fraction where it is one. */
export function numbersOf(rows: readonly HazardRow[], meaning: Meaning, asOf: string): Numbers {
  const counted = rows.filter(meaning.counts)
  const n = counted.length
  const { over, days } = meaning
  if (over) return { n, top: n, bottom: rows.filter(over).length }
  if (days) return { n, top: counted.reduce((sum, row) => sum + days(row, asOf), 0), bottom: n }
  return { n, top: n, bottom: n }
}

export function shownAs({ n, top, bottom }: Numbers, meaning: Meaning): number | null {
  if (!meaning.over && !meaning.days) return n
  if (bottom === 0) return null
  return meaning.days ? Math.round((top / bottom) * 10) / 10 : Math.round((top / bottom) * 1000) / 1000
}

/** What happened to a hazard between two days, from how it stood on each: `before` is undefined when nobody knew of it. */
export const happened: Readonly<
  Record<string, (before: HazardRow | undefined, after: HazardRow, limits: FlowLimits) => boolean>
> = {
  entered: (before, after, limits) => before === undefined && within(after, limits),
  reopened: (before, after, limits) => isIn(before, ['closed']) && isIn(after, standing) && within(after, limits),
  restored: (before, after, limits) => isIn(before, removed) && isIn(after, standing) && within(after, limits),
  closed: (before, after, limits) => fresh(before) && isIn(after, ['closed']) && within(after, limits),
  removed: (before, after, limits) => fresh(before) && isIn(after, removed) && within(after, limits),
  adjustedIn: (before, after, limits) =>
    before !== undefined && isIn(before, standing) && !within(before, limits) && within(after, limits),
  adjustedOut: (before, after, limits) =>
    before !== undefined && isIn(before, standing) && within(before, limits) && !within(after, limits),
}

const isIn = (row: HazardRow | undefined, states: readonly HazardState[]) =>
  row !== undefined && states.includes(row.state)
/** Nobody knew of it, or it stood: what was closed or removed already is not closed or removed again. */
const fresh = (before: HazardRow | undefined) => before === undefined || standing.includes(before.state)
