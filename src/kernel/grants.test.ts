import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Actor,
  boxesFor,
  can,
  type Facets,
  type Grant,
  grantedBodies,
  hasRole,
  holds,
  inBox,
  type PermissionTable,
  type Reach,
  type Role,
  roles,
} from './grants.ts'

const county = '341723'
const grant = (more: Partial<Grant> = {}): Grant => ({
  role: 'department',
  area: county,
  sectors: null,
  unitId: null,
  bodyId: null,
  ...more,
})
const actor = (...grants: Grant[]): Actor => ({ county, accountId: 'a1', personId: 'p1', name: '甲', grants })
const facets = (more: Partial<Facets> = {}): Facets => ({
  area: '341723101001',
  sectors: ['mine'],
  unitId: 'u1',
  bodyIds: ['b1'],
  ...more,
})
const table: PermissionTable = {
  'x.read': { title: '看', roles: { department: ['scope', 'body'], unitPrincipal: ['scope'], auditor: ['own'] } },
  'x.never': { title: '系统', roles: {} },
}

describe('a grant', () => {
  it('reaches down its area, and not beside or above it', () => {
    const may = (area: string, record: string) => can(actor(grant({ area })), 'x.read', facets({ area: record }), table)
    expect(may(county, '341723101001')).toBe(true)
    expect(may('341723101', '341723101001')).toBe(true)
    expect(may('341723101', '341723102001')).toBe(false)
    expect(may('341723101', county)).toBe(false)
  })

  it('for sectors reaches records that share one, kinds of record without the side, and none whose sector is unknown', () => {
    const may = (sectors: readonly string[] | null) =>
      can(actor(grant({ sectors: ['mine', 'gas'] })), 'x.read', facets({ sectors, bodyIds: [] }), table)
    expect(may(['gas', 'fire'])).toBe(true)
    expect(may(['fire'])).toBe(false)
    expect(may([])).toBe(false)
    expect(may(null)).toBe(true)
  })

  it('for a body reaches what was given to the body, anywhere in the county', () => {
    const far = facets({ area: '341723109', sectors: ['fire'] })
    const one = actor(grant({ area: '341723101', sectors: ['mine'], bodyId: 'b1' }))
    expect(can(one, 'x.read', far, table)).toBe(true)
    expect(can(one, 'x.read', { ...far, bodyIds: ['b2'] }, table)).toBe(false)
    expect(grantedBodies(one)).toEqual(['b1'])
  })

  it('of a unit role without a unit reaches nothing rather than everything', () => {
    const principal = actor(grant({ role: 'unitPrincipal' }))
    expect(boxesFor(principal, 'x.read', table)).toEqual([])
    expect(holds(principal, 'x.read', table)).toBe(false)
    expect(can(actor(grant({ role: 'unitPrincipal', unitId: 'u1' })), 'x.read', facets(), table)).toBe(true)
    expect(can(actor(grant({ role: 'unitPrincipal', unitId: 'u2' })), 'x.read', facets(), table)).toBe(false)
  })

  it('as owner reaches what belongs to the account or the person', () => {
    const auditor = actor(grant({ role: 'auditor' }))
    const may = (...ownerIds: string[]) => can(auditor, 'x.read', facets({ ownerIds }), table)
    expect([may('a1'), may('p1'), may('a2'), may()]).toEqual([true, true, false, false])
    expect(can(auditor, 'x.read', facets(), table)).toBe(false)
  })

  it('gives nothing that the table does not name', () => {
    const all = actor(...Object.keys(roles).map((role) => grant({ role: role as Role, unitId: 'u1', bodyId: 'b1' })))
    expect(can(all, 'x.never', facets(), table)).toBe(false)
    expect(can(all, 'x.unknown', facets(), table)).toBe(false)
    expect(can(actor(), 'x.read', facets(), table)).toBe(false)
    expect(hasRole(all, 'auditor')).toBe(true)
    expect(hasRole(actor(), 'auditor')).toBe(false)
  })
})

describe('the system and the session', () => {
  it('the system passes everywhere in its county, everybody signed in has the session', () => {
    const system = { ...actor(), system: true }
    expect(can(system, 'x.never', facets(), table)).toBe(true)
    expect(can(system, 'x.never', facets({ area: '110101' }), table)).toBe(false)
    expect(holds(actor(), 'session', table)).toBe(true)
  })
})

/** Written anew from the design's words, one condition a line, without boxes. */
function naive(given: Actor, record: Facets): boolean {
  return given.grants.some((row) => {
    const reaches: readonly Reach[] = table['x.read']?.roles[row.role] ?? []
    const ofUnit = row.role === 'unitPrincipal' || row.role === 'unitWorker'
    const inArea = record.area.slice(0, row.area.length) === row.area
    const inSector =
      row.sectors === null || record.sectors === null || row.sectors.some((id) => record.sectors?.includes(id))
    const inUnit = row.unitId === null ? !ofUnit : row.unitId === record.unitId
    const inCounty = record.area.startsWith(county)
    // A unit may move to another town; who speaks for it moves along.
    const inPlace = ofUnit ? inCounty : inArea
    const byScope = reaches.includes('scope') && inPlace && inSector && inUnit
    const byBody = reaches.includes('body') && inCounty && row.bodyId !== null && record.bodyIds.includes(row.bodyId)
    const own = record.ownerIds ?? []
    const byOwner = reaches.includes('own') && inCounty && (own.includes('a1') || own.includes('p1'))
    return byScope || byBody || byOwner
  })
}

describe('can', () => {
  const area = fc.constantFrom(county, '341723101', '341723101001', '341723102', '110101')
  const sectors = fc.option(fc.subarray(['mine', 'gas', 'fire']), { nil: null })
  const grants = fc.array(
    fc.record({
      role: fc.constantFrom(...(Object.keys(roles) as Role[])),
      area,
      sectors,
      unitId: fc.constantFrom(null, 'u1', 'u2'),
      bodyId: fc.constantFrom(null, 'b1', 'b2'),
    }),
    { maxLength: 3 },
  )
  const records = fc.record({
    area,
    sectors,
    unitId: fc.constantFrom(null, 'u1', 'u2'),
    bodyIds: fc.subarray(['b1', 'b2']),
    ownerIds: fc.subarray(['a1', 'p1', 'a2']),
  })

  it('says what a naive reading of the grants says', () => {
    fc.assert(
      fc.property(grants, records, (rows, record) => {
        expect(can(actor(...rows), 'x.read', record, table)).toBe(naive(actor(...rows), record))
      }),
      { numRuns: 2000 },
    )
  })

  it('never shrinks when a grant is added', () => {
    fc.assert(
      fc.property(grants, grants, records, (some, more, record) => {
        if (can(actor(...some), 'x.read', record, table)) {
          expect(can(actor(...some, ...more), 'x.read', record, table)).toBe(true)
        }
      }),
    )
  })

  it('is the union of its boxes', () => {
    fc.assert(
      fc.property(grants, records, (rows, record) => {
        const boxes = boxesFor(actor(...rows), 'x.read', table)
        expect(can(actor(...rows), 'x.read', record, table)).toBe(boxes.some((box) => inBox(box, record)))
      }),
    )
  })
})
