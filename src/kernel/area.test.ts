import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ancestorsOf, areaLevel, isAreaCode, isWithin, prefixRange } from './area.ts'

const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${length - 1}}$`))
const anyCode = fc.oneof(digits(6), digits(9), digits(12))

/** How the database compares under collation "C": byte by byte. */
function byteOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

describe('area codes', () => {
  it('names the level by the length', () => {
    expect(areaLevel('341723')).toBe('county')
    expect(areaLevel('341723100')).toBe('town')
    expect(areaLevel('341723100001')).toBe('village')
    for (const bad of [
      '',
      '3417',
      '34172310',
      '3417231000',
      '041723',
      '34172３',
      '341723100001001',
      'abcdef',
      ' 341723',
    ]) {
      expect(areaLevel(bad)).toBeUndefined()
      expect(isAreaCode(bad)).toBe(false)
    }
    expect(isAreaCode(341723)).toBe(false)
    expect(isAreaCode('341723\n')).toBe(false)
  })

  it('lists the areas above', () => {
    expect(ancestorsOf('341723100001')).toEqual(['341723', '341723100'])
    expect(ancestorsOf('341723400')).toEqual(['341723'])
    expect(ancestorsOf('341723')).toEqual([])
    expect(ancestorsOf('3417')).toEqual([])
    fc.assert(
      fc.property(anyCode, (code) => {
        for (const above of ancestorsOf(code)) {
          expect(isAreaCode(above)).toBe(true)
          expect(isWithin(code, above)).toBe(true)
          expect(isWithin(above, code)).toBe(false)
        }
      }),
    )
  })

  it('keeps neighbours out', () => {
    expect(isWithin('341723100', '341723')).toBe(true)
    expect(isWithin('341723', '341723')).toBe(true)
    expect(isWithin('341722100', '341723')).toBe(false)
    expect(isWithin('341723', '341723100')).toBe(false)
    expect(isWithin('341723', '')).toBe(true)
  })

  it('gives bounds that hold exactly the codes within', () => {
    const prefixes = fc.oneof(anyCode, fc.stringMatching(/^[0-9]{0,7}$/))
    const nearby = fc
      .tuple(prefixes, fc.stringMatching(/^[0-9]{0,6}$/))
      .map(([prefix, tail]) => ({ prefix, code: prefix + tail }))
    const unrelated = fc.record({ prefix: prefixes, code: anyCode })
    fc.assert(
      fc.property(fc.oneof(nearby, unrelated), ({ prefix, code }) => {
        const { from, to } = prefixRange(prefix)
        const inRange = byteOrder(from, code) <= 0 && byteOrder(code, to) < 0
        expect(inRange).toBe(isWithin(code, prefix))
      }),
    )
    expect(prefixRange('341723')).toEqual({ from: '341723', to: '341724' })
    expect(prefixRange('341719')).toEqual({ from: '341719', to: '34171:' })
    expect(() => prefixRange('3417%')).toThrow(RangeError)
  })
})
