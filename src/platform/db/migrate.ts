import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

const filePattern = /^\d{14}-[a-z0-9-]+\.sql$/

export interface MigrationFile {
  readonly name: string
  readonly text: string
  readonly sha256: string
}

/** The SQL files of a folder in name order. */
export async function migrationFiles(directory: string): Promise<MigrationFile[]> {
  const files: MigrationFile[] = []
  for (const name of (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort()) {
    if (!filePattern.test(name)) throw new Error(`migration ${name}: name it YYYYMMDDHHMMSS-verb-object.sql`)
    const text = await readFile(join(directory, name), 'utf8')
    files.push({ name, text, sha256: createHash('sha256').update(text).digest('hex') })
  }
  return files
}

/**
 * Runs the SQL files that this database has not seen, each in its own transaction, in name order; returns their names.
 * A file that makes indexes concurrently has none, since PostgreSQL makes such an index outside of one only: it must be
 * repeatable, because broken off in the middle it is run again from its beginning.
 * An applied file whose text changed afterwards stops the start: the schema would no longer be what the files say.
 * `only` leaves the others out, so that a backup finds the schema it was taken from.
 */
export async function migrate(pool: pg.Pool, directory: string, only?: ReadonlySet<string>): Promise<string[]> {
  const client = await pool.connect()
  const applied: string[] = []
  try {
    await waitForTurn(client)
    await client.query(
      `create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
    )
    const known = await client.query<{ name: string; sha256: string }>('select name, sha256 from migration')
    const seen = new Map(known.rows.map((row) => [row.name, row.sha256]))
    for (const { name, text, sha256 } of await migrationFiles(directory)) {
      if (only && !only.has(name)) continue
      const before = seen.get(name)
      if (before === sha256) continue
      if (before) throw new Error(`migration ${name} was changed after it had been applied; add a new file instead`)
      await applyOne(client, name, text, sha256)
      applied.push(name)
    }
  } finally {
    await client.query(`select pg_advisory_unlock(hashtext('zhiben.migrate'))`)
    client.release()
  }
  return applied
}

/**
 * One process migrates; the others wait here and then find nothing left to do. They ask again and again instead of waiting
 * in the database: an index made concurrently waits for every statement under way, also for one that waits for its maker.
 */
async function waitForTurn(client: pg.PoolClient): Promise<void> {
  for (;;) {
    const lock = await client.query(`select pg_try_advisory_lock(hashtext('zhiben.migrate')) as mine`)
    if (lock.rows[0]?.mine) return
    await sleep(100)
  }
}

/** The statements of a file that are sent one by one: several at once would be a transaction again. */
const apart = (text: string): string[] | undefined =>
  /\bindex\s+concurrently\b/i.test(text)
    ? text
        .replaceAll(/--[^\n]*/g, '')
        .split(';')
        .filter((statement) => statement.trim() !== '')
    : undefined

async function applyOne(client: pg.PoolClient, name: string, text: string, sha256: string): Promise<void> {
  const statements = apart(text)
  if (!statements) await client.query('begin')
  try {
    for (const statement of statements ?? [text]) await client.query(statement)
    await client.query('insert into migration (name, sha256) values ($1, $2)', [name, sha256])
    if (!statements) await client.query('commit')
  } catch (error) {
    if (!statements) await client.query('rollback')
    throw new Error(`migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

/** True when the database has seen every file and no other; asked by those who may look but not migrate. */
export async function isMigrated(pool: pg.Pool, directory: string): Promise<boolean> {
  const there = await pool.query(`select to_regclass('migration') is not null as known`)
  if (!there.rows[0]?.known) return false
  const seen = await pool.query<{ name: string }>('select name from migration order by name')
  const files = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  return files.join() === seen.rows.map((row) => row.name).join()
}
