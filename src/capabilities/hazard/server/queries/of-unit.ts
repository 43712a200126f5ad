import { sql } from 'kysely'
import type { ScopeBox } from '#kernel/grants.ts'
import { inScope } from '#platform/db/scope.ts'
import type { Reader } from '#platform/db/tables.ts'
import { standingStates } from '../../model/index.ts'
import { hazardScope } from './moved.ts'

/** A unit's standing hazards by the town that handles them; `seen` are those within the boxes (ADR 0008). */
export async function standingOfUnit(reader: Reader, county: string, unitId: string, boxes: readonly ScopeBox[]) {
  const found = await sql<{ area: string; n: number; seen: number }>`
    select left(h.area, 9) as area, count(*) as n, count(*) filter (where ${inScope(boxes, hazardScope)}) as seen
    from hazard h where h.county = ${county} and h.unit_id = ${unitId} and h.state = any(${[...standingStates]}::text[])
    group by 1 order by 1`.execute(reader)
  return found.rows
}
