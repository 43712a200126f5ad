import { randomBytes } from 'node:crypto'
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { projectRoot } from '#platform/config/config.ts'
import { migrate } from '#platform/db/migrate.ts'
import { type Database, openDatabase } from '#platform/db/pool.ts'
import { administer, onServer } from '#test/kit/template.ts'

export const migrations = join(projectRoot, 'db/migrations')

export interface OlderDatabase extends Database {
  readonly url: string
  drop(): Promise<void>
}

/** A database as it was before the migration of this name, with nothing in it. */
export async function openOlder(before: string): Promise<OlderDatabase> {
  const server = inject('serverUrl')
  const name = `older_${process.pid}_${randomBytes(6).toString('hex')}`
  await administer(server, `create database ${name}`)
  const url = onServer(server, name)
  const database = openDatabase(url, { max: 4 })
  const early = await mkdtemp(join(tmpdir(), 'zhiben-older-'))
  for (const file of await readdir(migrations)) {
    if (file < before) await copyFile(join(migrations, file), join(early, file))
  }
  await migrate(database.pool, early)
  await rm(early, { recursive: true, force: true })
  return {
    ...database,
    url,
    async drop() {
      await database.close()
      await administer(server, `drop database if exists ${name} with (force)`)
    },
  }
}

const columnsOf = async (client: pg.ClientBase): Promise<Map<string, string[]>> => {
  const { rows } = await client.query<{ table: string; columns: string[] }>(`
    select c.table_name as table, array_agg(c.column_name::text order by c.ordinal_position) as columns
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
    group by c.table_name`)
  return new Map(rows.map(({ table, columns }) => [table, columns]))
}

/**
 * Fills an older database with what a newer one holds, as far as the older one has tables and columns for it: it then
 * holds what the code of its time would have left. `leftOut` names rows that came into being with a later migration.
 */
export async function fillOlder(newer: string, older: string, leftOut: Readonly<Record<string, string>>) {
  const source = new pg.Client({ connectionString: newer })
  const target = new pg.Client({ connectionString: older })
  await Promise.all([source.connect(), target.connect()])
  try {
    const [from, to] = [await columnsOf(source), await columnsOf(target)]
    // Foreign keys are checked row by row otherwise, and tables come in no order that pleases them.
    await target.query('set session_replication_role = replica')
    for (const [table, columns] of to) {
      const common = columns.filter((column) => from.get(table)?.includes(column))
      if (table === 'migration' || common.length === 0) continue
      const list = common.map((column) => `"${column}"`).join(', ')
      const where = leftOut[table] ? `where not (${leftOut[table]})` : ''
      const { rows } = await source.query<{ rows: string | null }>(
        `select json_agg(r)::text as rows from (select ${list} from "${table}" ${where}) r`,
      )
      await target.query(
        `insert into "${table}" (${list}) overriding system value
         select ${list} from json_populate_recordset(null::"${table}", $1::json)`,
        [rows[0]?.rows ?? '[]'],
      )
    }
  } finally {
    await Promise.all([source.end(), target.end()])
  }
}

/** Every column, constraint and index, as text that can be compared. */
export async function schemaOf({ pool }: Pick<Database, 'pool'>): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(`
    select format('%s.%s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default) as line
      from information_schema.columns where table_schema = 'public'
    union all
    select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
      where connamespace = 'public'::regnamespace
    union all
    select regexp_replace(indexdef, 'INDEX \\S+ ', 'INDEX ') from pg_indexes where schemaname = 'public'
    order by line`)
  return rows.map(({ line }) => line)
}

export async function countRows({ pool }: Pick<Database, 'pool'>): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ table: string }>(
    `select tablename::text as table from pg_tables where schemaname = 'public' order by 1`,
  )
  const counts: Record<string, number> = {}
  for (const { table } of rows) {
    const found = await pool.query<{ n: string }>(`select count(*) as n from "${table}"`)
    counts[table] = Number(found.rows[0]?.n)
  }
  return counts
}
