import { type ColumnType, type Insertable, sql } from 'kysely'
import type { AttachmentPurpose } from '#kernel/attachment.ts'
import type { Db, Reader, Tx } from '../db/tables.ts'

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
    sha256: string | null
    created_at: Instant
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
    look: string | null
    received_at: Instant
  }
  file_look: { county: string; band: number; bits: number; sha256: string }
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
      sha256: null,
      created_at: now,
      finished_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows) > 0
}

export async function countOpen(reader: Reader, county: string, accountId: string): Promise<number> {
  const row = await tables(reader)
    .selectFrom('upload')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('county', '=', county)
    .where('account_id', '=', accountId)
    .where('state', '=', 'receiving')
    .executeTakeFirstOrThrow()
  return row.n
}

export async function refuseUpload(db: Db, county: string, id: string): Promise<void> {
  await tables(db)
    .updateTable('upload')
    .set({ state: 'refused' })
    .where('county', '=', county)
    .where('id', '=', id)
    .where('state', '=', 'receiving')
    .execute()
}

export interface StoredFile {
  readonly sha256: string
  readonly size: number
  readonly type: string
  readonly image: boolean
  readonly width: number | null
  readonly height: number | null
  readonly capturedAt: Date | null
  readonly look: string | null
}

/** Writes down a file whose bytes are in place, with the bands of its look, and finishes the upload: all or nothing. */
export async function finishUpload(
  db: Db,
  county: string,
  uploadId: string,
  file: StoredFile,
  bands: readonly number[],
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tables(tx)
      .insertInto('stored_file')
      .values({
        county,
        sha256: file.sha256,
        size: file.size,
        type: file.type,
        image: file.image,
        width: file.width,
        height: file.height,
        captured_at: file.capturedAt,
        look: file.look,
        received_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    if (bands.length > 0) {
      await tables(tx)
        .insertInto('file_look')
        .values(bands.map((bits, band) => ({ county, band, bits, sha256: file.sha256 })))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    await tables(tx)
      .updateTable('upload')
      .set({ state: 'finished', sha256: file.sha256, finished_at: now })
      .where('county', '=', county)
      .where('id', '=', uploadId)
      .execute()
  })
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
    .select(['a.id', 'a.record_type', 'a.record_id', 'a.name', 'a.sha256', 'f.type', 'f.image', 'f.size'])
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

export async function attachmentsOf(reader: Reader, county: string, recordType: string, recordId: string) {
  return tables(reader)
    .selectFrom('attachment as a')
    .innerJoin('stored_file as f', (join) => join.onRef('f.county', '=', 'a.county').onRef('f.sha256', '=', 'a.sha256'))
    .selectAll('a')
    .select(['f.type', 'f.size', 'f.image', 'f.look'])
    .where('a.county', '=', county)
    .where('a.record_type', '=', recordType)
    .where('a.record_id', '=', recordId)
    .orderBy('a.received_at')
    .orderBy('a.id')
    .limit(500)
    .execute()
}

/** Pictures on other records that share a band with one of these; the caller compares the whole looks. */
export async function lookAlikes(reader: Reader, county: string, recordId: string, sha256s: readonly string[]) {
  if (sha256s.length === 0) return []
  const result = await sql<{ own: string; look: string; other_look: string; record_id: string; record_type: string }>`
    select distinct mine.sha256 as own, f.look::text as look, g.look::text as other_look, a.record_id, a.record_type
    from file_look mine
    join file_look other on other.county = mine.county and other.band = mine.band and other.bits = mine.bits
    join stored_file f on f.county = mine.county and f.sha256 = mine.sha256
    join stored_file g on g.county = other.county and g.sha256 = other.sha256
    join attachment a on a.county = other.county and a.sha256 = other.sha256 and a.record_id <> ${recordId}
    where mine.county = ${county} and mine.sha256 = any(${[...sha256s]}::text[])
      and bit_count(f.look # g.look) <= 6
    limit 200`.execute(reader)
  return result.rows
}

/** Removes uploads nobody finished, and finished ones nobody used; answers the ids whose part files may go. */
export async function sweep(db: Db, county: string, openBefore: Date, unusedBefore: Date): Promise<string[]> {
  const result = await sql<{ id: string }>`
    delete from upload u where u.county = ${county} and (
      (u.state <> 'finished' and u.created_at < ${openBefore})
      or (u.state = 'finished' and u.finished_at < ${unusedBefore}))
    returning u.id`.execute(db)
  return result.rows.map((row) => row.id)
}
