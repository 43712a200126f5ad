import { sql } from 'kysely'
import type { Db, Reader, Tx } from '../db/tables.ts'
import type { Look } from './pictures/looks.ts'

/** Bits of its nearest look in which a picture may differ to be looked at closely. */
const nearWithin = 10
/** Nearest pictures looked at closely: a photo that went round a whole county need not be compared with all of them. */
const nearest = 20

const bits = (looks: readonly Look[]) => looks.map((look) => look.toString(2).padStart(64, '0'))

/** Keeps what a picture is found by; a flat one is kept without, as one that has been compared. */
export async function insertLooks(
  tx: Tx,
  county: string,
  sha256: string,
  looks: readonly Look[],
  keys: readonly number[],
): Promise<void> {
  await sql`
    insert into picture_look (county, sha256, looks, keys, compared)
    values (${county}, ${sha256}, ${bits(looks)}::bit(64)[], ${[...keys]}::int[], ${looks.length === 0})
    on conflict do nothing`.execute(tx)
}

export async function isUncompared(reader: Reader, county: string, sha256: string): Promise<boolean> {
  const result = await sql`
    select from picture_look where county = ${county} and sha256 = ${sha256} and not compared`.execute(reader)
  return result.rows.length > 0
}

export async function listUncompared(reader: Reader, county: string, before: Date): Promise<string[]> {
  const result = await sql<{ sha256: string }>`
    select p.sha256 from picture_look p join stored_file f on f.county = p.county and f.sha256 = p.sha256
    where p.county = ${county} and not p.compared and f.received_at < ${before} limit 1000`.execute(reader)
  return result.rows.map((row) => row.sha256)
}

export interface Sought {
  readonly sha256: string
  readonly sought: readonly Look[]
  readonly keys: readonly number[]
}

/** Pictures with a look near one of those sought, the nearest first: candidates by key, then by differing bits. */
export async function findNear(reader: Reader, county: string, { sha256, sought, keys }: Sought): Promise<string[]> {
  const result = await sql<{ sha256: string }>`
    select p.sha256 from picture_look p
    cross join lateral (
      select min(bit_count(mine # theirs)) as distance
      from unnest(p.looks) theirs, unnest(${bits(sought)}::bit(64)[]) mine) near
    where p.county = ${county} and p.keys && ${[...keys]}::int[] and p.sha256 <> ${sha256}
      and near.distance <= ${nearWithin}
    order by near.distance limit ${nearest}`.execute(reader)
  return result.rows.map((row) => row.sha256)
}

export interface Pair {
  readonly other: string
  readonly likeness: number
}

/** Writes the pairs of a picture down, from both sides, and that it has been compared. */
export async function insertPairs(db: Db, county: string, sha256: string, pairs: readonly Pair[]): Promise<void> {
  const others = pairs.map(({ other }) => other)
  const likeness = pairs.map((pair) => pair.likeness)
  await db.transaction().execute(async (tx) => {
    await sql`
      insert into picture_pair (county, sha256, other_sha256, likeness)
      select ${county}, side.sha256, side.other, side.likeness
      from unnest(${others}::text[], ${likeness}::real[]) as pair (other, likeness)
      cross join lateral (values (${sha256}, pair.other, pair.likeness), (pair.other, ${sha256}, pair.likeness))
        as side (sha256, other, likeness)
      on conflict do nothing`.execute(tx)
    await sql`update picture_look set compared = true where county = ${county} and sha256 = ${sha256}`.execute(tx)
  })
}

/** The same photo hung elsewhere: its very bytes, or a picture it was paired with. */
export async function listTwins(reader: Reader, county: string, sha256s: readonly string[]) {
  if (sha256s.length === 0) return []
  const result = await sql<{
    own: string
    id: string
    recordType: string
    recordId: string
    purpose: string
    likeness: number
  }>`
    with own as (select distinct unnest(${[...sha256s]}::text[]) as sha256),
    twin as (
      select sha256, sha256 as other, 1::real as likeness from own
      union all
      select p.sha256, p.other_sha256, p.likeness from own
      join picture_pair p on p.county = ${county} and p.sha256 = own.sha256)
    select twin.sha256 as own, a.id, a.record_type as "recordType", a.record_id as "recordId", a.purpose, twin.likeness
    from twin join attachment a on a.county = ${county} and a.sha256 = twin.other
    order by twin.likeness desc, a.received_at, a.id
    limit 500`.execute(reader)
  return result.rows
}

/** Forgets a picture whose bytes go. */
export async function deleteLooks(tx: Tx, county: string, sha256: string): Promise<void> {
  await sql`delete from picture_look where county = ${county} and sha256 = ${sha256}`.execute(tx)
  await sql`
    delete from picture_pair where county = ${county} and (sha256 = ${sha256} or other_sha256 = ${sha256})`.execute(tx)
}
