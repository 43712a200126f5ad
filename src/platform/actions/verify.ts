import type { Selectable } from 'kysely'
import type { ActionTable, Db, Reader, Tx } from '../db/tables.ts'
import { type AuditFacts, auditHash } from './audit.ts'

/**
 * What is wrong with one row of the audit. `changed`: its facts are not those that were hashed. `reordered`: they are, but
 * at another place of the record's history. `removed`: the row of this number is missing. `inserted`: the row was not there
 * when its successor was written, or the record knows nothing of it.
 */
export type AuditFaultKind = 'changed' | 'reordered' | 'removed' | 'inserted'

export interface AuditFault {
  readonly recordId: string
  readonly seq: number
  readonly kind: AuditFaultKind
}

export interface AuditVerification {
  /** Rows looked at. */
  readonly checked: number
  readonly faults: readonly AuditFault[]
}

/** The version a record has now; `runner.versionOf`. Without it rows cut off at the end of a history go unnoticed. */
export type VersionOf = (tx: Tx, county: string, recordType: string, recordId: string) => Promise<number | undefined>

type Row = Selectable<ActionTable>

const pageRows = 500

/**
 * Recomputes the hash chain of every record from the rows of the audit. Reads one snapshot page by page, so that a write
 * meanwhile is no fault and a long history needs no more memory than a short one.
 */
export async function verifyAudit(db: Db, county: string, versionOf?: VersionOf): Promise<AuditVerification> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const faults: AuditFault[] = []
      let checked = 0
      let last: Row | undefined
      let sound = true
      const end = async (row: Row | undefined) => {
        if (row && versionOf)
          faults.push(...tailFaults(row, await versionOf(tx, county, row.record_type, row.record_id)))
      }
      for (;;) {
        const rows = await nextPage(tx, county, last)
        for (const row of rows) {
          const before = last?.record_id === row.record_id ? last : undefined
          if (!before) await end(last)
          const own = ownFault(row)
          faults.push(...placeFaults(row, before, sound && !own))
          if (own) faults.push({ recordId: row.record_id, seq: row.seq, kind: own })
          sound = !own
          last = row
        }
        checked += rows.length
        if (rows.length < pageRows) break
      }
      await end(last)
      return { checked, faults }
    })
}

function nextPage(reader: Reader, county: string, after: Row | undefined): Promise<Row[]> {
  let query = reader.selectFrom('action').selectAll().where('county', '=', county)
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('record_id', 'seq'), '>', tuple(after.record_id, after.seq)),
    )
  }
  return query.orderBy('record_id').orderBy('seq').limit(pageRows).execute()
}

/** What is wrong between two rows. `sound`: both are what they were hashed to be, so a broken link is a fault of its own. */
function placeFaults(row: Row, before: Row | undefined, sound: boolean): AuditFault[] {
  const at = (seq: number, kind: AuditFaultKind): AuditFault => ({ recordId: row.record_id, seq, kind })
  if (!before) return row.prev_hash ? [at(row.seq - 1, 'removed')] : []
  const gap = Math.min(row.seq - before.seq - 1, pageRows)
  const missing = Array.from({ length: gap }, (_, step) => at(before.seq + 1 + step, 'removed'))
  const linked = row.prev_hash?.equals(before.hash) ?? false
  if (missing.length > 0 || linked || !sound) return missing
  return [at(before.seq, 'inserted')]
}

/** How far from its number a row is looked for, when its hash does not fit the number it has. */
const lookAround = 50

function ownFault(row: Row): 'changed' | 'reordered' | undefined {
  const { hash, prev_hash, ...rest } = row
  const fits = (seq: number) => {
    const facts: AuditFacts = { ...rest, seq }
    return auditHash(facts, prev_hash).equals(hash)
  }
  if (fits(row.seq)) return undefined
  for (let step = 1; step <= lookAround; step += 1) if (fits(row.seq - step) || fits(row.seq + step)) return 'reordered'
  return 'changed'
}

function tailFaults(row: Row, version: number | undefined): AuditFault[] {
  if (version === undefined || version === row.seq) return []
  const fault = (seq: number, kind: AuditFaultKind) => ({ recordId: row.record_id, seq, kind })
  if (version < row.seq) return [fault(row.seq, 'inserted')]
  return Array.from({ length: Math.min(version - row.seq, pageRows) }, (_, at) => fault(row.seq + 1 + at, 'removed'))
}
