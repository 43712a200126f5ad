import { describe, expect, it } from 'vitest'
import { createCalendar } from '#kernel/calendar.ts'
import { createParameters } from '#platform/parameters/parameters.ts'
import { periodOf, periodsBetween } from './periods.ts'

const from = (...lengths: readonly (readonly [day: string, length: string])[]) => ({
  calendar: createCalendar([]),
  parameters: createParameters([
    ...lengths.map(([effectiveFrom, value]) => ({ id: 'progress.period', effectiveFrom, value })),
    { id: 'progress.opens.daysBefore', effectiveFrom: '2024-01-01', value: 5 },
    { id: 'progress.due.workingDays', effectiveFrom: '2024-01-01', value: 5 },
  ]),
})
const names = (env: ReturnType<typeof from>, first: string, last: string) =>
  periodsBetween(first, last, env).map(({ name }) => name)

describe('periods', () => {
  it('are calendar quarters with the day they open and are due', () => {
    expect(periodOf('2024-05-17', from(['2024-01-01', 'quarter']))).toEqual({
      name: '2024年第二季度',
      from: '2024-04-01',
      to: '2024-06-30',
      opensOn: '2024-06-25',
      dueOn: '2024-07-05',
    })
  })

  it('take another length with the next period, never in the middle of one', () => {
    const toMonths = from(['2024-01-01', 'quarter'], ['2024-05-10', 'month'])
    expect(names(toMonths, '2024-04-01', '2024-08-01')).toEqual(['2024年第二季度', '2024年7月', '2024年8月'])
    const toQuarters = from(['2024-01-01', 'month'], ['2024-02-10', 'quarter'])
    expect(names(toQuarters, '2024-01-01', '2024-05-01')).toEqual([
      ...['2024年1月', '2024年2月', '2024年3月', '2024年第二季度'],
    ])
    expect(names(from(['2024-01-01', 'halfYear']), '2024-06-30', '2024-07-01')).toEqual([
      '2024年上半年',
      '2024年下半年',
    ])
  })

  it('of a length nobody knows are refused', () => {
    expect(() => periodOf('2024-05-17', from(['2024-01-01', 'week']))).toThrow('progress.period is week')
  })
})
