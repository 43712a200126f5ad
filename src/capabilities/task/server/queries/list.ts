import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { ScopeBox } from '#kernel/grants.ts'
import { addDays, type Day, diffDays } from '#kernel/time.ts'
import { inScope } from '#platform/db/scope.ts'
import { listDownload, listSource } from '#platform/list/list-download.ts'
import type { ExportDesk, QueryContext, RegisteredDownload } from '#platform/module/module.ts'
import {
  filingExport,
  latenessOf,
  soonDays,
  type Task,
  type TaskFilter,
  type TaskLateness,
  type TaskRow,
  taskExport,
} from '../../model/index.ts'
import type { TaskDeps } from '../deps.ts'
import { type TaskColumns, taskOf, tasksWhere } from '../store.ts'

/** The SQL twin of `taskFacets`: co-assignees stand in one column, which the scope of single columns cannot ask. */
export function tasksInScope(boxes: readonly ScopeBox[]): RawBuilder<SqlBool> {
  const bodies = boxes.flatMap(({ bodyId }) => bodyId ?? [])
  const own = inScope(boxes, { area: 't.area', bodies: ['t.assignee_body_id'] })
  return bodies.length === 0 ? own : sql<SqlBool>`(${own} or t.co_body_ids && ${bodies}::text[])`
}

/** The SQL twin of `latenessOf`. */
function lateCondition(lateness: TaskLateness, today: Day): RawBuilder<SqlBool> {
  const owed = sql`t.state in ('issued', 'received', 'doing', 'returned')`
  if (lateness === 'overdue') return sql<SqlBool>`(${owed} and t.due_on < ${today})`
  if (lateness === 'soon') return sql<SqlBool>`(${owed} and t.due_on between ${today} and ${addDays(today, soonDays)})`
  const after = lateness === 'late' ? sql`t.submitted_on > t.due_on` : sql`t.submitted_on <= t.due_on`
  return sql<SqlBool>`(t.state = 'done' and ${after})`
}

function conditionOf(context: QueryContext, filter: TaskFilter): RawBuilder<SqlBool> {
  const parts = [sql<SqlBool>`t.county = ${context.county}`, tasksInScope(context.boxes('task.read'))]
  if (filter.kind) parts.push(sql<SqlBool>`t.kind = ${filter.kind}`)
  if (filter.states) parts.push(sql<SqlBool>`t.state = any(${[...filter.states]}::text[])`)
  if (filter.lateness) parts.push(lateCondition(filter.lateness, context.today))
  if (filter.bodyId)
    parts.push(sql<SqlBool>`(t.assignee_body_id = ${filter.bodyId} or ${filter.bodyId} = any(t.co_body_ids))`)
  if (filter.source) parts.push(sql<SqlBool>`t.source = ${filter.source}`)
  if (filter.year) parts.push(sql<SqlBool>`extract(year from t.due_on) = ${Number(filter.year)}`)
  if (filter.clause) parts.push(sql<SqlBool>`${filter.clause} = any(t.clauses)`)
  if (filter.key) parts.push(sql<SqlBool>`t.key = ${filter.key}`)
  if (filter.text) parts.push(sql<SqlBool>`position(${filter.text} in t.title) > 0`)
  return sql<SqlBool>`(${sql.join(parts, sql` and `)})`
}

const orders: Readonly<Record<string, string>> = { dueOn: 't.due_on', title: 't.title', assignee: 't.assignee_body_id' }

/** What is still owed first, of these what is due first; then what is done, the latest first. */
function order(sort: string | undefined): RawBuilder<unknown> {
  const key = sort?.replace(/^-/, '') ?? ''
  const column = Object.hasOwn(orders, key) ? orders[key] : undefined
  if (sort && column) return sql.raw(`order by ${column} ${sort.startsWith('-') ? 'desc' : 'asc'}, t.id`)
  return sql`order by (t.ended_on is not null), case when t.ended_on is null then t.due_on end, t.ended_on desc, t.id`
}

export async function pageTasks(context: QueryContext, filter: TaskFilter, page: number, size: number, sort?: string) {
  const where = conditionOf(context, filter)
  const rows = await tasksWhere(context.db, where, sql`${order(sort)} limit ${size} offset ${(page - 1) * size}`)
  const total = await sql<{ n: number }>`select count(*)::integer as n from task t where ${where}`.execute(context.db)
  return { rows, total: total.rows[0]?.n ?? 0 }
}

export function rowOf({ directory }: TaskDeps, { county, today }: QueryContext, task: Task): TaskRow {
  const name = (id: string) => directory.bodyName(county, id)
  const lateness = latenessOf(task, today) ?? null
  const until = lateness === 'late' && task.submittedOn ? task.submittedOn : today
  return {
    id: task.id,
    version: task.version,
    kind: task.kind,
    source: task.source,
    key: task.key,
    period: task.period,
    title: task.title,
    clauses: [...task.clauses],
    area: task.area,
    issuerName: name(task.issuerBodyId),
    assigneeBodyId: task.assigneeBodyId,
    assigneeName: name(task.assigneeBodyId),
    coNames: task.coBodyIds.map(name),
    state: task.state,
    issuedOn: task.issuedOn,
    dueOn: task.dueOn,
    submittedOn: task.submittedOn,
    endedOn: task.endedOn,
    receipt: task.receipt,
    lateness,
    daysLate: lateness === 'overdue' || lateness === 'late' ? diffDays(task.dueOn, until) : 0,
  }
}

export const taskDownloads = (deps: TaskDeps, desk: ExportDesk): RegisteredDownload[] =>
  [taskExport, filingExport].map((exporting) =>
    listDownload(exporting, desk, async (context, filter, sort) => {
      const question = sql<TaskColumns>`select t.* from task t where ${conditionOf(context, filter)} ${order(sort)}`
      return listSource(question, (rows) => rows.map((row) => rowOf(deps, context, taskOf(row))))
    }),
  )
