import type { Selectable } from 'kysely'
import { canonicalJson } from '../actions/audit.ts'
import type { AuditBlockTable } from '../db/tables.ts'
import { leafHash } from './merkle.ts'

/** The facts of a sealed block that its hash covers. */
export type BlockHeader = Omit<Selectable<AuditBlockTable>, 'hash' | 'nodes'>

const hex = (bytes: Buffer | null) => bytes?.toString('hex') ?? null
const instant = (at: Date | null) => at?.toISOString() ?? null

/**
 * A block as the text its hash is over. `previous` is the hash of the block before, `history` the root of the tree over the
 * hashes of all blocks before: the hash of one block vouches for every block up to it, by a chain and by a short path.
 */
export function headerText(header: BlockHeader): string {
  return canonicalJson({
    county: header.county,
    number: header.number,
    previous: hex(header.previous),
    history: hex(header.history),
    rows: header.rows,
    root: hex(header.root),
    firstAt: instant(header.first_at),
    lastAt: instant(header.last_at),
    completeTo: instant(header.complete_to),
    sealedAt: instant(header.sealed_at),
    software: header.software,
  })
}

/** The root to print and to keep elsewhere: hash of a block, and at the same time its leaf in the tree over all blocks. */
export const headerHash = (header: BlockHeader): Buffer => leafHash(headerText(header))
