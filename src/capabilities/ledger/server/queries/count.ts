import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { prefixRange } from '#kernel/area.ts'
import type { Day } from '#kernel/time.ts'
import { inScope } from '#platform/db/scope.ts'
import type { QueryContext } from '#platform/module/module.ts'
import type { Counts } from '../../model/index.ts'
import type { ItemRow } from '../tables.ts'
import { itemScope, lateness } from './condition.ts'

export interface CountQuestion {
  readonly asOf: Day
  readonly ledgers?: readonly string[]
  readonly area?: string | undefined
  readonly body?: string | undefined
}

const isNow = ({ asOf }: CountQuestion, { today }: QueryContext) => asOf >= today

/** Items as they were at the end of a day: as they are now where that day is not over, as their spans say before. */
const source = (question: CountQuestion, context: QueryContext) =>
  isNow(question, context)
    ? sql`ledger_item i where i.county = `
    : sql`(select * from ledger_item_span where from_day <= ${question.asOf} and to_day > ${question.asOf}) i where i.county = `

function from(context: QueryContext, question: CountQuestion): RawBuilder<unknown> {
  const parts: RawBuilder<SqlBool>[] = [
    inScope(context.boxes('ledger.read'), itemScope),
    sql<SqlBool>`i.state_type <> 'void'`,
    sql<SqlBool>`i.listed_on <= ${question.asOf}`,
  ]
  if (question.ledgers) parts.push(sql<SqlBool>`i.ledger = any(${[...question.ledgers]}::text[])`)
  if (question.area) {
    const { from: first, to } = prefixRange(question.area)
    parts.push(sql<SqlBool>`i.area >= ${first} and i.area < ${to}`)
  }
  if (question.body) parts.push(sql<SqlBool>`i.body_id = ${question.body}`)
  return sql`${source(question, context)}${context.county} and ${sql.join(parts, sql` and `)}`
}

function counted(asOf: Day): RawBuilder<unknown> {
  const { met, late, open, missed } = lateness(asOf)
  return sql`count(*)::int as due, count(*) filter (where ${met})::int as met, count(*) filter (where ${late})::int as late,
    count(*) filter (where ${open})::int as open, count(*) filter (where ${missed})::int as missed`
}

export const noItems: Counts = { due: 0, met: 0, late: 0, open: 0, missed: 0 }

export function sumOf(some: readonly Counts[]): Counts {
  return some.reduce<Counts>(
    (sum, one) => ({
      due: sum.due + one.due,
      met: sum.met + one.met,
      late: sum.late + one.late,
      open: sum.open + one.open,
      missed: sum.missed + one.missed,
    }),
    noItems,
  )
}

export interface LedgerCount extends Counts {
  readonly ledger: string
  /** A town, or the county for what lies in none. */
  readonly area: string
  readonly next_due: Day | null
  readonly last_done: Day | null
}

/** Every ledger by town: one pass over the items, however many ledgers are asked for. */
export async function countByLedger(context: QueryContext, question: CountQuestion): Promise<LedgerCount[]> {
  const result = await sql<LedgerCount>`
    select i.ledger, left(i.area, 9) as area, ${counted(question.asOf)},
      min(i.due_on) filter (where ${lateness(question.asOf).open}) as next_due, max(i.done_on) as last_done
    from ${from(context, question)} group by 1, 2`.execute(context.db)
  return result.rows
}

/** The id of an item, in its own row and in its spans. */
const itemId = (context: QueryContext, question: CountQuestion) =>
  isNow(question, context) ? sql`i.id` : sql`i.item_id`

/** One ledger by the clause its items name. What an item names is asked as of now: a past value is not kept apart. */
export async function countByClause(context: QueryContext, question: CountQuestion, field: string) {
  const named = sql`(select of.fields->>${field} from ledger_item of where of.county = i.county and of.id = ${itemId(context, question)})`
  const result = await sql<LedgerCount & { clause: string | null }>`
    select i.ledger, ${named} as clause, left(i.area, 9) as area, ${counted(question.asOf)},
      min(i.due_on) filter (where ${lateness(question.asOf).open}) as next_due, max(i.done_on) as last_done
    from ${from(context, question)} group by 1, 2, 3`.execute(context.db)
  return result.rows
}

/** An item as it stood at the end of a day, with what its fields say now. */
export interface StoodItem extends Pick<ItemRow, 'id' | 'ledger' | 'title' | 'fields'> {
  readonly state: string
  readonly state_type: ItemRow['state_type']
  readonly body_id: string
  readonly due_on: Day | null
  readonly done_on: Day | null
}

/** Items one by one as they stood, what is missed or next first. */
export async function itemsAsOf(context: QueryContext, question: CountQuestion, most: number): Promise<StoodItem[]> {
  const result = await sql<StoodItem>`
    with i as (select ${itemId(context, question)} as id, i.ledger, i.state, i.state_type, i.body_id, i.due_on, i.done_on
      from ${from(context, question)})
    select i.*, of.title, of.fields from i join ledger_item of on of.county = ${context.county} and of.id = i.id
    order by i.ledger, i.state_type = 'closed', i.due_on nulls last, i.id limit ${most}`.execute(context.db)
  return result.rows
}

export async function countByBody(context: QueryContext, question: CountQuestion) {
  const result = await sql<Counts & { body: string }>`
    select i.body_id as body, ${counted(question.asOf)} from ${from(context, question)} group by 1`.execute(context.db)
  return result.rows
}

export async function countByState(context: QueryContext, question: CountQuestion) {
  const result = await sql<{ state: string; n: number }>`
    select i.state, count(*)::int as n from ${from(context, question)} group by 1`.execute(context.db)
  return result.rows
}

/** Until the day of the stock, and after it. */
export async function countByStock(context: QueryContext, question: CountQuestion, stockOn: Day) {
  const result = await sql<Counts & { stock: boolean }>`
    select i.listed_on <= ${stockOn}::date as stock, ${counted(question.asOf)} from ${from(context, question)} group by 1`.execute(
    context.db,
  )
  const side = (stock: boolean) => {
    const row = result.rows.find((one) => one.stock === stock)
    return row ? sumOf([row]) : noItems
  }
  return { stock: side(true), additions: side(false) }
}

/** Sums of numbers among the fields, of all items and of those that are done. Only as things are now: a past value is not kept apart. */
export async function sumFields(context: QueryContext, question: CountQuestion, fields: readonly string[]) {
  if (fields.length === 0) return new Map<string, { all: number; done: number }>()
  const now = { ...question, asOf: context.today }
  const sums = fields.flatMap((field, at) => {
    const value = sql`(case when jsonb_typeof(i.fields->${field}) = 'number' then (i.fields->>${field})::numeric else 0 end)`
    return [
      sql`coalesce(sum(${value}), 0)::float8 as ${sql.ref(`all_${at}`)}`,
      sql`coalesce(sum(${value}) filter (where i.state_type = 'closed'), 0)::float8 as ${sql.ref(`done_${at}`)}`,
    ]
  })
  const result = await sql<Record<string, number>>`select ${sql.join(sums)} from ${from(context, now)}`.execute(
    context.db,
  )
  const row = result.rows[0] ?? {}
  return new Map(fields.map((field, at) => [field, { all: row[`all_${at}`] ?? 0, done: row[`done_${at}`] ?? 0 }]))
}
