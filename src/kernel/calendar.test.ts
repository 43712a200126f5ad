import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar, type HolidayYear } from './calendar.ts'
import { addDays, type Day, dayFromNumber, dayNumber, weekday } from './time.ts'

/** The State Council's notices for 2024–2026: weekdays off and weekends worked. */
const notices: HolidayYear[] = [
  year(
    2024,
    '01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17 10-01 10-02 10-03 10-04 10-07',
    '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  ),
  year(
    2025,
    '01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08',
    '01-26 02-08 04-27 09-28 10-11',
  ),
  year(
    2026,
    '01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 10-06 10-07',
    '01-04 02-14 02-28 05-09 09-20 10-10',
  ),
]

function year(number: number, off: string, worked: string): HolidayYear {
  const days = (list: string) => list.split(' ').map((day) => `${number}-${day}`)
  return { year: number, holidays: days(off), workdays: days(worked), complete: true }
}

const calendar = createCalendar(notices)
const anyDay = fc.integer({ min: dayNumber('2023-06-01'), max: dayNumber('2027-06-30') }).map(dayFromNumber)
const span = fc.integer({ min: 1, max: 900 })

function daysFrom(from: Day, to: Day): Day[] {
  return Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, i) => addDays(from, i))
}

describe('working days', () => {
  it('agrees with the published table on every day of 2024–2026', () => {
    // Its data, not its functions: those mix UTC and local time and are a day out on machines west of Greenwich.
    const [off, worked] = [Object.keys(published.holidays), Object.keys(published.workdays)]
    const works = (day: Day) => worked.includes(day) || (new Date(day).getUTCDay() % 6 !== 0 && !off.includes(day))
    const different = daysFrom('2024-01-01', '2026-12-31').filter((day) => calendar.isWorkingDay(day) !== works(day))
    expect(different).toEqual([])
  })

  it('knows weekends only where no notice is loaded, and says so', () => {
    expect(calendar.isWorkingDay('2027-10-01')).toBe(true)
    expect(calendar.isWorkingDay('2027-10-02')).toBe(false)
    expect(calendar.isProvisional('2027-10-01')).toBe(true)
    expect(calendar.isProvisional('2026-10-01')).toBe(false)
    const draft = createCalendar([{ year: 2027, holidays: ['2027-10-01'], workdays: [], complete: false }])
    expect(draft.isWorkingDay('2027-10-01')).toBe(false)
    expect(draft.isProvisional('2027-10-01')).toBe(true)
  })

  it('takes entries that change nothing, and prefers off over worked', () => {
    const odd = createCalendar([
      {
        year: 2030,
        holidays: ['2030-06-01', '2030-06-03', '2030-06-03'],
        workdays: ['2030-06-04', '2030-06-03', '2030-06-01'],
        complete: true,
      },
    ])
    // 2030-06-01 is a Saturday.
    expect(daysFrom('2030-06-01', '2030-06-05').map(odd.isWorkingDay)).toEqual([false, false, false, true, true])
  })

  it('counts like a person with a wall calendar', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 120 }), (from, length) => {
        const to = addDays(from, length)
        const counted = daysFrom(from, to).filter((day) => day !== from && calendar.isWorkingDay(day)).length
        expect(calendar.workingDaysBetween(from, to)).toBe(counted)
        const back = daysFrom(from, to).filter((day) => day !== to && calendar.isWorkingDay(day)).length
        expect(calendar.workingDaysBetween(to, from)).toBe(0 - back)
      }),
    )
  })

  it('adds and counts as inverses, in both directions, and always lands on a working day', () => {
    fc.assert(
      fc.property(anyDay, span, fc.boolean(), (day, length, forward) => {
        const n = forward ? length : -length
        const result = calendar.addWorkingDays(day, n)
        expect(calendar.isWorkingDay(result)).toBe(true)
        expect(calendar.workingDaysBetween(day, result)).toBe(n)
        expect(forward ? result > day : result < day).toBe(true)
      }),
    )
  })

  it('is monotonic in the day and strictly in the number', () => {
    fc.assert(
      fc.property(anyDay, anyDay, fc.integer({ min: -200, max: 200 }), (a, b, n) => {
        const [early, late] = a < b ? [a, b] : [b, a]
        expect(calendar.addWorkingDays(early, n) <= calendar.addWorkingDays(late, n)).toBe(true)
        if (n > 0) expect(calendar.addWorkingDays(a, n) < calendar.addWorkingDays(a, n + 1)).toBe(true)
        if (n < 0) expect(calendar.addWorkingDays(a, n - 1) < calendar.addWorkingDays(a, n)).toBe(true)
      }),
    )
  })

  it('goes to the next working day, or stays', () => {
    expect(calendar.nextWorkingDay('2025-10-01')).toBe('2025-10-09')
    expect(calendar.nextWorkingDay('2025-10-11')).toBe('2025-10-11')
    fc.assert(
      fc.property(anyDay, (day) => {
        const next = calendar.nextWorkingDay(day)
        expect(daysFrom(day, next).filter(calendar.isWorkingDay)).toEqual([next])
        expect(calendar.addWorkingDays(day, 0)).toBe(next)
      }),
    )
  })

  it('gives the same answers for any random table as counting day by day', () => {
    const days = fc.array(
      fc.integer({ min: 0, max: 120 }).map((i) => addDays('2030-01-01', i)),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(days, days, fc.integer({ min: 1, max: 60 }), (holidays, workdays, n) => {
        const random = createCalendar([{ year: 2030, holidays, workdays, complete: true }])
        const works = (day: Day) => !holidays.includes(day) && (weekday(day) <= 5 || workdays.includes(day))
        let [expected, left] = ['2030-01-15', n]
        while (left > 0) {
          expected = addDays(expected, 1)
          if (works(expected)) left -= 1
        }
        expect(random.addWorkingDays('2030-01-15', n)).toBe(expected)
      }),
    )
  })
})

describe('deadlines', () => {
  it('starts counting on the day after', () => {
    expect(calendar.deadline('2024-03-07', { n: 1, unit: 'workingDay' })).toBe('2024-03-08')
    expect(calendar.deadline('2024-03-07', { n: 7, unit: 'workingDay' })).toBe('2024-03-18')
    expect(calendar.deadline('2024-03-07', { n: 1, unit: 'day' })).toBe('2024-03-08')
  })

  it('counts over adjusted weekends and holidays', () => {
    // 2024-02-09 (Friday, worked) is followed by the Spring Festival; Sunday 02-18 is worked instead.
    expect(calendar.deadline('2024-02-09', { n: 1, unit: 'workingDay' })).toBe('2024-02-18')
    expect(calendar.deadline('2024-09-30', { n: 5, unit: 'workingDay' })).toBe('2024-10-12')
    expect(calendar.deadline('2025-12-31', { n: 2, unit: 'workingDay' })).toBe('2026-01-05')
  })

  it('moves a last day off to the next working day', () => {
    expect(calendar.deadline('2025-09-15', { n: 16, unit: 'day' })).toBe('2025-10-09')
    expect(calendar.deadline('2025-09-01', { n: 1, unit: 'month' })).toBe('2025-10-09')
    expect(calendar.deadline('2024-03-08', { n: 30, unit: 'day' })).toBe('2024-04-07')
  })

  it('clamps a month that has no corresponding day, then moves it', () => {
    expect(calendar.deadline('2025-12-31', { n: 2, unit: 'month' })).toBe('2026-02-28')
    expect(calendar.deadline('2023-01-31', { n: 1, unit: 'month' })).toBe('2023-02-28')
    expect(calendar.deadline('2024-01-31', { n: 1, unit: 'month' })).toBe('2024-02-29')
    expect(calendar.deadline('2024-02-29', { n: 1, unit: 'year' })).toBe('2025-02-28')
  })

  it('never ends early, never on a day off, and a longer period never ends sooner', () => {
    const unit = fc.constantFrom('workingDay' as const, 'day' as const, 'month' as const, 'year' as const)
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 24 }), unit, (start, n, which) => {
        const end = calendar.deadline(start, { n, unit: which })
        expect(calendar.isWorkingDay(end)).toBe(true)
        expect(end >= start).toBe(true)
        expect(calendar.deadline(start, { n: n + 1, unit: which }) >= end).toBe(true)
      }),
    )
  })

  it('refuses periods that no clause can mean', () => {
    expect(() => calendar.deadline('2024-03-07', { n: -1, unit: 'day' })).toThrow(RangeError)
    expect(() => calendar.addWorkingDays('2024-03-07', 1.5)).toThrow(RangeError)
    expect(() => calendar.addWorkingDays('2024-03-07', Number.NaN)).toThrow(RangeError)
    expect(() => calendar.isWorkingDay('2024-02-30')).toThrow(RangeError)
    expect(() => calendar.addWorkingDays('2024-03-07', 1e12)).toThrow(RangeError)
  })

  it('answers over decades with far fewer steps than days', () => {
    const start = performance.now()
    for (let i = 0; i < 20_000; i++) calendar.addWorkingDays('2020-01-01', i % 5000)
    // Walking day by day this is seventy million steps; the bound is wide because test machines are shared.
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
