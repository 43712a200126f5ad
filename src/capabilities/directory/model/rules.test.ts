import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { highRiskBySector, isHighRisk, likeness, probablySame, worthShowing } from './rules.ts'

const risky = new Set(['mines', 'fireworks'])
const override = (value: boolean) => ({ value, reason: '实际未从事开采', by: '李四', on: '2026-11-23' })

describe('high risk', () => {
  test('any high-risk sector makes the unit high-risk', () => {
    expect(highRiskBySector(['forestry', 'mines'], risky)).toBe(true)
    expect(highRiskBySector(['forestry'], risky)).toBe(false)
  })

  test('an override holds in both directions, and without one the sectors decide', () => {
    expect(isHighRisk({ sectors: ['mines'], highRiskOverride: override(false) }, risky)).toBe(false)
    expect(isHighRisk({ sectors: ['forestry'], highRiskOverride: override(true) }, risky)).toBe(true)
    expect(isHighRisk({ sectors: ['mines'], highRiskOverride: null }, risky)).toBe(true)
  })
})

describe('likeness', () => {
  const unit = (name: string, area: string | null = '341723101', creditCode: string | null = null) => ({
    name,
    area,
    creditCode,
  })

  test('the same credit code is the same unit whatever it is called', () => {
    const code = '91341723MA2TEST017'
    expect(likeness(unit('甲公司', null, code), unit('乙商店', '341723102', code)).score).toBe(1)
  })

  test('the same name in the same town is one, also when one entry names only the village', () => {
    expect(likeness(unit('木镇加油站'), unit('木镇加油站', '341723101002')).score).toBe(1)
  })

  test('legal form and region at the front do not make another unit', () => {
    const { score, why } = likeness(unit('青阳县恒泰矿业有限公司'), unit('恒泰矿业'))
    expect(score).toBeGreaterThanOrEqual(probablySame)
    expect(why).toContain('同一乡镇')
  })

  test('the same name in another town is worth showing but not taken for the same', () => {
    const { score } = likeness(unit('平安超市'), unit('平安超市', '341723102'))
    expect(score).toBeGreaterThanOrEqual(worthShowing)
    expect(score).toBeLessThan(probablySame)
  })

  test('different credit codes speak against one unit', () => {
    const two = likeness(unit('恒泰矿业', '341723101', 'A'), unit('恒泰矿业', '341723101', 'B'))
    expect(two.score).toBeLessThan(probablySame)
    expect(two.why).toContain('信用代码不同')
  })

  test('units of one trade with other names are not near', () => {
    expect(likeness(unit('兴旺烟花爆竹经营部'), unit('长龙山非金属材料厂')).score).toBeLessThan(worthShowing)
  })

  test('it lies between 0 and 1 and does not depend on the order', () => {
    const name = fc.stringMatching(/^[青阳木镇恒泰矿业加油站有限公司超市]{1,12}$/)
    const area = fc.constantFrom('341723101', '341723102', '341723101001', null)
    const code = fc.constantFrom('A', 'B', null)
    fc.assert(
      fc.property(fc.tuple(name, area, code), fc.tuple(name, area, code), (a, b) => {
        const there = likeness(unit(...a), unit(...b)).score
        const back = likeness(unit(...b), unit(...a)).score
        expect(there).toBe(back)
        expect(there).toBeGreaterThanOrEqual(0)
        expect(there).toBeLessThanOrEqual(1)
      }),
    )
  })
})
