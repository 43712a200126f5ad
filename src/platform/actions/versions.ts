import { sql } from 'kysely'
import type { Tx } from '../db/tables.ts'
import type { RecordType } from './types.ts'

export type Versions = ReadonlyMap<string, number>

/** `versions` of a record type whose table has `id` and `version` as the record has them. */
export const versionsIn =
  (table: string) =>
  async (tx: Tx, county: string, ids: readonly string[]): Promise<Versions> => {
    const result = await sql<{ id: string; version: number }>`
      select id, version from ${sql.table(table)} where county = ${county} and id = any(${[...ids]}::uuid[])`.execute(
      tx,
    )
    return new Map(result.rows.map((row) => [row.id, row.version]))
  }

/** The versions of those of the records that are there; one by one for a type that does not say how it is done at once. */
export async function versionsOf<R extends { readonly version: number }>(
  { versions, load }: Pick<RecordType<R & { county: string; id: string }>, 'versions' | 'load'>,
  tx: Tx,
  county: string,
  ids: readonly string[],
): Promise<Versions> {
  if (versions) return versions(tx, county, ids)
  const found = new Map<string, number>()
  for (const id of ids) {
    const record = await load(tx, county, id, false)
    if (record) found.set(id, record.version)
  }
  return found
}
