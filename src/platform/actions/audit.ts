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

/**
 * A value as an action row keeps it: plain JSON, so that the hash is over exactly what the row holds. Passwords never
 * reach the audit; every field that holds one is called `password` or ends in `Password`, however deep it lies.
 */
export function recordable(value: unknown): unknown {
  const text = JSON.stringify(value ?? null, (key, item: unknown) =>
    typeof item === 'string' && /password$/i.test(key) ? '（不记录）' : item,
  )
  return JSON.parse(text)
}

/** The facts of one action row that its hash covers. `input` and `output` are the values, not their text. */
export interface AuditFacts extends Omit<ActionTable, 'at' | 'input' | 'output' | 'hash' | 'prev_hash'> {
  readonly at: Date
  readonly input: unknown
  readonly output: unknown
}

/** The facts as the one text their hash is over. It goes out in proofs as it is, so that nobody need write it again. */
export const auditText = (facts: AuditFacts): string => canonicalJson({ ...facts, at: facts.at.toISOString() })

/** SHA-256 over the row's facts and the hash of the record's action before it. */
export function auditHash(facts: AuditFacts, previous: Buffer | null): Buffer {
  const hash = createHash('sha256')
  hash.update(previous ?? Buffer.alloc(32))
  hash.update(auditText(facts))
  return hash.digest()
}
