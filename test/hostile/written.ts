import type pg from 'pg'

/** What looking, signing in and being refused may write. */
const besides = new Set(['session', 'sign_in_attempt', 'refusal'])

async function tables(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  return rows.map(({ name }) => name).filter((name) => !besides.has(name))
}

export async function newestTransaction(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ at: string }>('select pg_current_xact_id()::text as at')
  return Number(rows[0]?.at)
}

/**
 * Tables with rows that a transaction wrote which wrote no action. Since a transaction is carried out as a whole or not at
 * all, a half-written record could only come from a second transaction, and that one would stand here.
 */
export async function unaccountedWrites(pool: pg.Pool, since: number): Promise<string[]> {
  // An export changes no record; that it left is a row of its own.
  const written = (await tables(pool)).filter((name) => name !== 'export_log')
  const each = written.map(
    (name) => `select '${name}' as name, xmin::text::bigint as by, count(*) as n from "${name}"
               where xmin::text::bigint > ${since} group by 2`,
  )
  const { rows } = await pool.query<{ name: string; by: string; n: string }>(
    `with written as (${each.join(' union all ')})
     select name, by, n from written where by not in (select xmin::text::bigint from action) order by 1, 2`,
  )
  return rows.map(({ name, by, n }) => `${name}: ${n} rows by ${by}`)
}
