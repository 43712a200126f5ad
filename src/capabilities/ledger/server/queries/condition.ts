import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import { prefixRange } from '#kernel/area.ts'
import { coreErrors, refuse } from '#kernel/errors.ts'
import { addDays, type Day } from '#kernel/time.ts'
import { inScope, type ScopeColumns } from '#platform/db/scope.ts'
import type { QueryContext } from '#platform/module/module.ts'
import { searchQuery } from '#platform/search/tokens.ts'
import {
  type Field,
  faceOf,
  filterNames,
  type Lateness,
  type Ledger,
  type LedgerFilter,
  listOf,
  narrowingFields,
} from '../../model/index.ts'

export const itemScope: ScopeColumns = { area: 'i.area', sector: 'i.sector', unit: 'i.unit_id', bodies: ['i.body_id'] }

/** The twin of `latenessOf`: how an item stands to its day, at the end of that day. */
export const lateness = (asOf: Day): Readonly<Record<Lateness, RawBuilder<SqlBool>>> => ({
  met: sql<SqlBool>`(i.state_type = 'closed' and (i.due_on is null or i.done_on is null or i.done_on <= i.due_on))`,
  late: sql<SqlBool>`(i.state_type = 'closed' and i.done_on > i.due_on)`,
  open: sql<SqlBool>`(i.state_type in ('open', 'waiting') and (i.due_on is null or i.due_on >= ${asOf}))`,
  missed: sql<SqlBool>`(i.state_type in ('open', 'waiting') and i.due_on < ${asOf})`,
})

const soonDays = 30

const within = (column: RawBuilder<unknown>, area: string) => {
  const { from, to } = prefixRange(area)
  return sql<SqlBool>`${column} >= ${from} and ${column} < ${to}`
}

const ordered = { number: 'numeric', day: 'text', month: 'text' } as const

/** One narrowing by a ledger's own field. The value has been read by the list's own filter before. */
function narrowed(field: Field, values: Readonly<Record<string, unknown>>): RawBuilder<SqlBool>[] {
  const narrowing = faceOf(field).narrowing(field)
  if (!narrowing) return []
  const [name = '', to = ''] = filterNames(field, narrowing)
  const [value, until] = [values[name], values[to]]
  const text = sql`i.fields->>${field.id}`
  const parts: RawBuilder<SqlBool>[] = []
  switch (narrowing.kind) {
    case 'choice':
      if (Array.isArray(value)) {
        const ids = value.map(String)
        parts.push(
          narrowing.many
            ? sql<SqlBool>`i.fields->${field.id} ?| ${ids}::text[]`
            : sql<SqlBool>`${text} = any(${ids}::text[])`,
        )
      }
      break
    case 'flag':
      if (typeof value === 'boolean') parts.push(sql<SqlBool>`i.fields->${field.id} = ${String(value)}::jsonb`)
      break
    case 'code':
      if (typeof value === 'string')
        parts.push(narrowing.codes === 'area' ? within(text, value) : sql<SqlBool>`${text} = ${value}`)
      break
    case 'text':
      if (typeof value === 'string' && value !== '')
        parts.push(sql<SqlBool>`position(lower(${value}) in lower(${text})) > 0`)
      break
    case 'span': {
      const type = sql.raw(ordered[narrowing.of])
      if (value !== undefined) parts.push(sql<SqlBool>`(${text})::${type} >= ${String(value)}::${type}`)
      if (to !== '' && until !== undefined) parts.push(sql<SqlBool>`(${text})::${type} <= ${String(until)}::${type}`)
    }
  }
  return parts
}

/** What is asked of a ledger's own fields, read by its own filter; a name it does not have is refused and not passed over. */
function ownConditions(ledger: Ledger | undefined, question: Readonly<Record<string, unknown>>): RawBuilder<SqlBool>[] {
  const asked = Object.entries(question).filter(([name]) => name.startsWith('x_'))
  if (asked.length === 0) return []
  const { filter } = ledger ? listOf(ledger) : { filter: undefined }
  const values: Record<string, unknown> = {}
  for (const [name, value] of asked) {
    const schema = filter?.shape[name]
    const parsed = schema instanceof z.ZodType ? schema.safeParse(value) : undefined
    if (!parsed?.success) {
      const message = schema ? '筛选条件的取值不对，请重新选择' : '这本台账没有这个筛选条件'
      return refuse(coreErrors.invalidInput, { detail: message, fields: [{ path: name, message }] })
    }
    values[name] = parsed.data
  }
  return ledger ? narrowingFields(ledger).flatMap((field) => narrowed(field, values)) : []
}

/** The day of each ledger's stock, for a list that shows several. */
export type StockDays = ReadonlyMap<string, Day>

function stockCondition(days: StockDays, stock: boolean): RawBuilder<SqlBool> {
  const [ledgers, ons] = [[...days.keys()], [...days.values()]]
  const of = sql`(select s.on_day from unnest(${ledgers}::text[], ${ons}::date[]) as s (ledger, on_day) where s.ledger = i.ledger)`
  return stock ? sql<SqlBool>`i.listed_on <= ${of}` : sql<SqlBool>`i.listed_on > ${of}`
}

/** The items the caller may see and has asked for. */
export function conditionOf(
  context: QueryContext,
  question: LedgerFilter & Readonly<Record<string, unknown>>,
  ledger: Ledger | undefined,
  stockDays: StockDays,
): RawBuilder<SqlBool> {
  const { today } = context
  const parts = [sql<SqlBool>`i.county = ${context.county}`, inScope(context.boxes('ledger.read'), itemScope)]
  if (question.ledger) parts.push(sql<SqlBool>`i.ledger = ${question.ledger}`)
  if (question.area) parts.push(within(sql`i.area`, question.area))
  if (question.body) parts.push(sql<SqlBool>`i.body_id = ${question.body}`)
  if (question.sector) parts.push(sql<SqlBool>`i.sector = ${question.sector}`)
  if (question.unitId) parts.push(sql<SqlBool>`i.unit_id = ${question.unitId}`)
  if (question.stateTypes) parts.push(sql<SqlBool>`i.state_type = any(${[...question.stateTypes]}::text[])`)
  if (question.states) parts.push(sql<SqlBool>`i.state = any(${[...question.states]}::text[])`)
  if (question.late) parts.push(lateness(today)[question.late])
  if (question.soon === true)
    parts.push(sql<SqlBool>`i.rank = 0 and i.due_on between ${today} and ${addDays(today, soonDays)}`)
  if (question.soon === false)
    parts.push(
      sql<SqlBool>`not (i.rank = 0 and i.due_on is not null and i.due_on between ${today} and ${addDays(today, soonDays)})`,
    )
  if (question.stock !== undefined) parts.push(stockCondition(stockDays, question.stock))
  if (question.dueFrom) parts.push(sql<SqlBool>`i.due_on >= ${question.dueFrom}`)
  if (question.dueTo) parts.push(sql<SqlBool>`i.due_on <= ${question.dueTo}`)
  if (question.text) {
    const query = searchQuery(question.text)
    parts.push(query === '' ? sql<SqlBool>`false` : sql<SqlBool>`i.search @@ to_tsquery('simple', ${query})`)
  }
  return sql<SqlBool>`${sql.join([...parts, ...ownConditions(ledger, question)], sql` and `)}`
}
