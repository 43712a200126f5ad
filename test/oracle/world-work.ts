import { type ItemRow, listItems, recordDeed } from '#capabilities/duty/model/index.ts'
import { openPeriod, openReturn } from '#capabilities/progress/model/index.ts'
import { draftTask, issueTask, recordMeeting, voidMeeting, voidTask } from '#capabilities/task/model/index.ts'
import { addDays, dayOf } from '#kernel/time.ts'
import { systemActor } from '#test/kit/hazard-play.ts'
import { type Builder, bodies } from './world.ts'

/** What the plan makes people do: duties and what was done for them, tasks, meetings and returns of bodies near and far. */
export async function fillWork(builder: Builder): Promise<void> {
  await builder.product.product.modules.duties.advance({})
  await fillDeeds(builder)
  await fillTasks(builder)
  await fillReturns(builder)
}

/** Deeds of units by their principals, and of the office for towns. */
async function fillDeeds({ product, people, units }: Builder): Promise<void> {
  const { run, ask, paper } = product
  const today = dayOf(product.clock.now())
  const record = async (actor: typeof people.office, item: ItemRow | undefined, form: string) => {
    if (!item) return
    const attachments = [await paper(actor, 'other')]
    const input = { itemId: item.id, form, days: [today], people: '带队人员甲', note: '检查了全部部位', attachments }
    await run(actor, recordDeed, { input })
  }
  for (const { id, principal } of units.slice(0, 6)) {
    const { rows } = await ask(principal, listItems, { unitId: id, size: 200 })
    const now = rows.find(
      ({ rule, startOn, endOn }) => rule === 'principal-check-quarterly' && startOn <= today && today <= endOn,
    )
    await record(principal, now, 'principal-check')
  }
  const { rows } = await ask(people.office, listItems, { rule: 'town-supervision', size: 200 })
  for (const item of rows.filter(({ startOn, endOn }) => startOn <= today && today <= endOn).slice(0, 6)) {
    await record(people.office, item, 'supervision')
  }
}

/** Tasks drafted, issued and void, with and without bodies that help; meetings of one body that others came to. */
async function fillTasks({ product, people }: Builder): Promise<void> {
  const { run } = product
  const { office } = people
  const today = dayOf(product.clock.now())
  for (const [at, assigneeBodyId] of [...bodies, ...bodies].entries()) {
    const coBodyIds = at % 3 === 0 ? [bodies[(at + 1) % bodies.length] ?? ''] : []
    const kind = at % 2 === 0 ? ('task' as const) : ('filing' as const)
    const dueOn = addDays(today, at * 10)
    const content = { title: `第${at}项任务`, assigneeBodyId, coBodyIds, dueOn, kind }
    const drafted = await run(office, draftTask, { input: content })
    const on = { recordId: drafted.recordId, version: drafted.version }
    if (at % 4 === 3) await run(office, voidTask, { ...on, input: { reason: '与另一任务重复' } })
    else if (at % 4 !== 2) await run(office, issueTask, { ...on, input: {} })
    const meeting = { kind: 'dispatch' as const, title: `第${at}次调度会`, bodyId: assigneeBodyId, heldOn: today }
    const attendeeBodyIds = [bodies[(at + 2) % bodies.length] ?? '']
    const minutes = '调度各项任务进展情况'
    const grant = { role: 'department' as const, area: '341723', bodyId: assigneeBodyId }
    const host = await product.account(`host-${assigneeBodyId}`, [grant])
    const held = await run(host, recordMeeting, { input: { ...meeting, attendeeBodyIds, minutes, people: ['张三'] } })
    const made = { recordId: held.recordId, version: held.version }
    if (at % 5 === 4) await run(host, voidMeeting, { ...made, input: { reason: '登记错了日期' } })
  }
}

/** Two periods with a return of each body. */
async function fillReturns({ product }: Builder): Promise<void> {
  const quarters = [
    ['2025年第四季度', '2025-10-01', '2025-12-31', '2025-12-26', '2026-01-09'],
    ['2026年第一季度', '2026-01-01', '2026-03-31', '2026-03-26', '2026-04-08'],
  ] as const
  for (const [name, from, to, opensOn, dueOn] of quarters) {
    const period = { name, from, to, opensOn, dueOn }
    const { recordId: periodId } = await product.run(systemActor, openPeriod, { input: period })
    for (const bodyId of bodies) await product.run(systemActor, openReturn, { input: { periodId, bodyId } })
  }
}
