import { type Expression, type SqlBool, sql } from 'kysely'
import type { ScopeBox } from '#kernel/grants.ts'
import { inScope } from '#platform/db/scope.ts'
import type { QueryContext } from '#platform/module/module.ts'
import { searchQuery } from '#platform/search/tokens.ts'
import { countingPermission, type HazardFilter, standingStates, statesOf } from '../../model/index.ts'
import { hazardScope, limitConditions, movedCondition } from './moved.ts'

type Condition = Expression<SqlBool>

function dayConditions(filter: HazardFilter, stockUntil: string, t: 'h' | 's'): Condition[] {
  const out: Condition[] = []
  const bound = (column: string, operator: '>=' | '<=', value: string | undefined) => {
    if (value) out.push(sql<SqlBool>`${sql.ref(column)} ${sql.raw(operator)} ${value}`)
  }
  bound(`${t}.found_on`, '>=', filter.foundFrom)
  bound(`${t}.found_on`, '<=', filter.foundTo)
  bound(`${t}.closed_on`, '>=', filter.closedFrom)
  bound(`${t}.closed_on`, '<=', filter.closedTo)
  bound(`${t}.due_on`, '>=', filter.dueFrom)
  bound(`${t}.due_on`, '<=', filter.dueTo)
  const inMonth = (column: string, month: string | undefined) => {
    if (!month) return
    const from = `${month}-01`
    out.push(
      sql<SqlBool>`${sql.ref(column)} >= ${from}::date and ${sql.ref(column)} < (${from}::date + interval '1 month')`,
    )
  }
  inMonth(`${t}.found_on`, filter.foundMonth)
  inMonth(`${t}.closed_on`, filter.closedMonth)
  if (filter.stock === true) bound(`${t}.found_on`, '<=', stockUntil)
  if (filter.stock === false) out.push(sql<SqlBool>`${sql.ref(`${t}.found_on`)} > ${stockUntil}`)
  return out
}

/** Marks that the history keeps: as of a past day they are those of that day. */
function markConditions(filter: HazardFilter, t: 'h' | 's'): Condition[] {
  const out: Condition[] = []
  const column = (name: string) => sql.ref(`${t}.${name}`)
  // A hazard that passed its deadline and was closed or removed since is not overdue any more.
  const overdue = sql<SqlBool>`(${column('overdue')} and ${column('state')} = any(${[...standingStates]}::text[]))`
  if (filter.overdue !== undefined) out.push(sql<SqlBool>`${overdue} = ${filter.overdue}`)
  if (filter.listed !== undefined)
    out.push(filter.listed ? sql<SqlBool>`${column('listing')} <> 'none'` : sql<SqlBool>`${column('listing')} = 'none'`)
  if (filter.listing) out.push(sql<SqlBool>`${column('listing')} = ${filter.listing}`)
  if (filter.reopened !== undefined)
    out.push(filter.reopened ? sql<SqlBool>`${column('reopened')} > 0` : sql<SqlBool>`${column('reopened')} = 0`)
  if (filter.everClosed !== undefined)
    out.push(filter.everClosed ? sql<SqlBool>`${column('closures')} > 0` : sql<SqlBool>`${column('closures')} = 0`)
  if (filter.closeKind)
    out.push(sql<SqlBool>`${column('close_kind')} = ${filter.closeKind} and ${column('state')} = 'closed'`)
  return out
}

const resumeAsked = sql<SqlBool>`(h.stopped and exists (select 1 from jsonb_array_elements(h.detail -> 'stopOrders') o
  where o ->> 'liftedOn' is null and o ->> 'resumeAskedOn' is not null))`

function flagConditions(filter: HazardFilter): Condition[] {
  const out: Condition[] = []
  const flags = {
    stopped: 'h.stopped',
    interimMissing: 'h.interim_missing',
    extensionPending: 'h.extension_pending',
  } as const
  for (const [name, column] of Object.entries(flags)) {
    const value = filter[name as keyof typeof flags]
    if (value !== undefined) out.push(sql<SqlBool>`${sql.ref(column)} = ${value}`)
  }
  if (filter.resumePending !== undefined) out.push(sql<SqlBool>`${resumeAsked} = ${filter.resumePending}`)
  if (filter.planIncomplete !== undefined) out.push(sql<SqlBool>`h.plan_complete = ${!filter.planIncomplete}`)
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

/**
 * Rows of `hazard h` in the boxes (all that the caller may see) that match. For a past day `hazard_span s` is joined, and `then` says
 * where the side that the statistics know is read from; `hazard_span b` is the beginning of a period when one is asked for.
 */
export function hazardWhere(context: QueryContext, filter: HazardFilter, boxes: readonly ScopeBox[]) {
  const stockUntil = context.environment.parameters.text('hazard.stock.until', context.today)
  const until = filter.asOf ?? (filter.moved ? context.today : undefined)
  const then = until ? ('s' as const) : ('h' as const)
  const states = statesOf(filter)
  const conditions: Condition[] = [
    sql<SqlBool>`h.county = ${context.county}`,
    inScope(boxes, hazardScope),
    ...(filter.scopeOnly ? [inScope(context.boxes(countingPermission), hazardScope)] : []),
    // What left the limits is found by where it stood before.
    ...(filter.moved === 'adjustedOut' ? [] : limitConditions(filter, then)),
    ...(states ? [sql<SqlBool>`${sql.ref(`${then}.state`)} = any(${[...states]}::text[])`] : []),
    ...dayConditions(filter, stockUntil, then),
    ...markConditions(filter, then),
    ...flagConditions(filter),
    ...(filter.moved ? [movedCondition(filter.moved, filter)] : []),
  ]
  const since = filter.since ?? '0001-01-01'
  const beginning = filter.moved
    ? sql`left join hazard_span b on b.county = h.county and b.hazard_id = h.id
          and b.from_day <= ${since} and b.to_day > ${since}`
    : sql``
  const from = until
    ? sql`hazard h join hazard_span s on s.county = h.county and s.hazard_id = h.id
          and s.from_day <= ${until} and s.to_day > ${until} ${beginning}`
    : sql`hazard h`
  return { from, where: sql`${sql.join(conditions, sql` and `)}`, stockUntil, then }
}
