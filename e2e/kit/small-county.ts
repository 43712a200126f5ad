import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { castOf, demoPassword } from '#apps/demo/cast.ts'
import { openHttp, openProduct, startBackground } from '#apps/server/product.ts'
import { demoAccount } from '#capabilities/identity/server/module.ts'
import { systemClock } from '#kernel/time.ts'
import { loadConfig } from '#platform/config/config.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { findClusterFolder } from '#platform/db/embedded-cluster.ts'

export interface SmallCounty {
  readonly address: string
  close(): Promise<void>
}

/** A county of any pack with its people and nothing else: a journey that needs no stories starts in seconds. */
export async function openSmallCounty(packDir: string): Promise<SmallCounty> {
  const home = await mkdtemp(join(tmpdir(), 'zhiben-county-'))
  const fail = (): never => process.exit(1)
  const embedded = await startEmbedded({ home, onRestart: fail, onExit: fail })
  const logger = pino({ level: 'silent' })
  const config = loadConfig({ ZHIBEN_HOME: home, ZHIBEN_PACK: packDir, COOKIE_SECURE: 'false' })
  const product = await openProduct({ config, databaseUrl: embedded.url, clock: systemClock, logger })
  const { county, database, modules, pack, runner } = product
  const hash = await modules.passwords.hash(demoPassword)
  const enrolling = { db: database.db, county, passwords: modules.passwords, run: runner.run }
  for (const { login, name, grants } of castOf(pack))
    await demoAccount(enrolling, { login, name, grants, password: demoPassword, hash }, systemClock.now())
  const background = await startBackground(product)
  const app = await openHttp(product, config.webDir)
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    address,
    async close() {
      await app.close()
      await background.stop()
      await product.close()
      await embedded.stop()
      const cluster = await findClusterFolder(home)
      for (const folder of [cluster, home]) if (folder) await rm(folder, { recursive: true, force: true })
    },
  }
}
