import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listReceipts, setParameter } from '#capabilities/system/model/index.ts'
import * as t from '#capabilities/task/model/index.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'
import { fireOn, raiseAll } from '#test/kit/raising.ts'

const { amendTask, chaseTask, draftTask, extendTask, getTask, issueTask, listTasks, myPlanTasks, receiveTask } = t
const { acceptTask, reportTask, returnTask, submitTask, taskStandings, voidTask } = t

let test: TestProduct
let office: Actor
let office2: Actor
let town: Actor
let other: Actor
let department: Actor

beforeAll(async () => {
  test = await openTestProduct('2024-03-08T09:00:00')
  ;[office, office2, town, other, department] = (await Promise.all(
    ['anwei', 'anwei2', 'town-muzhen', 'town-rongcheng', 'transport'].map((login) => test.as(login)),
  )) as [Actor, Actor, Actor, Actor, Actor]
  await raiseAll(test)
})
afterAll(() => test?.close())

const view = (actor: Actor, id: string) => test.ask(actor, getTask, { id })
const act = async (actor: Actor, id: string, contract: ActionContract, input: object = {}) => {
  const { version } = await view(office, id)
  return test.run(actor, contract, { recordId: id, version, input })
}
const filingOf = async (bodyId: string, key = 'sub-plan') => {
  const { rows } = await test.ask(office, listTasks, { kind: 'filing', key, bodyId })
  const [row] = rows
  if (!row) throw new Error(`${bodyId} owes no ${key}`)
  return row
}
const paper = async (actor: Actor) => [await test.paper(actor, 'order')]
const drafted = async (input: object = {}) => {
  const recordId = newId(test.clock.now().getTime())
  const content = { title: '开展加油站专项检查', assigneeBodyId: 'town-muzhen', dueOn: '2024-12-31', ...input }
  await test.run(office, draftTask, { recordId, input: content })
  return recordId
}
const issued = async (input: object = {}) => {
  const id = await drafted(input)
  await act(office, id, issueTask)
  return id
}

describe('what the plan asks for', () => {
  it('is asked of every town the county supervises, the zone and every department, once', async () => {
    const { pack } = test.product
    const { rows, total } = await test.ask(office, listTasks, { key: 'sub-plan', size: 100 })
    const towns = pack.areas.filter(({ supervised }) => supervised).map(({ body }) => body ?? '')
    const departments = pack.bodies.filter(({ kind }) => kind === 'department').map(({ id }) => id)
    expect(rows.map(({ assigneeBodyId }) => assigneeBodyId).sort()).toEqual([...towns, ...departments].sort())
    expect(total).toBe(towns.length + departments.length)
    expect(new Set(rows.map(({ dueOn }) => dueOn))).toEqual(new Set(['2024-03-29']))
    expect(rows.map(({ assigneeBodyId }) => assigneeBodyId)).not.toContain('town-jiuhua-zhen')
    expect(await raiseAll(test)).toBe(0)
  })

  it('comes every year anew, and not before its day', async () => {
    const years = async () =>
      (await test.ask(office, listTasks, { key: 'duty-list', bodyId: 'town-muzhen' })).rows.map(({ period }) => period)
    expect(await years()).toEqual(['2024'])
    test.clock.set('2025-01-05T09:00:00')
    expect(await raiseAll(test)).toBeGreaterThan(0)
    expect((await years()).sort()).toEqual(['2024', '2025'])
    test.clock.set('2024-03-08T09:00:00')
  })
})

describe('a filing', () => {
  it('takes a paper, is judged by somebody of the issuer, and ends with a number of the year', async () => {
    const { id } = await filingOf('town-muzhen')
    const statement = '报送子实施方案'
    expect(await refusalOf(act(town, id, submitTask, { statement }))).toBe('task.paperMissing')
    await act(town, id, submitTask, { statement, attachments: await paper(town) })
    expect(await refusalOf(act(town, id, acceptTask, {}))).toBe('core.notAllowed')
    await act(office, id, returnTask, { reason: '没有写明牵头人' })
    const back = await view(town, id)
    expect([back.state, back.submissions.at(-1)?.returned?.reason]).toEqual(['returned', '没有写明牵头人'])
    await act(town, id, submitTask, { statement: '已补充牵头人', attachments: await paper(town) })
    const { output } = await act(office, id, acceptTask, { opinion: '同意备案' })
    expect(output).toEqual({ state: 'done', receipt: '备〔2024〕1号' })
    const done = await view(town, id)
    expect([done.lateness, done.attachments.length, done.receiptAt]).toEqual(['onTime', 2, '2024-03-08T01:00:00.000Z'])
  })

  it('is late by the day of the submission that was accepted, not of its acceptance', async () => {
    const [late, inTime] = [await filingOf('transport'), await filingOf('health')]
    const health = await test.as('health')
    test.clock.set('2024-03-29T17:00:00')
    await act(health, inTime.id, submitTask, { statement: '报送', attachments: await paper(health) })
    test.clock.set('2024-04-02T09:00:00')
    await act(department, late.id, submitTask, { statement: '报送', attachments: await paper(department) })
    test.clock.set('2024-04-10T09:00:00')
    for (const { id } of [inTime, late]) await act(office, id, acceptTask, {})
    expect(await view(office, inTime.id)).toMatchObject({ lateness: 'onTime', daysLate: 0 })
    expect(await view(office, late.id)).toMatchObject({ lateness: 'late', daysLate: 4 })
    const { rows } = await test.ask(office, taskStandings, { kind: 'filing' })
    const standing = rows.find(({ key }) => key === 'sub-plan')
    expect(standing).toMatchObject({ met: 2, late: 1, open: 0 })
    expect(standing?.missed).toBe((standing?.due ?? 0) - 3)
    expect(standing?.missing.map(({ name }) => name)).not.toContain('县交通运输局')
    const before = await test.ask(office, taskStandings, { kind: 'filing', asOf: '2024-03-28' })
    expect(before.rows.find(({ key }) => key === 'sub-plan')).toMatchObject({
      met: 1,
      late: 0,
      missed: 0,
      nextDue: '2024-03-29',
    })
    const { total } = await test.ask(office, listTasks, { key: 'sub-plan', lateness: 'overdue' })
    expect(total).toBe(standing?.missed)
  })
})

describe('a task by hand', () => {
  it('goes from draft to done, every step by whom it belongs to', async () => {
    const id = await drafted({ coBodyIds: ['transport'] })
    expect(await refusalOf(act(town, id, receiveTask))).toBe('core.wrongState')
    await act(office, id, amendTask, {
      title: '开展加油站检查',
      assigneeBodyId: 'town-muzhen',
      coBodyIds: ['transport'],
      dueOn: '2024-11-30',
    })
    await act(office, id, issueTask)
    expect(await refusalOf(act(department, id, receiveTask))).toBe('task.onlyAssignee')
    await act(town, id, receiveTask)
    await act(department, id, reportTask, { text: '已派两人参加' })
    expect(await refusalOf(act(department, id, submitTask, { statement: '完成' }))).toBe('task.onlyAssignee')
    await act(town, id, submitTask, { statement: '检查8家，问题已整改' })
    await act(office2, id, acceptTask, {})
    const done = await view(town, id)
    expect([done.state, done.receipt, done.reports.length]).toEqual(['done', null, 1])
    expect(done.timeline.map(({ title }) => title)).toEqual([
      '审核通过',
      '报送',
      '登记进展',
      '签收',
      '下达任务',
      '修改草拟的任务',
      '草拟任务',
    ])
  })

  it('is extended, chased and voided by the issuer alone, with a reason', async () => {
    const id = await issued()
    const later = { dueOn: '2025-01-31', reason: '道路施工，检查推迟' }
    expect(await refusalOf(act(town, id, extendTask, later))).toBe('core.notAllowed')
    // Whoever may issue, but in the name of another body.
    const stranger = await test.account('other-office', [
      { role: 'committeeOffice', area: '341723', bodyId: 'emergency-management' },
    ])
    expect(await refusalOf(act(stranger, id, extendTask, later))).toBe('task.onlyIssuer')
    expect(await refusalOf(act(office, id, extendTask, { ...later, dueOn: '2024-12-31' }))).toBe('task.notLater')
    expect(await refusalOf(act(office, id, extendTask, { ...later, reason: '' }))).toBe('core.invalidInput')
    await act(office, id, extendTask, later)
    await act(office, id, chaseTask, { words: '请抓紧' })
    const told = (await test.ask(office, listReceipts, { recordType: 'task', recordId: id })).rows.map(
      ({ title }) => title,
    )
    expect(told).toEqual(expect.arrayContaining(['催办：开展加油站专项检查', '期限延长：开展加油站专项检查']))
    await act(office, id, voidTask, { reason: '与另一任务重复' })
    expect(await view(town, id)).toMatchObject({
      state: 'void',
      dueOn: '2025-01-31',
      voided: { reason: '与另一任务重复' },
    })
    expect(await refusalOf(act(town, id, submitTask, { statement: '完成' }))).toBe('core.wrongState')
  })

  it('is not judged by who handed it in, with the same account or another of the same person', async () => {
    const personId = null
    const both = await test.account('both', [{ role: 'committeeOffice', area: '341723', bodyId: 'committee-office' }])
    const id = await issued({ assigneeBodyId: 'committee-office' })
    await act(both, id, submitTask, { statement: '完成' })
    expect(await refusalOf(act(both, id, acceptTask, {}))).toBe('task.reviewerIsSubmitter')
    expect(t.samePerson({ accountId: 'a', personId }, { accountId: 'b', personId })).toBe(false)
    expect(t.samePerson({ accountId: 'a', personId: 'p' }, { accountId: 'b', personId: 'p' })).toBe(true)
    await act(office, id, acceptTask, {})
  })

  it('names what is wrong with it', async () => {
    const refused = (input: object) => refusalOf(drafted(input))
    expect(await refused({ assigneeBodyId: 'nobody' })).toBe('task.bodyUnknown')
    expect(await refused({ coBodyIds: ['town-muzhen'] })).toBe('task.assigneeIsCo')
    expect(await refused({ dueOn: '2024-01-01' })).toBe('task.dueTooEarly')
    expect(
      await refusalOf(
        test.run(town, draftTask, { input: { title: '任务', assigneeBodyId: 'transport', dueOn: '2025-01-01' } }),
      ),
    ).toBe('core.notAllowed')
  })

  it('answers a second sending with the first result, and refuses an old version', async () => {
    const id = await issued()
    const { version } = await view(office, id)
    const call = { recordId: id, version, actionId: newId(1), input: {} }
    const first = await test.run(town, receiveTask, call)
    expect(await test.run(town, receiveTask, call)).toEqual({ ...first, replayed: true })
    expect(await refusalOf(test.run(office, chaseTask, { recordId: id, version, input: { words: '抓紧' } }))).toBe(
      'core.staleVersion',
    )
  })
})

describe('who sees it', () => {
  it('is the body it was given to, those who help, and the county; another town does not find it', async () => {
    const id = await issued({ coBodyIds: ['transport'] })
    for (const actor of [town, department, office]) expect((await view(actor, id)).id).toBe(id)
    expect(await refusalOf(view(other, id))).toBe('core.notFound')
    expect(await refusalOf(act(other, id, receiveTask))).toBe('core.notFound')
    const seen = async (actor: Actor) =>
      (await test.ask(actor, listTasks, { size: 200, text: '加油站' })).rows.map((row) => row.id)
    expect(await seen(department)).toContain(id)
    expect(await seen(other)).not.toContain(id)
    const { handle } = await test.ask(town, myPlanTasks, {})
    expect(handle.total).toBeGreaterThan(3)
  })
})

describe('its clock', () => {
  it('reminds before the day, on it and after it, each once, and stops when it was handed in', async () => {
    test.clock.set('2024-04-12T09:00:00')
    const [open, sent] = [await issued({ dueOn: '2024-06-28' }), await issued({ dueOn: '2024-06-28' })]
    for (const day of ['2024-06-20', '2024-06-21', '2024-06-21']) await fireOn(test, day)
    await act(town, sent, submitTask, { statement: '完成' })
    for (const day of ['2024-06-27', '2024-06-28', '2024-07-01', '2024-07-01', '2024-07-09']) await fireOn(test, day)
    const told = async (id: string) =>
      (await test.ask(office, listReceipts, { recordType: 'task', recordId: id })).rows
        .filter(({ title }) => /到期|超过期限/.test(title))
        .map(({ recipient, title }) => `${recipient} ${title.replace('开展加油站专项检查', '')}`)
        .sort()
    expect(await told(open)).toEqual([
      '县安全生产委员会办公室 已超过期限',
      '木镇镇人民政府 今天到期',
      '木镇镇人民政府 已超过期限',
      '木镇镇人民政府 还有1个工作日到期',
      '木镇镇人民政府 还有5个工作日到期',
    ])
    expect(await told(sent)).toEqual(['木镇镇人民政府 还有5个工作日到期'])
  })

  it('moves with the parameter, and says nothing of what was due before the system knew of it', async () => {
    test.clock.set('2024-07-10T09:00:00')
    const id = await issued({ dueOn: '2024-07-31' })
    const admin = await test.as('admin')
    const change = { id: 'task.reminder.workingDaysBefore', effectiveFrom: '2024-07-11', value: [2], instead: [5, 1] }
    await test.run(admin, setParameter, { input: { ...change, confidence: 'high', reason: '县里改定的提前天数' } })
    await test.product.environment.reload()
    const { environment, database, modules } = test.product
    for (const kind of modules.all.flatMap((module) => module.clocked ?? [])) await kind.rearm(environment, database.db)
    const { rows } = await database.pool.query('select rung from deadline where record_id = $1 order by fire_at', [id])
    expect(rows.map(({ rung }) => rung)).toEqual(['before-2', 'due', 'overdue'])
  })
})
