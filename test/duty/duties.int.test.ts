import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setHighRisk } from '#capabilities/directory/model/index.ts'
import {
  adjustRule,
  correctDeed,
  dutyCalendar,
  endExemption,
  exemptDuty,
  getDeed,
  getItem,
  listDeeds,
  listRules,
  myDuties,
  overdueFeed,
  reprojectRule,
  verifyDeed,
  voidDeed,
} from '#capabilities/duty/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'
import { dutyRig } from './rig.ts'

let product: TestProduct
let rig: ReturnType<typeof dutyRig>
let office: Actor
let office2: Actor
let town: Actor
const muzhen = '341723101'
const supervision = { rule: 'town-supervision', area: muzhen }

beforeAll(async () => {
  product = await openTestProduct('2024-02-05T09:00:00')
  rig = dutyRig(product)
  office = await product.as('anwei')
  office2 = await product.as('anwei2')
  town = await product.as('town-muzhen')
  await rig.advance()
}, 120_000)
afterAll(() => product?.close())
beforeEach(() => product.clock.set('2024-02-05T09:00:00'))

const quarter = (period: string) => rig.item(office, { ...supervision, period })

describe('督导 of a town, two distinct working days a quarter', () => {
  test('counts a Sunday that is worked, not a holiday, and only what somebody else has verified', async () => {
    product.clock.set('2024-02-20T09:00:00')
    const before = await quarter('2024-Q1')
    expect(before).toMatchObject({
      state: 'notDue',
      quota: 2,
      unit: 'days',
      done: 0,
      bodyName: '县安全生产委员会办公室',
    })
    // 4 February is a Sunday that is worked, 12 February a day off.
    const made = await rig.record(office, before, 'supervision', ['2024-02-12', '2024-02-04'])
    expect(made.output.state).toBe('unverified')
    expect(await quarter('2024-Q1')).toMatchObject({ done: 0, pending: 1 })
    const call = { recordId: made.recordId, version: 1, input: { accepted: true, opinion: '情况属实' } }
    expect(await refusalOf(product.run(office, verifyDeed, call))).toBe('duty.recorderCannotVerify')
    await product.run(office2, verifyDeed, call)
    expect(await quarter('2024-Q1')).toMatchObject({ done: 1, pending: 0, metOn: null })
    const view = await product.ask(office, getItem, { id: before.id })
    expect(view.marks.map(({ day, dayOff }) => [day, dayOff])).toEqual([
      ['2024-02-04', false],
      ['2024-02-12', true],
    ])
    const second = await rig.record(office2, before, 'supervision', ['2024-02-19'])
    expect(await quarter('2024-Q1')).toMatchObject({ done: 1, pending: 1, state: 'unverified' })
    await product.run(office, verifyDeed, { ...call, recordId: second.recordId })
    expect(await quarter('2024-Q1')).toMatchObject({ done: 2, state: 'met', metOn: '2024-02-19' })
  })

  test('is short with one day, and late when the second is made up for afterwards', async () => {
    product.clock.set('2024-05-06T09:00:00')
    const item = await quarter('2024-Q2')
    const one = await rig.record(office, item, 'supervision', ['2024-04-07'])
    const yes = { accepted: true, opinion: '情况属实' }
    await product.run(office2, verifyDeed, { recordId: one.recordId, version: 1, input: yes })
    product.clock.set('2024-07-10T09:00:00')
    expect(await quarter('2024-Q2')).toMatchObject({ state: 'short', done: 1 })
    const late = await rig.record(office, item, 'supervision', ['2024-07-09'], { makeUp: true })
    await product.run(office2, verifyDeed, { recordId: late.recordId, version: 1, input: yes })
    expect(await quarter('2024-Q2')).toMatchObject({ state: 'metLate', metOn: '2024-07-09' })
    // It makes up for the second quarter and is not counted for the third as well.
    expect(await quarter('2024-Q3')).toMatchObject({ done: 0 })
    await product.run(office, voidDeed, {
      recordId: late.recordId,
      version: 2,
      input: { reason: '日期填错，重新填报' },
    })
    expect(await quarter('2024-Q2')).toMatchObject({ state: 'short', done: 1 })
    product.clock.set('2024-10-08T09:00:00')
    expect(await quarter('2024-Q3')).toMatchObject({ state: 'missed' })
  })

  test('is seen by the town, recorded by whoever answers for it, and returned when it does not hold', async () => {
    product.clock.set('2024-11-05T09:00:00')
    const item = await rig.item(town, { ...supervision, period: '2024-Q4' })
    const refused = rig.record(town, item, 'supervision', ['2024-11-04'])
    expect(await refusalOf(refused)).toBe('duty.onlyBody')
    const made = await rig.record(office, item, 'supervision', ['2024-11-04'])
    const no = { accepted: false, opinion: '当天没有到现场' }
    await product.run(office2, verifyDeed, { recordId: made.recordId, version: 1, input: no })
    expect(await quarter('2024-Q4')).toMatchObject({ done: 0, pending: 0 })
    const again = { days: ['2024-11-01'], people: '督导组甲、乙', note: '更正日期' }
    const input = { ...again, reason: '日期记错，按签到表更正' }
    const corrected = await product.run(office, correctDeed, { recordId: made.recordId, version: 2, input })
    expect(corrected.output.state).toBe('unverified')
    expect(await quarter('2024-Q4')).toMatchObject({ done: 0, pending: 1 })
    const view = await product.ask(town, getDeed, { id: made.recordId })
    expect(view).toMatchObject({ state: 'unverified', days: ['2024-11-01'], items: [{ id: item.id }] })
    expect(view.timeline).toHaveLength(3)
    expect((await product.ask(office2, listDeeds, { states: ['unverified'] })).rows.map(({ id }) => id)).toContain(
      made.recordId,
    )
  })

  test('refuses days to come, days before the turn, a day twice, and a form of another duty', async () => {
    product.clock.set('2024-11-05T09:00:00')
    const item = await quarter('2024-Q4')
    const days = async (list: string[], form = 'supervision') => refusalOf(rig.record(office, item, form, list))
    expect(await days(['2024-11-06'])).toBe('duty.dayFuture')
    expect(await days(['2024-09-30'])).toBe('duty.dayTooEarly')
    expect(await days(['2024-11-04', '2024-11-04'])).toBe('duty.dayTwice')
    expect(await days(['2024-11-04'], 'drill')).toBe('duty.formOther')
  })
})

describe('a unit', () => {
  let unitId: string
  let principal: Actor

  beforeAll(async () => {
    product.clock.set('2024-08-12T09:00:00')
    unitId = await product.unit('履责五金厂', muzhen, 'industryTrade')
    principal = await rig.principal(unitId)
  })

  const of = (rule: string) => rig.items(office, { unitId, rule })

  test('has its duties from the turn it was registered in, in the transaction that registered it', async () => {
    expect((await of('principal-check-quarterly')).map(({ period }) => period)).toEqual(['2024-Q3', '2024-Q4'])
    expect(await of('principal-check-monthly')).toEqual([])
    expect((await of('drill-yearly')).map(({ period }) => period)).toEqual(['2024'])
  })

  test('records its own check with a photo; nobody does it in its place', async () => {
    product.clock.set('2024-08-20T09:00:00')
    const item = await rig.item(principal, { rule: 'principal-check-quarterly', period: '2024-Q3' })
    const mine = await product.ask(principal, getItem, { id: item.id })
    expect(mine.mayRecord).toEqual(['principal-check'])
    expect(await refusalOf(rig.record(office, item, 'principal-check', ['2024-08-19']))).toBe('duty.onlyUnit')
    const bare = rig.record(principal, item, 'principal-check', ['2024-08-19'], { attachments: [] })
    expect(await refusalOf(bare)).toBe('duty.filesMissing')
    await rig.record(principal, item, 'principal-check', ['2024-08-19'])
    expect(await rig.item(principal, { rule: 'principal-check-quarterly', period: '2024-Q3' })).toMatchObject({
      state: 'met',
      metOn: '2024-08-19',
    })
    // One check counts wherever it is asked for: the principal's check is a self-check too.
    expect(await rig.item(principal, { rule: 'fire-self-check', period: '2024-Q3' })).toMatchObject({ state: 'met' })
    expect((await rig.items(principal, {})).every((row) => row.unitId === unitId)).toBe(true)
  })

  test('that becomes high-risk is asked every month from now on, and its past stays as it was', async () => {
    product.clock.set('2024-11-20T09:00:00')
    const check = await rig.item(principal, { rule: 'principal-check-quarterly', period: '2024-Q4' })
    const past = await rig.item(office, { unitId, rule: 'principal-check-quarterly', period: '2024-Q3' })
    await rig.record(principal, check, 'principal-check', ['2024-11-19'])
    const input = { value: true, reason: '有熔融金属作业，按高危单位管理' }
    await product.run(office, setHighRisk, { recordId: unitId, version: 1, input })
    const monthly = await of('principal-check-monthly')
    // The check of the 19th counts for November although another rule asked for it then.
    expect(monthly.map(({ period, state }) => [period, state])).toEqual([
      ['2024-11', 'met'],
      ['2024-12', 'notDue'],
    ])
    const quarterly = await of('principal-check-quarterly')
    expect(quarterly.map(({ period }) => period)).toEqual(['2024-Q3', '2024-Q4'])
    expect(quarterly[0]).toEqual(past)
    expect((await of('drill-half-yearly')).map(({ period }) => period)).toEqual(['2024-H2'])
    expect(await of('drill-yearly')).toEqual([])
    const back = { value: false, reason: '熔炼工序已经停止，恢复一般管理' }
    await product.run(office, setHighRisk, { recordId: unitId, version: 2, input: back })
    expect((await of('principal-check-monthly')).map(({ period }) => period)).toEqual(['2024-11'])
    expect((await of('drill-yearly')).map(({ period }) => period)).toEqual(['2024'])
  })

  test('may be exempted with a reason, and owes it again when that ends', async () => {
    product.clock.set('2024-11-25T09:00:00')
    const item = await rig.item(office, { unitId, rule: 'drill-yearly' })
    const recordId = rig.fresh()
    const input = { itemId: item.id, from: '2024-01-01', to: '2024-12-31', reason: '整体搬迁，全年停工' }
    const made = await product.run(office, exemptDuty, { recordId, input })
    expect(made.output.items).toBe(1)
    expect(await rig.item(office, { unitId, rule: 'drill-yearly' })).toMatchObject({ state: 'exempt' })
    expect((await product.ask(office, getItem, { id: item.id })).exemptReason).toBe('整体搬迁，全年停工')
    expect(await refusalOf(product.run(office, exemptDuty, { input }))).toBe('duty.alreadyExempt')
    const reversed = { ...input, from: '2025-02-01', to: '2025-01-01' }
    expect(await refusalOf(product.run(office, exemptDuty, { input: reversed }))).toBe('duty.daysReversed')
    expect(await refusalOf(product.run(principal, exemptDuty, { input }))).toBe('core.notAllowed')
    await rig.advance(true)
    expect(await rig.item(office, { unitId, rule: 'drill-yearly' })).toMatchObject({ state: 'exempt' })
    const ended = { recordId, version: 1, input: { reason: '已复工，恢复履责' } }
    await product.run(office, endExemption, ended)
    expect(await rig.item(office, { unitId, rule: 'drill-yearly' })).toMatchObject({ state: 'notDue' })
  })
})

describe('rules', () => {
  const ruleNamed = async (rule: string) => {
    const { rules } = await product.ask(office, listRules, {})
    const found = rules.find((row) => row.rule === rule)
    if (!found) throw new Error(`no rule ${rule}`)
    return found
  }

  test('that are moved change what is to come; the past changes only where somebody says why', async () => {
    product.clock.set('2024-11-25T09:00:00')
    await rig.advance()
    const before = await rig.items(office, { rule: 'safety-month' })
    expect(before.map(({ period, state }) => [period, state])).toEqual([['2024', 'missed']])
    const rule = await ruleNamed('safety-month')
    const input = { from: '2024-07-01', until: '2026-12-31', reason: '首次活动并入当年消防月' }
    await product.run(office, adjustRule, { recordId: rule.id, version: rule.version, input })
    await rig.advance()
    expect(await rig.items(office, { rule: 'safety-month' })).toEqual(before)
    const late = { from: '2024-11-25', reason: '按调整后的日期重新推算' }
    const moved = await ruleNamed('safety-month')
    const call = { recordId: moved.id, version: moved.version }
    expect(await refusalOf(product.run(office, reprojectRule, { ...call, input: late }))).toBe('duty.reprojectFuture')
    await product.run(office, reprojectRule, { ...call, input: { ...late, from: '2024-01-01' } })
    expect(await ruleNamed('safety-month')).toMatchObject({ waiting: true, adjusted: true, from: '2024-07-01' })
    await rig.advance()
    expect(await rig.items(office, { rule: 'safety-month' })).toEqual([])
    expect(await ruleNamed('safety-month')).toMatchObject({ waiting: false })
  })

  test('are counted so that met, late, open and missed make up what is due', async () => {
    product.clock.set('2024-11-25T09:00:00')
    const { rules, progress } = await product.ask(office, listRules, {})
    expect(rules.length).toBeGreaterThan(40)
    for (const { due, met, late, open, missed } of rules) expect(met + late + open + missed).toBe(due)
    expect(progress).toMatchObject({ finished: true, total: rules.length })
    const [source] = product.product.modules.all
      .flatMap(({ mechanisms }) => mechanisms ?? [])
      .filter(({ kind }) => kind === 'duty')
    const asked = { ids: ['duty:town-supervision', 'duty:nothing', 'ledger:x'], asOf: '2024-07-08' }
    const standings = await source?.standings(product.context(office), asked)
    expect(standings).toEqual([
      {
        id: 'duty:town-supervision',
        due: 36,
        met: 1,
        late: 0,
        open: 12,
        missed: 23,
        nextDue: '2024-09-30',
        metOn: null,
        zeroConfirmed: false,
        list: '/duties/items?rule=town-supervision&begunBy=2024-07-08',
      },
    ])
    const ofTown = await source?.standings(product.context(town), { ...asked, area: muzhen })
    expect(ofTown?.[0]).toMatchObject({ due: 3, met: 1, open: 1, missed: 1 })
  })
})

test('everybody has a calendar, a list of what to do, and only their own', async () => {
  product.clock.set('2024-11-25T09:00:00')
  const own = await product.ask(town, dutyCalendar, { year: 2024 })
  expect(own.subject).toBe('木镇镇人民政府')
  expect(own.lines.map(({ rule }) => rule)).toContain('area-fire-risk-analysis')
  expect(own.lines.every(({ cells }) => cells.length > 0)).toBe(true)
  const todo = await product.ask(town, myDuties, {})
  expect(todo.overdue).toBeGreaterThan(0)
  expect(todo.rows.length).toBeGreaterThan(0)
  expect((await product.ask(office, myDuties, {})).toVerify).toBe(0)
  expect((await product.ask(office2, myDuties, {})).toVerify).toBeGreaterThan(0)
  const other = await rig.item(office, { rule: 'area-fire-risk-analysis', area: '341723102', period: '2024' })
  expect(await refusalOf(product.ask(town, getItem, { id: other.id }))).toBe('core.notFound')
  const foreign = rig.record(town, other, 'fire-risk-report', ['2024-11-01'])
  expect(await refusalOf(foreign)).toBe('duty.itemUnknown')
})

test('what is overdue can be read to the end, piece by piece', async () => {
  product.clock.set('2024-11-25T09:00:00')
  const all = await product.ask(office, overdueFeed, { size: 1000 })
  expect(all.next).toBeNull()
  expect(all.rows.length).toBeGreaterThan(60)
  expect(all.rows.every(({ daysLate }) => daysLate > 0)).toBe(true)
  const read: string[] = []
  for (let from: string | undefined; ; ) {
    const piece = await product.ask(office, overdueFeed, { size: 25, ...(from ? { from } : {}) })
    read.push(...piece.rows.map(({ id }) => id))
    if (piece.next === null) break
    from = piece.next
  }
  expect(read).toEqual(all.rows.map(({ id }) => id))
})

test('a recompute of everything finds what was counted deed by deed', async () => {
  product.clock.set('2024-11-25T09:00:00')
  const before = await rig.dump()
  expect(before.length).toBeGreaterThan(300)
  await rig.advance(true)
  expect(await rig.dump()).toEqual(before)
})
