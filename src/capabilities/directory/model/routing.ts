import type { Route } from './port.ts'
import type { Area, Reference } from './reference.ts'

/** Looks reference data up by code; built once per load, because routing runs for every hazard of an import. */
export interface ReferenceIndex {
  readonly reference: Reference
  readonly areas: ReadonlyMap<string, Area>
  readonly bodyNames: ReadonlyMap<string, string>
  readonly sectorNames: ReadonlyMap<string, string>
  readonly highRiskSectors: ReadonlySet<string>
  /** Bodies that lead a sector, sole or first lead before the joint ones. */
  readonly leaders: ReadonlyMap<string, readonly string[]>
}

export function indexReference(reference: Reference): ReferenceIndex {
  const leaders = new Map<string, string[]>()
  const working = new Set(reference.bodies.filter((body) => body.active).map((body) => body.id))
  for (const role of ['lead', 'joint'] as const) {
    for (const entry of reference.matrix) {
      if (entry.role !== role || !working.has(entry.bodyId)) continue
      leaders.set(entry.sectorId, [...(leaders.get(entry.sectorId) ?? []), entry.bodyId])
    }
  }
  return {
    reference,
    areas: new Map(reference.areas.map((area) => [area.code, area])),
    bodyNames: new Map(reference.bodies.map((body) => [body.id, body.name])),
    sectorNames: new Map(reference.sectors.map((sector) => [sector.id, sector.name])),
    highRiskSectors: new Set(reference.sectors.filter((sector) => sector.highRisk).map((sector) => sector.id)),
    leaders,
  }
}

/**
 * Where a matter of a sector in an area goes (S2): the lead department, joint leads beside it, and the body of the town.
 * It never goes nowhere: without a lead the committee office receives it, and `reason` says why in words for people.
 */
export function routeMatter(index: ReferenceIndex, sector: string, area: string): Route {
  const [lead, ...joint] = index.leaders.get(sector) ?? []
  const town = townOf(index, area)
  const reasons = [lead ? null : noLeadReason(index, sector), town.reason].filter((reason) => reason !== null)
  return {
    leadBodyId: lead ?? index.reference.officeBodyId,
    jointBodyIds: joint,
    townBodyId: town.bodyId,
    reason: reasons.length > 0 ? reasons.join('；') : null,
  }
}

function noLeadReason(index: ReferenceIndex, sector: string): string {
  const gap = index.reference.gaps.find((row) => row.sectorId === sector)
  if (gap) return `${gap.reason}，先由县安委办接收`
  const name = index.sectorNames.get(sector)
  return name
    ? `“${name}”在责任分工中没有明确牵头部门，先由县安委办接收`
    : `没有登记代码为“${sector}”的行业领域，先由县安委办接收`
}

function townOf(index: ReferenceIndex, code: string): { bodyId: string | null; reason: string | null } {
  if (code.length < 9) return { bodyId: null, reason: null }
  const town = index.areas.get(code.slice(0, 9))
  if (!town) return { bodyId: null, reason: `没有登记代码为“${code.slice(0, 9)}”的乡镇，属地由县安委办明确` }
  const village = code.length > 9 ? index.areas.get(code) : undefined
  const bodyId = village?.bodyId ?? town.bodyId
  const reason = town.supervised ? null : town.note || `${town.name}不在本县监管的乡镇之列`
  return bodyId ? { bodyId, reason } : { bodyId: null, reason: reason ?? `${town.name}没有登记属地机构` }
}

/** Sectors a body leads, alone or jointly, in the order of the matrix. */
export function sectorsOf(index: ReferenceIndex, bodyId: string): string[] {
  return index.reference.sectors
    .map((sector) => sector.id)
    .filter((sectorId) => index.leaders.get(sectorId)?.includes(bodyId) ?? false)
}
