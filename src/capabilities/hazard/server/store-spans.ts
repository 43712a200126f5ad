import { type Day, monthOf } from '#kernel/time.ts'
import type { Write } from '#platform/actions/writes.ts'
import type { Hazard } from '../model/index.ts'

/** Last day of a span that still holds. */
export const openEnd = '9999-12-31'

/** Everything a number or a list as of a past day looks at. */
function spanOf(hazard: Hazard) {
  return {
    area: hazard.area,
    sector: hazard.sector,
    level: hazard.level,
    channel: hazard.channel,
    state: hazard.state,
    month: monthOf(hazard.foundOn),
    found_on: hazard.foundOn,
    due_on: hazard.dueOn,
    overdue: hazard.overdue,
    listing: hazard.listing,
    reopened: hazard.reopened,
    closures: hazard.closures,
    closed_on: hazard.closedOn,
    close_kind: hazard.closeKind,
  }
}

/** Ends the span that held and begins a new one, when the hazard counts differently from `day` on. */
export function spanWrites(after: Hazard, before: Hazard | undefined, day: Day): Write[] {
  const span = spanOf(after)
  if (before && JSON.stringify(spanOf(before)) === JSON.stringify(span)) return []
  const key = { county: after.county, hazard_id: after.id }
  const held = { ...key, to_day: openEnd }
  const begun = { ...key, seq: after.version, from_day: day, to_day: openEnd, ...span }
  return [
    ...(before ? [{ name: 'span_ended', update: 'hazard_span', key: held, set: { to_day: day } }] : []),
    { name: 'span_begun', into: 'hazard_span', rows: [begun] },
  ]
}
