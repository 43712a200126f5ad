import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addEvidence,
  addItem,
  confirmZero,
  editItem,
  freezeStock,
  getItem,
  getLedger,
  ledgerOverview,
  ledgerStatistics,
  liftZero,
  listItems,
  moveItem,
  reachMilestone,
  voidItem,
} from '#capabilities/ledger/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'

/** The engine on a library's loans: nothing of work safety is in it, and nothing of this ledger in the code. */
let test: TestProduct
let office: Actor
let department: Actor
let east: Actor
let west: Actor
const [town, otherTown] = ['990101100', '990101101']
const ledger = 'library-loans'

beforeAll(async () => {
  test = await openTestProduct('2026-06-01T09:00:00', '_neutral')
  office = await test.as('anwei')
  department = await test.as('emergency')
  east = await test.as('town-dongshan')
  west = await test.as('town-xihe')
})
afterAll(() => test?.close())

let copies = 0
const loan = (more: object = {}) => {
  copies += 1
  return {
    copyNo: `AB${String(copies).padStart(4, '0')}`,
    kind: 'novel',
    borrower: { name: '张三', phone: '13812345678' },
    borrowedOn: '2026-05-01',
    pages: 300,
    ...more,
  }
}
const lend = (actor: Actor, fields: object = loan(), more: object = {}) =>
  test.run(actor, addItem, { input: { ledger, title: '围城', area: town, fields: { ...fields }, ...more } })
const fieldsOf = async (work: Promise<unknown>) =>
  work.then(
    () => [],
    (error) => error.fields.map((one: { path: string; message: string }) => `${one.path}：${one.message}`),
  )

describe('an item', () => {
  it('is entered, and counts by its own clock', async () => {
    const { recordId } = await lend(east)
    const item = await test.ask(east, getItem, { id: recordId })
    expect(item).toMatchObject({
      title: '围城',
      stateLabel: '借出',
      dueOn: '2026-06-30',
      lateness: 'open',
      stock: false,
    })
    expect(item.computed.kept).toEqual({ words: '31 天', warns: false })
    expect(item.timeline.map(({ summary }) => summary)).toEqual(['登记“围城”'])
  })

  it('is refused with every field named that is missing or wrong', async () => {
    const wrong = { copyNo: 'x', kind: 'poem', borrowedOn: '2026-09-01', pages: -1, rare: true }
    expect(await fieldsOf(lend(east, wrong))).toEqual([
      'fields.copyNo：馆藏号的格式不正确，请核对',
      'fields.kind：类别请在所列选项中选择',
      'fields.borrower：请填写借阅人',
      'fields.borrowedOn：借出日期不能晚于今天',
      'fields.pages：页数不能小于1',
      'fields.permit：请填写外借批准文号',
    ])
  })

  it('is not entered twice, unless the first one was void', async () => {
    const fields = loan()
    const { recordId, version } = await lend(east, fields)
    expect(await refusalOf(lend(east, fields))).toBe('ledger.alreadyThere')
    await test.run(east, voidItem, { recordId, version, input: { reason: '登记时写错馆藏号' } })
    expect(await refusalOf(lend(east, fields))).toBe('accepted')
    expect(
      await refusalOf(
        test.run(east, addEvidence, {
          recordId,
          version: version + 1,
          input: { attachments: [await test.paper(east, 'other')] },
        }),
      ),
    ).toBe('ledger.voided')
  })

  it('goes only where its ledger lets it, with what each step needs', async () => {
    const { recordId } = await lend(east)
    let version = 1
    const step = async (actor: Actor, input: object) => {
      const result = await test.run(actor, moveItem, { recordId, version, input: { move: '', ...input } })
      version = result.version
      return result.output.state
    }
    expect(await refusalOf(step(east, { move: 'pay' }))).toBe('ledger.moveUnknown')
    expect(await fieldsOf(step(east, { move: 'return' }))).toEqual(['fields.returnedOn：请填写归还日期'])
    expect(await fieldsOf(step(east, { move: 'report' }))).toEqual(['reason：请写明理由（至少4个字）'])
    expect(await step(east, { move: 'report', reason: '读者说丢在车上' })).toBe('lost')
    expect(await refusalOf(step(east, { move: 'pay', fields: { paid: 30 } }))).toBe('ledger.notYours')
    expect(await refusalOf(step(department, { move: 'pay', fields: { paid: 30 } }))).toBe('ledger.moveBlocked')
    const reached = await test.run(east, reachMilestone, {
      recordId,
      version,
      input: { milestone: 'called', note: '已通话' },
    })
    version = reached.version
    expect(await fieldsOf(step(department, { move: 'pay', fields: { paid: 30 } }))).toEqual([
      'attachments：赔偿办结要有佐证材料，请上传',
    ])
    const attachments = [await test.paper(department, 'other')]
    expect(await step(department, { move: 'pay', fields: { paid: 30 }, attachments })).toBe('paid')
    const item = await test.ask(office, getItem, { id: recordId })
    expect(item).toMatchObject({ stateType: 'closed', doneOn: '2026-06-01', lateness: 'met', fields: { paid: 30 } })
    expect(item.attachments).toHaveLength(1)
  })

  it('is corrected with a reason, its files kept', async () => {
    const cover = await test.paper(east, 'other')
    const { recordId, version } = await lend(east, loan({ cover: [cover] }))
    const { fields } = await test.ask(east, getItem, { id: recordId })
    expect(fields.cover).toEqual([cover.uploadId])
    await test.run(east, editItem, {
      recordId,
      version,
      input: { fields: { ...fields, cover: undefined, pages: 12 }, reason: '页数写错了' },
    })
    expect((await test.ask(east, getItem, { id: recordId })).fields).toMatchObject({
      cover: [cover.uploadId],
      pages: 12,
    })
  })
})

describe('who sees it', () => {
  it('another town does not find it, in a list, a number or by its id', async () => {
    const { recordId, version } = await lend(east)
    expect(await refusalOf(test.ask(west, getItem, { id: recordId }))).toBe('core.notFound')
    expect(await refusalOf(test.run(west, voidItem, { recordId, version, input: { reason: '不是我们镇的' } }))).toBe(
      'core.notFound',
    )
    expect((await test.ask(west, listItems, { ledger })).total).toBe(0)
    expect((await test.ask(west, ledgerStatistics, { ledger })).total.due).toBe(0)
    expect(await refusalOf(lend(west))).toBe('core.notAllowed')
  })
})

describe('the list of a ledger', () => {
  it('is narrowed by what its pack declares, and by nothing else', async () => {
    await lend(east, loan({ kind: 'history', marks: ['worn'], pages: 4000, branch: otherTown, rare: false }))
    const find = async (more: object) => (await test.ask(office, listItems, { ledger, ...more })).total
    expect(await find({ x_kind: ['history'] })).toBe(1)
    expect(await find({ x_marks: ['worn', 'noted'] })).toBe(1)
    expect(await find({ x_pages_from: 3999, x_pages_to: 4001 })).toBe(1)
    expect(await find({ x_branch: otherTown })).toBe(1)
    expect(await find({ x_rare: false })).toBe(1)
    expect(await find({ x_borrowedOn_from: '2026-05-02' })).toBe(0)
    expect(await find({ text: '张三围城' })).toBe(0)
    expect(await find({ text: '围城' })).toBeGreaterThan(3)
    expect(await refusalOf(find({ x_pages: 3 }))).toBe('core.invalidInput')
    expect(await refusalOf(find({ x_weight_from: 3 }))).toBe('core.invalidInput')
    expect(await refusalOf(find({ x_kind: ['poem'] }))).toBe('core.invalidInput')
  })
})

describe('numbers', () => {
  it('are counted as of any day, by area, with the stock apart from what was added', async () => {
    const before = await test.ask(office, ledgerStatistics, { ledger, asOf: '2024-05-01' })
    expect(before.total.due).toBe(0)
    const old = await lend(east, loan({ borrowedOn: '2024-02-01' }), { listedOn: '2024-02-01' })
    await lend(east, loan({ borrowedOn: '2024-04-02' }), { listedOn: '2024-04-02' })
    const input = { move: 'return', on: '2024-04-20', fields: { returnedOn: '2024-04-20' } }
    await test.run(east, moveItem, { recordId: old.recordId, version: old.version, input })
    const at = (asOf: string) => test.ask(office, ledgerStatistics, { ledger, asOf })
    expect((await at('2024-01-31')).total.due).toBe(0)
    expect((await at('2024-02-01')).total).toMatchObject({ due: 1, open: 1 })
    expect((await at('2024-04-10')).total).toMatchObject({ due: 2, open: 1, missed: 1 })
    const then = await at('2024-05-01')
    expect(then.total).toEqual({ due: 2, met: 0, late: 1, open: 1, missed: 0 })
    expect([then.stock, then.additions]).toMatchObject([
      { due: 1, late: 1 },
      { due: 1, open: 1 },
    ])
    const { output } = await test.run(office, freezeStock, {
      input: { ledger, on: '2024-04-30', reason: '以四月底清点为准' },
    })
    expect(output.stock).toBe(2)
    expect((await at('2024-05-01')).stock?.due).toBe(2)
    const now = await test.ask(office, ledgerOverview, {})
    const row = now.ledgers.find(({ id }) => id === ledger)
    expect(row && row.met + row.late + row.open + row.missed).toBe(row?.due)
    expect(row?.areas.find(({ area }) => area === town)?.due).toBe(row?.due)
    const { indicators } = await test.ask(office, ledgerStatistics, { ledger })
    expect(indicators).toMatchObject([{ id: 'pagesOut' }, { id: 'paidSum', words: '0.003万元' }])
  })

  it('say of an empty town who confirmed it, and lose that word with the first item', async () => {
    const zero = { ledger, area: otherTown, statement: '逐柜清点，没有外借' }
    expect(await refusalOf(test.run(east, confirmZero, { input: { ...zero, area: town } }))).toBe('ledger.notEmpty')
    expect(await refusalOf(test.run(east, confirmZero, { input: zero }))).toBe('core.notAllowed')
    const { recordId, version } = await test.run(west, confirmZero, { input: zero })
    expect(await refusalOf(test.run(west, confirmZero, { input: zero }))).toBe('ledger.zeroConfirmed')
    const seen = async () =>
      (await test.ask(office, ledgerStatistics, { ledger })).areas.find(({ area }) => area === otherTown)?.zero
    expect(await seen()).toMatchObject({ on: '2026-06-01', statement: '逐柜清点，没有外借' })
    const { recordId: id, version: seenVersion } = await lend(west, loan(), { area: otherTown })
    expect(await seen()).toBeNull()
    await test.run(west, voidItem, { recordId: id, version: seenVersion, input: { reason: '登记到了别的镇' } })
    expect(await seen()).toMatchObject({ on: '2026-06-01' })
    await test.run(west, liftZero, { recordId, version, input: { reason: '又查出一册' } })
    expect(await seen()).toBeNull()
  })

  it('are told to the wall of clauses', async () => {
    const source = test.product.modules.all.flatMap((one) => one.mechanisms ?? []).find(({ kind }) => kind === 'ledger')
    expect(source?.mechanisms()).toEqual([
      { id: 'ledger:library-loans', title: '图书借阅台账', path: '/ledgers/library-loans' },
    ])
    const question = { ids: ['ledger:library-loans', 'ledger:other', 'duty:x'], asOf: '2026-06-01' }
    const [standing, ...more] = (await source?.standings(test.context(office), question)) ?? []
    expect(more).toEqual([])
    const { total } = await test.ask(office, ledgerStatistics, { ledger })
    expect(standing).toMatchObject({
      ...total,
      id: 'ledger:library-loans',
      zeroConfirmed: false,
      list: '/ledgers/library-loans',
    })
    const [empty] = (await source?.standings(test.context(office), { ...question, area: otherTown })) ?? []
    expect(empty).toMatchObject({ due: 0, zeroConfirmed: false })
  })
})

it('tells the browser what the ledger is', async () => {
  const view = await test.ask(east, getLedger, { ledger })
  expect(view).toMatchObject({
    mayAdd: true,
    mayImport: true,
    mayFreeze: false,
    mayConfirm: true,
    stockOn: '2024-04-30',
  })
  expect(view.ledger.fields).toHaveLength(21)
})
