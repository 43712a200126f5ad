import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '#platform/db/pool.ts'
import { createReadiness } from '#platform/db/readiness.ts'
import { openTestProduct, type TestProduct, testPassword } from '#test/kit/product.ts'
import { signIn, startServer, type Visitor } from '#test/kit/served.ts'
import { faultsOf, onDatabase, untilStruck, verifyFaults } from './inspect.ts'
import { type Wire, wireTo } from './wire.ts'
import { newBook, Writer } from './writers.ts'

let test: TestProduct
let home: string
let wire: Wire
let server: Awaited<ReturnType<typeof startServer>>
let visitor: Visitor

beforeAll(async () => {
  test = await openTestProduct()
  await test.as('anwei')
  home = await mkdtemp(join(tmpdir(), 'zhiben-outage-'))
  wire = await wireTo(test.database.url)
  server = await startServer(home, wire.url, { ZHIBEN_MODE: 'production', LOG_LEVEL: 'warn' })
  visitor = await signIn(server.base, 'anwei', testPassword, 8)
}, 180_000)
afterAll(async () => {
  visitor?.close()
  await server?.stop()
  await wire?.close()
  await test?.close()
  if (home) await rm(home, { recursive: true, force: true })
})

async function readyz(): Promise<{ status: number; body: { reason?: string } }> {
  const answer = await fetch(`${server.base}/readyz`)
  return { status: answer.status, body: (await answer.json()) as { reason?: string } }
}

/** How long it takes until /readyz says so. */
async function untilReadyIs(status: number, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs
  for (let last = 0; last !== status; last = (await readyz()).status) {
    if (performance.now() > end) throw new Error(`/readyz did not become ${status} within ${withinMs} ms`)
    await sleep(50)
  }
}

describe('a product whose database goes away', { timeout: 180_000 }, () => {
  it('says so, answers whoever asks, and goes on by itself when the database is back', async () => {
    const site = { home, url: test.database.url }
    const book = newBook()
    const writers = Array.from({ length: 6 }, (_, at) => new Writer(at, '341723104', book))
    let going = true
    const work = writers.map(async (writer) => {
      while (going) await writer.work(visitor, () => going)
    })
    await sleep(1_500)
    const before = book.acknowledged.size
    await wire.cut()
    await untilReadyIs(503, 10_000)
    expect((await readyz()).body.reason).toContain('数据库没有应答')
    expect((await fetch(`${server.base}/healthz`)).status).toBe(200)
    const page = await visitor.try('/api/hazard/report', {})
    expect([page.status, JSON.parse(page.text)]).toMatchObject([503, { code: 'core.unavailable', retryable: true }])
    expect(JSON.parse(page.text).detail).toContain('您填写的内容没有丢失')
    await sleep(1_000)
    await wire.mend()
    await untilReadyIs(200, 15_000)
    await sleep(1_500)
    going = false
    await Promise.all(work)
    expect(server.child.exitCode).toBeNull()
    expect(book.refused).toEqual([])
    expect(book.putOff).toBeGreaterThan(0)
    expect([before > 10, book.acknowledged.size > before]).toEqual([true, true])
    // Clocks strike again, too: whatever runs beside requests has survived.
    await onDatabase(site, (client) =>
      client.query(`update deadline set fire_at = now() where rung = 'overdue' and fired_at is null`),
    )
    await untilStruck(site)
    expect([...(await faultsOf(site, book)), ...verifyFaults(site)]).toEqual([])
  })

  it('answers within seconds also when the database only falls silent', async () => {
    await untilReadyIs(200, 15_000)
    wire.hush()
    const begun = performance.now()
    expect(await readyz()).toMatchObject({ status: 503 })
    expect(performance.now() - begun).toBeLessThan(10_000)
    await wire.mend()
    await untilReadyIs(200, 20_000)
    expect((await visitor.ask('/api/hazard/list', {})).status).toBe(200)
  })
})

describe('a connection to a database that has fallen silent', () => {
  it('is given up after some beats, so that whoever waits on it gets an answer', async () => {
    const own = await wireTo(test.database.url)
    const database = openDatabase(own.url, { max: 2 })
    const readiness = createReadiness({ url: own.url, database, folder: home, patienceMs: 300 })
    expect(await readiness.check()).toBeUndefined()
    const held = await database.pool.connect()
    held.on('error', () => {})
    await held.query('select 1')
    own.hush()
    const waiting = held.query('select 2').then(
      () => 'answered',
      (error: Error) => error.message,
    )
    for (let beats = 0; beats < 4; beats += 1) await readiness.beat()
    expect(await waiting).toContain('Connection terminated')
    held.release(true)
    await own.mend()
    expect(await readiness.check()).toBeUndefined()
    expect((await database.pool.query('select 3 as n')).rows).toEqual([{ n: 3 }])
    await readiness.close()
    await database.close()
    await own.close()
  })
})
