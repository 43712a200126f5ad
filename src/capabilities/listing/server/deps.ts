import type { Directory } from '#capabilities/directory/model/index.ts'
import type { Hazards } from '#capabilities/hazard/model/index.ts'
import type { Actor, Facets } from '#kernel/grants.ts'
import type { Day } from '#kernel/time.ts'
import type { Reader } from '#platform/db/tables.ts'

export interface ListingDeps {
  readonly directory: Directory<Reader>
  readonly hazards: Hazards<Reader>
  /** Everybody who may use a permission on a record with these facets on a day. */
  holders(reader: Reader, permission: string, facets: Facets, on: Day): Promise<readonly Actor[]>
}
