import type { HolidayYear } from '#kernel/calendar.ts'
import { addDays, addMonths, type Day, makeDay, partsOfDay, yearOf } from '#kernel/time.ts'
import { dayInYear, type Festival, festivals, holidayWindows } from './holidays.ts'
import type { Rhythm } from './terms.ts'

/** One turn of a duty: the days within which it is to be done, and the day after which it counts as not done. */
export interface DutyPeriod {
  /** Names the turn within its rule: 2026-Q3, 2026-10, 2026-national. */
  readonly key: string
  readonly label: string
  readonly startOn: Day
  readonly endOn: Day
  /** The last day in time: `endOn` and the days of grace. */
  readonly dueOn: Day
  /** What is done after the end still counts for it, since no other turn follows. */
  readonly open: boolean
}

/** When a duty recurs, its parameters resolved. */
export interface Recurrence {
  readonly rhythm: Rhythm
  /** First and last day on which the rule holds; without a last day it goes on. */
  readonly from: Day
  readonly until: Day | null
  readonly graceDays: number
  /** Of `window`: first and last day of the year, such as 06-01 and 06-30. */
  readonly window: { readonly from: string; readonly to: string } | null
  /** Of `holiday`: which ones, and how many days before the first day off the turn begins. */
  readonly holidays: { readonly which: readonly Festival[]; readonly daysBefore: number } | null
  /** Of `event`. */
  readonly events: readonly { readonly key: string; readonly title: string; readonly from: Day; readonly to: Day }[]
}

type Turn = Pick<DutyPeriod, 'key' | 'label' | 'startOn' | 'endOn'>

const monthsOf = { month: 1, quarter: 3, halfYear: 6, year: 12 } as const
type Regular = keyof typeof monthsOf
const isRegular = (rhythm: Rhythm): rhythm is Regular => rhythm in monthsOf

/**
 * The turns of a rule up to `horizon`, in the order of time. They never overlap. Those of months, quarters, halves and
 * years follow each other without a gap from the rule's first day to its last, at which the first and the last are cut.
 */
export function periodsOf(rule: Recurrence, years: readonly HolidayYear[], horizon: Day): DutyPeriod[] {
  const last = rule.until !== null && rule.until < horizon ? rule.until : horizon
  if (last < rule.from) return []
  return turnsOf(rule, years, last)
    .filter(({ startOn, endOn }) => endOn >= rule.from && startOn <= last)
    .map((turn) => cut(turn, rule))
    .map((turn) => ({
      ...turn,
      dueOn: addDays(turn.endOn, rule.graceDays),
      open: rule.rhythm === 'once',
    }))
}

/** A turn under way at the horizon keeps its whole length; only the rule's own days cut it. */
function cut(turn: Turn, { from, until }: Recurrence): Turn {
  const startOn = turn.startOn < from ? from : turn.startOn
  const endOn = until !== null && turn.endOn > until ? until : turn.endOn
  return { ...turn, startOn, endOn }
}

function turnsOf(rule: Recurrence, years: readonly HolidayYear[], last: Day): Turn[] {
  const { rhythm, from, until } = rule
  if (isRegular(rhythm)) return regularTurns(rhythm, from, last)
  if (rhythm === 'once') return [{ key: 'once', label: '一次性', startOn: from, endOn: until ?? last }]
  if (rhythm === 'event') {
    return [...rule.events]
      .sort((a, b) => (a.from < b.from ? -1 : 1))
      .map(({ key, title, ...days }) => ({ key, label: title, startOn: days.from, endOn: days.to }))
  }
  if (rhythm === 'holiday') return holidayTurns(rule, years)
  const { window } = rule
  if (!window) return []
  return yearsBetween(from, last).map((year) => ({
    key: `${year}`,
    label: `${year}年`,
    startOn: dayInYear(year, window.from),
    endOn: dayInYear(year, window.to),
  }))
}

const yearsBetween = (from: Day, to: Day): number[] =>
  Array.from({ length: Math.max(0, yearOf(to) - yearOf(from) + 1) }, (_, at) => yearOf(from) + at)

function regularTurns(rhythm: Regular, from: Day, last: Day): Turn[] {
  const length = monthsOf[rhythm]
  const { year, month } = partsOfDay(from)
  const turns: Turn[] = []
  let startOn = makeDay(year, month - ((month - 1) % length), 1) ?? from
  while (startOn <= last) {
    const next = addMonths(startOn, length)
    turns.push({ ...nameOf(rhythm, startOn), startOn, endOn: addDays(next, -1) })
    startOn = next
  }
  return turns
}

function nameOf(rhythm: Regular, startOn: Day): Pick<Turn, 'key' | 'label'> {
  const { year, month } = partsOfDay(startOn)
  if (rhythm === 'month') return { key: startOn.slice(0, 7), label: `${year}年${month}月` }
  if (rhythm === 'year') return { key: `${year}`, label: `${year}年` }
  const part = Math.ceil(month / monthsOf[rhythm])
  if (rhythm === 'quarter') return { key: `${year}-Q${part}`, label: `${year}年第${part}季度` }
  return { key: `${year}-H${part}`, label: `${year}年${part === 1 ? '上' : '下'}半年` }
}

/** A turn never begins before the one before it has ended: festivals can lie a few days apart. */
function holidayTurns({ holidays }: Recurrence, years: readonly HolidayYear[]): Turn[] {
  if (!holidays) return []
  const turns: Turn[] = []
  for (const { year, festival, from, to } of holidayWindows(years)) {
    if (!holidays.which.includes(festival)) continue
    const wanted = addDays(from, -holidays.daysBefore)
    const before = turns.at(-1)?.endOn
    const startOn = before !== undefined && wanted <= before ? addDays(before, 1) : wanted
    const label = `${year}年${festivals[festival]}`
    turns.push({ key: `${year}-${festival}`, label, startOn, endOn: to })
  }
  return turns
}
