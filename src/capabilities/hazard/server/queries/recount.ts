import { sql } from 'kysely'
import type { Day } from '#kernel/time.ts'
import type { TallyCell } from '#platform/actions/types.ts'
import type { Reader } from '#platform/db/tables.ts'
import type { Recount } from '#platform/tally/verify.ts'
import { dayZero, hazardStateIds, hazardStates } from '../../model/index.ts'

const idsOfType = (...types: string[]) => hazardStateIds.filter((id) => types.includes(hazardStates[id].type))

/** Each metric counted again from the rows themselves, in SQL, so that it cannot share a mistake with `hazardCells`. */
async function countNow(reader: Reader, county: string): Promise<readonly TallyCell[]> {
  const standing = idsOfType('open', 'waiting')
  const result = await sql<TallyCell>`
    with h as (
      select *, substr(area, 1, 9) as town, to_char(found_on, 'YYYY-MM') as found_month
      from hazard where county = ${county}
    ), cells (metric, area, sector, level, channel, state, month, n) as (
      select 'hazard', town, sector, level, channel, state, found_month, 1::bigint from h
      union all
      select 'foundDay', town, sector, level, channel, state, found_month, found_on - ${dayZero}::date from h
        where state = any(${standing}::text[])
      union all
      select 'everClosed', town, sector, level, channel, '', found_month, 1 from h where closures > 0
      union all
      select 'overdue', town, sector, level, channel, state, found_month, 1 from h
        where overdue and state = any(${standing}::text[])
      union all
      select 'listed', town, sector, level, channel, state, found_month, 1 from h where listing <> 'none'
      union all
      select 'reopen', town, sector, level, channel, '', found_month, reopened from h where reopened > 0
      union all
      select 'reopened', town, sector, level, channel, '', found_month, 1 from h where reopened > 0
      union all
      select 'closure', town, sector, level, channel, '', substr(c->>'on', 1, 7), 1
        from h, jsonb_array_elements(detail->'closures') c
      union all
      select 'closed', town, sector, level, channel, coalesce(close_kind, ''), to_char(closed_on, 'YYYY-MM'), 1
        from h where state = 'closed' and closed_on is not null
      union all
      select 'closedDays', town, sector, level, channel, coalesce(close_kind, ''), to_char(closed_on, 'YYYY-MM'),
        closed_on - found_on from h where state = 'closed' and closed_on > found_on
      union all
      select 'removed', town, sector, level, channel, state, substr(detail->'ending'->>'on', 1, 7), 1 from h
        where state = any(${idsOfType('void')}::text[]) and detail->'ending'->>'on' is not null
      union all
      select 'report', substr(area, 1, 9), sector, '', channel, '', to_char(found_on, 'YYYY-MM'), 1
        from hazard_report where county = ${county}
    )
    select metric, area, sector, level, channel, state, month, sum(n)::bigint as n from cells
    group by 1, 2, 3, 4, 5, 6, 7`.execute(reader)
  return result.rows
}

async function countAsOf(reader: Reader, county: string, day: Day): Promise<readonly TallyCell[]> {
  const standing = idsOfType('open', 'waiting')
  const result = await sql<TallyCell>`
    with s as (
      select s.*, substr(s.area, 1, 9) as town from hazard_span s
      where s.county = ${county} and s.from_day <= ${day} and s.to_day > ${day}
    ), cells (metric, area, sector, level, channel, state, month, n) as (
      select 'hazard', town, sector, level, channel, state, month, 1::bigint from s
      union all
      select 'foundDay', town, sector, level, channel, state, month, found_on - ${dayZero}::date from s
        where state = any(${standing}::text[])
      union all
      select 'overdue', town, sector, level, channel, state, month, 1 from s
        where overdue and state = any(${standing}::text[])
      union all
      select 'listed', town, sector, level, channel, state, month, 1 from s where listing <> 'none'
      union all
      select 'reopened', town, sector, level, channel, '', month, 1 from s where reopened > 0
      union all
      select 'everClosed', town, sector, level, channel, '', month, 1 from s where closures > 0
      union all
      select 'closed', town, sector, level, channel, coalesce(close_kind, ''), to_char(closed_on, 'YYYY-MM'), 1
        from s where state = 'closed' and closed_on is not null
      union all
      select 'closedDays', town, sector, level, channel, coalesce(close_kind, ''), to_char(closed_on, 'YYYY-MM'),
        closed_on - found_on from s where state = 'closed' and closed_on > found_on
      union all
      select 'report', substr(area, 1, 9), sector, '', channel, '', to_char(found_on, 'YYYY-MM'), 1
        from hazard_report where county = ${county} and booked_on <= ${day}
    )
    select metric, area, sector, level, channel, state, month, sum(n)::bigint as n from cells
    group by 1, 2, 3, 4, 5, 6, 7 having sum(n) <> 0`.execute(reader)
  return result.rows
}

export const hazardRecount: Recount = {
  metrics: [
    'hazard',
    'foundDay',
    'everClosed',
    'overdue',
    'listed',
    'reopen',
    'reopened',
    'closure',
    'closed',
    'closedDays',
    'removed',
    'report',
  ],
  historic: ['hazard', 'foundDay', 'everClosed', 'overdue', 'listed', 'reopened', 'closed', 'closedDays', 'report'],
  cells: (reader, county, asOf) => (asOf ? countAsOf(reader, county, asOf) : countNow(reader, county)),
}

/** Ids of hazards with running clocks, page after page, for arming them anew. */
export async function clockedHazards(reader: Reader, county: string, after: string | null, size: number) {
  const result = await sql<{ id: string }>`
    select id from hazard where county = ${county} and (${after}::uuid is null or id > ${after}::uuid)
      and (state = any(${idsOfType('open', 'waiting')}::text[]) or reinspection = 'drawn')
    order by id limit ${size}`.execute(reader)
  return result.rows.map((row) => row.id)
}
