import { criteriaMechanisms } from '#capabilities/criteria/server/mechanisms.ts'
import type { PackMatrixEntry, PackSector } from '#capabilities/directory/model/pack.ts'
import { matrixMechanisms } from '#capabilities/directory/server/mechanisms.ts'
import { listingMechanisms } from '#capabilities/listing/server/mechanisms.ts'
import { hazardMechanisms, statisticsMechanisms } from '#capabilities/statistics/server/mechanisms.ts'
import type { Mechanism } from '#platform/module/module.ts'

/** The parts of a pack that bring mechanisms along. */
export interface Bringing {
  readonly sectors: readonly PackSector[]
  readonly matrix: readonly PackMatrixEntry[]
}

/**
 * Every mechanism there is under a pack, known without a database: what the clauses of the pack may name, and what names
 * clauses itself. A capability that brings a source to its module adds a line here; a test compares the two.
 */
export function mechanismsOf(pack: Bringing): Mechanism[] {
  return [
    ...hazardMechanisms(pack.sectors),
    ...statisticsMechanisms,
    ...criteriaMechanisms,
    ...matrixMechanisms(pack),
    ...listingMechanisms,
  ]
}
