import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  importLedgerRows,
  ledgerBatchSize,
  ledgerImported,
  listItems,
  pauseSheetImport,
  resumeSheetImport,
  startSheetImport,
} from '#capabilities/ledger/model/index.ts'
import { runningSheets } from '#capabilities/ledger/server/module.ts'
import { ledgerRig, type Row, workbook } from '#capabilities/ledgerimport/server/ledger.rig.ts'
import type { Actor } from '#kernel/grants.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'
import { workOn } from '#test/kit/sheets.ts'

let test: TestProduct
let east: Actor
let west: Actor
const ledger = 'library-loans'
const heading = ['书名', '乡镇', '馆藏号', '类别', '借阅人', '借出日期']
const row = (n: number, more: Partial<Record<number, string>> = {}): Row =>
  [`书${n}`, '东山镇', `AB${String(n).padStart(4, '0')}`, '小说', '张三 13812345678', '2026-05-01'].map(
    (cell, at) => more[at] ?? cell,
  )

beforeAll(async () => {
  test = await openTestProduct('2026-06-01T09:00:00', '_neutral')
  east = await test.as('town-dongshan')
  west = await test.as('town-xihe')
})
afterAll(() => test?.close())

async function begin(rows: readonly Row[]) {
  const uploadId = await ledgerRig(test).upload(await workbook([...rows], [], heading), '借阅.xlsx', east)
  const { recordId } = await test.run(east, startSheetImport, { input: { ledger, uploadId } })
  const seen = async () => {
    const { import: run } = await test.ask(east, ledgerImported, { ledger, uploadId })
    if (!run) throw new Error('the import is not told of')
    return run
  }
  return { recordId, uploadId, seen }
}
/** Ends the work after one batch, as a server that stops does it. */
function afterOneBatch(): AbortSignal {
  let looks = 0
  const get = () => {
    looks += 1
    return looks > 1
  }
  return Object.defineProperty(new AbortController().signal, 'aborted', { get })
}
const count = async () => (await test.ask(east, listItems, { ledger })).total

describe('an import of a sheet', () => {
  it('goes on by itself after it was cut off, brings no row in twice, and accounts for every one', async () => {
    const rows = Array.from({ length: 2 * ledgerBatchSize + 20 }, (_, at) => row(at))
    rows[3] = row(3, { 3: '诗集' })
    rows[ledgerBatchSize + 1] = row(7)
    const { recordId, seen } = await begin(rows)
    await workOn(test, recordId, afterOneBatch())
    expect(await seen()).toMatchObject({
      state: 'running',
      next: ledgerBatchSize,
      added: ledgerBatchSize - 1,
      rejected: 1,
    })
    expect(await runningSheets(test.product.database.db, test.product.county)).toEqual([recordId])
    // Two workers that took it up at once share it out.
    await Promise.all([workOn(test, recordId), workOn(test, recordId)])
    const done = await seen()
    expect(done).toMatchObject({ state: 'finished', next: rows.length, known: 1, rejected: 1 })
    expect(done.added + done.known + done.rejected).toBe(rows.length)
    expect(await count()).toBe(done.added)
    expect(done.rows).toEqual([{ row: 5, name: '书3', reason: '类别：没有“诗集”，请填写小说、科普、历史、儿童' }])
    expect(await runningSheets(test.product.database.db, test.product.county)).toEqual([])
  })

  it('leaves out the one row that is refused as it is entered, with the reason, and not those around it', async () => {
    const before = await count()
    const rows = [row(8001), row(8002, { 0: '长'.repeat(200) }), row(8003)]
    const { recordId, seen } = await begin(rows)
    await workOn(test, recordId)
    const { state, added, rows: left } = await seen()
    expect([state, added, await count()]).toEqual(['finished', 2, before + 2])
    expect(left.map(({ row: at, reason }) => `${at} ${reason}`)).toEqual(['3 名称最多100字'])
  })

  it('stands still while it is paused, and for nobody else', async () => {
    const before = await count()
    const { recordId, seen } = await begin([row(9001), row(9002)])
    // Its version is its own: the batches that come in meanwhile do not keep anybody from pausing it.
    const on = async () => ({ recordId, version: (await seen()).version, input: {} })
    expect(await refusalOf(test.run(west, pauseSheetImport, await on()))).toBe('core.notFound')
    expect(await refusalOf(test.run(east, resumeSheetImport, await on()))).toBe('ledger.importNotPaused')
    await test.run(east, pauseSheetImport, await on())
    await workOn(test, recordId)
    expect([await count(), (await seen()).state]).toEqual([before, 'paused'])
    expect(await refusalOf(test.run(east, importLedgerRows, { input: { importId: recordId, skip: 0, take: 1 } }))).toBe(
      'ledger.importNotRunning',
    )
    await test.run(east, resumeSheetImport, await on())
    await workOn(test, recordId)
    expect([await count(), (await seen()).state]).toEqual([before + 2, 'finished'])
    expect(await refusalOf(test.run(east, pauseSheetImport, await on()))).toBe('ledger.importNotRunning')
  })

  it('is paused while it runs, by whoever has seen it begin', async () => {
    const before = await count()
    const { recordId, seen } = await begin(Array.from({ length: ledgerBatchSize + 1 }, (_, at) => row(4000 + at)))
    const { version } = await seen()
    await workOn(test, recordId, afterOneBatch())
    await test.run(east, pauseSheetImport, { recordId, version, input: {} })
    await workOn(test, recordId)
    expect([await count(), (await seen()).state]).toEqual([before + ledgerBatchSize, 'paused'])
  })

  it('is begun once for a sheet', async () => {
    const { uploadId } = await begin([row(9003)])
    expect(await refusalOf(test.run(east, startSheetImport, { input: { ledger, uploadId } }))).toBe(
      'ledger.importStarted',
    )
  })

  it('waits for its person when the account may not act any more', async () => {
    const before = await count()
    const { recordId, seen } = await begin([row(9004)])
    const { sessions } = test.product.modules
    const { accountActor } = sessions
    Object.assign(sessions, { accountActor: async () => undefined })
    await workOn(test, recordId)
    Object.assign(sessions, { accountActor })
    expect([await count(), (await seen()).state]).toEqual([before, 'paused'])
  })
})
