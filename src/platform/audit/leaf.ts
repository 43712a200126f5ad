import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { canonicalJson } from '../actions/audit.ts'
import type { AuditLeafTable, RefusalTable } from '../db/tables.ts'
import { leafHash } from './merkle.ts'

/** What is sealed: every action, and every attempt that was refused. */
export type LeafKind = 'action' | 'refusal'

/** One sealed row as its block knows it. */
export type Leaf = Pick<Selectable<AuditLeafTable>, 'kind' | 'row_id' | 'record_id' | 'seq' | 'hash'>

/**
 * The text a leaf of a block's tree is the hash of. It names the row beside its hash, so that a row that is gone can still
 * be named by evidence and not by hearsay. Documented in docs/audit-proof.md: changing it breaks every proof handed out.
 */
export function leafText({ kind, row_id, record_id, seq, hash }: Leaf): string {
  return [kind, row_id, record_id ?? '-', seq ?? '-', hash.toString('hex')].join(' ')
}

export const hashOfLeaf = (leaf: Leaf): Buffer => leafHash(leafText(leaf))

/** SHA-256 over all facts of a refusal. An action brings its hash along, from the chain of its record. */
export function refusalHash(row: Selectable<RefusalTable>): Buffer {
  return createHash('sha256')
    .update(canonicalJson({ ...row, at: row.at.toISOString() }))
    .digest()
}
