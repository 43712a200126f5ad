import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Computed, computedOf, gradeOf, marginalSum, wholeYears } from './index.ts'

const askedOf = (values: Readonly<Record<string, unknown>>, today = '2026-06-01') => ({
  today,
  value: (field: string) => values[field],
})
const computed = (rule: string, args: object) => ({ id: 'c', title: '算', rule, with: args }) as Computed
const find = (rule: string, args: object, values: Readonly<Record<string, unknown>>, today?: string) =>
  computedOf(computed(rule, args), askedOf(values, today))

/** 财资〔2022〕136号, producers and keepers of dangerous goods. */
const tiers = [
  { upTo: 10_000_000, percent: 4.5 },
  { upTo: 100_000_000, percent: 2.25 },
  { upTo: 1_000_000_000, percent: 0.55 },
  { upTo: null, percent: 0.2 },
]

describe('the safety expense', () => {
  it.each([
    [0, 0],
    [10_000_000, 450_000],
    [20_000_000, 675_000],
    [100_000_000, 2_475_000],
    [1_000_000_000, 7_425_000],
    [2_000_000_000, 9_425_000],
  ])('of %d yuan is %d, each part by the rate of its own tier', (base, due) =>
    expect(marginalSum(base, tiers)).toBe(due),
  )

  it('never falls when the base grows, and never jumps at the edge of a tier', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), fc.integer({ min: 1, max: 1_000_000 }), (base, more) => {
        const step = marginalSum(base + more, tiers) - marginalSum(base, tiers)
        expect(step).toBeGreaterThanOrEqual(0)
        expect(step).toBeLessThanOrEqual(more * 0.045 + 0.02)
      }),
    )
  })

  it('says what is short, and a twelfth for every month', () => {
    const args = { base: 'revenue', accrued: 'accrued', tiers }
    expect(find('safetyExpense', args, { revenue: 10_000_000, accrued: 400_000 })).toMatchObject({
      words: '应提 45万元（每月 3.75万元），少提 5万元',
      warns: true,
    })
    expect(find('safetyExpense', args, { revenue: 10_000_000, accrued: 450_000 })).toMatchObject({ warns: false })
    expect(find('safetyExpense', args, {})).toBeUndefined()
  })
})

describe('the grade of an accident', () => {
  it.each([
    [0, 0, 0, '一般事故'],
    [2, 9, 9_999_999, '一般事故'],
    [3, 0, 0, '较大事故'],
    [0, 10, 0, '较大事故'],
    [0, 0, 10_000_000, '较大事故'],
    [10, 0, 0, '重大事故'],
    [0, 50, 0, '重大事故'],
    [9, 49, 50_000_000, '重大事故'],
    [30, 0, 0, '特别重大事故'],
    [0, 100, 0, '特别重大事故'],
    [0, 0, 100_000_000, '特别重大事故'],
  ])('of %d dead, %d hurt and %d yuan is %s', (deaths, injuries, loss, grade) =>
    expect(gradeOf(deaths, injuries, loss)).toBe(grade),
  )
})

describe('a certificate', () => {
  const args = { issued: 'issued', months: 36, warnDays: 60 }
  it('holds so many months from its issue, warns before, and has expired after', () => {
    const words = (today: string) => find('certificateValidity', args, { issued: '2023-07-01' }, today)
    expect(words('2026-01-01')).toMatchObject({ words: '有效至 2026-07-01', due: '2026-07-01' })
    expect(words('2026-06-01')).toMatchObject({ words: '30 天后到期（2026-07-01）', warns: true })
    expect(words('2026-07-01')).toMatchObject({ number: 0, warns: true })
    expect(words('2026-07-02')).toMatchObject({ words: '已于 2026-07-01 过期', warns: true })
  })

  it('holds until the day that stands on it, where there is one', () => {
    const both = { ...args, until: 'until' }
    expect(find('certificateValidity', both, { issued: '2023-07-01', until: '2030-01-01' })?.due).toBe('2030-01-01')
    expect(find('certificateValidity', both, {})).toBeUndefined()
  })
})

describe('ages and spans', () => {
  it.each([
    ['2010-06-02', '2026-06-01', 15],
    ['2010-06-01', '2026-06-01', 16],
    ['2024-02-29', '2025-02-28', 1],
    ['2024-02-29', '2025-02-27', 0],
  ])('from %s to %s are %d whole years', (from, to, years) => expect(wholeYears(from, to)).toBe(years))

  it('fall into the tiers of the pack', () => {
    const args = {
      from: 'madeOn',
      tiers: [
        { below: 10, title: '新' },
        { below: 15, title: '中' },
        { below: null, title: '旧' },
      ],
      warnFrom: 15,
    }
    const age = (madeOn: string) => find('tierAge', args, { madeOn })
    expect(age('2020-01-01')).toMatchObject({ words: '6 年（新）', warns: false })
    expect(age('2011-06-01')).toMatchObject({ words: '15 年（旧）', warns: true })
    expect(age('2027-01-01')).toBeUndefined()
  })

  it('run to today while they have no end', () => {
    const args = { from: 'from', to: 'to', warnAbove: 60 }
    expect(find('daysBetween', args, { from: '2026-05-01' })).toMatchObject({ number: 31, warns: false })
    expect(find('daysBetween', args, { from: '2026-01-01' })).toMatchObject({ number: 151, warns: true })
    expect(find('daysBetween', args, { from: '2026-01-01', to: '2026-01-11' })).toMatchObject({ words: '10 天' })
  })

  it('are shares and differences of numbers, when both are there', () => {
    expect(find('share', { part: 'a', of: 'b', atLeast: 95 }, { a: 9, b: 10 })).toMatchObject({
      words: '90%',
      warns: true,
    })
    expect(find('share', { part: 'a', of: 'b' }, { a: 9, b: 0 })).toBeUndefined()
    expect(find('difference', { from: 'a', minus: 'b', unit: '人' }, { a: 12, b: 5 })).toMatchObject({ words: '7人' })
    expect(find('difference', { from: 'a', minus: 'b', unit: '' }, { a: 12 })).toBeUndefined()
  })
})
