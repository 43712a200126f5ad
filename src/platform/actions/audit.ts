import { createHash } from 'node:crypto'
import type { ActionTable } from '../db/tables.ts'

/** JSON with sorted keys: the same value always gives the same text, also after a round trip through jsonb. */
export function canonicalJson(value: unknown): string {
  if (value === undefined) return 'null'
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (value instanceof Date) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

/** The facts of one action row that its hash covers. `input` and `output` are the values, not their text. */
export interface AuditFacts extends Omit<ActionTable, 'at' | 'input' | 'output' | 'hash' | 'prev_hash'> {
  readonly at: Date
  readonly input: unknown
  readonly output: unknown
}

/** SHA-256 over the row's facts and the hash of the record's action before it. */
export function auditHash(facts: AuditFacts, previous: Buffer | null): Buffer {
  const hash = createHash('sha256')
  hash.update(previous ?? Buffer.alloc(32))
  hash.update(canonicalJson({ ...facts, at: facts.at.toISOString() }))
  return hash.digest()
}
