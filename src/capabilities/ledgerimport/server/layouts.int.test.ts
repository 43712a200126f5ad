import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getHazard, linkUnit } from '#capabilities/hazard/model/index.ts'
import { setParameter } from '#capabilities/system/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'
import * as ledger from '../model/index.ts'
import { ledgerRig, row, workbook } from './ledger.rig.ts'

let test: TestProduct
let office: Actor
let rig: ReturnType<typeof ledgerRig>

beforeAll(async () => {
  test = await openTestProduct()
  office = await test.as('anwei')
  rig = ledgerRig(test)
})
afterAll(() => test?.close())

const start = (bytes: Buffer, name?: string, actor = office) => rig.start(bytes, actor, name)
const look = (id: string, actor = office) => rig.look(id, actor)
const rowsOf = async (id: string) => (await test.ask(office, ledger.listImportRows, { id })).rows
const change = async (id: string, part: Partial<ReturnType<typeof said>>) => {
  const view = await look(id)
  const input = { ...said(view), ...part }
  await test.run(office, ledger.mapImport, { recordId: id, version: view.version, input })
  return look(id)
}
const said = ({ columns, years, assumed }: ledger.ImportView) => ({
  columns,
  years,
  assumed,
  values: {} as ledger.ValueMapping,
})

describe('ledgers of other layouts', () => {
  it('names the sheets it has not read, and reads each on request', async () => {
    const town = { title: '庙前镇', rows: [row('锅炉房无可燃气体报警', { 0: '庙前镇' })] }
    const id = await start(await workbook([row('吊钩无防脱')], [town]))
    const view = await look(id)
    expect(view.otherSheets).toEqual([{ name: '庙前镇', importId: null }])
    const input = { uploadId: view.uploadId, sheet: '庙前镇' }
    const other = await test.run(office, ledger.startImport, { input })
    expect(await look(other.recordId)).toMatchObject({ sheet: '庙前镇', counts: { ready: 1 } })
    expect((await look(id)).otherSheets).toEqual([{ name: '庙前镇', importId: other.recordId }])
  })

  it('lets a person point at a header it does not know, and keeps all rows below', async () => {
    const names = ['地点', '对象', '门类', '谁查的', '毛病', '哪天', '限期', '进度', '销掉', '挂没挂']
    const id = await start(await workbook([row('砂光机无除尘'), row('漆库无防爆灯')], [], names))
    const before = await look(id)
    expect(before).toMatchObject({ headerRows: [0, 0], counts: {}, kinds: {} })
    expect(before.preview[0]?.texts.slice(0, 3)).toEqual(['地点', '对象', '门类'])
    const rows = { first: 1, last: 1 }
    await test.run(office, ledger.setHeader, { recordId: id, version: before.version, input: { rows } })
    expect(await look(id)).toMatchObject({ headerRows: [1, 1], kinds: { data: 2 }, counts: { open: 2 } })
    const columns = { area: 1, unitName: 2, sector: 3, channel: 4, description: 5, foundOn: 6, dueOn: 7, progress: 8 }
    expect((await change(id, { columns, assumed: { level: 'general' } })).counts).toEqual({ ready: 2 })
    const after = await rig.runThrough(id, office)
    expect(after.counts).toEqual({ imported: 2 })
    const again = { recordId: id, version: after.version, input: { rows } }
    expect(await refusalOf(test.run(office, ledger.setHeader, again))).toBe('ledgerimport.headerSettled')
  })

  it('asks for the level and the unit of money where nothing says them', async () => {
    const names = ['乡镇', '单位名称', '行业领域', '隐患来源', '隐患内容', '发现时间', '整改资金']
    const line = row('配电箱无门').slice(0, 6)
    const id = await start(await workbook([[...line, 50_000]], [], names))
    const view = await look(id)
    expect(view).toMatchObject({ counts: { open: 1 }, asked: ['level', 'funds'], hints: {} })
    expect((await change(id, { assumed: { level: 'general', fundsUnit: '元' } })).counts).toEqual({ ready: 1 })
    await rig.runThrough(id, office)
    const [done] = await rowsOf(id)
    const hazard = await test.ask(office, getHazard, { id: done?.hazardId ?? '' })
    expect(hazard).toMatchObject({ level: 'general', plan: { fundsYuan: 50_000 } })
  })

  it('reads a CSV in GB18030 with title lines and a two-row header', async () => {
    const id = await start(Buffer.from(gb18030Ledger, 'base64'), '台账.csv')
    expect(await look(id)).toMatchObject({ headerRows: [2, 3], kinds: { data: 1 }, counts: { ready: 1 } })
    expect((await rowsOf(id))[0]?.cells).toMatchObject({ area: '木镇镇', responsible: '张三', foundOn: '2024.3.7' })
  })

  it('refuses more rows than the county allows, and says how many that is', async () => {
    const admin = await test.as('admin')
    const on = { id: 'import.maxRows', effectiveFrom: test.context(admin).today, confidence: 'low' as const }
    await test.run(admin, setParameter, { input: { ...on, value: 10, instead: 50_000, reason: '压测后调低' } })
    await test.product.environment.reload()
    const many = await workbook(Array.from({ length: 70 }, (_, at) => row(`第${at}台设备无防护罩`)))
    const refused = await start(many).catch((error: Error) => error.message)
    expect(refused).toBe('一次最多导入10行，请按乡镇或年份分成几个文件导入')
    await test.run(admin, setParameter, { input: { ...on, value: 50_000, instead: 10, reason: '压测后恢复' } })
    await test.product.environment.reload()
  })

  it('knows a row again when the file was saved with other dates', async () => {
    const first = await rig.runThrough(await start(await workbook([row('反应釜无联锁', { 5: '2024.3.7' })])), office)
    expect(first.counts).toEqual({ imported: 1 })
    const again = await start(await workbook([row('反应釜无联锁', { 2: '工贸行业', 5: 45_358 })]))
    expect((await rowsOf(again))[0]?.cells.foundOn).toBe('2024-03-07')
    expect((await rig.runThrough(again, office)).counts).toEqual({ merged: 1 })
  })
})

describe('what an office has taught', () => {
  const odd = (text: string) => workbook([row(text, { 2: '五金加工点' })])
  it('holds for that office alone, is marked, and can be dropped', async () => {
    const first = await start(await odd('冲床无双手按钮'))
    await change(first, { values: { sector: { 五金加工点: 'industryTrade' } } })
    const second = await start(await odd('剪板机无护板'))
    const word = (await look(second)).words.find(({ text }) => text === '五金加工点')
    expect(word).toMatchObject({ meaning: 'industryTrade', recalled: true })
    const town = await test.as('town-muzhen')
    const elsewhere = await start(await odd('折弯机无光幕'), 'a.xlsx', town)
    expect((await look(elsewhere, town)).counts).toEqual({ open: 1 })
    expect((await change(second, { values: {} })).counts).toEqual({ open: 1 })
    expect((await look(await start(await odd('磨床无护罩')))).counts).toEqual({ open: 1 })
  })
})

describe('the unit of a row', () => {
  it('is offered from the directory, chosen once for all rows of the place, and gets the hazard', async () => {
    const unitId = await test.unit('青阳县华峰铸造有限公司', '341723101', 'industryTrade')
    const wrong = await test.unit('庙前县城化工厂', '341723105', 'industryTrade')
    const place = { 1: '华峰铸造分厂' }
    const id = await start(await workbook([row('电炉冷却水无报警', place), row('浇包吊具未检测', place)]))
    const [first] = await rowsOf(id)
    expect(first).toMatchObject({ unitId: null, unitFixed: false })
    const offered = await test.ask(office, ledger.findRowUnits, { id, row: first?.row ?? 0 })
    expect(offered.units.map((unit) => unit.id)).toContain(unitId)
    const call = async (unit: string | null) => ({
      recordId: id,
      version: (await look(id)).version,
      input: { row: first?.row ?? 0, corrections: {}, unit: { id: unit } },
    })
    expect(await refusalOf(test.run(office, ledger.correctRow, await call(wrong)))).toBe('ledgerimport.unitElsewhere')
    const { output } = await test.run(office, ledger.correctRow, await call(unitId))
    expect(output.rows).toBe(2)
    expect((await rowsOf(id)).map((one) => one.unitName)).toEqual(Array(2).fill('青阳县华峰铸造有限公司'))
    await rig.runThrough(id, office)
    const [done] = await rowsOf(id)
    expect(await test.ask(office, getHazard, { id: done?.hazardId ?? '' })).toMatchObject({ unitId })
  })
})

it('a hazard that came in without a unit is linked later, once, to a unit of its town', async () => {
  const place = { 1: '老街鞭炮铺' }
  const id = await start(await workbook([row('仓库超量储存', place)]))
  await rig.runThrough(id, office)
  const [done] = await rowsOf(id)
  const hazardId = done?.hazardId ?? ''
  const before = await test.ask(office, getHazard, { id: hazardId })
  expect(before.allowedActions.map(({ action }) => action)).toContain('hazard.linkUnit')
  const unitId = await test.unit('木镇老街鞭炮销售点', '341723101', 'industryTrade')
  const wrong = await test.unit('庙前老街鞭炮销售点', '341723105', 'industryTrade')
  const call = (unit: string, version: number) =>
    test.run(office, linkUnit, { recordId: hazardId, version, input: { unitId: unit, reason: '现场核对营业执照' } })
  expect(await refusalOf(call(wrong, before.version))).toBe('hazard.unitElsewhere')
  await call(unitId, before.version)
  const after = await test.ask(office, getHazard, { id: hazardId })
  const { area, sector } = before
  expect(after).toMatchObject({ unitId, unitName: '木镇老街鞭炮销售点', area, sector })
  expect(await refusalOf(call(unitId, after.version))).toBe('hazard.unitLinked')
})

/** 重大事故隐患台账 in the bytes of GB18030, which Node cannot write. */
const gb18030Ledger = [
  '1ti088rCucrS/ru8zKjVyywsLCwsLCwNCs/n1fIstaXOu8P7s8Ys0NDStcHs0/Is0v67vMC01LQs0v67vMTayN0st6LP1sqxvOQs',
  'zuXC5Mq1LA0KLCwsLCws1PDIzsjLLNX7uMTKsc/eDQrEvtXy1fIstqvJvbv60LWzpyy5pMOzLLzssuksIsXnt9u3v87e0LmxrL/a',
  'LLv9s74iLDIwMjQuMy43LNXFyP0sMjAyNC40LjcNCg==',
].join('')
