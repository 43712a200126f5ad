import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as t from '#capabilities/task/model/index.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import type { Standing } from '#platform/module/module.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'
import { raiseAll } from '#test/kit/raising.ts'
import { takeOut } from '#test/kit/upload/files.ts'

const { addMinutes, editChain, getMeeting, getTask, listChains, listMeetings, listTasks, planStages } = t
const { recordMeeting, voidMeeting } = t

let test: TestProduct
let office: Actor
let town: Actor
let other: Actor
let department: Actor

beforeAll(async () => {
  test = await openTestProduct('2024-04-10T09:00:00')
  ;[office, town, other, department] = (await Promise.all(
    ['anwei', 'town-muzhen', 'town-rongcheng', 'ecology-environment'].map((login) => test.as(login)),
  )) as [Actor, Actor, Actor, Actor]
  await raiseAll(test)
})
afterAll(() => test?.close())

const mobilised = {
  kind: 'mobilise' as const,
  title: '木镇镇动员部署会',
  heldOn: '2024-04-08',
  minutes: '部署三年行动各项任务',
}
const record = async (actor: Actor, input: object = {}) => {
  const recordId = newId(test.clock.now().getTime())
  await test.run(actor, recordMeeting, { recordId, input: { ...mobilised, people: ['张三'], ...input } })
  return recordId
}
const act = async (actor: Actor, id: string, contract: ActionContract, input: object) => {
  const { version } = await test.ask(office, getMeeting, { id })
  return test.run(actor, contract, { recordId: id, version, input })
}
const standing = async (name: string, asOf: string, more: object = {}, actor = office): Promise<Standing> => {
  const source = test.product.modules.all
    .flatMap((module) => module.mechanisms ?? [])
    .find(({ kind }) => kind === 'task')
  const [one] = (await source?.standings(test.context(actor), { ids: [`task:${name}`], asOf, ...more })) ?? []
  if (!one) throw new Error(`nothing stands for ${name}`)
  return one
}

describe('a meeting', () => {
  it('makes a task of each decision that names a body and a day', async () => {
    const input = {
      kind: 'consult',
      title: '危废案件会商会',
      attendeeBodyIds: ['ecology-environment', 'town-muzhen'],
      decisions: [
        { text: '联合排查沿河三家企业', assigneeBodyId: 'ecology-environment', dueOn: '2024-06-30' },
        { text: '下月再议' },
      ],
      attachments: [await test.paper(office, 'order')],
    }
    const id = await record(office, input)
    const meeting = await test.ask(department, getMeeting, { id })
    expect(meeting.decisionRows).toMatchObject([
      { dueOn: '2024-06-30', task: { state: '待签收' } },
      { dueOn: null, task: null },
    ])
    expect(meeting.attachments).toHaveLength(1)
    const task = await test.ask(department, getTask, { id: meeting.decisionRows[0]?.task?.id ?? '' })
    expect(task).toMatchObject({
      source: 'meeting',
      assigneeBodyId: 'ecology-environment',
      meeting: { title: '危废案件会商会' },
    })
    // Who was there reads the minutes; the task of another body they do not see.
    expect((await test.ask(town, getMeeting, { id })).decisionRows[0]?.task).toBeNull()
    expect(await refusalOf(test.ask(other, getMeeting, { id }))).toBe('core.notFound')
    expect((await test.ask(office, listTasks, { source: 'meeting' })).total).toBe(1)
  })

  it('names what is wrong with it', async () => {
    const half = [{ text: '尽快办理', assigneeBodyId: 'transport' }]
    const whole = [{ text: '尽快办理', assigneeBodyId: 'transport', dueOn: '2024-05-31' }]
    const refused = (actor: Actor, input: object) => refusalOf(record(actor, input))
    expect(await refused(town, { heldOn: '2024-04-11' })).toBe('task.meetingLate')
    expect(await refused(town, { people: [] })).toBe('task.nobodyCame')
    expect(await refused(office, { decisions: half })).toBe('task.decisionIncomplete')
    expect(await refused(town, { decisions: whole })).toBe('task.noRightToIssue')
    expect(await refused(town, { bodyId: 'town-rongcheng' })).toBe('task.onlyHost')
    expect(await refused(town, { bodyId: 'nobody' })).toBe('task.bodyUnknown')
  })

  it('is added to and voided by whoever held it', async () => {
    const id = await record(town, { attendeeBodyIds: ['town-rongcheng'] })
    expect(await refusalOf(act(other, id, addMinutes, { text: '补充' }))).toBe('task.onlyHost')
    await act(town, id, addMinutes, { text: '补签到表', attachments: [await test.paper(town, 'other')] })
    await act(town, id, voidMeeting, { reason: '重复登记' })
    const meeting = await test.ask(town, getMeeting, { id })
    expect(meeting).toMatchObject({ state: 'void', voidReason: '重复登记' })
    expect(meeting.minutes).toContain('2024-04-10 补充：补签到表')
    expect(await refusalOf(act(town, id, addMinutes, { text: '再补' }))).toBe('core.wrongState')
  })

  it('counts for the body that held it and the window it was held in, voided ones never', async () => {
    expect(await standing('mobilise-meeting', '2024-04-30')).toMatchObject({ met: 0, late: 0 })
    await record(town)
    const after = await standing('mobilise-meeting', '2024-04-30')
    expect(after).toMatchObject({ met: 1, missed: 0, open: after.due - 1, metOn: null })
    expect(await standing('mobilise-meeting', '2024-05-01')).toMatchObject({ met: 1, open: 0, missed: after.due - 1 })
    expect(await standing('mobilise-meeting', '2024-04-07')).toMatchObject({ met: 0 })
    expect(await standing('mobilise-meeting', '2024-04-30', { body: 'town-muzhen' })).toMatchObject({
      due: 1,
      met: 1,
      metOn: '2024-04-08',
    })
    expect(await standing('mobilise-meeting', '2024-04-30', {}, town)).toMatchObject({ due: 1, met: 1 })
    const found = await test.ask(office, listMeetings, { kind: 'mobilise', states: ['recorded'] })
    expect(found.total).toBe(1)
  })
})

describe('a chain', () => {
  const chainOf = async (actor: Actor) => {
    const { chains } = await test.ask(actor, listChains, {})
    const chain = chains.find(({ title }) => title === '城镇燃气全链条')
    if (!chain) throw new Error('the pack has no such chain')
    return chain
  }

  it('shows its gaps, and is amended by its lead with a reason', async () => {
    const chain = await chainOf(town)
    expect([chain.gaps, chain.mayEdit]).toEqual([1, false])
    expect(await standing('gas-chain', '2024-04-10')).toMatchObject({ due: 6, met: 5, open: 1, missed: 0, metOn: null })
    const lead = await test.as('housing-construction')
    expect((await chainOf(lead)).mayEdit).toBe(true)
    const links = chain.links.map(({ name, lead: by, co, note }) => ({
      name,
      lead: by ?? 'housing-construction',
      co,
      note,
    }))
    const call = { recordId: chain.id, version: chain.version }
    const reason = '县安委办会议明确餐饮用户由住建部门牵头'
    expect(await refusalOf(test.run(town, editChain, { ...call, input: { links, reason } }))).toBe('core.notAllowed')
    const wrong = links.map((link, at) => (at === 0 ? { ...link, lead: 'nobody' } : link))
    expect(await refusalOf(test.run(lead, editChain, { ...call, input: { links: wrong, reason } }))).toBe(
      'task.bodyUnknown',
    )
    const unsaid = links.map((link, at) => (at === 2 ? { ...link, lead: null, note: '' } : link))
    expect(await refusalOf(test.run(lead, editChain, { ...call, input: { links: unsaid, reason } }))).toBe(
      'task.chainLead',
    )
    await test.run(lead, editChain, { ...call, input: { links, reason } })
    expect(await chainOf(town)).toMatchObject({ gaps: 0, amendedOn: '2024-04-10' })
    expect(await standing('gas-chain', '2024-04-10')).toMatchObject({ met: 6, open: 0, metOn: '2024-04-10' })
  })
})

describe('the stages', () => {
  it('tell what each must have produced from the records, as of any day', async () => {
    const at = async (asOf: string, title: string) => {
      const { stages } = await test.ask(office, planStages, { asOf })
      return stages.flatMap(({ products }) => products).find((product) => product.title === title)
    }
    expect((await at('2024-03-28', '子实施方案报备'))?.state).toBe('underway')
    expect((await at('2024-04-10', '子实施方案报备'))?.state).toBe('missing')
    const { rows } = await test.ask(office, listTasks, { key: 'plan-issue' })
    const act2 = async (contract: ActionContract, input: object, by = office) => {
      const { version } = await test.ask(office, getTask, { id: rows[0]?.id ?? '' })
      return test.run(by, contract, { recordId: rows[0]?.id ?? '', version, input })
    }
    await act2(t.submitTask, { statement: '方案已印发' })
    await act2(t.acceptTask, {}, await test.as('anwei2'))
    expect(await at('2024-04-10', '县实施方案编制印发')).toMatchObject({
      state: 'produced',
      done: 1,
      metOn: '2024-04-10',
    })
    expect(await at('2024-04-09', '县实施方案编制印发')).toMatchObject({ state: 'underway', done: 0 })
    expect((await at('2024-04-10', '制度成果汇编推广'))?.state).toBe('ahead')
    const { stages } = await test.ask(office, planStages, {})
    expect(stages.filter(({ current }) => current).map(({ id }) => id)).toEqual(['mobilise'])
  })
})

it('every entry of the pack is a mechanism whose standing adds up', async () => {
  const source = test.product.modules.all
    .flatMap((module) => module.mechanisms ?? [])
    .find(({ kind }) => kind === 'task')
  const ids = source?.mechanisms().map(({ id }) => id) ?? []
  const { tasks, meetings, chains } = test.product.pack.tasks
  expect(ids).toHaveLength(tasks.length + meetings.length + chains.length)
  const standings = (await source?.standings(test.context(office), { ids, asOf: '2024-04-10' })) ?? []
  expect(standings.map(({ id }) => id).sort()).toEqual([...ids].sort())
  for (const { id, due, met, late, open, missed } of standings)
    expect([id, met + late + open + missed]).toEqual([id, due])
})

it('the lists leave as files with what their viewer sees', async () => {
  const lines = async (actor: Actor, contract: { id: string }) =>
    (await takeOut(test, actor, contract, { format: 'csv' })).sheets[0]?.rows ?? []
  expect((await lines(other, t.meetingExport.contract)).length).toBeLessThan(
    (await lines(office, t.meetingExport.contract)).length,
  )
})
