import { createReadStream } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { migrate, migrationFiles } from '../db/migrate.ts'
import { connectAlone } from '../db/pool.ts'
import { placeOf } from '../files/places.ts'
import { hashing, hashOfFile } from './content.ts'
import { BackupError, type Manifest, type TableEntry, tablePath } from './manifest.ts'
import { tablesInOrder } from './schema.ts'

export interface RestoreTarget {
  readonly pool: pg.Pool
  readonly migrationsDir: string
  /** Where the attachments will lie. */
  readonly files: string
}

/**
 * Brings a backup back into an empty database and its files into their folder. Every byte is compared with what the
 * backup says of it. All tables come in or none; afterwards the schema is carried on to this version's. Throws BackupError.
 */
export async function restoreBackup(target: RestoreTarget, folder: string, manifest: Manifest): Promise<void> {
  await refuseUnknownSchema(manifest, target.migrationsDir)
  await restoreFiles(manifest, folder, target.files)
  await makeEmpty(target.pool)
  const known = new Set(manifest.migrations.map(({ name }) => name))
  await migrate(target.pool, target.migrationsDir, known)
  await fill(target.pool, folder, manifest)
  await migrate(target.pool, target.migrationsDir)
}

async function refuseUnknownSchema(manifest: Manifest, directory: string): Promise<void> {
  const files = new Map((await migrationFiles(directory)).map(({ name, sha256 }) => [name, sha256]))
  const strange = manifest.migrations.find(({ name, sha256 }) => files.get(name) !== sha256)
  if (!strange) return
  throw new BackupError(
    `备份的数据库结构（${strange.name}）本程序不认识：备份由更新的或改动过的版本写出。请用写出备份的版本或更新的版本恢复`,
  )
}

/** Nothing is ever restored over records: the schema may be there, left by a restore that was killed, but no row in it. */
async function makeEmpty(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    for (const { name } of await tablesInOrder(client)) {
      const { rows } = await client.query(`select exists (select from ${client.escapeIdentifier(name)}) as filled`)
      if (rows[0]?.filled) {
        throw new BackupError(
          `目标数据库不是空的（表 ${name} 中有记录），没有恢复。请用 ZHIBEN_HOME 指明一个新的数据目录，或用 DATABASE_URL 指明一个空的数据库`,
        )
      }
    }
    await client.query(`
      do $$ declare t text; begin
        for t in select quote_ident(relname) from pg_class
          where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') loop
          execute 'drop table if exists ' || t || ' cascade';
        end loop;
        for t in select quote_ident(relname) from pg_class
          where relnamespace = 'public'::regnamespace and relkind = 'S' loop
          execute 'drop sequence if exists ' || t || ' cascade';
        end loop;
      end $$`)
  } finally {
    client.release()
  }
}

async function fill(pool: pg.Pool, folder: string, manifest: Manifest): Promise<void> {
  const client = await connectAlone(pool)
  try {
    await client.query('begin')
    await client.query('set constraints all deferred')
    // What migrations put in themselves is in the backup too, as it was then.
    const names = (await tablesInOrder(client)).map(({ name }) => client.escapeIdentifier(name))
    await client.query(`truncate ${names.join(', ')}`)
    for (const table of manifest.tables) await fillTable(client, table, folder)
    for (const { name, value, called } of manifest.sequences) {
      await client.query('select setval($1::regclass, $2, $3)', [client.escapeIdentifier(name), value, called])
    }
    await client.query('commit')
    await client.query('analyze')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    await client.end()
  }
}

async function fillTable(client: pg.ClientBase, table: TableEntry, folder: string): Promise<void> {
  const list = table.columns.map((column) => client.escapeIdentifier(column)).join(', ')
  const rows = client.query(copyFrom(`copy ${client.escapeIdentifier(table.name)} (${list}) from stdin`))
  const { passing, sha256 } = hashing()
  const path = tablePath(folder, table.name)
  try {
    await pipeline(createReadStream(path), createGunzip(), passing, rows)
  } catch (cause) {
    throw new BackupError(`备份文件 ${path} 已损坏，数据库没有改动。请换一份备份`, { cause })
  }
  if (sha256() !== table.sha256 || rows.rowCount !== table.rows) {
    throw new BackupError(`备份文件 ${path} 与备份时不一致，数据库没有改动。请换一份备份`)
  }
}

async function restoreFiles(manifest: Manifest, folder: string, files: string): Promise<void> {
  for (const { sha256 } of manifest.files) {
    const [source, target] = [placeOf(join(folder, 'files'), sha256), placeOf(files, sha256)]
    await mkdir(dirname(target), { recursive: true })
    await copyFile(source, target).catch((cause) => {
      throw new BackupError(`备份中缺少附件 ${source}，没有恢复。请换一份备份`, { cause })
    })
    if ((await hashOfFile(target)) !== sha256) {
      throw new BackupError(`备份中的附件 ${source} 已损坏，没有恢复。请换一份备份`)
    }
  }
}
