import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { prefixRange } from '#kernel/area.ts'
import { grantedBodies } from '#kernel/grants.ts'
import { diffDays } from '#kernel/time.ts'
import { inScope, type ScopeColumns } from '#platform/db/scope.ts'
import { listDownload, listSource } from '#platform/list/list-download.ts'
import {
  answer,
  type ExportDesk,
  type QueryContext,
  type RegisteredDownload,
  type RegisteredQuery,
} from '#platform/module/module.ts'
import {
  type ItemFilter,
  type ItemRow,
  itemExport,
  itemStateOf,
  listItems,
  myDuties,
  overdueFeed,
} from '../../model/index.ts'
import type { DutyDeps } from '../deps.ts'
import type { ItemColumns } from '../store.ts'
import { inStates } from './state.ts'

export const itemScope: ScopeColumns = {
  area: 'i.area',
  sectors: 'i.sectors',
  unit: 'i.unit_id',
  bodies: ['i.body_id'],
}

export const seenItems = (context: QueryContext): RawBuilder<SqlBool> =>
  sql<SqlBool>`i.county = ${context.county} and ${inScope(context.boxes('duty.read'), itemScope)}`

export const withNames = (county: string) => sql`
  left join duty_period p on p.county = ${county} and p.rule = i.rule and p.period = i.period
  left join unit u on u.county = ${county} and u.id = i.unit_id`

export const itemColumns = sql`i.*, p.label, u.name as unit_name`

/** Rules of the pack that serve a clause. */
const rulesOfClause = ({ book }: DutyDeps, clause: string) =>
  [...book.rules.values()].filter(({ clauses }) => clauses.includes(clause)).map(({ id }) => id)

export function conditionOf(deps: DutyDeps, context: QueryContext, filter: ItemFilter): RawBuilder<SqlBool> {
  const parts = [seenItems(context)]
  const add = (part: RawBuilder<SqlBool>) => parts.push(part)
  if (filter.states) add(inStates(filter.states, context.today))
  if (filter.rule) add(sql<SqlBool>`i.rule = ${filter.rule}`)
  if (filter.clause) add(sql<SqlBool>`i.rule = any(${rulesOfClause(deps, filter.clause)}::text[])`)
  if (filter.area) {
    const { from, to } = prefixRange(filter.area)
    add(sql<SqlBool>`i.area >= ${from} and i.area < ${to}`)
  }
  if (filter.sector) add(sql<SqlBool>`${filter.sector} = any(i.sectors)`)
  if (filter.bodyId) add(sql<SqlBool>`i.body_id = ${filter.bodyId}`)
  if (filter.unitId) add(sql<SqlBool>`i.unit_id = ${filter.unitId}`)
  if (filter.kind) add(sql<SqlBool>`i.subject_kind = ${filter.kind}`)
  if (filter.period) add(sql<SqlBool>`i.period = ${filter.period}`)
  if (filter.dueFrom) add(sql<SqlBool>`i.due_on >= ${filter.dueFrom}`)
  if (filter.dueTo) add(sql<SqlBool>`i.due_on <= ${filter.dueTo}`)
  if (filter.begunBy) add(sql<SqlBool>`i.start_on <= ${filter.begunBy} and not i.exempt`)
  if (filter.text) add(sql<SqlBool>`strpos(i.subject_name, ${filter.text}) > 0`)
  return sql<SqlBool>`${sql.join(parts, sql` and `)}`
}

export function rowOf(deps: DutyDeps, context: QueryContext, row: ItemColumns): ItemRow {
  const rule = deps.book.rules.get(row.rule)
  const { county, today } = context
  const facts = { ...row, startOn: row.start_on, dueOn: row.due_on, metOn: row.met_on }
  return {
    id: row.id,
    rule: row.rule,
    title: rule?.title ?? row.rule,
    clauses: rule?.clauses ?? [],
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    subjectName: row.subject_name,
    unitId: row.unit_id,
    unitName: row.unit_name,
    areaName: deps.directory.areaName(county, row.area),
    bodyName: row.body_id ? deps.directory.bodyName(county, row.body_id) : null,
    period: row.period,
    periodLabel: row.label ?? row.period,
    startOn: row.start_on,
    endOn: row.end_on,
    dueOn: row.due_on,
    quota: row.quota,
    unit: rule?.quota.unit ?? 'times',
    done: row.done,
    pending: row.pending,
    metOn: row.met_on,
    state: itemStateOf(facts, today),
  }
}

const orders: Readonly<Record<string, RawBuilder<unknown>>> = {
  dueOn: sql`i.due_on, i.id`,
  '-dueOn': sql`i.due_on desc, i.id desc`,
}
const orderOf = (sort = '-dueOn') => (Object.hasOwn(orders, sort) ? orders[sort] : undefined) ?? orders['-dueOn']

const question = (
  deps: DutyDeps,
  context: QueryContext,
  filter: ItemFilter,
  sort: string | undefined,
) => sql<ItemColumns>`
  select ${itemColumns} from duty_item i ${withNames(context.county)}
  where ${conditionOf(deps, context, filter)} order by ${orderOf(sort)}`

const items = (deps: DutyDeps): RegisteredQuery =>
  answer(listItems, async (context, { page, size, sort, ...filter }) => {
    const wanted = conditionOf(deps, context, filter)
    // Names are looked up for the page alone, not for the hundreds of thousands before it.
    const rows = await sql<ItemColumns>`
      select ${itemColumns} from (
        select i.* from duty_item i where ${wanted} order by ${orderOf(sort)} limit ${size} offset ${(page - 1) * size}
      ) i ${withNames(context.county)} order by ${orderOf(sort)}`.execute(context.db)
    const total = await sql<{ n: number }>`
      select count(*) as n from duty_item i where ${wanted}`.execute(context.db)
    return { rows: rows.rows.map((row) => rowOf(deps, context, row)), total: total.rows[0]?.n ?? 0 }
  })

/** What a person has to do themselves: of their unit, or of the bodies they act for. */
export function ownItems({ actor }: QueryContext): RawBuilder<SqlBool> {
  const units = actor.grants.flatMap(({ unitId }) => (unitId ? [unitId] : []))
  const bodies = grantedBodies(actor)
  return sql<SqlBool>`(i.unit_id = any(${units}::uuid[]) or i.body_id = any(${bodies}::text[]))`
}

const shownOfMine = 8

const mine = (deps: DutyDeps): RegisteredQuery =>
  answer(myDuties, async (context) => {
    const { db, county, today, actor } = context
    const own = sql`${seenItems(context)} and ${ownItems(context)}`
    const counts = await sql<{ overdue: number; soon: number }>`
      select count(*) filter (where ${inStates(['short', 'missed'], today)}) as overdue,
        count(*) filter (where ${inStates(['dueSoon'], today)}) as soon
      from duty_item i where ${own} and i.met_on is null and not i.exempt`.execute(db)
    // What is due can still be done; what is over may be years back, and the latest of it stands nearest.
    const rows = await sql<ItemColumns>`
      select ${itemColumns} from duty_item i ${withNames(county)}
      where ${own} and ${inStates(['dueSoon', 'short', 'missed'], today)}
      order by i.due_on < ${today}::date, case when i.due_on >= ${today}::date then i.due_on end, i.due_on desc, i.id
      limit ${shownOfMine}`.execute(db)
    const roles = actor.grants.map(({ role }) => role as string)
    const forms = [...deps.book.forms.values()].filter(({ verify }) => verify?.some((role) => roles.includes(role)))
    const verifying = await sql<{ n: number }>`
      select count(*) as n from duty_deed i
      where i.county = ${county} and i.state = 'unverified' and i.form = any(${forms.map(({ id }) => id)}::text[])
        and i.detail->>'accountId' is distinct from ${actor.accountId}
        and ${inScope(context.boxes('duty.verify'), itemScope)}`.execute(db)
    return {
      overdue: counts.rows[0]?.overdue ?? 0,
      dueSoon: counts.rows[0]?.soon ?? 0,
      toVerify: verifying.rows[0]?.n ?? 0,
      rows: rows.rows.map((row) => rowOf(deps, context, row)),
    }
  })

const feed = (deps: DutyDeps): RegisteredQuery =>
  answer(overdueFeed, async (context, { after, from, size }) => {
    const { db, county, today } = context
    const since = after ? sql` and i.due_on > ${after}` : sql``
    const on = from ? sql` and i.id > ${from}` : sql``
    const found = await sql<ItemColumns>`
      select ${itemColumns} from (
        select i.* from duty_item i
        where ${seenItems(context)} and ${inStates(['short', 'missed'], today)}${since}${on} order by i.id limit ${size + 1}
      ) i ${withNames(county)} order by i.id`.execute(db)
    const shown = found.rows.slice(0, size)
    return {
      rows: shown.map((row) => ({
        ...rowOf(deps, context, row),
        area: row.area,
        bodyId: row.body_id,
        daysLate: diffDays(row.due_on, today),
      })),
      next: found.rows.length > size ? (shown.at(-1)?.id ?? null) : null,
    }
  })

export const itemQueries = (deps: DutyDeps): RegisteredQuery[] => [items(deps), mine(deps), feed(deps)]

export const itemDownload = (deps: DutyDeps, desk: ExportDesk): RegisteredDownload =>
  listDownload(itemExport, desk, (context, filter, sort) =>
    listSource(question(deps, context, filter, sort), (rows) => rows.map((row) => rowOf(deps, context, row))),
  )
