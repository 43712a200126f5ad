import { isWithin } from './area.ts'

/** The roles a county has. What each may do is declared per capability; where, by the grant itself. */
export const roles = {
  committeeOffice: '县安委办',
  countyLeader: '县领导',
  department: '行业部门',
  town: '乡镇（开发区）',
  inspector: '检查人员',
  unitPrincipal: '单位主要负责人',
  unitWorker: '单位从业人员',
  administrator: '系统管理员',
  auditor: '审计员',
} as const

export type Role = keyof typeof roles

/** One row of the grant table: a role within an area prefix × sectors × unit. `null` = that dimension does not limit. */
export interface Grant {
  readonly role: Role
  readonly area: string
  readonly sectors: readonly string[] | null
  readonly unitId: string | null
  readonly bodyId: string | null
}

/** Who acts. `system` actors run jobs; they pass every grant and are named in the audit. */
export interface Actor {
  readonly county: string
  readonly accountId: string
  readonly personId: string | null
  readonly name: string
  readonly grants: readonly Grant[]
  readonly system?: boolean
}

/**
 * The sides of a record a grant can look at. `sectors: null` = records of this kind have no sector side at all (accounts,
 * calendar years), so a grant for sectors reaches them by area alone. A record whose sector is merely unknown says `[]`:
 * no grant for sectors reaches it, as no SQL predicate finds a NULL or empty sector column.
 */
export interface Facets {
  readonly area: string
  readonly sectors: readonly string[] | null
  readonly unitId: string | null
  /** Bodies the record was given to; they may act on it even outside their own area and sectors. */
  readonly bodyIds: readonly string[]
  /** The account or person the record belongs to, for personal records such as notices. */
  readonly ownerIds?: readonly string[]
}

/** How a role reaches records: by its scope (area × sectors × unit), by assignment to its body, or as the owner. */
export type Reach = 'scope' | 'body' | 'own'

export interface Permission {
  readonly title: string
  readonly roles: Partial<Record<Role, readonly Reach[]>>
}

export type PermissionTable = Readonly<Record<string, Permission>>

/** A conjunction of limits; an actor's access to a permission is the union of boxes. Absent = no limit on that side. */
export interface ScopeBox {
  readonly area: string
  readonly sectors?: readonly string[]
  readonly unitId?: string
  readonly bodyId?: string
  readonly ownerIds?: readonly string[]
}

/** Every box in which the actor holds the permission; an empty list means no access at all. */
export function boxesFor(actor: Actor, permission: string, table: PermissionTable): ScopeBox[] {
  // 'session' operations are about the caller's own things; everybody signed in may use them.
  if (actor.system || permission === 'session') return [{ area: actor.county }]
  const row = table[permission]
  if (!row) return []
  const boxes: ScopeBox[] = []
  for (const grant of actor.grants) {
    for (const reach of row.roles[grant.role] ?? []) {
      const box = boxOf(actor, grant, reach)
      if (box) boxes.push(box)
    }
  }
  return boxes
}

/** The roles that speak for a supervised unit instead of for an authority. */
export const isUnitRole = (role: Role): boolean => role === 'unitPrincipal' || role === 'unitWorker'

function boxOf(actor: Actor, grant: Grant, reach: Reach): ScopeBox | undefined {
  if (reach === 'own') {
    const ownerIds = actor.personId ? [actor.accountId, actor.personId] : [actor.accountId]
    return { area: actor.county, ownerIds }
  }
  if (reach === 'body') return grant.bodyId ? { area: actor.county, bodyId: grant.bodyId } : undefined
  // A grant for a unit must name it: a unit role without a unit reaches nothing rather than everything.
  if (isUnitRole(grant.role) && !grant.unitId) return undefined
  // Whoever speaks for a unit keeps it, and its matters of before, when it moves to another town.
  const area = isUnitRole(grant.role) ? actor.county : grant.area
  return {
    area,
    ...(grant.sectors ? { sectors: grant.sectors } : {}),
    ...(grant.unitId ? { unitId: grant.unitId } : {}),
  }
}

export function inBox(box: ScopeBox, facets: Facets): boolean {
  if (!isWithin(facets.area, box.area)) return false
  if (box.sectors && facets.sectors && !facets.sectors.some((sector) => box.sectors?.includes(sector))) return false
  if (box.unitId && facets.unitId !== box.unitId) return false
  if (box.bodyId && !facets.bodyIds.includes(box.bodyId)) return false
  if (box.ownerIds && !facets.ownerIds?.some((owner) => box.ownerIds?.includes(owner))) return false
  return true
}

/** Whether the actor may use the permission on a record with these facets. Pure: the browser asks the same question. */
export function can(actor: Actor, permission: string, facets: Facets, table: PermissionTable): boolean {
  return boxesFor(actor, permission, table).some((box) => inBox(box, facets))
}

/** Whether the actor holds the permission anywhere, for menus and for operations that are not about one record. */
export function holds(actor: Actor, permission: string, table: PermissionTable): boolean {
  return boxesFor(actor, permission, table).length > 0
}

export function hasRole(actor: Actor, ...wanted: Role[]): boolean {
  return actor.grants.some((grant) => wanted.includes(grant.role))
}

/** The bodies an actor acts for. */
export function grantedBodies(actor: Actor): string[] {
  const ids = actor.grants.map((grant) => grant.bodyId).filter((id): id is string => id !== null)
  return [...new Set(ids)]
}
