import type pg from 'pg'

/** What looking and being refused may write: sessions, attempts to sign in, the book of refusals. */
const besides = ['session', 'sign_in_attempt', 'refusal']

/**
 * How many rows every table has and which transaction wrote the newest: whatever is added, changed or taken away shows.
 */
export async function fingerprint(pool: pg.Pool): Promise<Record<string, string>> {
  const tables = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> all($1)`,
    [besides],
  )
  const each = tables.rows.map(
    ({ name }) =>
      `select '${name}' as name, count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) as print from "${name}"`,
  )
  const { rows } = await pool.query<{ name: string; print: string }>(each.join(' union all '))
  return Object.fromEntries(rows.map(({ name, print }) => [name, print]))
}
