import { newId } from '#kernel/ids.ts'
import type { Reader, Tx } from '#platform/db/tables.ts'
import type { RowOutcome, SheetImport } from '../model/index.ts'
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
  const { county, id, version, state, total, added, known, batch } = after
  const db = tables(tx)
  const row = { version, state, total, next_row: after.next, added, known }
  if (before) await db.updateTable('ledger_sheet').set(row).where('county', '=', county).where('id', '=', id).execute()
  else {
    const made = {
      ledger: after.ledger,
      upload_id: after.uploadId,
      account_id: after.accountId,
      account_name: after.accountName,
      file_name: after.fileName,
      started_at: new Date(after.startedAt),
    }
    await db
      .insertInto('ledger_sheet')
      .values({ county, id, ...made, ...row })
      .execute()
  }
  if (!batch || !before) return
  await db
    .insertInto('ledger_batch')
    .values({
      county,
      id: newId(new Date(after.startedAt).getTime()),
      version: 1,
      ledger: after.ledger,
      upload_id: after.uploadId,
      account_id: after.accountId,
      first_row: before.next,
      next_row: after.next,
      added: batch.added,
      known: batch.known,
      rejected: JSON.stringify(batch.rejected),
    })
    .execute()
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
