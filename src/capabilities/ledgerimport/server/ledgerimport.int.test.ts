import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listHazards } from '#capabilities/hazard/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { projectRoot } from '#platform/config/config.ts'
import { createXlsxWriter } from '#platform/excel/writer.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'
import * as ledger from '../model/index.ts'
import { importJob } from './work.ts'

let test: TestProduct
let office: Actor

beforeAll(async () => {
  test = await openTestProduct()
  office = await test.as('anwei')
})
afterAll(() => test?.close())

const heading = [
  '乡镇',
  '单位名称',
  '行业领域',
  '隐患来源',
  '隐患内容',
  '发现时间',
  '整改时限',
  '整改情况',
  '销号时间',
  '是否挂牌督办',
]
type Row = readonly (string | number | null)[]

async function workbook(rows: readonly Row[]): Promise<Buffer> {
  const stream = new PassThrough()
  const whole = buffer(stream)
  const sheet = createXlsxWriter(
    stream,
    '台账',
    heading.map((title) => ({ title, width: 12 })),
  )
  for (const row of rows) await sheet.row(row)
  await sheet.end()
  return whole
}

async function upload(bytes: Buffer, name: string, actor = office): Promise<string> {
  const id = newId(test.clock.now().getTime())
  const { files, database } = test.product
  const now = test.clock.now()
  await files.begin(database.db, actor, { id, name, size: bytes.length, purpose: 'other', capturedAt: null }, now)
  for (let at = 0; at < bytes.length; at += 1_000_000) {
    await files.append(database.db, actor, id, at, bytes.subarray(at, at + 1_000_000))
  }
  await files.finish(database.db, actor, id, now)
  return id
}

async function start(bytes: Buffer, name = '台账.xlsx', actor = office) {
  const uploadId = await upload(bytes, name, actor)
  const { recordId } = await test.run(actor, ledger.startImport, { input: { uploadId, sheet: null } })
  return recordId
}

const look = (id: string, actor = office) => test.ask(actor, ledger.getImport, { id })

/** The job as the worker runs it, after the button. */
async function work(id: string, signal = new AbortController().signal): Promise<void> {
  const job = test.product.modules.all.flatMap((module) => module.jobs ?? []).find((spec) => spec.name === importJob)
  await job?.run({ importId: id }, { id: 'test', signal })
}

async function runThrough(id: string, actor = office) {
  const { version } = await look(id, actor)
  await test.run(actor, ledger.runImport, { recordId: id, version, input: {} })
  await work(id)
  return look(id, actor)
}

const row = (description: string, more: Partial<Record<number, string | number | null>> = {}): Row =>
  ['木镇镇', '东山机械厂', '工贸', '检查', description, '2024-05-06', '2024-06-06', '整改中', null, '否'].map(
    (value, at) => (at in more ? (more[at] ?? null) : value),
  )

describe('importing a ledger', () => {
  it('takes good rows over with their own dates, merges repeats, and asks about the rest', async () => {
    const id = await start(
      await workbook([
        row('配电房未设置应急照明和疏散指示标志'),
        row('配电房未设置应急照明与疏散指示标志', { 3: '12350举报', 5: '2024-05-10' }),
        row('粉尘收集系统未设置泄爆装置', { 7: '已销号', 8: '2024-06-01' }),
        row('冲压机光电保护失效', { 5: '3月7日' }),
        row('危废间未设置防渗', { 9: '是' }),
        row('', {}),
      ]),
    )
    const before = await look(id)
    expect(before.kinds).toEqual({ data: 6 })
    expect(before.counts).toEqual({ ready: 3, open: 3 })
    const open = await test.ask(office, ledger.listImportRows, { id, standings: ['open'] })
    expect(
      open.rows.map(({ problems }) => problems.filter(({ kind }) => kind !== 'note').map(({ field }) => field)),
    ).toEqual([['foundOn'], ['listing'], ['description']])
    const after = await runThrough(id)
    expect(after.state).toBe('done')
    expect(after.counts).toEqual({ imported: 2, merged: 1, open: 3 })
    const found = await test.ask(office, listHazards, { text: '泄爆装置' })
    expect(found.rows.map(({ state, foundOn, closedOn }) => ({ state, foundOn, closedOn }))).toEqual([
      { state: 'closed', foundOn: '2024-05-06', closedOn: '2024-06-01' },
    ])
    const merged = await test.ask(office, listHazards, { text: '应急照明' })
    expect(merged.rows.map(({ reports }) => reports)).toEqual([2])
  })

  it('lets a person answer, and brings in only what was left', async () => {
    const id = await start(await workbook([row('行车限位器失效', { 5: '4月9日' }), row('空压机安全阀未校验')]))
    const first = await runThrough(id)
    expect(first.counts).toEqual({ imported: 1, open: 1 })
    const { rows } = await test.ask(office, ledger.listImportRows, { id, standings: ['open'] })
    const asked = rows[0]?.problems.find(({ kind }) => kind === 'question')
    expect(asked?.candidates).toContain('2024-04-09')
    const input = { row: rows[0]?.row ?? 0, corrections: { foundOn: '2024-04-09' }, decision: 'auto' as const }
    const { output } = await test.run(office, ledger.correctRow, { recordId: id, version: first.version, input })
    expect(output.standing).toBe('ready')
    expect((await runThrough(id)).counts).toEqual({ imported: 2 })
  })

  it('registers nothing twice when the same ledger comes again, in whatever order', async () => {
    const rows = [row('砂轮机无防护罩且无接地'), row('储气罐压力表未检验', { 1: '西河铸造厂' })]
    expect((await runThrough(await start(await workbook(rows)))).counts).toEqual({ imported: 2 })
    const total = (await test.ask(office, listHazards, {})).total
    const again = await runThrough(await start(await workbook([...rows].reverse()), '另一份.xlsx'))
    expect(again.counts).toEqual({ merged: 2 })
    expect((await test.ask(office, listHazards, {})).total).toBe(total)
  })

  it('loses and doubles nothing when the worker dies between two rows', async () => {
    const rows = Array.from({ length: 6 }, (_, at) =>
      row(`第${at}处作业平台缺少防护栏杆${'甲乙丙丁戊己'[at]}`, { 1: `单位${at}厂` }),
    )
    const id = await start(await workbook(rows))
    const { version } = await look(id)
    await test.run(office, ledger.runImport, { recordId: id, version, input: {} })
    const abort = new AbortController()
    const running = work(id, abort.signal)
    setTimeout(() => abort.abort(), 30)
    await running
    await work(id)
    const after = await look(id)
    expect(after).toMatchObject({ state: 'done', counts: { imported: 6 } })
    expect((await test.ask(office, listHazards, { text: '作业平台' })).total).toBe(6)
  })

  it('rejects, with the reason beside it, what the account may not register', async () => {
    const town = await test.as('town-muzhen')
    const id = await start(
      await workbook([row('车间通道被占用'), row('车间通道堵塞', { 0: '庙前镇' })]),
      'a.xlsx',
      town,
    )
    const after = await runThrough(id, town)
    expect(after.counts).toEqual({ imported: 1, rejected: 1 })
    const { rows } = await test.ask(town, ledger.listImportRows, { id, standings: ['rejected'] })
    expect(rows[0]?.reason).toContain('权限')
    expect(await refusalOf(look(id))).toBe('core.notFound')
  })

  it('pauses and goes on', async () => {
    const id = await start(await workbook([row('冷却塔检修平台护栏锈蚀'), row('电梯井口未封闭', { 1: '丙厂' })]))
    const { version } = await look(id)
    const running = await test.run(office, ledger.runImport, { recordId: id, version, input: {} })
    await test.run(office, ledger.cancelImport, { recordId: id, version: running.version, input: {} })
    await work(id)
    expect(await look(id)).toMatchObject({ state: 'cancelled', counts: { ready: 2 } })
    expect((await runThrough(id)).counts).toEqual({ imported: 2 })
  })

  it('remembers what a word meant for the next ledger', async () => {
    const odd = row('库房堆垛超高且堵塞通道', { 2: '五金加工（小微）' })
    const first = await start(await workbook([odd]))
    expect((await look(first)).counts).toEqual({ open: 1 })
    const view = await look(first)
    const values = { sector: { '五金加工（小微）': 'industryTrade' } }
    const input = { columns: view.columns, values, years: {} }
    await test.run(office, ledger.mapImport, { recordId: first, version: view.version, input })
    expect((await look(first)).counts).toEqual({ ready: 1 })
    expect((await look(await start(await workbook([odd])))).counts).toEqual({ ready: 1 })
  })
})

const sample = join(projectRoot, '../shared/data/hazard-ledger.xlsx')

describe.skipIf(!existsSync(sample))('the ledger as offices keep it (beside the project only)', () => {
  it('accounts for every row', async () => {
    const id = await start(await readFile(sample), 'hazard-ledger.xlsx')
    const before = await look(id)
    expect(before.headerRows).toEqual([3, 4])
    expect(before.kinds).toEqual({ data: 65, blank: 1, total: 1, note: 1 })
    const all = Object.values(before.counts).reduce((sum, n) => sum + n, 0)
    expect(all).toBe(65)
    const after = await runThrough(id)
    console.log(
      before.counts,
      after.counts,
      before.words.filter((word) => word.meaning === null),
    )
    expect(Object.values(after.counts).reduce((sum, n) => sum + n, 0)).toBe(65)
    expect(after.counts.ready).toBeUndefined()
  })
})
