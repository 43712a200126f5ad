import { type ColumnType, type Insertable, sql } from 'kysely'
import type { AttachmentPurpose } from '#kernel/attachment.ts'
import type { Db, Reader, Tx } from '../db/tables.ts'
import type { Position } from './pictures/capture.ts'

type Instant = ColumnType<Date, Date, Date>

export type FileTables = {
  upload: {
    county: string
    id: string
    account_id: string
    name: string
    size: number
    purpose: AttachmentPurpose
    captured_at: Instant | null
    state: 'receiving' | 'finished' | 'refused'
    received: number
    sha256: string | null
    created_at: Instant
    touched_at: Instant
    finished_at: Instant | null
  }
  stored_file: {
    county: string
    sha256: string
    size: number
    type: string
    image: boolean
    width: number | null
    height: number | null
    captured_at: Instant | null
    lng: number | null
    lat: number | null
    received_at: Instant
  }
  attachment: {
    county: string
    id: string
    record_type: string
    record_id: string
    action_id: string
    purpose: AttachmentPurpose
    caption: string
    name: string
    sha256: string
    account_id: string
    account_name: string
    captured_at: Instant | null
    received_at: Instant
  }
}

const tables = (reader: Reader) => reader.withTables<FileTables>()

export interface UploadRow {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly size: number
  readonly purpose: AttachmentPurpose
  readonly capturedAt: Date | null
  readonly state: 'receiving' | 'finished' | 'refused'
  /** Bytes on the disk. */
  readonly received: number
  readonly sha256: string | null
  readonly finishedAt: Date | null
}

export async function findUpload(
  reader: Reader,
  county: string,
  id: string,
  accountId: string,
  lock = false,
): Promise<UploadRow | undefined> {
  let query = tables(reader)
    .selectFrom('upload')
    .selectAll()
    .where('county', '=', county)
    .where('id', '=', id)
    .where('account_id', '=', accountId)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return (
    row && {
      id: row.id,
      accountId: row.account_id,
      name: row.name,
      size: row.size,
      purpose: row.purpose,
      capturedAt: row.captured_at,
      state: row.state,
      received: row.received,
      sha256: row.sha256,
      finishedAt: row.finished_at,
    }
  )
}

/** False when the id is taken already, by whomever. */
export async function insertUpload(
  db: Db,
  county: string,
  upload: Pick<UploadRow, 'id' | 'accountId' | 'name' | 'size' | 'purpose' | 'capturedAt'>,
  now: Date,
): Promise<boolean> {
  const result = await tables(db)
    .insertInto('upload')
    .values({
      county,
      id: upload.id,
      account_id: upload.accountId,
      name: upload.name,
      size: upload.size,
      purpose: upload.purpose,
      captured_at: upload.capturedAt,
      state: 'receiving',
      received: 0,
      sha256: null,
      created_at: now,
      touched_at: now,
      finished_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows) > 0
}

/** Uploads of an account that are on their way and have moved since. */
export async function countOpen(reader: Reader, county: string, accountId: string, since: Date): Promise<number> {
  const row = await tables(reader)
    .selectFrom('upload')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('county', '=', county)
    .where('account_id', '=', accountId)
    .where('state', '=', 'receiving')
    .where('touched_at', '>', since)
    .executeTakeFirstOrThrow()
  return row.n
}

export async function countReceived(tx: Tx, county: string, id: string, received: number, now: Date): Promise<void> {
  await tables(tx)
    .updateTable('upload')
    .set({ received, touched_at: now })
    .where('county', '=', county)
    .where('id', '=', id)
    .execute()
}

export async function refuseUpload(tx: Tx, county: string, id: string): Promise<void> {
  await tables(tx)
    .updateTable('upload')
    .set({ state: 'refused' })
    .where('county', '=', county)
    .where('id', '=', id)
    .execute()
}

/** Removes an upload that is not finished; false when there is none. */
export async function dropUpload(db: Db, county: string, id: string, accountId: string): Promise<boolean> {
  const result = await tables(db)
    .deleteFrom('upload')
    .where('county', '=', county)
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('state', '<>', 'finished')
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** Holds everybody off the bytes with this hash until the transaction ends. */
export async function lockFile(tx: Tx, county: string, sha256: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${county}:${sha256}`}, 0))`.execute(tx)
}

export interface StoredFile {
  readonly sha256: string
  readonly size: number
  readonly type: string
  readonly image: boolean
  readonly width: number | null
  readonly height: number | null
  readonly capturedAt: Date | null
  readonly position: Position | null
}

/** Writes down a file whose bytes are in place; the same bytes are one file, however often they come. */
export async function insertFile(tx: Tx, county: string, file: StoredFile, now: Date): Promise<void> {
  const { capturedAt, position, ...same } = file
  await tables(tx)
    .insertInto('stored_file')
    .values({
      county,
      ...same,
      captured_at: capturedAt,
      lng: position?.lng ?? null,
      lat: position?.lat ?? null,
      received_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function finishUpload(
  tx: Tx,
  county: string,
  uploadId: string,
  taken: { readonly sha256: string; readonly name: string },
  now: Date,
): Promise<void> {
  await tables(tx)
    .updateTable('upload')
    .set({ ...taken, state: 'finished', finished_at: now, touched_at: now })
    .where('county', '=', county)
    .where('id', '=', uploadId)
    .execute()
}

export async function findFile(reader: Reader, county: string, sha256: string) {
  return tables(reader)
    .selectFrom('stored_file')
    .selectAll()
    .where('county', '=', county)
    .where('sha256', '=', sha256)
    .executeTakeFirst()
}

export async function insertAttachment(tx: Tx, row: Insertable<FileTables['attachment']>) {
  await tables(tx).insertInto('attachment').values(row).execute()
}

export async function findAttachment(reader: Reader, county: string, id: string) {
  return tables(reader)
    .selectFrom('attachment as a')
    .innerJoin('stored_file as f', (join) => join.onRef('f.county', '=', 'a.county').onRef('f.sha256', '=', 'a.sha256'))
    .select([
      'a.id',
      'a.record_type',
      'a.record_id',
      'a.account_id',
      'a.name',
      'a.sha256',
      'f.type',
      'f.image',
      'f.size',
    ])
    .where('a.county', '=', county)
    .where('a.id', '=', id)
    .executeTakeFirst()
}

export async function countAttachments(
  reader: Reader,
  target: { readonly county: string; readonly recordType: string; readonly recordId: string },
  purposes: readonly AttachmentPurpose[],
  after?: Date,
): Promise<number> {
  let query = tables(reader)
    .selectFrom('attachment')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('county', '=', target.county)
    .where('record_type', '=', target.recordType)
    .where('record_id', '=', target.recordId)
    .where('purpose', 'in', [...purposes])
  if (after) query = query.where('received_at', '>', after)
  return (await query.executeTakeFirstOrThrow()).n
}

export async function attachmentsOf(
  reader: Reader,
  target: { readonly county: string; readonly recordType: string; readonly recordId: string },
) {
  return tables(reader)
    .selectFrom('attachment as a')
    .innerJoin('stored_file as f', (join) => join.onRef('f.county', '=', 'a.county').onRef('f.sha256', '=', 'a.sha256'))
    .selectAll('a')
    .select(['f.type', 'f.size', 'f.image', 'f.lng', 'f.lat'])
    .where('a.county', '=', target.county)
    .where('a.record_type', '=', target.recordType)
    .where('a.record_id', '=', target.recordId)
    .orderBy('a.received_at')
    .orderBy('a.id')
    .limit(500)
    .execute()
}
