import { setTimeout as sleep } from 'node:timers/promises'
import { signIn, startServer, stopChild } from '#test/kit/served.ts'
import { crashPassword, postmasterOf, prepareHome } from './county.ts'
import { faultsOf, onDatabase, type Site, untilStruck, verifyFaults } from './inspect.ts'
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
 * What is killed, by turns: the product alone (its database server is left running), both at once as when the power goes,
 * the product while it is still coming up after a kill, one process of the database server, which then throws out
 * everybody and recovers, or the whole database server; the product has to live through the last two.
 */
const deaths = ['product', 'power', 'starting', 'backend', 'database'] as const
type Death = (typeof deaths)[number]

export interface CrashOptions {
  readonly random?: () => number
  readonly say?: (line: string) => void
  /** Whether the product's own verifications run after every kill or only at the end; they cost seconds. */
  readonly verifyEach?: boolean
}

const env = { ZHIBEN_MODE: 'production', LOG_LEVEL: 'warn' }
type Server = Awaited<ReturnType<typeof startServer>>

/**
 * Kills the product at random moments while twelve people write, and looks after each kill whether anything that was
 * acknowledged is gone, anything is there by half or twice, and the database came back by itself.
 */
export async function crash(rounds: number, options: CrashOptions = {}): Promise<CrashResult> {
  const { random = Math.random, say = () => {}, verifyEach = true } = options
  const { home, remove } = await prepareHome()
  const site = { home }
  const book = newBook()
  const writers = Array.from({ length: people }, (_, at) => new Writer(at, '341723104', book))
  const faults: string[] = []
  let struck = 0
  let server = await startServer(home, undefined, env)
  let visitor = await signIn(server.base, 'anwei', crashPassword, people)
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const death = deaths[(round - 1) % deaths.length] ?? 'product'
      let going = true
      const work = writers.map(async (writer) => {
        while (going) await writer.work(visitor, () => going)
      })
      struck += await strike(site)
      await sleep(300 + random() * 1_500)
      const next = await kill(death, site, server, random)
      going = false
      await Promise.all(work)
      server = next
      visitor.close()
      visitor = await signIn(server.base, 'anwei', crashPassword, people)
      const found = [...(await faultsOf(site, book)), ...(verifyEach ? verifyFaults(site) : [])]
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
    await untilStruck(site)
    const found = [...(await faultsOf(site, book)), ...verifyFaults(site)]
    faults.push(...found.map((fault) => `at the end: ${fault}`))
    faults.push(...book.refused.map((line) => `refused: ${line}`))
  } finally {
    visitor.close()
    await server.stop()
    await remove()
  }
  return { rounds, acknowledged: book.acknowledged.size, unknown: book.unknown.size, struck, faults }
}

/** Lets one of the deaths come, and answers the server people can work with afterwards. */
async function kill(death: Death, { home }: Site, server: Server, random: () => number): Promise<Server> {
  if (death === 'backend') {
    await killBackend({ home })
    await untilReady(server)
    return server
  }
  const postmaster = await postmasterOf(home)
  if (death === 'database' && postmaster) {
    process.kill(postmaster, 'SIGKILL')
    await untilReady(server)
    return server
  }
  await stopChild(server.child, 'SIGKILL')
  if (death === 'power' && postmaster) process.kill(postmaster, 'SIGKILL')
  if (death === 'starting') await killStarting(home, random)
  return startServer(home, undefined, env)
}

/** As when the system kills one of them for want of memory: PostgreSQL then starts itself anew. */
async function killBackend(site: Site): Promise<void> {
  const pid = await onDatabase(site, async (client) => {
    const { rows } = await client.query(
      "select pid from pg_stat_activity where application_name = 'zhiben' order by state_change desc limit 1",
    )
    return Number(rows[0]?.pid)
  })
  process.kill(pid, 'SIGKILL')
}

/** Asks twice, a little apart: the first answer may come from before the database has noticed. */
async function untilReady({ base, child }: Server): Promise<void> {
  await sleep(500)
  for (let waited = 0; waited < 30_000; waited += 100) {
    if (child.exitCode !== null) throw new Error('the product ended with a process of its database')
    const ready = await fetch(`${base}/readyz`).catch(() => undefined)
    if (ready?.ok) return
    await sleep(100)
  }
  throw new Error('the product does not recover from the restart of its database')
}

/** Lets the deadline of some hazards be over now; the clock strikes within its next look, or after the kill. */
async function strike(site: Site): Promise<number> {
  return onDatabase(site, async (client) => {
    const due = await client.query(
      `update deadline set fire_at = now() where fired_at is null and rung = 'overdue' and record_id in (
         select record_id from deadline where fired_at is null and rung = 'overdue' order by random() limit 15)`,
    )
    return due.rowCount ?? 0
  })
}

/** Starts the product and kills it before it is ready. */
async function killStarting(home: string, random: () => number): Promise<void> {
  let child: { kill(signal: 'SIGKILL'): boolean } | undefined
  const starting = startServer(home, undefined, env, {
    launched(started) {
      child = started
    },
  })
  starting.catch(() => {})
  await sleep(100 + random() * 1_500)
  child?.kill('SIGKILL')
  await starting.then(
    (server) => stopChild(server.child, 'SIGKILL'),
    () => {},
  )
}
