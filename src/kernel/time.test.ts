import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  compareDays,
  dayFromNumber,
  dayNumber,
  dayOf,
  diffDays,
  endOfDay,
  fixedClock,
  isDay,
  makeDay,
  monthOf,
  quarterOf,
  startOfDay,
  systemClock,
  weekday,
  yearOf,
} from './time.ts'

const anyDay = fc.integer({ min: dayNumber('1900-01-01'), max: dayNumber('2199-12-31') }).map(dayFromNumber)
const shift = fc.integer({ min: -40_000, max: 40_000 })

describe('legal day', () => {
  it('changes at midnight in Shanghai, which is 16:00 UTC', () => {
    expect(dayOf(new Date('2024-03-07T15:59:59.999Z'))).toBe('2024-03-07')
    expect(dayOf(new Date('2024-03-07T16:00:00.000Z'))).toBe('2024-03-08')
    expect(startOfDay('2024-03-08').toISOString()).toBe('2024-03-07T16:00:00.000Z')
    expect(endOfDay('2024-03-08').toISOString()).toBe('2024-03-08T15:59:59.999Z')
  })

  it('agrees with the time zone database since summer time was given up', () => {
    const shanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' })
    const instants = fc.date({ min: new Date('1992-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    fc.assert(fc.property(instants, (at) => dayOf(at) === shanghai.format(at)))
  })

  it('spans exactly the instants from its start to its end', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(dayOf(startOfDay(day))).toBe(day)
        expect(dayOf(endOfDay(day))).toBe(day)
        expect(dayOf(new Date(startOfDay(day).getTime() - 1))).toBe(addDays(day, -1))
        expect(dayOf(new Date(endOfDay(day).getTime() + 1))).toBe(addDays(day, 1))
      }),
    )
  })

  it('knows which texts are days', () => {
    for (const good of ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) expect(isDay(good)).toBe(true)
    const bad = ['2023-02-29', '1900-02-29', '2024-13-01', '2024-00-10', '2024-04-31', '2024-01-00', '0000-01-01']
    for (const text of [...bad, '2024-1-1', '2024-01-01 ', '', '２024-01-01', null, 20240101])
      expect(isDay(text)).toBe(false)
  })

  it('refuses to calculate with a text that is not a day', () => {
    for (const text of ['2023-02-29', '', '2024-3-7', 'tomorrow!!', '2024-03-07T00:00']) {
      expect(() => addDays(text, 1)).toThrow(RangeError)
    }
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError)
    expect(() => dayOf(new Date(Number.NaN))).toThrow(RangeError)
    expect(() => addDays('2024-03-07', 0.5)).toThrow(RangeError)
  })
})

describe('day arithmetic', () => {
  it('gives every day the number of the UTC calendar', () => {
    fc.assert(fc.property(anyDay, (day) => dayNumber(day) === Date.parse(`${day}T00:00:00Z`) / 86_400_000))
    expect(dayFromNumber(dayNumber('0001-01-01'))).toBe('0001-01-01')
    expect(dayFromNumber(dayNumber('9999-12-31'))).toBe('9999-12-31')
  })

  it('undoes itself', () => {
    fc.assert(
      fc.property(anyDay, shift, (day, days) => {
        const moved = addDays(day, days)
        expect(diffDays(day, moved)).toBe(days)
        expect(addDays(moved, -days)).toBe(day)
        expect(Math.sign(compareDays(moved, day))).toBe(Math.sign(days))
      }),
    )
  })

  it('counts weekdays from Monday', () => {
    expect(weekday('2024-03-04')).toBe(1)
    expect(weekday('2024-03-10')).toBe(7)
    expect(weekday('1969-12-28')).toBe(7)
    fc.assert(fc.property(anyDay, (day) => weekday(addDays(day, 1)) === (weekday(day) % 7) + 1))
  })

  it('ends a month period on the corresponding day or the last of the month', () => {
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29')
    expect(addMonths('2023-01-31', 1)).toBe('2023-02-28')
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28')
    expect(addMonths('2024-03-31', -1)).toBe('2024-02-29')
    expect(addMonths('2024-12-15', 1)).toBe('2025-01-15')
    expect(addMonths('2024-01-15', -1)).toBe('2023-12-15')
    expect(() => addMonths('9999-12-01', 1)).toThrow(RangeError)
  })

  it('keeps the day of the month wherever the month has it', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -600, max: 600 }), (day, months) => {
        const moved = addMonths(day, months)
        const monthIndex = (text: string) => yearOf(text) * 12 + Number(text.slice(5, 7))
        expect(monthIndex(moved) - monthIndex(day)).toBe(months)
        expect(moved.slice(8) === day.slice(8) || monthOf(addDays(moved, 1)) !== monthOf(moved)).toBe(true)
      }),
    )
  })

  it('names months, quarters and years', () => {
    expect([monthOf('2024-03-07'), yearOf('2024-03-07')]).toEqual(['2024-03', 2024])
    const quarters = ['2024-01-01', '2024-03-31', '2024-04-01', '2024-09-30', '2024-10-01', '2024-12-31'].map(quarterOf)
    expect(quarters).toEqual(['2024-Q1', '2024-Q1', '2024-Q2', '2024-Q3', '2024-Q4', '2024-Q4'])
    expect(makeDay(2024, 2, 30)).toBeUndefined()
    expect(makeDay(2024, 2, 9)).toBe('2024-02-09')
  })
})

describe('clock', () => {
  it('stands still until it is moved', () => {
    const clock = fixedClock('2024-03-07')
    expect(clock.now()).toEqual(new Date('2024-03-06T16:00:00Z'))
    clock.now().setFullYear(1999)
    expect(dayOf(clock.now())).toBe('2024-03-07')
    clock.advance(86_400_000)
    expect(dayOf(clock.now())).toBe('2024-03-08')
    clock.set('2024-05-01T09:30')
    expect(clock.now()).toEqual(new Date('2024-05-01T01:30:00Z'))
    clock.set('2024-05-01T09:30:00Z')
    expect(clock.now()).toEqual(new Date('2024-05-01T09:30:00Z'))
    expect(() => clock.set('next week')).toThrow(RangeError)
    expect(() => fixedClock(new Date(Number.NaN))).toThrow(RangeError)
  })

  it('follows the machine otherwise', () => {
    const before = Date.now()
    const now = systemClock.now().getTime()
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
  })
})
