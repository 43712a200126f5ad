import { buffer } from 'node:stream/consumers'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWorkbook } from '#platform/excel/reader.ts'
import { xlsxStream } from '#platform/excel/writer.ts'
import { type NeutralPack, neutralPackWith } from '#test/kit/neutral-pack.ts'
import { choose, openAction, openBrowser, send, signIn } from './kit/browser.ts'
import { openSmallCounty, type SmallCounty } from './kit/small-county.ts'

/** All there is of it: no code knows wells. */
const wells = `
id: old-wells
title: 废弃机井封填
group: 水井
clauses: [P1]
about: 废弃机井逐口登记，封填后销账。
subject: own
name: 机井编号
sectors: [industryTrade]
body: emergency
key: [name]
population: { words: 每口废弃机井 }
fields:
  - { id: depth, title: 井深, type: integer, unit: 米, max: 500, required: true, list: true }
  - { id: kind, title: 井型, type: choice, options: { brick: 砖砌井, pipe: 管井 }, required: true, list: true, filter: true }
  - { id: filledOn, title: 封填日期, type: day, past: true, list: true }
states:
  open: { title: 待封填, type: open }
  filled: { title: 已封填, type: closed }
start: open
moves:
  - { id: fill, title: 封填完成, from: [open], to: filled, needs: [filledOn] }
due: { on: '2030-12-31' }
`

let pack: NeutralPack
let county: SmallCounty
let browser: Browser
beforeAll(async () => {
  pack = await neutralPackWith('old-wells', wells)
  county = await openSmallCounty(pack.dir)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await county?.close()
  await pack?.remove()
})

const sheet = async () => {
  const heading = ['机井编号', '乡镇', '井深（米）', '井型', '封填日期']
  const rows = [
    ['东山2号', '东山镇', '60', '管井', ''],
    ['东山3号', '东山', '12', '砖砌井', ''],
    ['东山4号', '东山镇', '很深', '土井', ''],
    ['东山1号', '东山镇', '45', '管井', ''],
    ['西河1号', '西河镇', '30', '管井', ''],
  ]
  const columns = heading.map((title) => ({ title, width: 14 }))
  return {
    name: '机井.xlsx',
    mimeType: 'application/octet-stream',
    buffer: await buffer(xlsxStream([{ title: '机井', columns, rows }], new Date(0))),
  }
}

/** The cells of a row of a table of numbers, by what its first cell says. */
const cellsOf = async (page: Page, table: string, name: string) => {
  const row = page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: name }).first()
  return (await row.getByRole('cell').allTextContents()).map((text) => text.trim())
}

it('a ledger that is one file of the pack is listed, filled, counted, confirmed empty and taken out', async () => {
  const clerk = await signIn(browser, 'town-dongshan', undefined, county.address)
  const { page } = clerk
  await page.goto('/ledgers')
  await page.getByRole('link', { name: '废弃机井封填' }).click()
  await page.getByRole('heading', { name: '废弃机井封填' }).waitFor()

  // One by hand: what the file asks for is asked, by the words of the file.
  await page.getByRole('button', { name: /登记$/ }).click()
  await page.getByRole('heading', { name: '登记：废弃机井封填' }).waitFor()
  await page.getByLabel('机井编号').fill('东山1号')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByText('请填写井深').waitFor()
  await page.getByText('请选择井型').waitFor()
  expect(await page.getByLabel('机井编号').inputValue()).toBe('东山1号')
  await choose(page, '所在乡镇或村', '东山镇')
  await page.getByLabel('井深').fill('45')
  await page.getByLabel('管井').check()
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByRole('heading', { name: '东山1号' }).waitFor()
  await openAction(page, '封填完成')
  await page.getByRole('dialog').getByLabel('封填日期').fill('2026-05-06')
  await page.getByRole('dialog').getByLabel('封填日期').press('Tab')
  await send(page, '封填完成')
  await page.getByText('已封填').first().waitFor()

  // The rest from a sheet, in which one row is wrong, one is there already and one is another town's.
  await page.goto('/ledgers/old-wells/import')
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(await sheet())
  await page.getByRole('button', { name: '读取文件' }).click()
  await page.getByText('共 5 行：可登记 2，已在台账中 1，有问题 2').waitFor()
  await page.getByText('井深（米）：“很深”不是数字').waitFor()
  await page.getByRole('button', { name: '开始导入' }).click()
  await page.getByText('已处理 5 / 5 行：登记 2，已在台账中 1，未导入 2').waitFor()
  await page.getByText('导入“机井.xlsx”：已完成').waitFor()

  // Done ÷ due by town, each number a way into its rows.
  await page.goto('/ledgers/old-wells/numbers')
  const areas = '按乡镇（开发区）'
  await page.getByRole('table', { name: areas }).waitFor()
  expect((await cellsOf(page, areas, '东山镇')).slice(1, 6)).toEqual(['3', '1', '33.3%', '2', '0'])
  await page.getByRole('table', { name: areas }).getByRole('link', { name: '东山镇应办 3 项，打开清单' }).click()
  await page.getByRole('status').filter({ hasText: '共 3 条' }).waitFor()

  // A town with nothing says so, and answers for it; the office sees whose word it is.
  const neighbour = await signIn(browser, 'town-xihe', undefined, county.address)
  await neighbour.page.goto('/ledgers/old-wells/numbers')
  await neighbour.page.getByRole('button', { name: '确认为零' }).click()
  await neighbour.page.getByLabel('排查确认的情况').fill('逐村排查，没有废弃机井')
  await send(neighbour.page, '确认为零')
  const office = await signIn(browser, 'anwei', undefined, county.address)
  await office.page.goto('/ledgers/old-wells/numbers')
  await office.page.getByText(/确认为零：逐村排查，没有废弃机井/).waitFor()

  await office.page.goto('/ledgers/old-wells')
  await office.page.getByRole('status').filter({ hasText: '共 3 条' }).waitFor()
  const taken = office.page.waitForEvent('download')
  await office.page.getByRole('button', { name: /导出$/ }).click()
  const book = await openWorkbook(await (await taken).path())
  const lines: string[][] = []
  for (const { name } of book.sheets)
    for await (const line of book.rows(name)) lines.push(line.cells.map(({ value }) => String(value ?? '')))
  book.close()
  const named = (name: string) => lines.find(([first]) => first === name)
  expect(named('东山1号')).toEqual(expect.arrayContaining(['已封填', '45', '管井', '2026-05-06']))
  expect(named('东山3号')).toEqual(expect.arrayContaining(['待封填', '12', '砖砌井']))
  expect(named('西河1号')).toBeUndefined()
  expect([clerk, neighbour, office].flatMap(({ faults }) => faults)).toEqual([])
})
