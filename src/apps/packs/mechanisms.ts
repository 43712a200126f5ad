import { criteriaMechanisms } from '#capabilities/criteria/server/mechanisms.ts'
import { matrixMechanisms } from '#capabilities/directory/server/mechanisms.ts'
import { listingMechanisms } from '#capabilities/listing/server/mechanisms.ts'
import { hazardMechanisms, statisticsMechanisms } from '#capabilities/statistics/server/mechanisms.ts'
import type { Mechanism } from '#platform/module/module.ts'
import type { Pack } from './read.ts'

/**
 * Every mechanism there is under a pack, known without a database: what the clauses of the pack may name, and what names
 * clauses itself. A capability that brings a source to its module adds a line here; a test compares the two.
 */
export function mechanismsOf(pack: Omit<Pack, 'plan'>): Mechanism[] {
  return [
    ...hazardMechanisms(pack.sectors),
    ...statisticsMechanisms,
    ...criteriaMechanisms,
    ...matrixMechanisms(pack),
    ...listingMechanisms,
  ]
}
