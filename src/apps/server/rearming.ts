import { readProjection, writeProjection } from '#capabilities/system/server/module.ts'
import type { Clock } from '#kernel/time.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Jobs } from '#platform/jobs/jobs.ts'
import type { JobSpec, ServerModule } from '#platform/module/module.ts'
import type { Environment } from '#platform/parameters/environment.ts'

/** Of the product, what arming clocks anew needs. */
export interface RearmParts {
  readonly county: string
  readonly modules: { readonly all: readonly ServerModule[] }
  readonly environment: Environment
  readonly database: { readonly db: Db }
  readonly options: { readonly clock: Clock }
}

export const rearmJob = 'clock.rearm'

/** Arms every clock by the calendar and the parameters as they are now, and writes down by which that was. */
export async function rearmAll({ modules, environment, database, county, options }: RearmParts): Promise<void> {
  const { db } = database
  for (;;) {
    // The change may have been made in another process.
    await environment.reload()
    const { fingerprint } = environment
    let [records, rungs] = [0, 0]
    for (const kind of modules.all.flatMap((module) => module.clocked ?? [])) {
      const moved = await kind.rearm(environment, db)
      records += moved.records
      rungs += moved.rungs
    }
    // Changed once more meanwhile: some records were armed by the old one, and no second job is queued beside this one.
    await environment.reload()
    if (environment.fingerprint !== fingerprint) continue
    await writeProjection(db, county, { fingerprint, at: options.clock.now().toISOString(), records, rungs })
    return
  }
}

export function rearmingJob(product: RearmParts): JobSpec {
  return { name: rearmJob, expireSeconds: 1800, run: () => rearmAll(product) }
}

/** Reads the settings anew and has the clocks armed when they were armed by others. */
export async function followSettings({ environment, database, county }: RearmParts, jobs: Jobs): Promise<void> {
  await environment.reload()
  const last = await readProjection(database.db, county)
  if (last?.fingerprint !== environment.fingerprint) await jobs.send(rearmJob, {}, rearmJob)
}
