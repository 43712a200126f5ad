import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db, Reader } from '#platform/db/tables.ts'

/** Ids from one on and below another; null: without a bound. */
export interface Slice {
  readonly from: string | null
  readonly below: string | null
}

export const everything: Slice = { from: null, below: null }

/** Slices of so many ids each, of a query for rows `id` (text): ids lie in the order of time, and so unevenly. */
export async function slicesOf(db: Db | Reader, ids: RawBuilder<unknown>, each: number): Promise<Slice[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (select id, row_number() over (order by id) as n from (${ids}) s) o
    where n > 1 and (n - 1) % ${each} = 0 order by id`.execute(db)
  const starts = [null, ...rows.map(({ id }) => id)]
  return starts.map((from, at) => ({ from, below: starts[at + 1] ?? null }))
}

export function inSlice({ from, below }: Slice, id: RawBuilder<string>, type: 'uuid' | 'text'): RawBuilder<SqlBool> {
  const as = sql.raw(type)
  const parts = [
    ...(from === null ? [] : [sql`${id} >= ${from}::${as}`]),
    ...(below === null ? [] : [sql`${id} < ${below}::${as}`]),
  ]
  return parts.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(parts, sql` and `)}`
}
