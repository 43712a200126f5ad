import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Bounds, faultWords, fromGcj02, PositionInput, positionFault, toGcj02 } from './position.ts'

const bounds: Bounds = [117.6, 30.2, 118.2, 30.9]

describe('a position', () => {
  test.each([
    [{ lng: 117.86, lat: 30.63 }, undefined],
    [{ lng: 117.6, lat: 30.9 }, undefined],
    [{ lng: 30.63, lat: 117.86 }, 'swapped'],
    [{ lng: 117.28, lat: 31.86 }, 'outside'],
    [{ lng: 30.63, lat: 30.63 }, 'outside'],
  ])('%o is %s', (position, fault) => expect(positionFault(position, bounds)).toBe(fault))

  test('is refused in words that name the county’s numbers and the way out', () => {
    expect(faultWords('swapped', bounds)).toContain('填反了')
    expect(faultWords('outside', bounds)).toContain('117.6至118.2')
    expect(faultWords('outside', bounds)).toContain('可以不填')
  })

  test('half typed is told at the missing half', () => {
    const { error } = PositionInput.safeParse({ lng: 117.8 })
    expect(error?.issues).toMatchObject([{ path: ['lat'], message: expect.stringContaining('请填写纬度') }])
  })
})

describe('GCJ-02', () => {
  test('shifts as published, and nothing else is stored than WGS-84', () => {
    const shifted = toGcj02({ lng: 116.404, lat: 39.915 })
    expect(shifted.lng).toBeCloseTo(116.41024449916938, 9)
    expect(shifted.lat).toBeCloseTo(39.91640428150164, 9)
    const typed = { lng: 116.410244, lat: 39.916404 }
    expect(PositionInput.parse({ ...typed, datum: 'gcj02' })).toEqual({ lng: 116.404, lat: 39.915 })
    expect(PositionInput.parse(typed)).toEqual(typed)
  })

  test('is undone to the decimetre anywhere in China', () => {
    const degree = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    fc.assert(
      fc.property(fc.record({ lng: degree(73, 135), lat: degree(18, 53) }), (position) => {
        const back = fromGcj02(toGcj02(position))
        expect(Math.abs(back.lng - position.lng)).toBeLessThan(1.1e-6)
        expect(Math.abs(back.lat - position.lat)).toBeLessThan(1.1e-6)
      }),
    )
  })
})
