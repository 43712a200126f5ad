import type { Hazard } from './record.ts'

/** What other capabilities may know of a hazard. */
export type HazardFacts = Pick<
  Hazard,
  | 'id'
  | 'version'
  | 'number'
  | 'area'
  | 'sector'
  | 'unitId'
  | 'unitName'
  | 'level'
  | 'state'
  | 'description'
  | 'listing'
  | 'listingId'
  | 'leadBodyId'
  | 'assignedBodyId'
  | 'townBodyId'
  | 'dueOn'
  | 'closedOn'
  | 'detail'
>

/** The hazards as other capabilities use them. `reader` is the pool or an open transaction, opaque to models. */
export interface Hazards<Reader> {
  /** With `lock`, other writers of the hazard wait until the transaction ends. */
  find(reader: Reader, county: string, id: string, lock: boolean): Promise<HazardFacts | undefined>
  /** Those of the ids that are there, by id. */
  some(reader: Reader, county: string, ids: readonly string[]): Promise<ReadonlyMap<string, HazardFacts>>
}
