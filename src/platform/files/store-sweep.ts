import { sql } from 'kysely'
import type { Db, Reader, Tx } from '../db/tables.ts'

/** Sweeping goes in bites: a folder that was never swept must not make one transaction of a million files. */
const bite = 5000

async function idsOf(reader: Reader, query: ReturnType<typeof sql<{ id: string }>>): Promise<string[]> {
  return (await query.execute(reader)).rows.map((row) => row.id)
}

/** Removes uploads that have not moved since and never became files; answers their ids. */
export function dropOpen(db: Db, county: string, before: Date): Promise<string[]> {
  return idsOf(
    db,
    sql`delete from upload where county = ${county} and state <> 'finished' and touched_at < ${before} returning id`,
  )
}

/** Finished uploads from before the instant that hang on no record. */
export function listIdle(reader: Reader, county: string, before: Date): Promise<string[]> {
  return idsOf(
    reader,
    sql`select u.id from upload u where u.county = ${county} and u.state = 'finished' and u.finished_at < ${before}
      and not exists (select from attachment a where a.county = u.county and a.id = u.id)
      order by u.finished_at limit ${bite}`,
  )
}

/** Removes finished uploads that still hang on no record; answers how many. */
export async function dropFinished(db: Db, county: string, ids: readonly string[]): Promise<number> {
  const result = await sql`
    delete from upload u where u.county = ${county} and u.id = any(${[...ids]}::uuid[]) and u.state = 'finished'
      and not exists (select from attachment a where a.county = u.county and a.id = u.id)`.execute(db)
  return Number(result.numAffectedRows ?? 0)
}

export async function knownUploads(reader: Reader, county: string, ids: readonly string[]): Promise<Set<string>> {
  const query = sql<{ id: string }>`
    select id from upload where county = ${county} and id = any(${[...ids]}::uuid[])`
  return new Set(await idsOf(reader, query))
}

const unnamed = sql`
  not exists (select from attachment a where a.county = f.county and a.sha256 = f.sha256)
  and not exists (select from upload u where u.county = f.county and u.sha256 = f.sha256)`

/** Files that no record and no upload names. */
export function listUnnamed(reader: Reader, county: string, before: Date): Promise<string[]> {
  return idsOf(
    reader,
    sql`select f.sha256 as id from stored_file f
      where f.county = ${county} and f.received_at < ${before} and ${unnamed} limit ${bite}`,
  )
}

/** Forgets a file that is still named by nothing; false when it is needed again. Under the lock of the file. */
export async function dropUnnamed(tx: Tx, county: string, sha256: string): Promise<boolean> {
  const gone = await idsOf(
    tx,
    sql`delete from stored_file f where f.county = ${county} and f.sha256 = ${sha256} and ${unnamed}
      returning f.sha256 as id`,
  )
  return gone.length > 0
}
