import type { Role } from '#kernel/grants.ts'
import type { Day } from '#kernel/time.ts'
import type { Page, Way } from './page.ts'

/** A grant as it was given, with the days it holds, both included. */
export interface GivenGrant {
  readonly role: Role
  readonly area: string
  readonly sectors: readonly string[] | null
  readonly unitId: string | null
  readonly bodyId: string | null
  readonly from: Day
  readonly to: Day | null
}

/** The sides of a record that somebody may have to do with. `sectors: null` = it has no such side. */
export interface Sides {
  readonly area: string
  readonly sectors: readonly string[] | null
  readonly unitId: string | null
  readonly bodies: readonly (string | null)[]
  readonly owner?: string
}

/** What belongs to the county as a whole. */
export const countyWide = (area: string): Sides => ({ area, sectors: null, unitId: null, bodies: [] })

/**
 * A naive reading of the page of permissions, on purpose without a single line of the product: no boxes, no predicate,
 * one grant and one record after the other.
 */
export interface Reading {
  /** Whether the page lets this person do it anywhere at all. */
  holds(permission: string): boolean
  /** Whether the page lets this person do it with a record, by one of the ways. */
  may(permission: string, sides: Sides, ways?: readonly Way[]): boolean
  /** The bodies this person acts for. */
  readonly bodies: readonly string[]
}

const speaksForUnit = (role: Role) => role === 'unitPrincipal' || role === 'unitWorker'

function inScope(grant: GivenGrant, sectors: readonly string[] | null, sides: Sides): boolean {
  if (sectors !== null && sides.sectors !== null && !sides.sectors.some((id) => sectors.includes(id))) return false
  // Whoever speaks for a unit has to do with this unit alone, wherever it is or was.
  if (speaksForUnit(grant.role)) return grant.unitId !== null && sides.unitId === grant.unitId
  return sides.area.slice(0, grant.area.length) === grant.area
}

export function readFor(
  page: Page,
  person: { readonly accountId: string; readonly grants: readonly GivenGrant[]; readonly today: Day },
  /** The sectors a body leads, alone or with others, in the plan's matrix. */
  leads: (bodyId: string) => readonly string[],
): Reading {
  const grants = person.grants.filter(({ from, to }) => from <= person.today && (to === null || person.today <= to))
  const waysOf = (grant: GivenGrant, permission: string) => {
    const row = page.get(permission)
    if (!row) throw new Error(`the page knows no ${permission}`)
    return row.get(grant.role) ?? []
  }
  const sectorsOf = ({ role, sectors, bodyId }: GivenGrant) =>
    role === 'department' && sectors === null ? (bodyId === null ? [] : leads(bodyId)) : sectors
  const reaches = (grant: GivenGrant, way: Way, sides: Sides) => {
    if (way === '己') return sides.owner === person.accountId
    if (way === '交') return grant.bodyId !== null && sides.bodies.includes(grant.bodyId)
    return inScope(grant, sectorsOf(grant), sides)
  }
  return {
    bodies: grants.flatMap(({ bodyId }) => (bodyId === null ? [] : [bodyId])),
    holds: (permission) => grants.some((grant) => waysOf(grant, permission).length > 0),
    may: (permission, sides, ways = ['辖', '交', '己']) =>
      grants.some((grant) => waysOf(grant, permission).some((way) => ways.includes(way) && reaches(grant, way, sides))),
  }
}
