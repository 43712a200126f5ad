import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { connectAlone } from '../db/pool.ts'
import { placeOf } from '../files/places.ts'
import { hashing, hashOfFile } from './content.ts'
import { BackupError, Manifest, manifestName, type TableEntry, tablePath } from './manifest.ts'
import { sequencesOf, type TableShape, tablesInOrder } from './schema.ts'

export interface BackupSource {
  readonly pool: pg.Pool
  readonly county: string
  readonly demo: boolean
  /** Where the attachments lie. */
  readonly files: string
  /** Papers beside the database that belong to it, such as the roots of the audit; what is not there is passed over. */
  readonly papers: readonly string[]
  readonly now: Date
}

/** Lies in a folder that is being written, so that a leftover of a killed backup is known as one and may be removed. */
const unfinished = '.unfinished'

/**
 * Writes a backup of the county into a folder that is not there yet. Everything in it is of one moment, while people go on
 * working: the tables are read in one snapshot, and files are only ever added. The folder gets its name when it is whole.
 */
export async function takeBackup(source: BackupSource, folder: string): Promise<Manifest> {
  const draft = `${folder}.partial`
  await begin(folder, draft)
  try {
    const client = await connectAlone(source.pool)
    let manifest: Manifest
    try {
      await client.query('begin isolation level repeatable read read only')
      manifest = await copyAll(client, source, draft)
    } finally {
      await client.query('rollback').catch(() => {})
      await client.end()
    }
    for (const paper of source.papers) {
      await copyFile(paper, join(draft, basename(paper))).catch(ignoreMissing)
    }
    await writeWhole(join(draft, manifestName), `${JSON.stringify(manifest, null, 1)}\n`)
    await rm(join(draft, unfinished))
    await rename(draft, folder)
    return manifest
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw full(error, folder)
  }
}

async function begin(folder: string, draft: string): Promise<void> {
  if (await stat(folder).catch(() => undefined)) {
    throw new BackupError(`${folder} 已经存在，没有覆盖。请换一个目录名，例如加上日期`)
  }
  const left = await readdir(draft).catch((): string[] => [])
  if (left.length > 0 && !left.includes(unfinished)) {
    throw new BackupError(`${draft} 已经存在，而且不是未完成的备份。请换一个目录名`)
  }
  try {
    await rm(draft, { recursive: true, force: true })
    await mkdir(join(draft, 'tables'), { recursive: true })
    await writeWhole(join(draft, unfinished), '')
  } catch (cause) {
    throw new BackupError(`不能在 ${dirname(folder)} 中写入。请检查目录是否存在、是否有写入权限`, { cause })
  }
}

function full(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error
  return new BackupError(`备份没有完成：${dirname(folder)} 所在的磁盘已满。请换到空间足够的磁盘再备份`, {
    cause: error,
  })
}

const ignoreMissing = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'ENOENT') throw error
}

async function copyAll(client: pg.ClientBase, source: BackupSource, draft: string): Promise<Manifest> {
  const version = await client.query<{ server_version: string }>('show server_version')
  const migrations = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from migration order by name',
  )
  const tables: TableEntry[] = []
  for (const table of await tablesInOrder(client)) tables.push(await copyTable(client, table, draft))
  const sequences = await sequencesOf(client)
  const named = await client.query<{ sha256: string }>('select distinct sha256 from stored_file order by 1')
  const { files, missing } = await copyFiles(
    named.rows.map(({ sha256 }) => sha256),
    source.files,
    join(draft, 'files'),
  )
  return Manifest.parse({
    format: 1,
    county: source.county,
    demo: source.demo,
    takenAt: source.now.toISOString(),
    server: version.rows[0]?.server_version ?? '',
    migrations: migrations.rows,
    tables,
    sequences,
    files,
    missing,
  })
}

async function copyTable(client: pg.ClientBase, { name, columns }: TableShape, draft: string): Promise<TableEntry> {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ')
  const rows = client.query(copyTo(`copy (select ${list} from ${client.escapeIdentifier(name)}) to stdout`))
  const { passing, sha256 } = hashing()
  const file = createWriteStream(tablePath(draft, name), { flush: true })
  await pipeline(rows, passing, createGzip({ level: 3 }), file)
  return { name, columns: [...columns], rows: rows.rowCount, sha256: sha256() }
}

async function copyFiles(hashes: readonly string[], from: string, to: string) {
  const files: Manifest['files'] = []
  const missing: string[] = []
  for (const sha256 of hashes) {
    const [source, target] = [placeOf(from, sha256), placeOf(to, sha256)]
    await mkdir(dirname(target), { recursive: true })
    const there = await copyFile(source, target).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return false
        throw error
      },
    )
    // A file that is not any more what its name says is as good as gone, and must not pass for a backup of it.
    if (there && (await hashOfFile(target)) === sha256) files.push({ sha256, bytes: (await stat(target)).size })
    else {
      await rm(target, { force: true })
      missing.push(sha256)
    }
  }
  return { files, missing }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}
