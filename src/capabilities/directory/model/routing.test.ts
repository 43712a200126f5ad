import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Reference } from './reference.ts'
import { indexReference, routeMatter, sectorsOf } from './routing.ts'

const area = (code: string, name: string, more: Partial<Reference['areas'][number]> = {}) => ({
  code,
  name,
  aliases: [],
  level: code.length === 6 ? ('county' as const) : code.length === 9 ? ('town' as const) : ('village' as const),
  parentCode: code.length === 6 ? null : code.slice(0, -3),
  supervised: code.length !== 6,
  bodyId: code.length === 9 ? `town-${code}` : null,
  note: '',
  active: true,
  ...more,
})
const body = (id: string, more: Partial<Reference['bodies'][number]> = {}) => ({
  id,
  name: `机构${id}`,
  kind: 'department' as const,
  area: '341723',
  note: '',
  active: true,
  ...more,
})
const sector = (id: string) => ({ id, name: `行业${id}`, aliases: [], highRisk: false, note: '', active: true })

const reference: Reference = {
  county: '341723',
  officeBodyId: 'office',
  areas: [
    area('341723', '青阳县'),
    area('341723101', '木镇镇'),
    area('341723101001', '木镇社区'),
    area('341723108', '九华镇', { supervised: false, bodyId: 'scenic', note: '由九华山风景区管委会管理' }),
    area('341723400', '开发区', { bodyId: null }),
  ],
  bodies: [
    body('office'),
    body('a'),
    body('b'),
    body('gone', { active: false }),
    body('town-341723101'),
    body('scenic'),
  ],
  sectors: ['joint', 'single', 'orphan', 'gap', 'retired'].map(sector),
  matrix: [
    { sectorId: 'joint', bodyId: 'b', role: 'joint', source: 'S2', note: '' },
    { sectorId: 'joint', bodyId: 'a', role: 'lead', source: 'S2', note: '' },
    { sectorId: 'single', bodyId: 'a', role: 'lead', source: 'S2', note: '' },
    { sectorId: 'orphan', bodyId: 'b', role: 'participant', source: 'S2', note: '' },
    { sectorId: 'retired', bodyId: 'gone', role: 'lead', source: 'S2', note: '' },
  ],
  gaps: [
    { id: 'g', sectorId: 'gap', reason: '方案列出该行业但没有写明牵头部门', topic: '', handling: '', source: 'M13' },
  ],
}
const index = indexReference(reference)

describe('routing', () => {
  test('joint leads both receive the matter, the named lead first', () => {
    const route = routeMatter(index, 'joint', '341723101')
    expect(route).toEqual({ leadBodyId: 'a', jointBodyIds: ['b'], townBodyId: 'town-341723101', reason: null })
  })

  test('a village goes to its town', () => {
    expect(routeMatter(index, 'single', '341723101001').townBodyId).toBe('town-341723101')
  })

  test('a town the county does not run goes to the body that does, and says so', () => {
    const route = routeMatter(index, 'single', '341723108')
    expect(route.townBodyId).toBe('scenic')
    expect(route.reason).toContain('九华山风景区管委会')
  })

  test('without a lead the office receives it with the reason of the gap', () => {
    const route = routeMatter(index, 'gap', '341723101')
    expect(route.leadBodyId).toBe('office')
    expect(route.reason).toContain('没有写明牵头部门')
  })

  test('a participant or a dissolved body does not count as a lead', () => {
    expect(routeMatter(index, 'orphan', '341723101').leadBodyId).toBe('office')
    expect(routeMatter(index, 'retired', '341723101').leadBodyId).toBe('office')
  })

  test('an area without a body of its own says so', () => {
    expect(routeMatter(index, 'single', '341723400')).toMatchObject({ townBodyId: null, reason: expect.any(String) })
  })

  test('a matter never goes nowhere, whatever sector and area are named', () => {
    const sectors = fc.oneof(fc.constantFrom(...reference.sectors.map((row) => row.id)), fc.string())
    const areas = fc.oneof(fc.constantFrom(...reference.areas.map((row) => row.code)), fc.stringMatching(/^\d{6,12}$/))
    const bodies = new Set(reference.bodies.filter((row) => row.active).map((row) => row.id))
    fc.assert(
      fc.property(sectors, areas, (sectorId, code) => {
        const route = routeMatter(index, sectorId, code)
        expect(bodies).toContain(route.leadBodyId)
        expect(route.jointBodyIds).not.toContain(route.leadBodyId)
        if (route.leadBodyId === 'office') expect(route.reason).toBeTruthy()
        if (route.townBodyId === null && code.length >= 9) expect(route.reason).toBeTruthy()
      }),
    )
  })

  test('what a body leads is what is routed to it', () => {
    expect(sectorsOf(index, 'a')).toEqual(['joint', 'single'])
    expect(sectorsOf(index, 'b')).toEqual(['joint'])
    expect(sectorsOf(index, 'office')).toEqual([])
  })
})
