import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatWan, type MoneyUnit, parseWan } from './money.ts'

function yuan(value: string | number | null, unit?: MoneyUnit): number | string {
  const money = parseWan(value, unit)
  if (money.kind === 'amount') return money.approximate ? `约${money.yuan}` : money.yuan
  return money.kind === 'empty' ? 'empty' : money.reason
}

const fen = fc.integer({ min: 0, max: 10_000_000_000_00 })

describe('money of a ledger', () => {
  it('reads the ways of the county ledger, in the unit of the heading', () => {
    const cells = [12.5, '12.5', '5万', '约2万元', '１０', '1.2', 0, '0', 3, '3000元', '２．５　万元']
    expect(cells.map((cell) => yuan(cell))).toEqual([
      125000,
      125000,
      50000,
      '约20000',
      100000,
      12000,
      0,
      0,
      30000,
      3000,
      25000,
    ])
  })

  it('lets a unit in the cell win over the heading', () => {
    expect([yuan('3000', '元'), yuan(3000, '元'), yuan('5万', '元')]).toEqual([3000, 3000, 50000])
    expect([yuan('5千元'), yuan('1.5亿元'), yuan('2百万'), yuan('1千万元'), yuan('5块')]).toEqual([
      5000, 1.5e8, 2e6, 1e7, 5,
    ])
    expect([yuan('¥1,234.56元'), yuan('￥12，000元整'), yuan('人民币5万元'), yuan('1,200')]).toEqual([
      1234.56, 12000, 50000, 1.2e7,
    ])
  })

  it('knows what is not exact', () => {
    const vague = [
      '约2万元',
      '大约2万',
      '2万元左右',
      '2万余元',
      '2万多元',
      '近2万',
      '预计2万元',
      '不少于2万元',
      '2万元以内',
    ]
    expect(new Set(vague.map((cell) => yuan(cell)))).toEqual(new Set(['约20000']))
    expect(yuan('计划2万元')).toBe(20000)
  })

  it('takes nothing as nothing, not as zero', () => {
    for (const cell of ['', ' ', '　', '无', '/', '／', '-', '——', '暂无', null]) expect(yuan(cell)).toBe('empty')
  })

  it('says what it cannot read', () => {
    expect(yuan('5-8万元')).toContain('范围')
    expect(yuan('5万至8万')).toContain('范围')
    expect(yuan('-5')).toContain('负数')
    expect(yuan(-5)).toContain('负数')
    expect(yuan(Number.NaN)).toContain('不是金额')
    expect(yuan(1e12)).toContain('过大')
    for (const cell of ['若干', '自筹', '十万', '5万美元', '1.2.3', '12,34', '.', '5万5千'])
      expect(yuan(cell)).toContain('不是能识别的金额')
  })

  it('carries no dust of binary fractions', () => {
    expect(yuan('1.1')).toBe(11000)
    expect(yuan(0.57)).toBe(5700)
    expect(formatWan(11000)).toBe('1.1万元')
    expect([formatWan(0), formatWan(3000), formatWan(125000), formatWan(0.01)]).toEqual([
      '0万元',
      '0.3万元',
      '12.5万元',
      '0.000001万元',
    ])
  })

  it('reads back what it writes, to the fen', () => {
    fc.assert(
      fc.property(fen, (n) => {
        const value = n / 100
        expect(parseWan(`${value.toFixed(2)}元`)).toEqual({ kind: 'amount', yuan: value, approximate: false })
        expect(parseWan(value, '元')).toEqual({ kind: 'amount', yuan: value, approximate: false })
        expect(formatWan(value)).toMatch(/^\d+(\.\d{1,6})?万元$/)
        expect(parseWan(formatWan(value))).toEqual({ kind: 'amount', yuan: value, approximate: false })
      }),
    )
  })

  it('never throws and never gives less than nothing', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0129.,，万元千约余-￥') }),
      fc.double(),
    )
    fc.assert(
      fc.property(cell, (value) => {
        const money = parseWan(value)
        if (money.kind === 'amount') expect(money.yuan >= 0 && Number.isFinite(money.yuan)).toBe(true)
        if (money.kind === 'invalid') expect(money.reason).toMatch(/请/)
      }),
      { numRuns: 1000 },
    )
  })
})
