import { existsSync } from 'node:fs'
import { copyFile, mkdir, realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { keptRootsFile } from '#platform/audit/kept-roots.ts'
import { BackupError, type Manifest, readManifest } from '#platform/backup/manifest.ts'
import { restoreBackup } from '#platform/backup/restore.ts'
import { takeBackup } from '#platform/backup/take.ts'
import type { Config } from '#platform/config/config.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { lockHome } from '#platform/db/embedded-lock.ts'
import { openDatabase } from '#platform/db/pool.ts'
import { readPack } from '../packs/read.ts'
import { type Bare, type Command, readArgs, UsageError } from './command.ts'

function folderOf(value: unknown, usage: string): string {
  const text = typeof value === 'string' ? value.trim() : ''
  if (text === '') throw new UsageError(`请写明目录：${usage}`)
  return resolve(text)
}

function contentWords({ tables, files }: Manifest): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const mebibytes = files.reduce((sum, file) => sum + file.bytes, 0) / 2 ** 20
  return `${tables.length} 张表 ${rows} 行，附件 ${files.length} 个（${mebibytes.toFixed(1)} MB）`
}

export const backup: Command = {
  words: 'backup',
  usage: 'backup --to 目录',
  purpose: '把数据库和附件备份到一个新目录，系统运行时也可以使用；备份的是命令开始那一刻的内容',
  prepare(args) {
    const folder = folderOf(readArgs(args, { to: { type: 'string' } }).to, backup.usage)
    return async (product, say) => {
      const { county, database, options } = product
      const { files, home } = options.config
      const source = { pool: database.pool, county, demo: product.isDemo(), files }
      const now = options.clock.now()
      const manifest = await takeBackup({ ...source, papers: [join(home, keptRootsFile)], now }, folder)
      say(`备份完成：${folder}`)
      say(`内容：${contentWords(manifest)}`)
      if (manifest.missing.length === 0) return 0
      say(`有 ${manifest.missing.length} 个附件的文件已不在数据目录中或已损坏，没有备份到。文件的 SHA-256：`)
      for (const sha256 of manifest.missing.slice(0, 20)) say(`  ${sha256}`)
      return 1
    }
  },
}

export const restore: Bare = {
  words: 'restore',
  usage: 'restore --from 目录',
  purpose: '把备份恢复到 ZHIBEN_HOME 指明的新数据目录，或 DATABASE_URL 指明的空数据库；不会覆盖已有的记录',
  prepare(args) {
    const folder = folderOf(readArgs(args, { from: { type: 'string' } }).from, restore.usage)
    return async (config, say) => {
      const manifest = await readManifest(folder)
      const { county } = (await readPack(config.packDir)).manifest
      if (manifest.county !== county) {
        throw new BackupError(
          `这是行政区划 ${manifest.county} 的备份，而本程序装的是 ${county} 的方案包。请用 ZHIBEN_PACK 指明备份所属的方案包`,
        )
      }
      await mkdir(config.home, { recursive: true })
      const home = await realpath(config.home)
      // Also with a database elsewhere: the attachments come into this folder, and nobody may be working on them.
      const lock = await lockHome(home, '治本备份恢复')
      try {
        await into(config, home, (url) => fillFrom(config, url, folder, manifest))
        await keepRoots(folder, home)
      } finally {
        await lock.release()
      }
      say(`恢复完成：${folder} → ${config.databaseUrl ? 'DATABASE_URL 指明的数据库' : home}`)
      say(`内容：${contentWords(manifest)}，备份于 ${manifest.takenAt}`)
      if (manifest.missing.length > 0) say(`备份时已有 ${manifest.missing.length} 个附件缺失，恢复后仍然缺失`)
      say('投入使用前请核对：tally verify 和 audit verify')
      return 0
    }
  },
}

/** The database to restore into, the embedded one for as long as it takes. */
async function into(config: Config, home: string, work: (url: string) => Promise<void>): Promise<void> {
  if (config.databaseUrl) return work(config.databaseUrl)
  const server = await startEmbedded({ home })
  try {
    await work(server.url)
  } finally {
    await server.stop()
  }
}

async function fillFrom(config: Config, url: string, folder: string, manifest: Manifest): Promise<void> {
  const database = openDatabase(url, { max: 2 })
  try {
    const { migrationsDir, files } = config
    await restoreBackup({ pool: database.pool, migrationsDir, files }, folder, manifest)
  } finally {
    await database.close()
  }
}

/** The roots of the audit as they were: newer ones of a county that has gone back in time would all be missing from it. */
async function keepRoots(folder: string, home: string): Promise<void> {
  const kept = join(folder, keptRootsFile)
  if (existsSync(kept)) await copyFile(kept, join(home, keptRootsFile))
}
