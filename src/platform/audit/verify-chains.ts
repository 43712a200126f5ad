import type { Selectable } from 'kysely'
import { type AuditFacts, auditHash } from '../actions/audit.ts'
import type { ActionTable, Reader, Tx } from '../db/tables.ts'
import type { AuditFault, Findings } from './findings.ts'

/** The versions records have now; `runner.versionsOf`. Without it rows cut off at the end of a history go unnoticed. */
export type VersionsOf = (
  tx: Tx,
  county: string,
  recordType: string,
  recordIds: readonly string[],
) => Promise<ReadonlyMap<string, number>>

type Row = Selectable<ActionTable>

const pageRows = 1000
/** So many rows in a gap are named one by one. */
const namedRows = 500

/** Recomputes the hash chain of every record, page by page, so that a long history needs no more memory than a short one. */
export async function verifyChains(
  tx: Tx,
  county: string,
  findings: Findings,
  { versionsOf, onRows }: { readonly versionsOf: VersionsOf | undefined; onRows(rows: number): Promise<void> },
): Promise<number> {
  let checked = 0
  let last: Row | undefined
  let sound = true
  const add = (faults: readonly AuditFault[]) => {
    for (const fault of faults) findings.add(fault)
  }
  for (;;) {
    const rows = await nextPage(tx, county, last)
    const ended: Row[] = []
    for (const row of rows) {
      const before = last?.record_id === row.record_id ? last : undefined
      if (!before && last) ended.push(last)
      const own = ownFault(row)
      add(placeFaults(row, before, sound && !own))
      if (own) add([{ recordId: row.record_id, seq: row.seq, kind: own }])
      sound = !own
      last = row
    }
    checked += rows.length
    const more = rows.length === pageRows
    if (!more && last) ended.push(last)
    if (versionsOf) add(await endFaults(tx, county, ended, versionsOf))
    await onRows(rows.length)
    if (!more) return checked
  }
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
  const at = (seq: number, kind: AuditFault['kind']): AuditFault => ({ recordId: row.record_id, seq, kind })
  if (!before) return row.prev_hash ? [at(row.seq - 1, 'removed')] : []
  const gap = Math.min(row.seq - before.seq - 1, namedRows)
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

/** Compares the last rows of histories with the versions their records have. */
async function endFaults(tx: Tx, county: string, ended: readonly Row[], versionsOf: VersionsOf): Promise<AuditFault[]> {
  const faults: AuditFault[] = []
  for (const [type, rows] of Map.groupBy(ended, (row) => row.record_type)) {
    const ids = rows.map((row) => row.record_id)
    const versions = await versionsOf(tx, county, type, ids)
    faults.push(...rows.flatMap((row) => tailFaults(row, versions.get(row.record_id))))
  }
  return faults
}

function tailFaults(row: Row, version: number | undefined): AuditFault[] {
  if (version === undefined || version === row.seq) return []
  const fault = (seq: number, kind: AuditFault['kind']) => ({ recordId: row.record_id, seq, kind })
  if (version < row.seq) return [fault(row.seq, 'inserted')]
  return Array.from({ length: Math.min(version - row.seq, namedRows) }, (_, at) => fault(row.seq + 1 + at, 'removed'))
}
