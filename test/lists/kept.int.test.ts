import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Actor } from '#kernel/grants.ts'
import {
  dropFilter,
  keepColumns,
  keptForList,
  mostFilters,
  renameFilter,
  saveFilter,
  setDefaultFilter,
  updateFilter,
} from '#kernel/list/kept.ts'
import { verifyAudit } from '#platform/audit/verify.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
let office: Actor
let clerk: Actor

beforeAll(async () => {
  test = await openTestProduct()
  office = await test.as('anwei')
  clerk = await test.as('town-muzhen')
})
afterAll(() => test?.close())

const kept = (actor: Actor, list = 'hazards') => test.ask(actor, keptForList, { list })
const save = (actor: Actor, name: string, more: Partial<z.input<typeof saveFilter.input>> = {}) =>
  test.run(actor, saveFilter, { input: { list: 'hazards', name, filter: { overdue: true }, ...more } })
const names = async (actor: Actor, list?: string) => (await kept(actor, list)).filters.map(({ name }) => name)

describe('a saved filter', () => {
  it('belongs to its account and its list, and comes back as it was kept', async () => {
    const content = { filter: { states: ['closed'], area: '341723101' }, words: '状态：已销号', sort: '-dueOn' }
    await save(office, '木镇销号', { ...content, columns: ['number', 'dueOn'] })
    expect((await kept(office)).filters).toMatchObject([
      { name: '木镇销号', ...content, columns: ['number', 'dueOn'], isDefault: false },
    ])
    expect(await names(office, 'units')).toEqual([])
    expect(await names(clerk)).toEqual([])
  })

  it('is nobody else’s to change, or even to know of', async () => {
    const { recordId, version } = await save(office, '只是我的')
    for (const [contract, input] of [
      [renameFilter, { name: '改名' }],
      [dropFilter, {}],
      [setDefaultFilter, { isDefault: true }],
      [updateFilter, { filter: {} }],
    ] as const) {
      const refused = refusalOf(test.run(clerk, contract, { recordId, version, input: input as never }))
      expect(await refused, contract.id).toBe('core.notFound')
    }
    await test.run(office, dropFilter, { recordId, version, input: {} })
  })

  it('has a name of its own within its list', async () => {
    const { recordId, version } = await save(office, '逾期的')
    expect(await refusalOf(save(office, '逾期的'))).toBe('lists.filterNameTaken')
    expect(await refusalOf(save(office, '逾期的', { list: 'units' }))).toBe('accepted')
    const rename = (name: string) => test.run(office, renameFilter, { recordId, version, input: { name } })
    expect(await refusalOf(rename('木镇销号'))).toBe('lists.filterNameTaken')
    await rename('逾期未改')
    expect(await names(office)).toContain('逾期未改')
    expect(await refusalOf(rename('又改'))).toBe('core.staleVersion')
  })

  it('can take what the list shows now under its old name', async () => {
    const { recordId, version } = await save(clerk, '会变的')
    await test.run(clerk, updateFilter, {
      recordId,
      version,
      input: { filter: { level: 'major' }, words: '等级：重大' },
    })
    expect((await kept(clerk)).filters).toMatchObject([{ name: '会变的', filter: { level: 'major' }, sort: null }])
    const now = (await kept(clerk)).filters[0]
    await test.run(clerk, dropFilter, { recordId, version: now?.version ?? 0, input: {} })
    expect(await names(clerk)).toEqual([])
    // A name that was dropped is free again, and what was dropped stays so.
    expect(await refusalOf(test.run(clerk, renameFilter, { recordId, version: 3, input: { name: '回来' } }))).toBe(
      'core.wrongState',
    )
    expect(await refusalOf(save(clerk, '会变的'))).toBe('accepted')
  })

  it('opens the list when it is the default, which only one can be', async () => {
    const first = await save(office, '默认一')
    const second = await save(office, '默认二')
    const make = (one: { recordId: string; version: number }, isDefault = true) =>
      test.run(office, setDefaultFilter, { recordId: one.recordId, version: one.version, input: { isDefault } })
    await make(first)
    const { version } = await make(second)
    const defaults = async () => (await kept(office)).filters.filter((one) => one.isDefault).map(({ name }) => name)
    expect(await defaults()).toEqual(['默认二'])
    await make({ recordId: second.recordId, version }, false)
    expect(await defaults()).toEqual([])
  })

  it('is one of so many at most', async () => {
    const many = await test.as('town-rongcheng')
    for (let at = 0; at < mostFilters; at += 1) await save(many, `筛选${at}`)
    expect(await refusalOf(save(many, '再一个'))).toBe('lists.tooManyFilters')
    const one = (await kept(many)).filters[0]
    await test.run(many, dropFilter, { recordId: one?.id ?? '', version: one?.version ?? 0, input: {} })
    expect(await refusalOf(save(many, '再一个'))).toBe('accepted')
  })

  it('is turned away when it would not fit', async () => {
    expect(await refusalOf(save(office, '太大', { filter: { text: 'x'.repeat(5000) } }))).toBe('core.invalidInput')
  })
})

describe('the columns of a list', () => {
  it('follow the account, and go back to how the list was made', async () => {
    const layout = [
      { key: 'dueOn', shown: true },
      { key: 'number', shown: true },
      { key: 'level', shown: false },
    ]
    expect((await kept(office)).layout).toBeNull()
    await test.run(office, keepColumns, { input: { list: 'hazards', layout } })
    await test.run(office, keepColumns, { input: { list: 'hazards', layout: [...layout].reverse() } })
    expect((await kept(office)).layout).toEqual([...layout].reverse())
    expect((await kept(clerk)).layout).toBeNull()
    expect((await kept(office, 'units')).layout).toBeNull()
    await test.run(office, keepColumns, { input: { list: 'hazards', layout: null } })
    expect((await kept(office)).layout).toBeNull()
  })
})

it('all of it stands in the audit, unbroken', async () => {
  const { database, county, runner } = test.product
  const { faults, checked } = await verifyAudit(database.db, county, runner)
  expect(checked).toBeGreaterThan(40)
  expect(faults).toEqual([])
})
