import { addMonths, type Day, dayFromNumber, dayNumber, weekdayOfNumber, yearOf } from './time.ts'

/**
 * One year of the State Council's holiday notice. `holidays` are weekdays off, `workdays` are weekends worked; other
 * entries (a holiday that falls on a weekend) change nothing. `complete` says that the notice of the year is loaded.
 */
export interface HolidayYear {
  readonly year: number
  readonly holidays: readonly Day[]
  readonly workdays: readonly Day[]
  readonly complete: boolean
}

export type PeriodUnit = 'workingDay' | 'day' | 'month' | 'year'

/** A length of time as law and plans state it: 15 working days, 30 days, 3 months. */
export interface Period {
  readonly n: number
  readonly unit: PeriodUnit
}

/** Working-day arithmetic over a holiday table. All functions throw RangeError for a text that is not a day. */
export interface Calendar {
  isWorkingDay(day: Day): boolean
  /** The day itself when it is a working day, else the first one after it. */
  nextWorkingDay(day: Day): Day
  /**
   * The n-th working day after `day` (the day itself is never counted), or before it when n is negative. With n = 0 it
   * is `nextWorkingDay(day)`, so that the result is a working day in every case.
   */
  addWorkingDays(day: Day, n: number): Day
  /**
   * Working days from `from` (not counted) to `to` (counted). When `to` is earlier the count is negative, again without
   * `from` and with `to`: so it undoes `addWorkingDays` in both directions.
   */
  workingDaysBetween(from: Day, to: Day): number
  /** True when the notice of the day's year is not loaded: weekends alone are known, the answer may still move. */
  isProvisional(day: Day): boolean
  /**
   * Last day of a period. It is counted from the day after `start` (民法典 201); months and years end on the
   * corresponding day or the month's last (202); a last day off moves to the next working day (203).
   */
  deadline(start: Day, period: Period): Day
}

/**
 * Builds a calendar over the given years; other years know only weekends. A day named both off and worked is off,
 * because then a deadline is late rather than wrongly missed.
 */
export function createCalendar(years: readonly HolidayYear[]): Calendar {
  const exceptions = readExceptions(years)
  const complete = new Set(years.filter((year) => year.complete).map((year) => year.year))
  const workedUpTo = (number: number) => weekdaysUpTo(number) + (exceptions.sums[exceptions.countUpTo(number)] ?? 0)
  const isWorking = (number: number) => workedUpTo(number) > workedUpTo(number - 1)

  /** The first day by whose end `target` days have been worked: always a working day. */
  const dayWorked = (target: number, from: number, to: number): number => {
    let low = from
    let high = to
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (workedUpTo(middle) >= target) high = middle
      else low = middle + 1
    }
    return low
  }
  // Seven days hold at most seven working days and, without exceptions, five: each exception shifts at most a week.
  const reach = (n: number) => (Math.ceil(n / 5) + 1 + exceptions.size) * 7

  const add = (number: number, n: number): number => {
    if (n > 0) return dayWorked(workedUpTo(number) + n, number + 1, number + reach(n))
    if (n < 0) return dayWorked(workedUpTo(number - 1) + n + 1, number - reach(-n), number - 1)
    return isWorking(number) ? number : add(number, 1)
  }

  const calendar: Calendar = {
    isWorkingDay: (day) => isWorking(dayNumber(day)),
    nextWorkingDay: (day) => dayFromNumber(add(dayNumber(day), 0)),
    addWorkingDays: (day, n) => dayFromNumber(add(dayNumber(day), wholeNumber(n))),
    workingDaysBetween(from, to) {
      const [a, b] = [dayNumber(from), dayNumber(to)]
      if (a <= b) return workedUpTo(b) - workedUpTo(a)
      return workedUpTo(b - 1) - workedUpTo(a - 1)
    },
    isProvisional: (day) => !complete.has(yearOf(dayFromNumber(dayNumber(day)))),
    deadline(start, { n, unit }) {
      if (wholeNumber(n) < 0) throw new RangeError(`a period cannot be negative: ${n} ${unit}`)
      if (unit === 'workingDay') return calendar.addWorkingDays(start, n)
      if (unit === 'day') return dayFromNumber(add(dayNumber(start) + n, 0))
      return calendar.nextWorkingDay(addMonths(start, unit === 'year' ? n * 12 : n))
    },
  }
  return calendar
}

function wholeNumber(n: number): number {
  if (!Number.isSafeInteger(n)) throw new RangeError(`days, months and years are whole numbers: ${n}`)
  return n
}

/** Mondays to Fridays up to and including a day number; only differences of it have a meaning. */
function weekdaysUpTo(number: number): number {
  // Shifted so that a week starts on Monday: 1969-12-29 has the number -3.
  const sinceMonday = number + 3
  const weeks = Math.floor(sinceMonday / 7)
  return weeks * 5 + Math.min(sinceMonday - weeks * 7 + 1, 5)
}

interface Exceptions {
  readonly size: number
  /** How many exceptions lie on or before a day number. */
  countUpTo(number: number): number
  /** sums[i] = working days won or lost by the first i exceptions. */
  readonly sums: readonly number[]
}

function readExceptions(years: readonly HolidayYear[]): Exceptions {
  const changes = new Map<number, 1 | -1>()
  for (const number of years.flatMap((year) => year.workdays).map(dayNumber)) {
    if (weekdayOfNumber(number) > 5) changes.set(number, 1)
  }
  for (const number of years.flatMap((year) => year.holidays).map(dayNumber)) {
    if (weekdayOfNumber(number) > 5) changes.delete(number)
    else changes.set(number, -1)
  }
  const sorted = [...changes].sort((a, b) => a[0] - b[0])
  const numbers = sorted.map(([number]) => number)
  const sums = [0]
  for (const [index, [, change]] of sorted.entries()) sums.push((sums[index] ?? 0) + change)
  return { size: numbers.length, sums, countUpTo: (number) => upperBound(numbers, number) }
}

function upperBound(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? Number.POSITIVE_INFINITY) <= value) low = middle + 1
    else high = middle
  }
  return low
}
