import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import * as criteria from '#capabilities/criteria/model/index.ts'
import * as directory from '#capabilities/directory/model/index.ts'
import * as duty from '#capabilities/duty/model/index.ts'
import * as hazard from '#capabilities/hazard/model/index.ts'
import * as identity from '#capabilities/identity/model/index.ts'
import * as ledger from '#capabilities/ledger/model/index.ts'
import * as ledgerimport from '#capabilities/ledgerimport/model/index.ts'
import { ledgerRig, row, workbook } from '#capabilities/ledgerimport/server/ledger.rig.ts'
import * as listing from '#capabilities/listing/model/index.ts'
import * as progress from '#capabilities/progress/model/index.ts'
import * as system from '#capabilities/system/model/index.ts'
import * as task from '#capabilities/task/model/index.ts'
import { neutraliseFormula } from '#kernel/chinese/text.ts'
import { operationPath, type QueryContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { namingOf, soundFilter, valueSchema } from '#kernel/list/filter.ts'
import { factsOf, type ListExport, type ListSpec } from '#kernel/list/list.ts'
import type { Page } from '#kernel/paging.ts'
import { hazardStage } from '#test/kit/hazard-stage.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { raiseAll } from '#test/kit/raising.ts'
import { takeOut } from '#test/kit/upload/files.ts'
import { openWeb } from '#test/kit/web.ts'
import { dutyRig } from '../duty/rig.ts'

/** Every export a capability declares is found by itself, so that a new list need not be written down here. */
const isExport = (value: unknown): value is ListExport<unknown> =>
  typeof value === 'object' && value !== null && 'list' in value && 'contract' in value
const exports = [
  ...[criteria, directory, duty, hazard, identity, ledger, ledgerimport, listing],
  ...[progress, system, task],
]
  .flatMap((model): unknown[] => Object.values(model))
  .filter(isExport)
  .map((one) => ({ ...one, title: one.list.title }))

/** Pages that are no lists of records: messages to one person, read one by one. */
const noLists = [system.listNotices.id]

let test: TestProduct
let office: Actor
let auditor: Actor
let importId: string

beforeAll(async () => {
  test = await openTestProduct()
  auditor = await test.as('auditor')
  const stage = await hazardStage(test)
  office = stage.office
  for (const [at, level] of ['major', 'general', 'general', 'major'].entries()) {
    const judgement = level === 'major' ? stage.major : { level: 'general' as const }
    const found = await stage.found(stage.inspector, { judgement, description: `第${at}条：配电箱没有防护门` })
    const reason = '隐患重大且整改难度大'
    if (level === 'major') {
      await test.run(office, listing.proposeListing, { input: { hazardId: found.id, level: 'county', reason } })
    }
    test.clock.advance(1000)
  }
  const body = { bodyId: 'town-muzhen', kind: 'principal', name: '书记甲' } as const
  await test.run(office, directory.addBodyPost, { input: body })
  const duties = dutyRig(test)
  await duties.advance()
  const turns = await duties.items(stage.office, { rule: 'town-supervision', period: '2026-Q4' })
  for (const turn of turns.slice(0, 3)) await duties.record(stage.office, turn, 'supervision', ['2026-11-23'])
  const town = await test.as('town-muzhen')
  for (const [at, plate] of ['皖17-00001', '=皖17-00002', '皖17-00003'].entries()) {
    const owner = { name: `机主${at}`, phone: '13812345678' }
    const item = { ledger: 'variant-tractors', title: plate, area: '341723101', fields: { owner } }
    await test.run(town, ledger.addItem, { input: item })
  }
  await raiseAll(test)
  for (const title of ['集中学习', '专题会商', '安委会全体会议']) {
    const meeting = { kind: 'study' as const, title, heldOn: '2026-11-20' as const, minutes: '学习安全生产重要论述' }
    await test.run(office, task.recordMeeting, { input: { ...meeting, people: ['张三'] } })
  }
  const web = await openWeb(test)
  const { cookie } = await web.signIn('anwei')
  for (let n = 0; n < 3; n += 1) await web.get(operationPath(system.auditExport.contract.id), cookie, {})
  await web.get(operationPath(hazard.hazardExport.contract.id), cookie, {})
  await web.close()
  const rows = [row('配电箱没有门'), row('灭火器过期'), row('')]
  importId = await ledgerRig(test).start(await workbook(rows), office)
})
afterAll(() => test?.close())

const permitted = (one: ListExport<unknown>) => {
  const may = (actor: Actor) => {
    const context = test.context(actor)
    return context.holds(one.contract.permission) && context.holds(one.list.contract.permission)
  }
  const actor = [office, auditor].find(may)
  if (!actor) throw new Error(`nobody here may take ${one.contract.id} out`)
  return actor
}

/** What a list cannot be asked without. */
const baseOf = (list: ListSpec<unknown>): object => ('id' in list.filter.shape ? { id: importId } : {})

/** One narrowing for every value a filter can be set to on the screen, as far as its values are known beforehand. */
function narrowings({ filter }: ListSpec<unknown>): object[] {
  return Object.keys(filter.shape).flatMap((name): object[] => {
    const schema = valueSchema(filter, name)
    const meaning = namingOf(filter, name)?.meaning
    if (schema instanceof z.ZodBoolean) return [{ [name]: true }, { [name]: false }]
    if (meaning === 'area') return [{ [name]: '341723100' }, { [name]: '341723101' }]
    if (meaning === 'sector') return [{ [name]: 'industryTrade' }, { [name]: 'campus' }]
    if (meaning === undefined || typeof meaning === 'string') return name === 'text' ? [{ [name]: '配电箱' }] : []
    const values = Object.keys(meaning)
    const all = values.map((value) => ({ [name]: schema instanceof z.ZodArray ? [value] : value }))
    // Words may name more than a filter takes: of the levels of listing, none is not one to narrow by.
    return all.filter((narrowing) => soundFilter(filter, narrowing).unsound.length === 0)
  })
}

const sortings = ({ columns }: ListSpec<unknown>): (string | undefined)[] => [
  undefined,
  ...columns.flatMap(({ sortKey }) => (sortKey ? [sortKey, `-${sortKey}`] : [])),
]

/** All rows the screen shows, turned page by page, in the words of the columns. */
async function onScreen(actor: Actor, list: ListSpec<unknown>, input: object): Promise<unknown[][]> {
  const facts = factsOf(list.columns)
  const cell = (value: string | number | null) =>
    value === '' ? null : typeof value === 'string' ? neutraliseFormula(value) : value
  const found: unknown[][] = []
  for (let page = 1; ; page += 1) {
    const answer: Page<unknown> = await test.ask(actor, list.contract, { ...input, page, size: 20 })
    found.push(...answer.rows.map((one) => facts.map((fact) => cell(fact.text(one)))))
    if (page * 20 >= answer.total) return found
  }
}

async function inFile(actor: Actor, { list, contract }: ListExport<unknown>, input: object) {
  const columns = list.columns.map(({ key }) => key)
  const { sheets } = await takeOut(test, actor, contract, { ...input, columns })
  return sheets[0]?.rows.map((line) => factsOf(list.columns).map((_, at) => line[at] ?? null))
}

describe('every list', () => {
  it('that is turned page by page can be taken out', () => {
    const pages = test.product.modules.all
      .flatMap((module) => module.queries ?? [])
      .map(({ contract }): QueryContract => contract)
      .filter(({ input }) => input instanceof z.ZodObject && 'page' in input.shape)
      .map(({ id }) => id)
    // One read may be several lists: tasks and filings are.
    const listed = new Set([...exports.map(({ list }) => list.contract.id), ...noLists])
    expect([...listed].sort()).toEqual(pages.sort())
    const files = test.product.modules.all
      .flatMap((module) => module.downloads ?? [])
      .map(({ contract }) => contract.id)
    expect(files).toEqual(expect.arrayContaining(exports.map(({ contract }) => contract.id)))
  })

  it('has a name of its own, and columns that are told apart', () => {
    const ids = exports.map(({ list }) => list.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { list } of exports) {
      const keys = list.columns.map(({ key }) => key)
      expect(new Set(keys).size, list.id).toBe(keys.length)
      const titles = factsOf(list.columns).map(({ title }) => title)
      expect(new Set(titles).size, list.id).toBe(titles.length)
    }
  })

  it.each(exports)('$title leaves with exactly its rows, however it is sorted', async (one) => {
    const actor = permitted(one)
    for (const sort of sortings(one.list)) {
      const input = { ...baseOf(one.list), ...(sort ? { sort } : {}) }
      const seen = await onScreen(actor, one.list, input)
      expect(seen.length, `${one.list.id} is empty and proves nothing`).toBeGreaterThan(0)
      expect(await inFile(actor, one, input), `sorted by ${sort}`).toEqual(seen)
    }
  })

  it.each(exports)('$title leaves with exactly its rows, however it is narrowed', async (one) => {
    const actor = permitted(one)
    for (const narrowing of narrowings(one.list)) {
      const input = { ...baseOf(one.list), ...narrowing }
      const seen = await onScreen(actor, one.list, input)
      expect(await inFile(actor, one, input), JSON.stringify(narrowing)).toEqual(seen)
    }
  })
})
