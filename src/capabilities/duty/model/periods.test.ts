import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Day, diffDays } from '#kernel/time.ts'
import { type HolidayWindow, holidayWindows } from './holidays.ts'
import { type DutyPeriod, periodsOf, type Recurrence } from './periods.ts'

const none: Omit<Recurrence, 'rhythm' | 'from' | 'until'> = { graceDays: 0, window: null, holidays: null, events: [] }
const day = fc.integer({ min: 0, max: 1500 }).map((n) => addDays('2023-06-01', n))
const keysOf = (periods: readonly DutyPeriod[]) => periods.map(({ key }) => key)

/** 2024 as the State Council's notice had it, and 2026. */
const years = [
  {
    year: 2024,
    complete: true,
    holidays: [
      ...['01-01', '02-12', '02-13', '02-14', '02-15', '02-16', '04-04', '04-05', '05-01', '05-02', '05-03', '06-10'],
      ...['09-16', '09-17', '10-01', '10-02', '10-03', '10-04', '10-07'],
    ].map((text) => `2024-${text}`),
    workdays: ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'].map((text) => `2024-${text}`),
  },
]

describe('turns', () => {
  it.each(['month', 'quarter', 'halfYear', 'year'] as const)('of every %s tile the days of the rule', (rhythm) => {
    fc.assert(
      fc.property(day, fc.option(fc.nat(900)), day, (from, length, horizon) => {
        const until = length === null ? null : addDays(from, length)
        const periods = periodsOf({ ...none, rhythm, from, until }, [], horizon)
        const last = until !== null && until < horizon ? until : horizon
        if (last < from) {
          expect(periods).toEqual([])
          return
        }
        expect(periods[0]?.startOn).toBe(from)
        for (const [at, period] of periods.entries()) {
          expect(period.startOn <= period.endOn && period.endOn <= period.dueOn).toBe(true)
          if (at > 0) expect(period.startOn).toBe(addDays(periods[at - 1]?.endOn ?? '', 1))
        }
        const end = periods.at(-1)?.endOn ?? ''
        expect(end >= last).toBe(true)
        if (until !== null) expect(end <= until).toBe(true)
        expect(new Set(keysOf(periods)).size).toBe(periods.length)
      }),
    )
  })

  it('have the names people use', () => {
    const of = (rhythm: Recurrence['rhythm']) =>
      periodsOf({ ...none, rhythm, from: '2024-05-10', until: '2024-08-09' }, [], '2030-01-01')
    expect(of('month').map(({ label, startOn, endOn }) => [label, startOn, endOn])).toEqual([
      ['2024年5月', '2024-05-10', '2024-05-31'],
      ['2024年6月', '2024-06-01', '2024-06-30'],
      ['2024年7月', '2024-07-01', '2024-07-31'],
      ['2024年8月', '2024-08-01', '2024-08-09'],
    ])
    expect(of('quarter').map(({ key, label }) => [key, label])).toEqual([
      ['2024-Q2', '2024年第2季度'],
      ['2024-Q3', '2024年第3季度'],
    ])
    expect(of('halfYear').map(({ label }) => label)).toEqual(['2024年上半年', '2024年下半年'])
  })

  it('keep the length of the one under way at the horizon', () => {
    const [only] = periodsOf({ ...none, rhythm: 'year', from: '2026-01-01', until: null }, [], '2026-03-01')
    expect(only).toMatchObject({ startOn: '2026-01-01', endOn: '2026-12-31' })
  })

  it('of fixed days recur every year, a leap day too', () => {
    const window = { from: '02-29', to: '02-29' }
    const rule = { ...none, rhythm: 'window' as const, window, from: '2024-01-01', until: '2025-12-31', graceDays: 7 }
    expect(periodsOf(rule, [], '2026-01-01').map(({ startOn, endOn, dueOn }) => [startOn, endOn, dueOn])).toEqual([
      ['2024-02-29', '2024-02-29', '2024-03-07'],
      ['2025-02-28', '2025-02-28', '2025-03-07'],
    ])
  })

  it('once are open, so that what comes late still counts', () => {
    const rule = { ...none, rhythm: 'once' as const, from: '2024-03-07', until: '2024-03-29' }
    expect(periodsOf(rule, [], '2026-12-31')).toMatchObject([
      { key: 'once', startOn: '2024-03-07', endOn: '2024-03-29', open: true },
    ])
  })

  it('of named days stand in their order', () => {
    const events = [
      { key: 'b', title: '年会', from: '2025-05-01', to: '2025-05-03' },
      { key: 'a', title: '庙会', from: '2024-02-01', to: '2024-02-20' },
    ]
    const rule = { ...none, rhythm: 'event' as const, events, from: '2024-01-01', until: null }
    expect(keysOf(periodsOf(rule, [], '2026-01-01'))).toEqual(['a', 'b'])
    expect(keysOf(periodsOf(rule, [], '2024-12-31'))).toEqual(['a'])
  })
})

describe('festivals', () => {
  it('are found in the notice, weekends beside them included', () => {
    const found = holidayWindows(years).map(({ festival, from, to }: HolidayWindow) => [festival, from, to])
    expect(found).toEqual([
      ['newYear', '2023-12-30', '2024-01-01'],
      ['spring', '2024-02-10', '2024-02-17'],
      ['qingming', '2024-04-04', '2024-04-06'],
      ['labour', '2024-05-01', '2024-05-05'],
      ['dragonBoat', '2024-06-08', '2024-06-10'],
      ['midAutumn', '2024-09-15', '2024-09-17'],
      ['national', '2024-10-01', '2024-10-07'],
    ])
  })

  it('are unknown in a year whose notice is not there', () => {
    expect(holidayWindows([{ year: 2027, complete: false, holidays: ['2027-01-01'], workdays: [] }])).toEqual([])
  })

  it('give turns that never overlap, however early they begin', () => {
    fc.assert(
      fc.property(fc.nat(60), (daysBefore) => {
        const holidays = {
          which: ['spring', 'qingming', 'labour', 'dragonBoat', 'midAutumn', 'national'] as const,
          daysBefore,
        }
        const rule = { ...none, rhythm: 'holiday' as const, holidays, from: '2024-01-01', until: null }
        const periods = periodsOf(rule, years, '2024-12-31')
        expect(periods).toHaveLength(6)
        for (const [at, { startOn, endOn }] of periods.entries()) {
          expect(startOn <= endOn).toBe(true)
          if (at > 0) expect(diffDays(periods[at - 1]?.endOn ?? '', startOn)).toBeGreaterThan(0)
        }
      }),
    )
    const rule = (from: Day) => ({
      ...none,
      rhythm: 'holiday' as const,
      holidays: { which: ['national'] as const, daysBefore: 7 },
      from,
      until: null,
    })
    expect(periodsOf(rule('2024-01-01'), years, '2024-12-31')).toMatchObject([
      { label: '2024年国庆节', startOn: '2024-09-24', endOn: '2024-10-07' },
    ])
  })
})
