import { type Selectable, sql } from 'kysely'
import type { Reader, RefusalTable } from '../db/tables.ts'
import { type Leaf, type LeafKind, refusalHash } from './leaf.ts'

/*
 * Rows commit in another order than they are numbered or dated, and a writer must not pay for being found later. So nothing
 * marks a row as unsealed: it is unsealed when no leaf names it. Looking at all rows every minute would cost more from year
 * to year; the newest block says up to when everything has been sealed, and only what is younger is looked at.
 */

/** A row that no block holds yet, with the instant it says it was written. */
export interface UnsealedRow extends Leaf {
  readonly at: Date
}

/** Where to go on among rows ordered by instant and id. */
export type Place = Pick<UnsealedRow, 'at' | 'row_id'>

/** Since when to look, and behind which row; `null`, `undefined`: from the beginning. */
export interface Window {
  readonly since: Date | null
  readonly after?: Place | undefined
}

function within(county: string, { since, after }: Window) {
  const parts = [sql`r.county = ${county}`]
  if (since) parts.push(sql`r.at >= ${since}`)
  if (after) parts.push(sql`(r.at, r.id) > (${after.at}, ${after.row_id})`)
  return sql.join(parts, sql` and `)
}

/** A single value and not `exists`: asked row by row by the unique index, whatever the planner believes of the table. */
const leafOf = (kind: LeafKind) => sql`
  (select l.block from audit_leaf l where l.county = r.county and l.kind = ${sql.lit(kind)} and l.row_id = r.id)`

/** Rows of one kind that no block holds, oldest first. Pages are cut before leaves are asked for, so each costs the same. */
export async function unsealedRows(
  db: Reader,
  county: string,
  kind: LeafKind,
  { since, after }: Window,
  limit: number,
): Promise<UnsealedRow[]> {
  const ids: string[] = []
  for (let place = after; ids.length < limit; ) {
    const page = await sql<Place & { sealed: number | null }>`
      select r.at, r.id as row_id, ${leafOf(kind)} as sealed
      from (select r.county, r.at, r.id from ${sql.table(kind)} r where ${within(county, { since, after: place })}
        order by r.at, r.id limit ${limit}) r
      order by r.at, r.id`.execute(db)
    ids.push(...page.rows.filter(({ sealed }) => sealed === null).map(({ row_id }) => row_id))
    if (page.rows.length < limit) break
    place = page.rows.at(-1)
  }
  return rowsById(db, county, kind, ids.slice(0, limit))
}

/** Every fact of a leaf that the rows have, in the order in which they are sealed. */
async function rowsById(db: Reader, county: string, kind: LeafKind, ids: readonly string[]): Promise<UnsealedRow[]> {
  if (ids.length === 0) return []
  const wanted = sql`r.county = ${county} and r.id = any(${[...ids]}::uuid[]) order by r.at, r.id`
  if (kind === 'action') {
    const actions = await sql<UnsealedRow>`
      select 'action' as kind, r.id as row_id, r.record_id, r.seq, r.hash, r.at from action r where ${wanted}`.execute(
      db,
    )
    return actions.rows
  }
  const refusals = await sql<Selectable<RefusalTable>>`select r.* from refusal r where ${wanted}`.execute(db)
  return refusals.rows.map((row) => {
    const { id: row_id, record_id, at } = row
    return { kind, row_id, record_id, seq: null, hash: refusalHash(row), at }
  })
}

/**
 * Rows of any age that no block holds: what a transaction of more than an hour, a clock set back or a forger's hand left
 * behind. Walks two indexes side by side, a second or so for a million rows, so it is asked once an hour only.
 */
export async function stragglers(db: Reader, county: string, limit: number): Promise<UnsealedRow[]> {
  const rows: UnsealedRow[] = []
  for (const kind of ['action', 'refusal'] as const) {
    const found = await sql<{ id: string }>`
      select r.id from ${sql.table(kind)} r
      where r.county = ${county} and not exists (select 1 from audit_leaf l
        where l.county = r.county and l.kind = ${sql.lit(kind)} and l.row_id = r.id)
      order by r.id limit ${limit - rows.length}`.execute(db)
    const ids = found.rows.map(({ id }) => id)
    rows.push(...(await rowsById(db, county, kind, ids)))
  }
  return rows
}

/** How many rows wait for the next block, and since when; `since`: only those from then on. Counts up to `most` of a kind. */
export async function waitingRows(db: Reader, county: string, since: Date | null, most = 1_000_000) {
  const waiting = (kind: LeafKind) => sql`
    select count(*) as n, min(w.at) as first from (
      select r.at from (select r.county, r.at, r.id from ${sql.table(kind)} r where ${within(county, { since })}
        order by r.at limit ${most}) r
      where ${leafOf(kind)} is null) w`
  const result = await sql<{ rows: number; since: Date | null }>`
    select sum(n)::int as rows, min(first) as since from (${waiting('action')} union all ${waiting('refusal')}) k`.execute(
    db,
  )
  return result.rows[0] ?? { rows: 0, since: null }
}

/** Rows from before an instant up to which everything is said to be sealed, in no block all the same; the first of each. */
export async function overdueRows(db: Reader, county: string, before: Date) {
  type Overdue =
    | { readonly kind: 'action'; readonly row_id: string; readonly record_id: string; readonly seq: number }
    | { readonly kind: 'refusal'; readonly row_id: string; readonly record_id: null; readonly seq: null }
  const overdue = (kind: LeafKind, naming: 'record_id, seq' | 'null::uuid, null::integer') => sql`
    (select ${sql.lit(kind)} as kind, r.id as row_id, ${sql.raw(naming)} from ${sql.table(kind)} r
     where r.county = ${county} and r.at < ${before} and not exists (select 1 from audit_leaf l
       where l.county = r.county and l.kind = ${sql.lit(kind)} and l.row_id = r.id)
     order by r.at limit 500)`
  const result = await sql<Overdue>`
    ${overdue('action', 'record_id, seq')} union all ${overdue('refusal', 'null::uuid, null::integer')}`.execute(db)
  return result.rows
}
