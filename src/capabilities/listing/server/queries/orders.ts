import { sql } from 'kysely'
import { prefixRange } from '#kernel/area.ts'
import { inScope } from '#platform/db/scope.ts'
import type { QueryContext, Standing, StandingQuestion } from '#platform/module/module.ts'
import { listingScope, listingsTold } from './list.ts'

/** Every order given until the day: delisted in time or late, running, or beyond its day. */
export async function orders(context: QueryContext, { asOf, area, body }: StandingQuestion): Promise<Standing> {
  const place = area ? prefixRange(area) : undefined
  const found = await sql<Pick<Standing, 'due' | 'met' | 'late' | 'open' | 'missed' | 'nextDue' | 'metOn'>>`
    with l as (
      select l.due_on, case when l.state = 'delisted' and l.ended_on <= ${asOf} then l.ended_on end as ended_on
      from ${listingsTold} where l.county = ${context.county} and l.ordered_on <= ${asOf}
        and (l.state in ('ordered', 'delisted') or l.ended_on > ${asOf})
        and ${inScope(context.boxes('listing.read'), listingScope)}
        and (${place === undefined} or (l.area >= ${place?.from ?? ''} and l.area < ${place?.to ?? ''}))
        and (${body === undefined} or ${body ?? ''} in (l.listing_body_id, l.supervising_body_id))
    )
    select count(*) as due, count(*) filter (where ended_on <= due_on) as met,
      count(*) filter (where ended_on > due_on) as late,
      count(*) filter (where ended_on is null and due_on >= ${asOf}) as open,
      count(*) filter (where ended_on is null and due_on < ${asOf}) as missed,
      min(due_on) filter (where ended_on is null and due_on >= ${asOf}) as "nextDue", max(ended_on) as "metOn"
    from l`.execute(context.db)
  const row = found.rows[0]
  if (!row) throw new Error('an aggregate without groups gives one row')
  const metOn = row.open + row.missed > 0 ? null : row.metOn
  return { id: 'listing:orders', ...row, metOn, zeroConfirmed: false, list: '/listings' }
}
