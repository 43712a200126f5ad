import { sql } from 'kysely'
import { z } from 'zod'
import type { RecordIdentity } from '#kernel/record.ts'
import type { RecordType } from '#platform/actions/types.ts'
import type { Reader, Tx } from '#platform/db/tables.ts'
import { ImportOutcome } from '../../model/index.ts'
import { tables } from '../store.ts'

/** One batch of an import; it is written once and never changes. */
export interface UnitImport extends RecordIdentity {
  readonly uploadId: string
  readonly accountId: string
  readonly firstRow: number
  readonly nextRow: number
  readonly outcomes: readonly ImportOutcome[]
}

export const unitImportType: RecordType<UnitImport> = {
  type: 'unitImport',
  title: '名录导入',
  readPermission: 'directory.importUnits',
  async load(tx, county, id) {
    const row = await tables(tx)
      .selectFrom('unit_import')
      .selectAll()
      .where('county', '=', county)
      .where('id', '=', id)
      .executeTakeFirst()
    return row && importOf(row)
  },
  async save(tx, after) {
    const row = {
      county: after.county,
      id: after.id,
      version: after.version,
      upload_id: after.uploadId,
      account_id: after.accountId,
      first_row: after.firstRow,
      next_row: after.nextRow,
      outcomes: JSON.stringify(after.outcomes),
    }
    await tables(tx).insertInto('unit_import').values(row).execute()
  },
  facets: (batch) => ({
    area: batch.county,
    sectors: null,
    unitId: null,
    bodyIds: [],
    ownerIds: [batch.accountId],
  }),
  label: (batch) => `名录导入（第${batch.firstRow + 1}至${batch.nextRow}行）`,
}

/** The batches one account has taken from an upload, in the order of the sheet. */
export async function importsOf(db: Reader, county: string, uploadId: string, accountId: string) {
  const rows = await tables(db)
    .selectFrom('unit_import')
    .selectAll()
    .where('county', '=', county)
    .where('upload_id', '=', uploadId)
    .where('account_id', '=', accountId)
    .orderBy('first_row')
    .orderBy('id')
    .execute()
  return rows.map(importOf)
}

function importOf(row: {
  county: string
  id: string
  version: number
  upload_id: string
  account_id: string
  first_row: number
  next_row: number
  outcomes: unknown
}): UnitImport {
  return {
    county: row.county,
    id: row.id,
    version: row.version,
    uploadId: row.upload_id,
    accountId: row.account_id,
    firstRow: row.first_row,
    nextRow: row.next_row,
    outcomes: z.array(ImportOutcome).parse(row.outcomes),
  }
}

/** Runs one row's work; when it throws, what it had written is taken back and the transaction goes on. */
export async function inSavepoint<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`savepoint import_row`.execute(tx)
  try {
    const result = await work()
    await sql`release savepoint import_row`.execute(tx)
    return result
  } catch (error) {
    await sql`rollback to savepoint import_row`.execute(tx)
    throw error
  }
}
