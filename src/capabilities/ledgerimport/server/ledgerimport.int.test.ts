import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeUnit, getUnit } from '#capabilities/directory/model/index.ts'
import { listHazards } from '#capabilities/hazard/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { projectRoot } from '#platform/config/config.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'
import * as ledger from '../model/index.ts'
import { ledgerRig, row, workbook } from './ledger.rig.ts'

let test: TestProduct
let office: Actor

beforeAll(async () => {
  test = await openTestProduct()
  office = await test.as('anwei')
  rig = ledgerRig(test)
})
afterAll(() => test?.close())

let rig: ReturnType<typeof ledgerRig>
const start = (bytes: Buffer, name = '台账.xlsx', actor = office) => rig.start(bytes, actor, name)
const look = (id: string, actor = office) => rig.look(id, actor)
const runThrough = (id: string, actor = office) => rig.runThrough(id, actor)
const work = (id: string, signal?: AbortSignal) => rig.work(id, signal)

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
    const rows = Array.from({ length: 45 }, (_, at) => row(`第${at}处作业平台缺少防护栏杆`, { 1: `单位${at}厂` }))
    const id = await start(await workbook(rows))
    const { version } = await look(id)
    await test.run(office, ledger.runImport, { recordId: id, version, input: {} })
    const abort = new AbortController()
    const running = work(id, abort.signal)
    setTimeout(() => abort.abort(), 30)
    await running
    await work(id)
    const after = await look(id)
    expect(after).toMatchObject({ state: 'done', counts: { imported: 45 } })
    expect((await test.ask(office, listHazards, { text: '作业平台' })).total).toBe(45)
  })

  it('brings in all but the row that is refused, with the reason beside that one', async () => {
    const name = '木镇精密铸件有限公司'
    const unitId = await test.unit(name, '341723101', 'industryTrade')
    const rows = [row('行车限位器失灵'), row('空压机安全阀过期', { 1: name }), row('配电柜门缺失', { 1: '丁厂' })]
    const id = await start(await workbook(rows))
    expect((await look(id)).counts).toEqual({ ready: 3 })
    // Between the check and the run the unit closes for good.
    const { version } = await test.ask(office, getUnit, { id: unitId })
    const closing = { reason: '企业已注销，营业执照吊销' }
    await test.run(office, closeUnit, { recordId: unitId, version, input: closing })
    expect((await runThrough(id)).counts).toEqual({ imported: 2, rejected: 1 })
    const { rows: refused } = await test.ask(office, ledger.listImportRows, { id, standings: ['rejected'] })
    expect(refused.map(({ reason }) => reason)).toEqual(['该单位已注销或关闭，不能再登记新的隐患'])
  })

  it('leaves out from the first, with the reason beside it, what the account may not register', async () => {
    const town = await test.as('town-muzhen')
    const id = await start(
      await workbook([row('车间通道被占用'), row('车间通道堵塞', { 0: '庙前镇' })]),
      'a.xlsx',
      town,
    )
    expect((await look(id, town)).counts).toEqual({ ready: 1, skipped: 1 })
    const { rows } = await test.ask(town, ledger.listImportRows, { id, standings: ['skipped'] })
    expect(rows[0]?.reason).toContain('不在您的管辖范围（庙前镇、工贸）')
    expect((await runThrough(id, town)).counts).toEqual({ imported: 1, skipped: 1 })
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
    const input = { columns: view.columns, values, years: {}, assumed: {} }
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
    expect(Object.values(after.counts).reduce((sum, n) => sum + n, 0)).toBe(65)
    expect(after.counts.ready).toBeUndefined()
  })
})
