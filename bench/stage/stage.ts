import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import pino from 'pino'
import { castOf } from '#apps/demo/cast.ts'
import { openProduct, type Product } from '#apps/server/product.ts'
import { demoAccount } from '#capabilities/identity/server/module.ts'
import { systemClock } from '#kernel/time.ts'
import { createSealer } from '#platform/audit/seal.ts'
import { loadConfig } from '#platform/config/config.ts'
import { type EmbeddedDatabase, startEmbedded } from '#platform/db/embedded.ts'
import { fill, type Size } from './fill.ts'

export const benchPassword = 'Celiang#2026'

/** A durable database server of this run's own; everything measured runs on it, floors included. */
export interface Ground {
  readonly home: string
  readonly server: EmbeddedDatabase
  close(): Promise<void>
}

/** `kept` names a folder that outlives the run, so that a second one finds its databases filled. */
export async function openGround(kept: string | undefined): Promise<Ground> {
  if (kept) await mkdir(kept, { recursive: true })
  const home = await realpath(kept ?? (await mkdtemp(join(tmpdir(), 'zhiben-bench-'))))
  const server = await startEmbedded({ home })
  return {
    home,
    server,
    async close() {
      await server.stop()
      if (kept) return
      if (!server.folder.startsWith(home)) await rm(server.folder, { recursive: true, force: true })
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** One filled county on a database of its own. */
export interface Stage {
  readonly size: Size
  readonly url: string
  readonly county: string
}

const filling = { maintenance_work_mem: '1GB', work_mem: '512MB', synchronous_commit: 'off' }

export async function openStage(ground: Ground, size: Size, say: (line: string) => void): Promise<Stage> {
  const name = `bench_${size.hazards}_${size.units}`
  const address = new URL(ground.server.url)
  address.pathname = `/${name}`
  const url = address.toString()
  const admin = new pg.Client({ connectionString: ground.server.url })
  await admin.connect()
  const found = await admin.query(
    `select shobj_description(oid, 'pg_database') as note from pg_database where datname = $1`,
    [name],
  )
  const filled = found.rows[0]?.note === 'filled'
  if (!filled) {
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.query(`create database ${name}`)
    // Filling builds large indexes; measuring runs with the settings the product ships with.
    for (const [setting, value] of Object.entries(filling)) {
      await admin.query(`alter database ${name} set ${setting} = '${value}'`)
    }
  }
  const product = await visit(ground, url)
  try {
    if (!filled) {
      const started = performance.now()
      await accounts(product)
      await fill(product.database.db, product.pack, size)
      await admin.query(`alter database ${name} reset all`)
      await admin.query(`comment on database ${name} is 'filled'`)
      const seconds = (performance.now() - started) / 1000
      say(`${size.hazards} hazards over ${size.units} units made in ${seconds.toFixed(0)} s`)
    }
    await settle(product, say)
    return { size, url, county: product.county }
  } finally {
    await product.close()
    await admin.end()
  }
}

/** The product put together on a database inside this process, for preparing and checking; what is measured runs apart. */
export async function visit(ground: Ground, url: string): Promise<Product> {
  const config = loadConfig({ ZHIBEN_HOME: ground.home, LOG_LEVEL: 'silent', DATABASE_URL: url })
  return openProduct({ config, databaseUrl: url, clock: systemClock, logger: pino({ level: 'silent' }) })
}

/** A county in its third year has long worked its duties out and sealed its audit: nothing is measured beside that. */
async function settle({ modules, database, county }: Product, say: (line: string) => void): Promise<void> {
  const begun = performance.now()
  await modules.duties.advance({})
  const worked = performance.now()
  const sealer = createSealer({
    db: database.db,
    county,
    software: 'bench',
    blockRows: () => 5_000,
    settled: async () => true,
  })
  await sealer.pass(systemClock.now())
  await sql`vacuum analyze`.execute(database.db)
  const seconds = (from: number) => ((performance.now() - from) / 1000).toFixed(1)
  say(`duties worked out in ${((worked - begun) / 1000).toFixed(1)} s, audit sealed in ${seconds(worked)} s`)
}

async function accounts(product: Product): Promise<void> {
  const { county, modules, runner } = product
  const parts = { db: product.database.db, county, passwords: modules.passwords, run: runner.run }
  const hash = await modules.passwords.hash(benchPassword)
  for (const { login, name, grants } of castOf(product.pack)) {
    await demoAccount(parts, { login, name, grants, password: benchPassword, hash }, systemClock.now())
  }
}
