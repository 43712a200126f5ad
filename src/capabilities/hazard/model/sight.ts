import { type Actor, can, type Facets } from '#kernel/grants.ts'
import { hazardPermissions } from './permissions.ts'
import type { Hazard } from './record.ts'

type Placed = Pick<Hazard, 'area' | 'sector' | 'unitId' | 'leadBodyId' | 'assignedBodyId'>

/** Where a hazard lies for the grants: its lead body and the one it was given to reach it wherever it is. */
export function hazardFacets({ area, sector, unitId, leadBodyId, assignedBodyId }: Placed): Facets {
  const bodyIds = [leadBodyId, assignedBodyId].filter((id): id is string => id !== null)
  return { area, sectors: [sector], unitId, bodyIds }
}

/** Whether the actor sees the hazard, or would see one in that place. */
export const seesHazard = (actor: Actor, hazard: Placed): boolean =>
  can(actor, 'hazard.read', hazardFacets(hazard), hazardPermissions)
