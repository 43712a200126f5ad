import { sql } from 'kysely'
import type { Reader, Tx } from '#platform/db/tables.ts'
import type { SheetImport } from '../model/index.ts'
import type { LedgerBatch, RowOutcome } from './batch.ts'
import { type LedgerTables, tables } from './tables.ts'

/* Sheets on their way into ledgers, and the rows of them that were left out. */

const sheetOf = (row: LedgerTables['ledger_sheet']): SheetImport => ({
  county: row.county,
  id: row.id,
  version: row.version,
  ledger: row.ledger,
  uploadId: row.upload_id,
  accountId: row.account_id,
  accountName: row.account_name,
  fileName: row.file_name,
  startedAt: row.started_at.toISOString(),
  total: row.total,
  next: row.next_row,
  added: row.added,
  known: row.known,
  state: row.state,
})

export async function loadSheet(
  tx: Reader,
  county: string,
  id: string,
  lock: boolean,
): Promise<SheetImport | undefined> {
  let query = tables(tx).selectFrom('ledger_sheet').selectAll().where('county', '=', county).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row && sheetOf(row)
}

export async function saveSheet(tx: Tx, after: SheetImport, before: SheetImport | undefined): Promise<void> {
  const { county, id, version, state } = after
  const db = tables(tx)
  if (before) {
    // How far it has come is written with the batches alone.
    const row = { version, state }
    await db.updateTable('ledger_sheet').set(row).where('county', '=', county).where('id', '=', id).execute()
    return
  }
  const row = {
    ledger: after.ledger,
    upload_id: after.uploadId,
    account_id: after.accountId,
    account_name: after.accountName,
    file_name: after.fileName,
    started_at: new Date(after.startedAt),
    total: after.total,
    next_row: after.next,
    added: after.added,
    known: after.known,
  }
  await db
    .insertInto('ledger_sheet')
    .values({ county, id, version, state, ...row })
    .execute()
}

export async function loadBatch(tx: Reader, county: string, id: string): Promise<LedgerBatch | undefined> {
  const row = await tables(tx)
    .selectFrom('ledger_batch')
    .selectAll()
    .where('county', '=', county)
    .where('id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      county: row.county,
      id: row.id,
      version: row.version,
      ledger: row.ledger,
      uploadId: row.upload_id,
      accountId: row.account_id,
      firstRow: row.first_row,
      nextRow: row.next_row,
      added: row.added,
      known: row.known,
      rejected: row.rejected,
    }
  )
}

/** Writes a batch down and takes its sheet so far; with its last row the sheet is finished. */
export async function saveBatch(tx: Tx, after: LedgerBatch): Promise<void> {
  const { county, id, version, ledger, uploadId, accountId, nextRow, added, known } = after
  const of = { county, ledger, upload_id: uploadId, account_id: accountId }
  const row = { first_row: after.firstRow, next_row: nextRow, added, known, rejected: JSON.stringify(after.rejected) }
  const db = tables(tx)
  await db
    .insertInto('ledger_batch')
    .values({ id, version, ...of, ...row })
    .execute()
  await sql`
    update ledger_sheet set next_row = ${nextRow}, added = added + ${added}, known = known + ${known},
      state = case when ${nextRow} >= total then 'finished' else state end
    where county = ${county} and account_id = ${accountId} and upload_id = ${uploadId} and ledger = ${ledger}`.execute(
    tx,
  )
}

/** The import of an upload into a ledger, or the last one of an account. */
export async function findSheet(
  reader: Reader,
  of: { readonly county: string; readonly accountId: string; readonly ledger: string },
  uploadId: string | undefined,
): Promise<SheetImport | undefined> {
  let query = tables(reader)
    .selectFrom('ledger_sheet')
    .selectAll()
    .where('county', '=', of.county)
    .where('account_id', '=', of.accountId)
    .where('ledger', '=', of.ledger)
  if (uploadId !== undefined) query = query.where('upload_id', '=', uploadId)
  const row = await query.orderBy('started_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row && sheetOf(row)
}

/** Imports that a killed process left running. */
export async function runningSheets(reader: Reader, county: string): Promise<string[]> {
  const rows = await tables(reader)
    .selectFrom('ledger_sheet')
    .select('id')
    .where('county', '=', county)
    .where('state', '=', 'running')
    .execute()
  return rows.map(({ id }) => id)
}

/** Which of these uploads an import reads or has read: what was left out of it still leaves as a file. */
export async function sheetsInUse(reader: Reader, county: string, uploadIds: readonly string[]): Promise<string[]> {
  if (uploadIds.length === 0) return []
  const rows = await tables(reader)
    .selectFrom('ledger_sheet')
    .select('upload_id')
    .where('county', '=', county)
    .where('upload_id', 'in', [...uploadIds])
    .execute()
  return rows.map((row) => row.upload_id)
}

/** The rows of a sheet that were left out, in the order of the sheet. */
export async function rowsLeftOut(
  reader: Reader,
  { county, uploadId, accountId, ledger }: Pick<SheetImport, 'county' | 'uploadId' | 'accountId' | 'ledger'>,
): Promise<RowOutcome[]> {
  const rows = await tables(reader)
    .selectFrom('ledger_batch')
    .select('rejected')
    .where('county', '=', county)
    .where('upload_id', '=', uploadId)
    .where('account_id', '=', accountId)
    .where('ledger', '=', ledger)
    .orderBy('first_row')
    .execute()
  return rows.flatMap(({ rejected }) => rejected)
}
