import { type Selectable, sql } from 'kysely'
import type { Reader, Tx } from '#platform/db/tables.ts'
import type { Standard, StandardRecord } from '../model/index.ts'
import type { CriteriaTables, StandardTable } from './tables.ts'

const tables = (db: Reader) => db.withTables<CriteriaTables>()

/** Written by this capability alone, whole standards that a schema has checked before. */
function recordOf(row: Selectable<StandardTable>): StandardRecord {
  const { county, id, version, code, origin } = row
  return {
    county,
    id,
    version,
    code,
    origin,
    content: row.content as Standard,
    amended: row.amended as Standard | null,
    supersedes: row.supersedes as StandardRecord['supersedes'],
    withdrawn: row.withdrawn as StandardRecord['withdrawn'],
  }
}

export async function listStandardRecords(db: Reader, county: string): Promise<StandardRecord[]> {
  const rows = await tables(db)
    .selectFrom('standard')
    .selectAll()
    .where('county', '=', county)
    .orderBy('code')
    .execute()
  return rows.map(recordOf)
}

/** How often the library has been changed, by people and by packs. Rows are never removed, so it only grows. */
export async function libraryRevision(db: Reader, county: string): Promise<number> {
  const row = await tables(db)
    .selectFrom('standard')
    .select(sql<string>`coalesce(sum(version + loaded), 0)`.as('revision'))
    .where('county', '=', county)
    .executeTakeFirstOrThrow()
  return Number(row.revision)
}

export async function loadStandard(tx: Reader, county: string, id: string, lock: boolean) {
  let query = tables(tx).selectFrom('standard').selectAll().where('county', '=', county).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row && recordOf(row)
}

/** Lets two who publish at the same time do it one after the other: the second then finds what the first has done. */
export async function lockLibrary(tx: Tx, county: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('criteria.standards'), hashtext(${county}))`.execute(tx)
}

export async function saveStandard(tx: Tx, after: StandardRecord, before: StandardRecord | undefined): Promise<void> {
  const { county, id, code, origin, version } = after
  const values = {
    version,
    content: JSON.stringify(after.content),
    amended: after.amended && JSON.stringify(after.amended),
    supersedes: JSON.stringify(after.supersedes),
    withdrawn: after.withdrawn && JSON.stringify(after.withdrawn),
  }
  if (before) {
    await tables(tx).updateTable('standard').set(values).where('county', '=', county).where('id', '=', id).execute()
    return
  }
  await tables(tx)
    .insertInto('standard')
    .values({ county, id, code, origin, ...values })
    .execute()
}

/**
 * Brings the standards of a pack into the library. The county's own standards, and its word on those of the pack, stay;
 * standards that left the pack stay too, because judgements name them.
 */
export async function writeStandards(tx: Tx, county: string, standards: readonly Standard[]): Promise<void> {
  for (const standard of standards) {
    const content = JSON.stringify(standard)
    await tables(tx)
      .insertInto('standard')
      .values({ county, code: standard.id, origin: 'pack', content })
      .onConflict((conflict) =>
        conflict
          .columns(['county', 'code'])
          .doUpdateSet({ content, loaded: sql`standard.loaded + 1` })
          .where('standard.origin', '=', 'pack')
          .where(sql<boolean>`standard.content is distinct from ${content}::jsonb`),
      )
      .execute()
  }
}
