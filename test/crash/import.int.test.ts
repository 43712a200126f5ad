import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { row, workbook } from '#capabilities/ledgerimport/server/ledger.rig.ts'
import { newId } from '#kernel/ids.ts'
import { verifyTally } from '#platform/tally/verify.ts'
import { openTestProduct, type TestProduct, testPassword } from '#test/kit/product.ts'
import { signIn, startServer, stopChild, type Visitor } from '#test/kit/served.ts'

/** Enough for several seconds: both kills come while there is still work left, also on a machine that starts quickly. */
const rows = 3_000
let test: TestProduct
let home: string
let server: Awaited<ReturnType<typeof startServer>>
let visitor: Visitor

beforeAll(async () => {
  test = await openTestProduct()
  await test.as('anwei')
  home = await mkdtemp(join(tmpdir(), 'zhiben-import-'))
  await open()
}, 180_000)
afterAll(async () => {
  visitor?.close()
  await server?.stop()
  await test?.close()
  if (home) await rm(home, { recursive: true, force: true })
})

async function open(): Promise<void> {
  server = await startServer(home, test.database.url, { ZHIBEN_MODE: 'production', LOG_LEVEL: 'warn' })
  visitor = await signIn(server.base, 'anwei', testPassword)
}

async function killAndStart(): Promise<void> {
  await stopChild(server.child, 'SIGKILL')
  visitor.close()
  await open()
}

const viewOf = async (id: string) => JSON.parse((await visitor.ask('/api/ledgerimport/get', { id })).text)

async function until(id: string, holds: (view: { state: string; counts: Record<string, number> }) => boolean) {
  for (let waited = 0; waited < 90_000; waited += 20) {
    const view = await viewOf(id)
    if (holds(view)) return view
    await sleep(20)
  }
  throw new Error(`the import stands still: ${JSON.stringify((await viewOf(id)).counts)}`)
}

async function begin(file: Buffer): Promise<string> {
  const uploadId = await visitor.upload('台账.xlsx', 'other', file)
  const recordId = newId(Date.now())
  await visitor.act('/api/ledgerimport/start', { actionId: newId(Date.now()), recordId, input: { uploadId } })
  const { version } = await viewOf(recordId)
  await visitor.act('/api/ledgerimport/run', { actionId: newId(Date.now()), recordId, version, input: {} })
  return recordId
}

const hazards = async () => {
  const { rows: found } = await test.database.pool.query(`
    select count(*) as n, count(distinct source_key) as keys,
      count(*) filter (where version <> (select count(*) from action a where a.record_id = h.id)) as halves
    from hazard h`)
  return found[0]
}

it('goes on with an import whose process was killed, and takes the same ledger again without a duplicate', {
  timeout: 240_000,
}, async () => {
  const line = (n: number) =>
    row('配电箱缺少防护门', { 1: `东山${n}号机械厂`, ...(n % 3 === 0 ? { 7: '已整改销号', 8: '2024-05-20' } : {}) })
  const file = await workbook(Array.from({ length: rows }, (_, n) => line(n)))
  const id = await begin(file)
  // Answered, and its work may not even be queued yet.
  await killAndStart()
  for (const least of [20, 1_000]) {
    const { counts } = await until(id, (view) => (view.counts.imported ?? 0) >= least)
    expect(counts.ready, 'the kill has to come in the middle').toBeGreaterThan(0)
    await killAndStart()
  }
  const { counts } = await until(id, (view) => view.state === 'done')
  expect(counts).toEqual({ imported: rows })
  const taken = await hazards()
  expect(taken).toEqual({ n: rows, keys: rows, halves: 0 })
  const again = await begin(file)
  await until(again, (view) => (view.counts.merged ?? 0) > 0)
  await killAndStart()
  const repeated = await until(again, (view) => view.state === 'done')
  expect(repeated.counts).toEqual({ merged: rows })
  expect(await hazards()).toEqual(taken)
  // The clock of the server goes on marking what is overdue; counted and recounted is what it leaves behind.
  await server.stop()
  const { county, modules, database } = test.product
  const recounts = modules.all.flatMap((module) => module.recounts ?? [])
  expect((await verifyTally(database.db, county, recounts, [])).differences).toEqual([])
})
