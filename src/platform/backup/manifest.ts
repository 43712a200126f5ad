import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** A backup cannot be taken, read or brought back; the message is Chinese and says what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().nonnegative()

const TableEntry = z.object({
  name: z.string(),
  columns: z.array(z.string()).min(1),
  rows: count,
  /** Of the text the table was copied to, before it was packed. */
  sha256: hash,
})
export type TableEntry = z.infer<typeof TableEntry>

/**
 * What a backup holds, written last of all: a folder without it is not a backup. The tables stand in the order in which
 * they can be filled.
 */
export const Manifest = z.object({
  format: z.literal(1),
  /** Code of the county it is of. */
  county: z.string(),
  demo: z.boolean(),
  takenAt: z.iso.datetime(),
  server: z.string(),
  migrations: z.array(z.object({ name: z.string(), sha256: hash })),
  tables: z.array(TableEntry),
  sequences: z.array(z.object({ name: z.string(), value: count, called: z.boolean() })),
  /** Files the tables name, by the SHA-256 of their content; `missing` ones were gone when the backup was taken. */
  files: z.array(z.object({ sha256: hash, bytes: count })),
  missing: z.array(hash),
})
export type Manifest = z.infer<typeof Manifest>

export const manifestName = 'manifest.json'
export const tablePath = (folder: string, table: string) => join(folder, 'tables', `${table}.copy.gz`)

/** Reads what a backup says of itself. Throws BackupError. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => {
    throw new BackupError(`${folder} 不是完整的备份：没有 ${manifestName}。请选择备份命令写出的整个目录`)
  })
  try {
    return Manifest.parse(JSON.parse(text))
  } catch (cause) {
    throw new BackupError(`${join(folder, manifestName)} 已损坏，或由更新的版本写出。请换一份备份，或先更新本程序`, {
      cause,
    })
  }
}
