import { type SqlBool, sql } from 'kysely'
import { coreErrors, refuse } from '#kernel/errors.ts'
import { grantedBodies } from '#kernel/grants.ts'
import { allowedActions } from '#kernel/lifecycle.ts'
import { answer, type QueryContext, type RegisteredQuery } from '#platform/module/module.ts'
import {
  count,
  emptyTally,
  getTask,
  listTasks,
  myPlanTasks,
  owedOf,
  owedStates,
  settled,
  type Task,
  taskContracts,
  taskLifecycle,
  taskStandings,
} from '../../model/index.ts'
import type { TaskDeps } from '../deps.ts'
import { entriesOf } from '../history.ts'
import { visibleMeeting } from '../meeting/queries.ts'
import { taskFacets, taskRecord } from '../record-type.ts'
import { loadTask, tasksWhere } from '../store.ts'
import { pageTasks, rowOf, tasksInScope } from './list.ts'

const contracts = new Map(taskContracts.map((contract) => [contract.id, contract]))

/** A task the caller may see, or undefined. */
export async function visibleTask(context: QueryContext, id: string): Promise<Task | undefined> {
  const task = await loadTask(context.db, context.county, id, false)
  return task && context.can('task.read', taskFacets(task)) ? task : undefined
}

function actionsOn(context: QueryContext, task: Task) {
  const facets = taskFacets(task)
  return allowedActions(taskLifecycle, { record: task, actor: context.actor }, (action) => {
    const contract = contracts.get(action)
    return contract !== undefined && !contract.internal && context.can(contract.permission, facets)
  })
}

const get = (deps: TaskDeps): RegisteredQuery =>
  answer(getTask, async (context, { id }) => {
    const task = (await visibleTask(context, id)) ?? refuse(coreErrors.notFound)
    const viewer = { accountId: context.actor.accountId, originals: true }
    const [timeline, attachments, meeting] = await Promise.all([
      entriesOf(context, taskRecord.type, id, contracts),
      deps.files.list(context.db, context.county, taskRecord.type, id, viewer),
      task.meetingId ? visibleMeeting(context, task.meetingId) : undefined,
    ])
    const { detail } = task
    return {
      ...rowOf(deps, context, task),
      content: detail.content,
      evidence: detail.evidence,
      issuedBy: detail.issuedBy,
      receivedOn: task.receivedOn,
      receiptAt: task.receiptAt,
      coBodyIds: [...task.coBodyIds],
      opinion: detail.opinion,
      voided: detail.voided,
      reports: [...detail.reports],
      submissions: detail.submissions.map(({ on, by, statement, returned }) => ({ on, by, statement, returned })),
      extensions: [...detail.extensions],
      meeting: meeting ? { id: meeting.id, title: meeting.title } : null,
      attachments,
      timeline,
      allowedActions: actionsOn(context, task),
    }
  })

const list = (deps: TaskDeps): RegisteredQuery =>
  answer(listTasks, async (context, { page, size, sort, ...filter }) => {
    const { rows, total } = await pageTasks(context, filter, page, size, sort)
    return { rows: rows.map((task) => rowOf(deps, context, task)), total }
  })

const standings = (deps: TaskDeps): RegisteredQuery =>
  answer(taskStandings, async (context, { kind, asOf = context.today }) => {
    const asked = deps.plan.tasks.filter((one) => one.kind === kind)
    const keys = asked.map(({ id }) => id)
    const where = sql<SqlBool>`t.county = ${context.county} and t.key = any(${keys}::text[])
      and ${tasksInScope(context.boxes('task.read'))}`
    const tasks = await tasksWhere(context.db, where, sql`order by t.due_on, t.assignee_body_id`)
    return {
      asOf,
      rows: asked.map(({ id: key, title, clauses }) => {
        const own = tasks.filter((task) => task.key === key)
        const tally = emptyTally()
        for (const task of own) count(tally, owedOf(task), asOf)
        const missing = own.filter(({ state, dueOn }) => state !== 'done' && state !== 'void' && dueOn < asOf)
        return {
          ...settled(tally),
          key,
          title,
          clauses: [...clauses],
          missing: missing.map(({ id, assigneeBodyId, period, dueOn }) => ({
            id,
            name: deps.directory.bodyName(context.county, assigneeBodyId),
            period,
            dueOn,
          })),
        }
      }),
    }
  })

/** At most this many of each on the workbench. */
const shown = 6

const mine = (deps: TaskDeps): RegisteredQuery =>
  answer(myPlanTasks, async (context) => {
    const bodies = grantedBodies(context.actor)
    const some = async (where: ReturnType<typeof sql<SqlBool>>) => {
      const whole = sql<SqlBool>`t.county = ${context.county} and ${where} and ${tasksInScope(context.boxes('task.read'))}`
      const rows = await tasksWhere(context.db, whole, sql`order by t.due_on, t.id`)
      return { rows: rows.slice(0, shown).map((task) => rowOf(deps, context, task)), total: rows.length }
    }
    const none = { rows: [], total: 0 }
    return {
      handle: context.holds('task.handle')
        ? await some(
            sql<SqlBool>`t.assignee_body_id = any(${bodies}::text[]) and t.state = any(${[...owedStates]}::text[])`,
          )
        : none,
      judge: context.holds('task.issue')
        ? await some(sql<SqlBool>`t.issuer_body_id = any(${bodies}::text[]) and t.state = 'submitted'`)
        : none,
    }
  })

export const taskQueries = (deps: TaskDeps): RegisteredQuery[] => [list(deps), get(deps), standings(deps), mine(deps)]
