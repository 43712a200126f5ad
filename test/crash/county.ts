import { readFileSync } from 'node:fs'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { castOf } from '#apps/demo/cast.ts'
import { openProduct, type Product } from '#apps/server/product.ts'
import { demoAccount } from '#capabilities/identity/server/module.ts'
import { systemClock } from '#kernel/time.ts'
import { loadConfig } from '#platform/config/config.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { findClusterFolder } from '#platform/db/embedded-cluster.ts'

export const crashPassword = 'Baoguan#2026'

interface Ground {
  readonly home: string
  remove(): Promise<void>
}

/** A data folder as a county has it: embedded database, people with accounts, nothing registered yet. */
export async function prepareHome(work: (product: Product) => Promise<void> = async () => {}): Promise<Ground> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'zhiben-crash-')))
  const server = await startEmbedded({ home })
  const config = loadConfig({ ZHIBEN_HOME: home, LOG_LEVEL: 'silent' })
  const options = { config, databaseUrl: server.url, clock: systemClock, logger: pino({ level: 'silent' }) }
  const product = await openProduct(options)
  try {
    await accounts(product)
    await work(product)
  } finally {
    await product.close()
    await server.stop()
  }
  return {
    home,
    async remove() {
      if (!server.folder.startsWith(home)) await rm(server.folder, { recursive: true, force: true })
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** The people of the county, all with one password. */
export async function accounts({ county, database, modules, pack, runner }: Product): Promise<void> {
  const parts = { db: database.db, county, passwords: modules.passwords, run: runner.run }
  const hash = await modules.passwords.hash(crashPassword)
  for (const { login, name, grants } of castOf(pack)) {
    await demoAccount(parts, { login, name, grants, password: crashPassword, hash }, systemClock.now())
  }
}

/** Process of the embedded database server of a home; undefined when its cluster has none. */
export async function postmasterOf(home: string): Promise<number | undefined> {
  const folder = await findClusterFolder(home)
  if (!folder) return undefined
  try {
    return Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}
