import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import { prefixRange } from '#kernel/area.ts'
import type { ScopeBox } from '#kernel/grants.ts'
import type { Day } from '#kernel/time.ts'
import { inScope, type ScopeColumns } from '#platform/db/scope.ts'
import type { QueryContext } from '#platform/module/module.ts'
import {
  type FlowLimits,
  type HazardState,
  hazardStateIds,
  hazardStates,
  type Move,
  moves,
  standingStates,
} from '../../model/index.ts'

export const hazardScope: ScopeColumns = {
  area: 'h.area',
  sector: 'h.sector',
  unit: 'h.unit_id',
  bodies: ['h.lead_body_id', 'h.assigned_body_id'],
}

type Condition = Expression<SqlBool>

/** The limits a statistic can have, on the hazard itself (`h`), its span as of the day (`s`) or at the beginning (`b`). */
export function limitConditions(limits: FlowLimits, t: 'h' | 's' | 'b'): Condition[] {
  const out: Condition[] = []
  const column = (name: string) => sql.ref(`${t}.${name}`)
  if (limits.area) {
    const { from, to } = prefixRange(limits.area)
    out.push(sql<SqlBool>`${column('area')} >= ${from} and ${column('area')} < ${to}`)
  }
  for (const name of ['sector', 'level', 'channel'] as const) {
    if (limits[name]) out.push(sql<SqlBool>`${column(name)} = ${limits[name]}`)
  }
  return out
}

const of = (type: string): HazardState[] => hazardStateIds.filter((id) => hazardStates[id].type === type)
const at = (t: 's' | 'b', states: readonly HazardState[]): RawBuilder<SqlBool> =>
  sql<SqlBool>`${sql.ref(`${t}.state`)} = any(${[...states]}::text[])`

const all = (conditions: readonly Condition[]): RawBuilder<SqlBool> =>
  conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join([...conditions], sql` and `)})`

/**
 * What happened to a hazard between the beginning (`b`, absent when it was not yet known) and the end (`s`) of a period.
 * Each hazard stands at most once under each move, and opening + in - out = closing holds whatever happened in between.
 */
export function movedCondition(move: Move, limits: FlowLimits): RawBuilder<SqlBool> {
  const wasStanding = sql<SqlBool>`b.hazard_id is not null and ${at('b', standingStates)}`
  const fresh = sql<SqlBool>`(b.hazard_id is null or ${at('b', standingStates)})`
  switch (move) {
    case 'entered':
      return sql<SqlBool>`b.hazard_id is null`
    case 'reopened':
      return sql<SqlBool>`${at('b', of('closed'))} and ${at('s', standingStates)}`
    case 'restored':
      return sql<SqlBool>`${at('b', of('void'))} and ${at('s', standingStates)}`
    case 'closed':
      return sql<SqlBool>`${fresh} and ${at('s', of('closed'))}`
    case 'removed':
      return sql<SqlBool>`${fresh} and ${at('s', of('void'))}`
    case 'adjustedIn':
      return sql<SqlBool>`${wasStanding} and not ${all(limitConditions(limits, 'b'))}`
    case 'adjustedOut':
      return sql<SqlBool>`${wasStanding} and ${all(limitConditions(limits, 'b'))} and not ${all(limitConditions(limits, 's'))}`
  }
}

export interface FlowPeriod {
  readonly name: string
  /** The state at the end of this day is what the period begins with. */
  readonly since: Day
  /** Last day of the period. */
  readonly until: Day
}

/** How many hazards moved in each period; only hazards that changed in a period are looked at. */
export async function hazardFlows(
  context: QueryContext,
  boxes: readonly ScopeBox[],
  limits: FlowLimits,
  periods: readonly FlowPeriod[],
): Promise<Map<string, Record<Move, number>>> {
  const counts = sql.join(
    moves.map((move) => {
      const inside = move === 'adjustedOut' ? [] : limitConditions(limits, 's')
      return sql`count(*) filter (where ${all([...inside, movedCondition(move, limits)])}) as ${sql.ref(move)}`
    }),
  )
  const columns = (side: keyof FlowPeriod) => periods.map((period) => period[side])
  const result = await sql<{ name: string } & Record<Move, number>>`
    select p.name, ${counts}
    from unnest(${columns('name')}::text[], ${columns('since')}::date[], ${columns('until')}::date[]) p (name, since, until)
    join hazard_span s on s.county = ${context.county} and s.from_day > p.since and s.from_day <= p.until
      and s.to_day > p.until
    join hazard h on h.county = s.county and h.id = s.hazard_id
    left join hazard_span b on b.county = s.county and b.hazard_id = s.hazard_id
      and b.from_day <= p.since and b.to_day > p.since
    where ${inScope(
      boxes.filter((box) => !box.bodyId),
      hazardScope,
    )}
    group by p.name`.execute(context.db)
  return new Map(result.rows.map(({ name, ...moved }) => [name, moved]))
}
