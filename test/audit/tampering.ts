import { type RawBuilder, sql } from 'kysely'
import type { AuditFault } from '#platform/audit/findings.ts'
import { type VerifyOptions, verifySnapshot } from '#platform/audit/verify.ts'
import type { Tx } from '#platform/db/tables.ts'
import type { TestProduct } from '#test/kit/product.ts'

class Undone extends Error {}

/**
 * What the verification finds after some tampering, all in one transaction that is undone: hundreds of forgeries can be
 * tried on one audit. Its snapshot is its own, so that others may go on writing meanwhile.
 */
export async function findingsAfter(
  test: TestProduct,
  tamper: (tx: Tx) => Promise<unknown>,
  options: VerifyOptions = {},
): Promise<AuditFault[]> {
  const { database, product } = test
  let faults: AuditFault[] = []
  try {
    await database.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (tx) => {
        await tamper(tx)
        const found = await verifySnapshot(tx, product.county, { versionsOf: product.runner.versionsOf, ...options })
        faults = [...found.faults]
        throw new Undone()
      })
  } catch (error) {
    if (!(error instanceof Undone)) throw error
  }
  return faults
}

export const run = (tx: Tx, statement: RawBuilder<unknown>) => statement.execute(tx)

/** Every column of a table with a value of its type that is surely another one. */
export async function changesOf(
  test: TestProduct,
  table: string,
): Promise<{ column: string; value: RawBuilder<unknown> }[]> {
  const result = await sql<{ name: string; type: string }>`
    select column_name as name, data_type as type from information_schema.columns
    where table_schema = 'public' and table_name = ${table} order by ordinal_position`.execute(test.database.db)
  return result.rows.map(({ name, type }) => ({ column: name, value: another(sql.ref(name), name, type) }))
}

function another(column: RawBuilder<unknown>, name: string, type: string): RawBuilder<unknown> {
  if (name === 'kind') return sql`case ${column} when 'action' then 'refusal' else 'action' end`
  switch (type) {
    case 'uuid':
      return sql`gen_random_uuid()`
    case 'integer':
      return sql`coalesce(${column}, 0) + 1000000`
    case 'timestamp with time zone':
      return sql`coalesce(${column}, '2026-01-01') + interval '1 second'`
    case 'date':
      return sql`${column} + 1`
    case 'jsonb':
      return sql`jsonb_build_object('forged', ${column})`
    case 'bytea':
      return sql`sha256(coalesce(${column}, ''))`
    case 'text':
      return sql`coalesce(${column}, '') || '改'`
    default:
      throw new Error(`no other value for ${name}, which is ${type}`)
  }
}
