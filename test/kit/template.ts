import pg from 'pg'
import { migrate } from '#platform/db/migrate.ts'
import { openDatabase } from '#platform/db/pool.ts'

/** The address of another database on the same server. */
export function onServer(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.toString()
}

/** Runs one statement on the maintenance database; CREATE and DROP DATABASE cannot run inside a transaction. */
export async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: onServer(url, 'postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Makes a migrated, empty database to copy from; answers how to drop it. */
export async function makeTemplate(url: string, name: string, migrations: string): Promise<() => Promise<void>> {
  await administer(url, `drop database if exists ${name} with (force)`)
  await administer(url, `create database ${name}`)
  const { pool, close } = openDatabase(onServer(url, name), { max: 1 })
  try {
    await migrate(pool, migrations)
  } finally {
    await close()
  }
  return () => administer(url, `drop database if exists ${name} with (force)`)
}
