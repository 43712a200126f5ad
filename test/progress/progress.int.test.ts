import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listHazards } from '#capabilities/hazard/model/index.ts'
import * as p from '#capabilities/progress/model/index.ts'
import { listReceipts, setParameter } from '#capabilities/system/model/index.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { hazardStage } from '#test/kit/hazard-stage.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'
import { fireOn, raiseAll } from '#test/kit/raising.ts'

const { acceptReturn, chaseReturn, correctReturn, endorseReturn, getReturn, listPeriods, listReturns, lockPeriod } = p
const { myReturns, sendBackReturn, submitReturn } = p

let test: TestProduct
let office: Actor
let office2: Actor
let town: Actor
let clerk: Actor
let other: Actor
const words = { progress: '按方案推进，完成本期检查', problems: '无', next: '继续推进' }

beforeAll(async () => {
  test = await openTestProduct('2026-06-01T09:00:00')
  ;[office, office2, town, clerk, other] = (await Promise.all(
    ['anwei', 'anwei2', 'town-muzhen', 'town-muzhen-jc', 'town-rongcheng'].map((login) => test.as(login)),
  )) as [Actor, Actor, Actor, Actor, Actor]
  const stage = await hazardStage(test)
  await stage.found(stage.inspector, { judgement: stage.major })
  await stage.found(stage.inspector, { judgement: { level: 'general' } })
  await raiseAll(test)
})
afterAll(() => test?.close())

const find = async (bodyId: string, period = '2026年第二季度') => {
  const { rows } = await test.ask(office, listReturns, { bodyId, size: 50 })
  const row = rows.find((one) => one.period === period)
  if (!row) throw new Error(`no return of ${bodyId} for ${period}`)
  return row.id
}
const view = (actor: Actor, id: string) => test.ask(actor, getReturn, { id })
const act = async (actor: Actor, id: string, contract: ActionContract, input: object = {}) => {
  const { version } = await view(office, id)
  return test.run(actor, contract, { recordId: id, version, input })
}
const lock = async (name: string, actor = office) => {
  const { periods } = await test.ask(office, listPeriods, {})
  const period = periods.find((one) => one.name === name)
  return test.run(actor, lockPeriod, { recordId: period?.id ?? '', version: period?.version ?? 0, input: {} })
}

describe('periods', () => {
  it('begin with a return for every body of the plan, and none twice', async () => {
    const { periods } = await test.ask(office, listPeriods, {})
    expect(periods.map(({ name }) => name).slice(0, 2)).toEqual(['2026年第二季度', '2026年第一季度'])
    expect(periods).toHaveLength(9)
    const { pack } = test.product
    const bodies =
      pack.areas.filter(({ supervised }) => supervised).length +
      pack.bodies.filter(({ kind }) => kind === 'department').length
    expect(new Set(periods.map((one) => one.bodies))).toEqual(new Set([bodies]))
    // The quarter ends on a Tuesday; five working days later it is due.
    expect(periods[0]).toMatchObject({ opensOn: '2026-06-25', dueOn: '2026-07-07', state: 'open', mayLock: false })
    expect(await raiseAll(test)).toBe(0)
  })

  it('cannot be handed in before they open, nor locked before they are due', async () => {
    const id = await find('town-muzhen')
    expect(await refusalOf(act(clerk, id, submitReturn, words))).toBe('progress.notOpen')
    expect(await refusalOf(lock('2026年第二季度'))).toBe('progress.notDue')
    expect(await refusalOf(lock('2026年第一季度', town))).toBe('core.notFound')
  })
})

describe('the numbers', () => {
  it('are what the lists behind them hold, for a town by its area and a department by its sectors', async () => {
    for (const bodyId of ['town-muzhen', 'town-rongcheng', 'public-security', 'fire-rescue', 'emergency-management']) {
      const { numberRows } = await view(office, await find(bodyId))
      const hazards = numberRows.filter(({ id }) => id.startsWith('hazard.'))
      expect(hazards).toHaveLength(Object.keys(p.hazardNumbers).length)
      for (const { id, live, list } of hazards.filter((row) => row.list !== null)) {
        const query = new URLSearchParams(list?.split('?')[1])
        const filter = Object.fromEntries(
          [...query].map(([name, text]) => [name, /^(true|\[)/.test(text) ? JSON.parse(text) : text]),
        )
        expect([bodyId, id, live]).toEqual([bodyId, id, (await test.ask(office, listHazards, filter)).total])
      }
    }
    const sum = async (number: string) => {
      const { pack } = test.product
      const values = await Promise.all(
        pack.areas
          .filter(({ supervised }) => supervised)
          .map(
            async ({ body }) =>
              (await view(office, await find(body ?? ''))).numberRows.find(({ id }) => id === number)?.live ?? 0,
          ),
      )
      return values.reduce((all, one) => all + one, 0)
    }
    expect([await sum('hazard.found'), await sum('hazard.majorFound')]).toEqual([2, 1])
  })

  it('tell the tasks of the body as well', async () => {
    const { numberRows } = await view(office, await find('town-muzhen'))
    const of = (id: string) => numberRows.find((row) => row.id === id)?.live ?? -1
    expect(of('task.due')).toBeGreaterThan(5)
    expect(of('task.met') + of('task.missed')).toBeLessThanOrEqual(of('task.due'))
    expect(of('task.missed')).toBeGreaterThan(0)
  })
})

describe('a return', () => {
  it('goes from the clerk to the head of the body to the committee office, each another person', async () => {
    test.clock.set('2026-06-26T09:00:00')
    const id = await find('town-muzhen')
    expect(await refusalOf(act(other, id, submitReturn, words))).toBe('core.notFound')
    const waits = await test.ask(clerk, myReturns, {})
    // Those of the quarters before were never sent in, and stand first.
    expect(waits.fill.total).toBeGreaterThan(waits.fill.rows.length)
    const due = waits.fill.rows.map((row) => row.dueOn)
    expect(due).toEqual([...due].sort())
    expect([waits.endorse.total, waits.accept.total]).toEqual([0, 0])
    await act(clerk, id, submitReturn, words)
    expect((await test.ask(clerk, myReturns, {})).fill.total).toBe(waits.fill.total - 1)
    expect((await test.ask(town, myReturns, {})).endorse.rows.map((row) => row.id)).toEqual([id])
    expect(await refusalOf(act(clerk, id, endorseReturn))).toBe('core.notAllowed')
    expect(await refusalOf(act(office, id, sendBackReturn, { reason: '内容太少' }))).toBe('progress.onlyHead')
    expect(await refusalOf(act(office, id, acceptReturn))).toBe('core.wrongState')
    await act(town, id, sendBackReturn, { reason: '补充下一步安排' })
    await act(clerk, id, submitReturn, { ...words, next: '七月开展夏季检查' })
    await act(town, id, endorseReturn, { opinion: '同意' })
    expect(await refusalOf(act(town, id, sendBackReturn, { reason: '再改一改' }))).toBe('progress.onlyOffice')
    await act(office, id, acceptReturn, {})
    const done = await view(office, id)
    expect([done.state, done.lateness, done.returns.length, done.next]).toEqual([
      'accepted',
      'onTime',
      1,
      '七月开展夏季检查',
    ])
    expect(done.numberRows.every(({ frozen, live }) => frozen === live)).toBe(true)
  })

  it('signed by the head who filled it in goes to the office at once; nobody accepts their own work', async () => {
    const id = await find('town-rongcheng')
    const { output } = await act(other, id, submitReturn, words)
    expect(output).toEqual({ state: 'endorsed' })
    const both = await test.account('both', [
      { role: 'committeeOffice', area: '341723', bodyId: 'committee-office' },
      { role: 'town', area: '341723102', bodyId: 'town-miaoqian' },
    ])
    const own = await find('town-miaoqian')
    await act(both, own, submitReturn, words)
    expect(await refusalOf(act(both, own, acceptReturn, {}))).toBe('progress.ownWork')
    await act(office, own, acceptReturn, {})
  })

  it('is found by its body and the county only, and answers a second sending with the first result', async () => {
    const id = await find('town-lingyang')
    expect(await refusalOf(view(town, id))).toBe('core.notFound')
    const { rows } = await test.ask(town, listReturns, { size: 50 })
    expect(new Set(rows.map(({ bodyId }) => bodyId))).toEqual(new Set(['town-muzhen']))
    const lingyang = await test.as('town-lingyang')
    const { version } = await view(lingyang, id)
    const call = { recordId: id, version, actionId: newId(1), input: words }
    const first = await test.run(lingyang, submitReturn, call)
    expect(await test.run(lingyang, submitReturn, call)).toEqual({ ...first, replayed: true })
    expect(await refusalOf(test.run(lingyang, submitReturn, { ...call, actionId: newId(2) }))).toBe('core.staleVersion')
  })
})

describe('chasing', () => {
  it('is done by the clock before, on and after the day, once each, and by hand', async () => {
    test.clock.set('2026-07-01T09:00:00')
    const id = await find('town-dingqiao')
    await act(office, id, chaseReturn, { words: '请抓紧报送' })
    for (const day of [
      '2026-07-02',
      '2026-07-02',
      '2026-07-06',
      '2026-07-07',
      '2026-07-08',
      '2026-07-08',
      '2026-07-20',
    ]) {
      await fireOn(test, day)
    }
    const { rows } = await test.ask(office, listReceipts, { recordType: 'progressReturn', recordId: id })
    const told = rows.map(({ recipient, title }) => `${recipient} ${title.replace('2026年第二季度进展', '')}`).sort()
    expect(told).toEqual([
      '丁桥镇人民政府 催报：',
      '丁桥镇人民政府 报送今天到期',
      '丁桥镇人民政府 报送已超过期限',
      '丁桥镇人民政府 报送还有1个工作日到期',
      '丁桥镇人民政府 报送还有3个工作日到期',
      '县安全生产委员会办公室 报送已超过期限',
    ])
    expect((await view(office, id)).lateness).toBe('overdue')
    expect((await test.ask(office, listPeriods, {})).periods[0]?.overdue.map(({ name }) => name)).toContain(
      '丁桥镇人民政府',
    )
  })
})

describe('a locked period', () => {
  it('takes nothing in any more; what is missing stays missing', async () => {
    const late = await find('town-ducun')
    const ducun = await test.as('town-ducun')
    await act(ducun, late, submitReturn, words)
    expect(await view(office, late)).toMatchObject({ lateness: 'late' })
    expect((await view(office, late)).daysLate).toBeGreaterThan(5)
    await lock('2026年第二季度')
    const missing = await find('town-dingqiao')
    expect(await refusalOf(act(await test.as('town-dingqiao'), missing, submitReturn, words))).toBe(
      'progress.periodLocked',
    )
    expect(await refusalOf(act(office, late, sendBackReturn, { reason: '改一改' }))).toBe('progress.periodLocked')
    expect(await view(office, missing)).toMatchObject({ lateness: 'missing', locked: true })
  })

  it('is corrected with a reason, and the frozen number stays beside the corrected and the live one', async () => {
    const id = await find('town-muzhen')
    const before = (await view(office, id)).numberRows.find((row) => row.id === 'hazard.found')
    const input = { number: 'hazard.found', to: (before?.frozen ?? 0) + 3, reason: '漏计三条群众举报' }
    expect(await refusalOf(act(town, id, correctReturn, input))).toBe('core.notAllowed')
    expect(await refusalOf(act(office, id, correctReturn, { ...input, number: 'nothing' }))).toBe(
      'progress.numberUnknown',
    )
    await act(office2, id, correctReturn, input)
    expect(await refusalOf(act(office2, id, correctReturn, input))).toBe('progress.sameNumber')
    const after = await view(office, id)
    expect(after.numberRows.find((row) => row.id === 'hazard.found')).toMatchObject({ ...before, value: input.to })
    expect(after.correctionRows).toMatchObject([{ from: before?.frozen, to: input.to, reason: input.reason }])
    expect(after.numbers['hazard.found']).toBe(input.to)
  })
})

it('another length of the period takes effect with the next one', async () => {
  test.clock.set('2026-07-21T09:00:00')
  await raiseAll(test)
  const change = { id: 'progress.period', effectiveFrom: '2026-08-01', value: 'month', instead: 'quarter' }
  const bad = { ...change, value: 'weekly', confidence: 'high' as const, reason: '县安委会议定每周报送' }
  const admin = await test.as('admin')
  expect(await refusalOf(test.run(admin, setParameter, { input: bad }))).toBe('system.parameterKind')
  await test.run(admin, setParameter, { input: { ...bad, value: 'month', reason: '县安委会议定每月报送' } })
  await test.product.environment.reload()
  test.clock.set('2026-11-03T09:00:00')
  await raiseAll(test)
  const { periods } = await test.ask(office, listPeriods, {})
  expect(periods.slice(0, 4).map(({ name }) => name)).toEqual([
    '2026年11月',
    '2026年10月',
    '2026年第三季度',
    '2026年第二季度',
  ])
})
