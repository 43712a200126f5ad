import { z } from 'zod'

/**
 * A legal day in Asia/Shanghai as 'YYYY-MM-DD' (years 0001–9999), so that comparing texts compares days and the
 * database column type is `date`. Every duration in this system is counted in these days, never in 24-hour blocks.
 */
export type Day = string

/** The source of "now". Effects and rules receive it (or the day it gives); nothing else may read the machine's clock. */
export interface Clock {
  now(): Date
}

/** The machine's clock. Importing it anywhere but in an app's start-up makes that code untestable. */
export const systemClock: Clock = {
  now() {
    return new Date()
  },
}

/** A clock that stands still until it is told otherwise; used by tests and by the demo data. */
export interface FixedClock extends Clock {
  set(at: Date | string): void
  /** Moves the clock by milliseconds; negative moves it back. */
  advance(milliseconds: number): void
}

/**
 * A clock standing at `at`: a Date, a Day (its first instant), or an ISO time. A time without a zone is Shanghai time,
 * because reading it in the zone of the machine would give other days on a server set to UTC.
 */
export function fixedClock(at: Date | string): FixedClock {
  let current = readInstant(at)
  return {
    now: () => new Date(current),
    set(next) {
      current = readInstant(next)
    },
    advance(milliseconds) {
      current = readInstant(new Date(current + milliseconds))
    },
  }
}

function readInstant(at: Date | string): number {
  const millis = typeof at === 'string' ? parseInstant(at) : at.getTime()
  if (Number.isNaN(millis)) throw new RangeError(`not a time: ${String(at)}`)
  return millis
}

function parseInstant(text: string): number {
  if (isDay(text)) return startOfDay(text).getTime()
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text)
  return Date.parse(hasZone ? text : `${text}+08:00`)
}

const DAY_MS = 86_400_000
/** Shanghai has kept +08:00 without summer time since 1991; instants of the summers 1986–1991 are read an hour early. */
const OFFSET_MS = 8 * 3_600_000
const FIRST_DAY = -719_162
const LAST_DAY = 2_932_896
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Number of days in a month (1–12); 0 for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && isLeapYear(year)) return 29
  return MONTH_LENGTHS[month - 1] ?? 0
}

/** The Day of a year, month (1–12) and day of month, or undefined when the calendar has no such day. */
export function makeDay(year: number, month: number, dayOfMonth: number): Day | undefined {
  if (!Number.isInteger(year) || !Number.isInteger(dayOfMonth)) return undefined
  if (year < 1 || year > 9999 || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return undefined
  return formatDay(year, month, dayOfMonth)
}

function formatDay(year: number, month: number, dayOfMonth: number): Day {
  const y = year < 1000 ? String(year).padStart(4, '0') : String(year)
  return `${y}-${month < 10 ? '0' : ''}${month}-${dayOfMonth < 10 ? '0' : ''}${dayOfMonth}`
}

/** True for a 'YYYY-MM-DD' text that names a day that exists. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const { year, month, dayOfMonth } = partsOfDay(value)
  return year >= 1 && dayOfMonth >= 1 && dayOfMonth <= daysInMonth(year, month)
}

const [firstYear, lastYear] = ['1000', '2999']
/** Far enough from the first and the last day that can be written for days and months to be added to either. */
const ofOurTime = (text: string) => text >= firstYear && text.slice(0, 4) <= lastYear

/** A legal day as people name it in a request. */
export const Day = z
  .string()
  .refine((text) => isDay(text) && ofOurTime(text), '日期应为1000年至2999年间真实存在的日期，格式如 2026-11-23')

/** A month as people name it in a request. */
export const Month = z
  .string()
  .refine(
    (text) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text) && ofOurTime(text),
    '月份应为1000年至2999年间的年份和月份，格式如 2026-11',
  )

/** Year, month (1–12) and day of month of a Day. Reads by position: only for texts that passed `isDay`. */
export function partsOfDay(day: Day): { year: number; month: number; dayOfMonth: number } {
  return { year: yearOf(day), month: twoDigits(day, 5), dayOfMonth: twoDigits(day, 8) }
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48
}

/** Whole days since 1970-01-01, negative before. Throws RangeError when the text is not a day. */
export function dayNumber(day: Day): number {
  const { year, month, dayOfMonth } = partsOfDay(day)
  if (day.length !== 10 || !(year >= 1 && dayOfMonth >= 1 && dayOfMonth <= daysInMonth(year, month))) {
    throw new RangeError(`not a day: ${day}`)
  }
  // Years are counted from 1 March, so that the leap day is the last one and needs no special case.
  const y = month > 2 ? year : year - 1
  const sinceMarch = (month + 9) % 12
  const dayOfYear = Math.floor((153 * sinceMarch + 2) / 5) + dayOfMonth - 1
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468
}

/** The Day of a day number. Throws RangeError outside the years 0001–9999. */
export function dayFromNumber(number: number): Day {
  if (!Number.isInteger(number) || number < FIRST_DAY || number > LAST_DAY) {
    throw new RangeError(`no day has the number ${number}`)
  }
  const at = new Date(number * DAY_MS)
  return formatDay(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate())
}

/** The legal day of an instant. */
export function dayOf(instant: Date): Day {
  return dayFromNumber(Math.floor((instant.getTime() + OFFSET_MS) / DAY_MS))
}

/** An instant as clocks in the county show it, whatever zone the machine is set to: 2024-07-01 09:30. */
export function minuteOf(instant: Date): string {
  const shown = new Date(instant.getTime() + OFFSET_MS)
  return `${dayOf(instant)} ${shown.toISOString().slice(11, 16)}`
}

/** The first instant of a day. */
export function startOfDay(day: Day): Date {
  return new Date(dayNumber(day) * DAY_MS - OFFSET_MS)
}

/** The last millisecond of a day. For half-open ranges use `startOfDay(addDays(day, 1))`. */
export function endOfDay(day: Day): Date {
  return new Date((dayNumber(day) + 1) * DAY_MS - OFFSET_MS - 1)
}

export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days)
}

/** Days from `from` to `to`: 1 from today to tomorrow, negative when `to` is earlier. */
export function diffDays(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from)
}

/**
 * The corresponding day `months` later, or the last day of that month when it has no such day (民法典 第二百零二条):
 * 2024-01-31 + 1 month is 2024-02-29.
 */
export function addMonths(day: Day, months: number): Day {
  const { year, month, dayOfMonth } = partsOfDay(dayFromNumber(dayNumber(day)))
  const index = year * 12 + month - 1 + months
  const targetYear = Math.floor(index / 12)
  const targetMonth = index - targetYear * 12 + 1
  const result = makeDay(targetYear, targetMonth, Math.min(dayOfMonth, daysInMonth(targetYear, targetMonth)))
  if (result === undefined) throw new RangeError(`no day lies ${months} months from ${day}`)
  return result
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(day: Day): number {
  return weekdayOfNumber(dayNumber(day))
}

/** 1 = Monday … 7 = Sunday, of a day number. */
export function weekdayOfNumber(number: number): number {
  // 1970-01-01 was a Thursday; the second remainder keeps days before it positive.
  return ((((number + 3) % 7) + 7) % 7) + 1
}

export function yearOf(day: Day): number {
  return twoDigits(day, 0) * 100 + twoDigits(day, 2)
}

/** 'YYYY-MM'. */
export function monthOf(day: Day): string {
  return day.slice(0, 7)
}

/** 'YYYY-Qn', n = 1–4. */
export function quarterOf(day: Day): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(twoDigits(day, 5) / 3)}`
}

/** Negative, zero or positive, for sorting days from early to late. */
export function compareDays(a: Day, b: Day): number {
  return a < b ? -1 : a > b ? 1 : 0
}
