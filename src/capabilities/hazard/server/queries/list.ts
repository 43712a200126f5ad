import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import { prefixRange } from '#kernel/area.ts'
import { inScope, type ScopeColumns } from '#platform/db/scope.ts'
import type { QueryContext } from '#platform/module/module.ts'
import { searchQuery } from '#platform/search/tokens.ts'
import { type HazardFilter, type HazardRow, type HazardState, hazardStateIds, hazardStates } from '../../model/index.ts'
import type { HazardDeps } from '../deps.ts'
import type { HazardTables } from '../tables.ts'

export const hazardScope: ScopeColumns = {
  area: 'h.area',
  sector: 'h.sector',
  unit: 'h.unit_id',
  bodies: ['h.lead_body_id', 'h.assigned_body_id'],
}

const sortable: Record<string, string> = {
  foundOn: 'h.found_on',
  dueOn: 'h.due_on',
  closedOn: 'h.closed_on',
  number: 'h.number',
  unitName: 'h.unit_name',
  area: 'h.area',
  sector: 'h.sector',
  level: 'h.level',
  state: 'h.state',
}

/** `field` or `-field`; anything unknown falls back to newest first. The id makes pages stable. */
export function orderOf(sort: string | undefined): RawBuilder<unknown> {
  const down = !sort || sort.startsWith('-')
  const column = sortable[(sort ?? '-foundOn').replace(/^-/, '')] ?? 'h.found_on'
  return down ? sql`${sql.ref(column)} desc, h.id desc` : sql`${sql.ref(column)} asc, h.id asc`
}

function statesOf(filter: HazardFilter): HazardState[] | undefined {
  const type = filter.stateType
  const byType = type
    ? hazardStateIds.filter((id) => {
        const own = hazardStates[id].type
        return type === 'standing' ? own === 'open' || own === 'waiting' : own === type
      })
    : undefined
  if (!filter.states) return byType
  return byType ? filter.states.filter((state) => byType.includes(state)) : filter.states
}

type Condition = Expression<SqlBool>

/** Conditions on the sides that the statistics know; `t` is the hazard itself or its span as of a past day. */
function countedConditions(filter: HazardFilter, t: 'h' | 's'): Condition[] {
  const out: Condition[] = []
  const column = (name: string) => sql.ref(`${t}.${name}`)
  if (filter.area) {
    const { from, to } = prefixRange(filter.area)
    out.push(sql<SqlBool>`${column('area')} >= ${from} and ${column('area')} < ${to}`)
  }
  for (const name of ['sector', 'level', 'channel'] as const) {
    if (filter[name]) out.push(sql<SqlBool>`${column(name)} = ${filter[name]}`)
  }
  const states = statesOf(filter)
  if (states) out.push(sql<SqlBool>`${column('state')} = any(${states}::text[])`)
  return out
}

function dayConditions(filter: HazardFilter, stockUntil: string): Condition[] {
  const out: Condition[] = []
  const bound = (column: string, operator: '>=' | '<=', value: string | undefined) => {
    if (value) out.push(sql<SqlBool>`${sql.ref(column)} ${sql.raw(operator)} ${value}`)
  }
  bound('h.found_on', '>=', filter.foundFrom)
  bound('h.found_on', '<=', filter.foundTo)
  bound('h.closed_on', '>=', filter.closedFrom)
  bound('h.closed_on', '<=', filter.closedTo)
  bound('h.due_on', '>=', filter.dueFrom)
  bound('h.due_on', '<=', filter.dueTo)
  const inMonth = (column: string, month: string | undefined) => {
    if (!month) return
    const from = `${month}-01`
    out.push(
      sql<SqlBool>`${sql.ref(column)} >= ${from}::date and ${sql.ref(column)} < (${from}::date + interval '1 month')`,
    )
  }
  inMonth('h.found_on', filter.foundMonth)
  inMonth('h.closed_on', filter.closedMonth)
  if (filter.stock === true) out.push(sql<SqlBool>`h.found_on <= ${stockUntil}`)
  if (filter.stock === false) out.push(sql<SqlBool>`h.found_on > ${stockUntil}`)
  return out
}

function flagConditions(filter: HazardFilter): Condition[] {
  const out: Condition[] = []
  const flags = {
    overdue: 'h.overdue',
    stopped: 'h.stopped',
    interimMissing: 'h.interim_missing',
    extensionPending: 'h.extension_pending',
  } as const
  for (const [name, column] of Object.entries(flags)) {
    const value = filter[name as keyof typeof flags]
    if (value !== undefined) out.push(sql<SqlBool>`${sql.ref(column)} = ${value}`)
  }
  // A hazard that passed its deadline and was closed or removed since is not overdue any more.
  if (filter.overdue === true)
    out.push(sql<SqlBool>`h.state = any(${statesOf({ stateType: 'standing' }) ?? []}::text[])`)
  if (filter.planIncomplete !== undefined) out.push(sql<SqlBool>`h.plan_complete = ${!filter.planIncomplete}`)
  if (filter.listed !== undefined)
    out.push(filter.listed ? sql<SqlBool>`h.listing <> 'none'` : sql<SqlBool>`h.listing = 'none'`)
  if (filter.reopened !== undefined)
    out.push(filter.reopened ? sql<SqlBool>`h.reopened > 0` : sql<SqlBool>`h.reopened = 0`)
  if (filter.listing) out.push(sql<SqlBool>`h.listing = ${filter.listing}`)
  if (filter.reinspection) out.push(sql<SqlBool>`h.reinspection = ${filter.reinspection}`)
  if (filter.unitId) out.push(sql<SqlBool>`h.unit_id = ${filter.unitId}`)
  if (filter.bodyId) {
    const { bodyId } = filter
    out.push(sql<SqlBool>`(h.assigned_body_id = ${bodyId} or h.lead_body_id = ${bodyId})`)
  }
  if (filter.text) out.push(textCondition(filter.text))
  return out
}

function textCondition(text: string): Condition {
  const query = searchQuery(text)
  return query === '' ? sql<SqlBool>`false` : sql<SqlBool>`h.search @@ to_tsquery('simple', ${query})`
}

/** Rows of `hazard h` that the caller may see and that match; joins `hazard_span s` when a past day is asked for. */
export function hazardWhere(context: QueryContext, filter: HazardFilter, permission = 'hazard.read') {
  const stockUntil = context.environment.parameters.text('hazard.stock.until', context.today)
  const conditions: Condition[] = [
    sql<SqlBool>`h.county = ${context.county}`,
    inScope(
      context.boxes(permission).filter((box) => !filter.scopeOnly || !box.bodyId),
      hazardScope,
    ),
    ...countedConditions(filter, filter.asOf ? 's' : 'h'),
    ...dayConditions(filter, stockUntil),
    ...flagConditions(filter),
  ]
  const from = filter.asOf
    ? sql`hazard h join hazard_span s on s.county = h.county and s.hazard_id = h.id
          and s.from_day <= ${filter.asOf} and s.to_day > ${filter.asOf}`
    : sql`hazard h`
  return { from, where: sql`${sql.join(conditions, sql` and `)}`, stockUntil }
}

const listColumns = sql`h.id, h.version, h.number, h.unit_id, h.unit_name, h.area, h.sector, h.level, h.channel, h.state,
  h.description, h.found_on, h.due_on, h.closed_on, h.overdue, h.stopped, h.listing, h.lead_body_id,
  h.assigned_body_id, h.plan_complete, h.interim_missing,
  (select count(*) from hazard_report r where r.county = h.county and r.hazard_id = h.id) as reports`

export interface ListedHazard
  extends Pick<
    HazardTables['hazard'],
    | 'id'
    | 'version'
    | 'number'
    | 'unit_id'
    | 'unit_name'
    | 'area'
    | 'sector'
    | 'level'
    | 'channel'
    | 'state'
    | 'description'
    | 'found_on'
    | 'due_on'
    | 'closed_on'
    | 'overdue'
    | 'stopped'
    | 'listing'
    | 'lead_body_id'
    | 'assigned_body_id'
    | 'plan_complete'
    | 'interim_missing'
  > {
  reports: number
}

export function toRow(deps: HazardDeps, county: string, stockUntil: string, row: ListedHazard): HazardRow {
  const { directory } = deps
  return {
    id: row.id,
    version: row.version,
    number: row.number,
    unitId: row.unit_id,
    unitName: row.unit_name,
    area: row.area,
    areaName: directory.areaName(county, row.area),
    sector: row.sector,
    sectorName: directory.sectorName(county, row.sector),
    level: row.level,
    channel: row.channel,
    state: row.state,
    description: row.description,
    foundOn: row.found_on,
    dueOn: row.due_on,
    closedOn: row.closed_on,
    overdue: row.overdue && hazardStates[row.state].type !== 'closed' && hazardStates[row.state].type !== 'void',
    stopped: row.stopped,
    listing: row.listing,
    leadBodyName: directory.bodyName(county, row.lead_body_id),
    assignedBodyName: row.assigned_body_id ? directory.bodyName(county, row.assigned_body_id) : null,
    planComplete: row.plan_complete,
    interimMissing: row.interim_missing,
    reports: row.reports,
    stock: row.found_on <= stockUntil,
  }
}

export async function countHazards(context: QueryContext, filter: HazardFilter): Promise<number> {
  const { from, where } = hazardWhere(context, filter)
  const result = await sql<{ n: number }>`select count(*) as n from ${from} where ${where}`.execute(context.db)
  return result.rows[0]?.n ?? 0
}

/** One page of rows; with `asOf` the state shown is the one of that day. */
export async function pageHazards(
  deps: HazardDeps,
  context: QueryContext,
  filter: HazardFilter,
  page: { readonly size: number; readonly offset: number; readonly sort: string | undefined },
): Promise<HazardRow[]> {
  const { from, where, stockUntil } = hazardWhere(context, filter)
  const state = filter.asOf ? sql`, s.state as state_then` : sql``
  const result = await sql<ListedHazard & { state_then?: HazardState }>`
    select ${listColumns}${state} from ${from} where ${where}
    order by ${orderOf(page.sort)} limit ${page.size} offset ${page.offset}`.execute(context.db)
  return result.rows.map((row) =>
    toRow(deps, context.county, stockUntil, row.state_then ? { ...row, state: row.state_then } : row),
  )
}
