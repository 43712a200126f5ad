import { createCalendar, type HolidayYear } from '#kernel/calendar.ts'
import type { ErrorDef, FieldError } from '#kernel/errors.ts'
import { addDays, type Day, makeDay, weekday, yearOf } from '#kernel/time.ts'
import { systemErrors } from './errors.ts'

export interface YearDays {
  readonly holidays: readonly Day[]
  readonly workdays: readonly Day[]
  readonly complete: boolean
}

/** Why a year cannot be kept like this, with the field it is about. */
export interface YearRefusal {
  readonly def: ErrorDef
  readonly field: FieldError
}

export function yearRefusal(year: number, { holidays, workdays, complete }: YearDays): YearRefusal | undefined {
  const at = (def: ErrorDef, path: string, message: string): YearRefusal => ({ def, field: { path, message } })
  const seen = new Set<Day>()
  for (const [path, days] of [
    ['holidays', holidays],
    ['workdays', workdays],
  ] as const) {
    for (const day of days) {
      if (yearOf(day) !== year) return at(systemErrors.dayOutsideYear, path, `${day} 不在 ${year} 年`)
      if (seen.has(day)) return at(systemErrors.dayTwice, path, `${day} 重复`)
      seen.add(day)
    }
  }
  const wrong = workdays.find((day) => weekday(day) <= 5)
  if (wrong) return at(systemErrors.workdayOnWeekday, 'workdays', `${wrong} 本来就是工作日`)
  if (complete && holidays.length === 0) {
    return at(systemErrors.yearEmpty, 'holidays', systemErrors.yearEmpty.message)
  }
  return undefined
}

/**
 * 全国年节及纪念日放假办法: days off for everybody, 11 in a year, 13 since 2025-01-01. Whatever is moved to make long
 * holidays is worked on a weekend, so that weekdays off minus weekends worked comes to this number in every year.
 */
const legalDays = (year: number) => (year >= 2025 ? 13 : 11)

/** What a person should compare with the notice once more; nothing here stops anybody. */
export function yearDoubts(year: number, { holidays, workdays, complete }: YearDays): string[] {
  if (!complete) return []
  const net = holidays.filter((day) => weekday(day) < 6).length - workdays.length
  if (net === legalDays(year)) return []
  return [
    `放假的周一至周五减去调休上班的周末为${net}天，全年法定放假为${legalDays(year)}天，两者通常相等：请对照通知逐日核对有无漏填、多填`,
  ]
}

/** The days of a year that a change makes free, or makes working days. */
export function changedDays(year: number, was: YearDays, will: YearDays): { free: Day[]; worked: Day[] } {
  const [before, after] = [was, will].map((days) => createCalendar([{ year, ...days } satisfies HolidayYear]))
  const free: Day[] = []
  const worked: Day[] = []
  const first = makeDay(year, 1, 1)
  for (let day = first; day && before && after && yearOf(day) === year; day = addDays(day, 1)) {
    if (before.isWorkingDay(day) === after.isWorkingDay(day)) continue
    const list = before.isWorkingDay(day) ? free : worked
    list.push(day)
  }
  return { free, worked }
}

/** How many working days a year has. */
export function workingDaysIn(year: number, days: YearDays): number {
  return createCalendar([{ year, ...days }]).workingDaysBetween(`${year - 1}-12-31`, `${year}-12-31`)
}
