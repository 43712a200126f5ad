import { setTimeout as sleep } from 'node:timers/promises'
import { signIn, startServer, stopChild } from '#test/kit/served.ts'
import { crashPassword, postmasterOf, prepareHome } from './county.ts'
import { faultsOf, onDatabase } from './inspect.ts'
import { newBook, Writer } from './writers.ts'

export interface CrashResult {
  readonly rounds: number
  readonly acknowledged: number
  readonly unknown: number
  readonly struck: number
  readonly faults: readonly string[]
}

const people = 12

/**
 * What is killed in a round: the product alone (its database server is left running), both at once as when the power
 * goes, or the product while it is still coming up after a kill.
 */
const deaths = ['product', 'power', 'starting'] as const

/**
 * Kills the product at random moments while twelve people write, and looks after each kill whether anything that was
 * acknowledged is gone, anything is there by half or twice, and the database came back by itself.
 */
export async function crash(rounds: number, random: () => number, say: (line: string) => void): Promise<CrashResult> {
  const { home, remove } = await prepareHome()
  const book = newBook()
  const writers = Array.from({ length: people }, (_, at) => new Writer(at, '341723104', book))
  const faults: string[] = []
  let struck = 0
  const env = { ZHIBEN_MODE: 'production', LOG_LEVEL: 'warn' }
  let server = await startServer(home, undefined, env)
  let visitor = await signIn(server.base, 'anwei', crashPassword, people)
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const death = deaths[Math.floor(random() * deaths.length)] ?? 'product'
      let going = true
      const work = writers.map(async (writer) => {
        while (going) await writer.work(visitor, () => going)
      })
      struck += await strike(home)
      await sleep(300 + random() * 2_500)
      const postmaster = death === 'power' ? await postmasterOf(home) : undefined
      await stopChild(server.child, 'SIGKILL')
      if (postmaster) process.kill(postmaster, 'SIGKILL')
      going = false
      await Promise.all(work)
      visitor.close()
      if (death === 'starting') await killStarting(home, env, random)
      server = await startServer(home, undefined, env)
      visitor = await signIn(server.base, 'anwei', crashPassword, people)
      const found = await faultsOf(home, book)
      faults.push(...found.map((fault) => `round ${round} (${death}): ${fault}`))
      const { acknowledged, unknown } = book
      say(
        `round ${round}: ${death}, ${acknowledged.size} acknowledged, ${unknown.size} unknown, ${found.length} faults`,
      )
    }
    // Once left in peace everybody gets an answer, and every clock that was due has struck.
    let going = true
    const work = writers.map((writer) => writer.work(visitor, () => going))
    await sleep(1_000)
    going = false
    await Promise.all(work)
    await untilStruck(home)
    faults.push(...(await faultsOf(home, book)).map((fault) => `at the end: ${fault}`))
    faults.push(...book.refused.map((line) => `refused: ${line}`))
  } finally {
    visitor.close()
    await server.stop()
    await remove()
  }
  return { rounds, acknowledged: book.acknowledged.size, unknown: book.unknown.size, struck, faults }
}

/** Lets the deadline of some hazards be over now; the clock strikes within its next look, or after the kill. */
async function strike(home: string): Promise<number> {
  return onDatabase(home, async (client) => {
    const due = await client.query(
      `update deadline set fire_at = now() where fired_at is null and rung = 'overdue' and record_id in (
         select record_id from deadline where fired_at is null and rung = 'overdue' order by random() limit 15)`,
    )
    return due.rowCount ?? 0
  })
}

async function untilStruck(home: string): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 500) {
    const left = await onDatabase(home, (client) =>
      client.query('select count(*)::int as n from deadline where fired_at is null and fire_at <= now()'),
    )
    if (left.rows[0].n === 0) return
    await sleep(500)
  }
  throw new Error('a clock that is due does not strike')
}

/** Starts the product and kills it before it is ready. */
async function killStarting(home: string, env: Record<string, string>, random: () => number): Promise<void> {
  let child: { kill(signal: 'SIGKILL'): boolean } | undefined
  const starting = startServer(home, undefined, env, (started) => {
    child = started
  })
  starting.catch(() => {})
  await sleep(100 + random() * 1_500)
  child?.kill('SIGKILL')
  await starting.then(
    (server) => stopChild(server.child, 'SIGKILL'),
    () => {},
  )
}
