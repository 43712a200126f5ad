import { statfs } from 'node:fs/promises'
import pg from 'pg'
import { type Outage, outageOf } from './outage.ts'
import type { Database } from './pool.ts'

export interface Readiness {
  /** What is missing for the product to serve; undefined when nothing is. Answers within a few seconds, whatever happens. */
  check(): Promise<Outage | undefined>
  /** Hears of what failed: a full disk under the database shows only when something is written. */
  note(error: unknown): void
  /**
   * Asked at a steady pace while the product serves. A database that has fallen silent (a cable, a firewall, a frozen
   * machine) breaks no connection, and whoever waits for it would wait for a quarter of an hour; after some silent beats
   * the connections are given up, so that everybody gets an answer and is asked to try again.
   */
  beat(): Promise<void>
  close(): Promise<void>
}

export interface ReadinessParts {
  readonly url: string
  readonly database: Pick<Database, 'abandon'>
  /** The data folder; its disk must have room. */
  readonly folder: string
  readonly patienceMs?: number
}

/** With less than this an upload or a log line may be the last: the operator has to act before people notice. */
const reserveBytes = 16 * 1024 * 1024
const silentBeats = 4

export function createReadiness({ url, database, folder, patienceMs = 3_000 }: ReadinessParts): Readiness {
  const line = ownLine(url)
  let full = false
  let silent = 0
  let asking: Promise<Outage | undefined> | undefined

  const ask = async (): Promise<Outage | undefined> => {
    const late = Promise.withResolvers<'silent'>()
    const timer = setTimeout(() => late.resolve('silent'), patienceMs)
    try {
      const answer = await Promise.race([line.send(full ? writingProbe : 'select 1'), late.promise])
      silent = answer === 'silent' ? silent + 1 : 0
      if (answer !== 'silent') full = false
      else line.drop()
      return answer === 'silent' ? 'unreachable' : undefined
    } catch (error) {
      silent = 0
      line.drop()
      return outageOf(error) ?? 'unreachable'
    } finally {
      clearTimeout(timer)
    }
  }
  const check = async () => {
    // One at a time on one connection; whoever asks meanwhile hears the same answer.
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return (await asking) ?? ((await hasRoom(folder)) ? undefined : 'diskFull')
  }
  return {
    check,
    note(error) {
      if (outageOf(error) === 'diskFull') full = true
    },
    async beat() {
      await check()
      if (silent < silentBeats) return
      silent = 0
      database.abandon()
    },
    async close() {
      await asking
      await line.close()
    },
  }
}

/** A connection of its own: behind a pool whose connections are all busy a sound database would look like a dead one. */
function ownLine(url: string) {
  let client: pg.Client | undefined
  const drop = (lost = client) => {
    // `end` would wait for the answer that does not come.
    lost?.connection.stream.destroy()
    if (client === lost) client = undefined
  }
  return {
    drop: () => drop(),
    async send(statement: string): Promise<void> {
      if (!client) {
        const fresh = new pg.Client({ connectionString: url, application_name: 'zhiben readiness' })
        fresh.on('error', () => drop(fresh))
        client = fresh
        await fresh.connect()
      }
      await client.query(statement)
    },
    async close(): Promise<void> {
      await client?.end().catch(() => {})
    },
  }
}

/** Makes the server take a few hundred kilobytes of disk and give them back: nothing less meets a full one for certain. */
const writingProbe = `begin; create temporary table zhiben_probe on commit drop as
  select md5(n::text) as text from generate_series(1, 10000) n; rollback`

async function hasRoom(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize >= reserveBytes
}
