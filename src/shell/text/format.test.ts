import { describe, expect, it } from 'vitest'
import {
  formatDaysLeft,
  formatInstant,
  formatLongDay,
  formatMoney,
  formatPercent,
  formatSize,
  formatWorkingDaysLeft,
  none,
} from './format.ts'

describe('texts on the screen', () => {
  it('counts days to a deadline in legal days and names today', () => {
    expect(formatDaysLeft('2024-07-04', '2024-07-01')).toBe('还有3天')
    expect(formatDaysLeft('2024-07-01', '2024-07-01')).toBe('今天到期')
    expect(formatDaysLeft('2024-02-28', '2024-03-04')).toBe('逾期5天')
    expect(formatWorkingDaysLeft(3, '2024-07-04', '2024-07-01')).toBe('还有3个工作日')
    expect(formatWorkingDaysLeft(0, '2024-07-01', '2024-07-01')).toBe('今天到期')
    expect(formatWorkingDaysLeft(-2, '2024-07-01', '2024-07-03')).toBe('逾期2个工作日')
    expect(formatWorkingDaysLeft(0, '2024-06-28', '2024-06-29')).toBe('已逾期')
  })

  it('shows instants as Shanghai clocks do, also past midnight', () => {
    expect(formatInstant('2024-06-30T16:05:00.000Z')).toBe('2024-07-01 00:05')
    expect(formatInstant('not a time')).toBe(none)
    expect(formatInstant(null)).toBe(none)
  })

  it('writes long days without padding and refuses days that do not exist', () => {
    expect(formatLongDay('2024-07-01')).toBe('2024年7月1日')
    expect(formatLongDay('2024-02-30')).toBe(none)
  })

  it('tells nothing apart from zero', () => {
    expect(formatMoney(125_000)).toBe('12.5万元')
    expect(formatMoney(0)).toBe('0万元')
    expect(formatMoney(null)).toBe(none)
    expect(formatPercent(0)).toBe('0%')
    expect(formatPercent(Number.NaN)).toBe(none)
  })

  it('names file sizes', () => {
    expect(formatSize(900)).toBe('900 B')
    expect(formatSize(3.4 * 1024 * 1024)).toBe('3.4 MB')
  })
})
