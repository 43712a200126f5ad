import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  downloadLedgerTemplate,
  downloadRejectedItems,
  exportItems,
  getItem,
  getLedger,
  ledgerImported,
  ledgerStatistics,
  listItems,
  listOf,
  moveItem,
  previewLedgerSheet,
} from '#capabilities/ledger/model/index.ts'
import { ledgerRig, type Row, workbook } from '#capabilities/ledgerimport/server/ledger.rig.ts'
import type { Actor } from '#kernel/grants.ts'
import { type NeutralPack, neutralPackWith } from '#test/kit/neutral-pack.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'
import { bringIn } from '#test/kit/sheets.ts'
import { takeOut } from '#test/kit/upload/files.ts'

/** All there is of it: no code knows playgrounds. */
const playgrounds = `
id: playgrounds
title: 儿童游乐设施
group: 游乐
clauses: [P1]
about: 公园和小区的儿童游乐设施逐处检修。
subject: own
name: 设施名称
sectors: [industryTrade]
key: [name, area]
population: { words: 每处儿童游乐设施 }
fields:
  - { id: kind, title: 类别, type: choice, options: { slide: 滑梯, swing: 秋千 }, required: true, list: true, filter: true }
  - { id: height, title: 高度, type: decimal, unit: 米, list: true, max: 12 }
  - { id: builtOn, title: 建成日期, type: day }
  - { id: owner, title: 产权单位, type: unit }
  - { id: repairedOn, title: 检修日期, type: day, past: true, list: true }
computed:
  - { id: age, title: 使用年限, rule: tierAge, with: { from: builtOn, tiers: [{ below: 10, title: 新 }, { below: null, title: 旧 }] } }
states:
  toRepair: { title: 待检修, type: open }
  repaired: { title: 已检修, type: closed }
start: toRepair
moves:
  - { id: repair, title: 检修完成, from: [toRepair], to: repaired, needs: [repairedOn] }
due: { on: '2026-05-31' }
indicators:
  - { id: metres, title: 总高度, sum: height, of: all, unit: 米 }
`

let pack: NeutralPack
let test: TestProduct
let office: Actor
let east: Actor
const ledger = 'playgrounds'

beforeAll(async () => {
  pack = await neutralPackWith('playgrounds', playgrounds)
  test = await openTestProduct('2026-06-01T09:00:00', pack.name)
  office = await test.as('anwei')
  east = await test.as('town-dongshan')
  await test.unit('东山公园管理处', '990101100', 'industryTrade')
})
afterAll(async () => {
  await test?.close()
  await pack?.remove()
})

const heading = ['设施名称', '乡镇', '类别', '高度（米）', '建成日期', '产权单位', '无关的列']
const rows: readonly Row[] = [
  ['一号滑梯', '东山镇', '滑梯', '2.5', '2010年5月1日', '东山公园管理处', '甲'],
  ['二号秋千', '东山', '秋千', 3, '2024-05-01', '', '乙'],
  ['三号滑梯', '西河镇', '滑梯', 2, '', '', ''],
  ['', '东山镇', '滑梯', 2, '', '', ''],
  ['四号滑梯', '东山镇', '转椅', '很高', '', '无此单位', ''],
  ['一号 滑梯', '东山镇', '滑梯', 2, '', '', ''],
]
const upload = async (actor: Actor, lines = rows, names: readonly string[] = heading) =>
  ledgerRig(test).upload(await workbook(lines, [], [...names]), '游乐设施.xlsx', actor)

describe('a ledger that is one file of a pack', () => {
  it('has its form, its list and its template', async () => {
    const { ledger: made } = await test.ask(east, getLedger, { ledger })
    expect(made.fields.map(({ id }) => id)).toEqual(['kind', 'height', 'builtOn', 'owner', 'repairedOn'])
    const list = listOf(made)
    expect(list.id).toBe('ledger-playgrounds')
    expect(list.columns.filter((column) => !column.hiddenAtFirst).map(({ title }) => title)).toEqual([
      ...['设施名称', '状态', '乡镇', '类别', '高度（米）', '检修日期', '期限', '办结日期', '责任部门'],
    ])
    expect(Object.keys(list.filter.shape)).toContain('x_kind')
    const file = await takeOut(test, east, downloadLedgerTemplate, { ledger })
    expect(file.name).toBe('儿童游乐设施导入模板.xlsx')
    expect(file.sheets[0]?.head).toEqual([
      ...['设施名称', '乡镇', '责任部门', '列入日期', '类别', '高度（米）', '建成日期', '产权单位', '检修日期'],
    ])
    expect(file.sheets.find(({ name }) => name === '可填的内容')?.head).toContain('类别')
  })

  it('takes a sheet row by row, says what is wrong with each, and takes it only once', async () => {
    const uploadId = await upload(east)
    const preview = await test.ask(east, previewLedgerSheet, { ledger, uploadId })
    expect(preview).toMatchObject({ total: 6, ready: 2, known: 1, faulty: 3 })
    expect(preview.columns.at(-1)).toEqual({ heading: '无关的列', field: null })
    expect(preview.rows).toEqual([
      { row: 4, name: '三号滑梯', reason: '不在您的管辖范围内，请由所在乡镇或责任部门导入' },
      { row: 5, name: '东山镇', reason: '设施名称：没有填写' },
      {
        row: 6,
        name: '四号滑梯',
        reason:
          '类别：没有“转椅”，请填写滑梯、秋千；高度（米）：“很高”不是数字，请只填写数字；产权单位：名录中没有这个单位“无此单位”，请核对名称',
      },
    ])
    expect((await test.ask(east, listItems, { ledger })).total).toBe(0)
    const about = { ledger, uploadId }
    expect(await test.ask(east, ledgerImported, about)).toEqual({ import: null })
    await bringIn(test, east, about)
    const { import: run } = await test.ask(east, ledgerImported, about)
    expect(run).toMatchObject({ state: 'finished', total: 6, next: 6, added: 2, known: 1, rejected: 3 })
    expect(run?.rows.map(({ row }) => row)).toEqual([4, 5, 6])
    const left = await takeOut(test, east, downloadRejectedItems, about)
    expect(left.sheets[0]?.rows.map((line) => line[0])).toEqual(['三号滑梯', null, '四号滑梯'])
    expect(left.sheets[0]?.head.slice(-2)).toEqual(['原行号', '未导入原因'])
    test.clock.advance(60_000)
    const again = { ledger, uploadId: await upload(east) }
    await bringIn(test, east, again)
    expect((await test.ask(east, ledgerImported, again)).import).toMatchObject({ added: 0, known: 3 })
    // The last one of this account is found without knowing its sheet.
    expect((await test.ask(east, ledgerImported, { ledger })).import?.uploadId).toBe(again.uploadId)
    expect((await test.ask(east, listItems, { ledger })).total).toBe(2)
  })

  it('refuses a sheet that is none, one without its columns, and one that is somebody else’s', async () => {
    const bare = await upload(east, [['一号滑梯', '甲']], ['设施名称', '说明'])
    expect(await refusalOf(test.ask(east, previewLedgerSheet, { ledger, uploadId: bare }))).toBe('ledger.noColumns')
    const uploadId = await upload(east)
    expect(await refusalOf(test.ask(office, previewLedgerSheet, { ledger, uploadId }))).toBe('ledger.unreadable')
    expect(await refusalOf(test.ask(east, ledgerImported, { ledger: 'gone', uploadId }))).toBe('ledger.unknownLedger')
  })

  it('has its items, their course and their numbers, and leaves as a file with exactly its rows', async () => {
    const { rows: listed } = await test.ask(east, listItems, { ledger, x_kind: ['slide'] })
    const [slide] = listed
    expect(slide).toMatchObject({
      title: '一号滑梯',
      lateness: 'missed',
      fields: { height: 2.5, builtOn: '2010-05-01' },
    })
    expect(Object.values(slide?.names ?? {})).toEqual(['东山公园管理处'])
    const on = { recordId: slide?.id ?? '', version: slide?.version ?? 0 }
    await test.run(east, moveItem, { ...on, input: { move: 'repair', fields: { repairedOn: '2026-06-01' } } })
    const item = await test.ask(east, getItem, { id: on.recordId })
    expect(item).toMatchObject({ stateLabel: '已检修', lateness: 'late', computed: { age: { words: '16 年（旧）' } } })
    const numbers = await test.ask(office, ledgerStatistics, { ledger })
    expect(numbers.total).toEqual({ due: 2, met: 0, late: 1, open: 0, missed: 1 })
    expect(numbers.indicators).toEqual([{ id: 'metres', title: '总高度', value: 5.5, words: '5.5米' }])
    const columns = ['name', 'kind', 'height', 'owner', 'age']
    const file = await takeOut(test, east, exportItems, { ledger, columns })
    expect(file.sheets[0]?.head).toEqual(['设施名称', '类别', '高度（米）', '产权单位', '使用年限'])
    // What is still to be done comes first.
    expect(file.sheets[0]?.rows.map(([name, kind, height]) => [name, kind, height])).toEqual([
      ['二号秋千', '秋千', 3],
      ['一号滑梯', '滑梯', 2.5],
    ])
    const west = await test.as('town-xihe')
    expect((await takeOut(test, west, exportItems, { ledger })).sheets[0]?.rows).toEqual([])
  })

  it('comes back through its own export and template', async () => {
    const file = await takeOut(test, east, exportItems, { ledger })
    const sheet = file.sheets[0]
    if (!sheet) throw new Error('nothing was taken out')
    const names = sheet.head.map(String)
    const uploadId = await upload(east, sheet.rows as unknown as Row[], names)
    const preview = await test.ask(east, previewLedgerSheet, { ledger, uploadId })
    expect(preview).toMatchObject({ total: 2, ready: 0, known: 2, faulty: 0 })
  })
})
