import { type ColumnType, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Reader, Tx } from '#platform/db/tables.ts'
import type { Task, TaskDetail } from '../model/index.ts'

type Json<T> = ColumnType<T, string, string>

export type TaskTables = {
  task: {
    county: string
    id: string
    version: number
    kind: Task['kind']
    source: Task['source']
    key: string | null
    period: string
    title: string
    clauses: string[]
    meeting_id: string | null
    area: string
    issuer_body_id: string
    assignee_body_id: string
    co_body_ids: string[]
    state: Task['state']
    issued_on: string | null
    due_on: string
    received_on: string | null
    submitted_on: string | null
    ended_on: string | null
    receipt: string | null
    receipt_at: ColumnType<Date | null, Date | string | null, Date | string | null>
    detail: Json<TaskDetail>
  }
}

export type TaskColumns = Omit<TaskTables['task'], 'detail' | 'receipt_at'> & {
  readonly detail: TaskDetail
  readonly receipt_at: Date | null
}

export function taskOf(row: TaskColumns): Task {
  return {
    county: row.county,
    id: row.id,
    version: row.version,
    kind: row.kind,
    source: row.source,
    key: row.key,
    period: row.period,
    title: row.title,
    clauses: row.clauses,
    meetingId: row.meeting_id,
    area: row.area,
    issuerBodyId: row.issuer_body_id,
    assigneeBodyId: row.assignee_body_id,
    coBodyIds: row.co_body_ids,
    state: row.state,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    receivedOn: row.received_on,
    submittedOn: row.submitted_on,
    endedOn: row.ended_on,
    receipt: row.receipt,
    receiptAt: row.receipt_at?.toISOString() ?? null,
    detail: row.detail,
  }
}

export async function loadTask(tx: Reader, county: string, id: string, lock: boolean): Promise<Task | undefined> {
  let query = tx
    .withTables<TaskTables>()
    .selectFrom('task')
    .selectAll()
    .where('county', '=', county)
    .where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row && taskOf(row)
}

export async function saveTask(tx: Tx, after: Task, before: Task | undefined): Promise<void> {
  const db = tx.withTables<TaskTables>()
  const { county, id } = after
  const row = {
    version: after.version,
    kind: after.kind,
    source: after.source,
    key: after.key,
    period: after.period,
    title: after.title,
    clauses: [...after.clauses],
    meeting_id: after.meetingId,
    area: after.area,
    issuer_body_id: after.issuerBodyId,
    assignee_body_id: after.assigneeBodyId,
    co_body_ids: [...after.coBodyIds],
    state: after.state,
    issued_on: after.issuedOn,
    due_on: after.dueOn,
    received_on: after.receivedOn,
    submitted_on: after.submittedOn,
    ended_on: after.endedOn,
    receipt: after.receipt,
    receipt_at: after.receiptAt,
    detail: JSON.stringify(after.detail),
  }
  if (before) await db.updateTable('task').set(row).where('county', '=', county).where('id', '=', id).execute()
  else
    await db
      .insertInto('task')
      .values({ county, id, ...row })
      .execute()
}

/** 备〔2024〕7号: counted within the year of filing. Two that race are told apart by the unique key, and one tries again. */
export async function nextReceipt(tx: Tx, county: string, year: number): Promise<string> {
  const head = `备〔${year}〕`
  const { rows } = await sql<{ n: number }>`
    select coalesce(max(substring(receipt from '〕(\\d+)号$')::integer), 0)::integer as n from task
    where county = ${county} and receipt like ${`${head}%`}`.execute(tx)
  return `${head}${(rows[0]?.n ?? 0) + 1}号`
}

/** What of the plan has been raised: key, period and body of each. */
export async function raisedTasks(reader: Reader, county: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string; period: string; body: string }>`
    select key, period, assignee_body_id as body from task where county = ${county} and key is not null`.execute(reader)
  return new Set(rows.map(({ key, period, body }) => raisedKey(key, period, body)))
}

export const raisedKey = (key: string, period: string, body: string): string => `${key}|${period}|${body}`

/** Ids of the tasks whose clocks may run, page after page. */
export async function clockedTasks(reader: Reader, county: string, after: string | null, size: number) {
  const { rows } = await sql<{ id: string }>`
    select id from task where county = ${county} and state in ('issued', 'received', 'doing', 'returned')
      and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${size}`.execute(reader)
  return rows.map(({ id }) => id)
}

/** Tasks that meet a condition over the alias `t`, as they are. */
export async function tasksWhere(reader: Reader, where: RawBuilder<SqlBool>, more: RawBuilder<unknown> = sql``) {
  const { rows } = await sql<TaskColumns>`select t.* from task t where ${where} ${more}`.execute(reader)
  return rows.map(taskOf)
}

/** What bodies owe, the earliest due first. */
export async function owedTasks(reader: Reader, county: string): Promise<Task[]> {
  return tasksWhere(
    reader,
    sql<SqlBool>`t.county = ${county} and t.state = 'issued'`,
    sql`order by t.due_on, t.assignee_body_id, t.key`,
  )
}
