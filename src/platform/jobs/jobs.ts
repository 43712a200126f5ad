import { PgBoss } from 'pg-boss'
import type { JobSpec } from '../module/module.ts'

export interface Jobs {
  /** Queues a job; with `key` a second one of the same key is not queued while the first waits or runs. */
  send(name: string, data: object, key?: string): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts the job workers of this process. Jobs live in the database: a job whose process was killed is taken up again
 * after `expireSeconds`, so a job must be able to go on from what it finds.
 */
export async function startJobs(
  connectionString: string,
  specs: readonly JobSpec[],
  onError: (error: unknown, job?: string) => void,
): Promise<Jobs> {
  const boss = new PgBoss({ connectionString, schema: 'pgboss', max: 4, superviseIntervalSeconds: 30 })
  boss.on('error', (error) => onError(error))
  await boss.start()
  for (const spec of specs) {
    await boss.createQueue(spec.name, {
      policy: 'exclusive',
      retryLimit: spec.retries ?? 5,
      retryDelay: 5,
      retryBackoff: true,
      expireInSeconds: spec.expireSeconds ?? 300,
    })
    await boss.work(spec.name, { batchSize: 1, pollingIntervalSeconds: 1 }, async ([job]) => {
      if (!job) return
      try {
        await spec.run(job.data, { id: job.id, signal: job.signal })
      } catch (error) {
        onError(error, spec.name)
        throw error
      }
    })
    if (spec.cron) await boss.schedule(spec.name, spec.cron, {}, { tz: 'Asia/Shanghai' })
  }
  return {
    async send(name, data, key) {
      await boss.send(name, data, key ? { singletonKey: key } : {})
    },
    stop: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}
