import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, dayOf } from '#kernel/time.ts'
import { keptRootsFile, rootKeeper } from '#platform/audit/kept-roots.ts'
import { createSealer, type SealedBlock } from '#platform/audit/seal.ts'
import { type Config, projectRoot } from '#platform/config/config.ts'
import type { Database } from '#platform/db/pool.ts'
import type { AppLogger } from '#platform/http/app.ts'
import { startTicker, type Ticker } from '#platform/jobs/ticker.ts'
import type { Environment } from '#platform/parameters/environment.ts'
import { isTold } from '../demo/store.ts'

const lookEveryMs = 5_000

interface SealingParts {
  readonly county: string
  readonly database: Database
  readonly environment: Environment
  readonly options: { readonly clock: Clock; readonly config: Config; readonly logger: AppLogger }
}

/** Seals the audit while the product runs, and lets the roots leave the database: into the log and the data folder. */
export async function startSealing(parts: SealingParts, onError: (error: unknown) => void): Promise<Ticker> {
  const { county, database, environment, options } = parts
  const { clock, config, logger } = options
  const { db } = database
  const keep = rootKeeper(join(config.home, keptRootsFile))
  const today = () => dayOf(clock.now())
  let stopping = false
  const sealer = createSealer({
    stopping: () => stopping,
    db,
    county,
    software: await softwareName(),
    blockRows: () => environment.parameters.number('audit.seal.blockRows', today()),
    settled: () => isTold(db, county),
    async onSealed(block: SealedBlock) {
      const { header, hash } = block
      logger.info({ block: header.number, rows: header.rows, root: hash.toString('hex') }, 'audit sealed')
      // A full disk must not stop the sealing; the root is in the log and is kept with the next block.
      await keep(block).catch(onError)
    },
  })
  let last: number | undefined
  const ticker = startTicker(
    async () => {
      const now = clock.now()
      const seconds = environment.parameters.number('audit.seal.seconds', dayOf(now))
      if (last !== undefined && now.getTime() - last < seconds * 1000) return
      // Set first: what cannot be sealed is tried again at the next interval, not every few seconds.
      last = now.getTime()
      await sealer.pass(now)
    },
    lookEveryMs,
    onError,
  )
  return {
    stop() {
      stopping = true
      return ticker.stop()
    },
  }
}

async function softwareName(): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
    name: string
    version: string
  }
  return `${name} ${version}`
}
