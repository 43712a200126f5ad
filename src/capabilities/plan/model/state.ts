import { addDays, type Day } from '#kernel/time.ts'
import type { ClauseState } from './terms.ts'

/** How a mechanism stood, as far as a state depends on it; the platform's `Standing` has it all. */
export interface Numbers {
  readonly due: number
  readonly met: number
  readonly late: number
  readonly open: number
  readonly missed: number
  readonly nextDue: Day | null
  readonly metOn: Day | null
  readonly zeroConfirmed: boolean
}

export interface Judged {
  /** One for each mechanism that could tell; empty when none could. */
  readonly standings: readonly Numbers[]
  /** Whether any mechanism serves the clause at all. */
  readonly live: boolean
  readonly from: Day | null
  readonly by: Day | null
  readonly asOf: Day
  /** How many days before its day a clause counts as due soon. */
  readonly soonDays: number
}

export const sumOf = (standings: readonly Numbers[]): Omit<Numbers, 'nextDue' | 'metOn' | 'zeroConfirmed'> =>
  standings.reduce(
    (sum, one) => ({
      due: sum.due + one.due,
      met: sum.met + one.met,
      late: sum.late + one.late,
      open: sum.open + one.open,
      missed: sum.missed + one.missed,
    }),
    { due: 0, met: 0, late: 0, open: 0, missed: 0 },
  )

const latest = (days: readonly (Day | null)[]): Day | null =>
  days
    .filter((day): day is Day => day !== null)
    .sort()
    .at(-1) ?? null
export const earliest = (days: readonly (Day | null)[]): Day | null =>
  days.filter((day): day is Day => day !== null).sort()[0] ?? null

/**
 * How one clause stands on a day. What was missed outweighs all; what is fulfilled after the clause's own day is late
 * whatever the items say; an empty population is fulfilled only when somebody confirmed that it is empty.
 */
export function stateOf({ standings, live, from, by, asOf, soonDays }: Judged): ClauseState {
  if (!live || (from !== null && asOf < from)) return 'waiting'
  if (standings.length === 0) return 'noData'
  const told = standings.filter((one) => one.due > 0 || one.zeroConfirmed)
  if (told.length === 0) return 'noData'
  const { open, missed, late } = sumOf(told)
  if (missed > 0) return 'unmet'
  if (open > 0) {
    if (by !== null && asOf > by) return 'unmet'
    const next = earliest([by, ...told.map(({ nextDue }) => nextDue)])
    return next !== null && next <= addDays(asOf, soonDays) ? 'dueSoon' : 'underway'
  }
  // Fulfilled in part while another mechanism of the clause knows nothing yet.
  if (told.length < standings.length) return by !== null && asOf > by ? 'unmet' : 'underway'
  const metOn = latest(told.map((one) => one.metOn))
  return late > 0 || (by !== null && metOn !== null && metOn > by) ? 'metLate' : 'met'
}

/** How a tile stands by its clauses: the one that asks for most attention, and fulfilled only when all are. */
export function stateOfAll(states: readonly ClauseState[]): ClauseState {
  const has = (state: ClauseState) => states.includes(state)
  if (has('unmet')) return 'unmet'
  if (has('dueSoon')) return 'dueSoon'
  if (has('underway')) return 'underway'
  const told = states.filter((state) => state === 'met' || state === 'metLate')
  if (told.length > 0) {
    if (told.length < states.length) return 'underway'
    return has('metLate') ? 'metLate' : 'met'
  }
  return has('noData') ? 'noData' : 'waiting'
}

/** Fulfilled ÷ due in whole percent, or null when there is nothing to fulfil. Never 100 while anything is left. */
export function shareOf({ due, met, late }: Pick<Numbers, 'due' | 'met' | 'late'>): number | null {
  if (due === 0) return null
  const done = met + late
  return done === due ? 100 : Math.min(99, Math.floor((done / due) * 100))
}
