import type { HazardFilter, HazardState } from '#capabilities/hazard/model/index.ts'
import type { HazardRow } from '../chronicle.ts'

/** The states as docs/generated/lifecycles.md divides them. */
export const open: readonly HazardState[] = ['reported', 'registered', 'assigned', 'rectifying']
export const waiting: readonly HazardState[] = ['awaitingAcceptance', 'awaitingReview', 'awaitingClosure']
export const removed: readonly HazardState[] = ['rejected', 'transferred', 'merged', 'voided']
export const standing: readonly HazardState[] = [...open, ...waiting]

export const isOverdue = (row: HazardRow) => row.overdue && standing.includes(row.state)
/** Stopped by an order that the unit has asked to be lifted. */
const resumePending = ({ stopped, stop_orders: orders }: HazardRow) =>
  stopped && orders.some(({ liftedOn, resumeAskedOn }) => liftedOn === null && Boolean(resumeAskedOn))
export const isStock = (row: HazardRow) => row.found_on <= '2023-12-31'

const types: Readonly<Record<NonNullable<HazardFilter['stateType']>, readonly HazardState[]>> = {
  open,
  waiting,
  closed: ['closed'],
  void: removed,
  standing,
}

const within = (day: string | null, from: string | undefined, to: string | undefined) =>
  (from === undefined || (day !== null && day >= from)) && (to === undefined || (day !== null && day <= to))

const inMonth = (day: string | null, month: string | undefined) => month === undefined || day?.slice(0, 7) === month

const asks = <T>(wanted: T | undefined, is: T) => wanted === undefined || wanted === is

/**
 * Whether a hazard is what the filter asks for. `then` is the hazard at the end of the day asked for, `now` as it is; a
 * side of which the past is not kept is asked of the present.
 */
export function matches(filter: HazardFilter, then: HazardRow, now: HazardRow): boolean {
  const { text = '' } = filter
  return (
    then.area.startsWith(filter.area ?? '') &&
    asks(filter.sector, then.sector) &&
    asks(filter.level, then.level) &&
    asks(filter.channel, then.channel) &&
    (filter.states ?? [...standing, ...removed, 'closed']).includes(then.state) &&
    (filter.stateType === undefined || types[filter.stateType].includes(then.state)) &&
    asks(filter.unitId, now.unit_id ?? '') &&
    (filter.bodyId === undefined || [now.lead_body_id, now.assigned_body_id].includes(filter.bodyId)) &&
    [now.number, now.unit_name, now.description].some((words) => words.includes(text)) &&
    matchesMarks(filter, then, now) &&
    matchesDays(filter, then)
  )
}

function matchesMarks(filter: HazardFilter, then: HazardRow, now: HazardRow): boolean {
  return (
    asks(filter.overdue, isOverdue(then)) &&
    asks(filter.listed, then.listing !== 'none') &&
    asks(filter.listing, then.listing as 'county') &&
    asks(filter.reopened, then.reopened > 0) &&
    asks(filter.everClosed, then.closures > 0) &&
    (filter.closeKind === undefined || (then.state === 'closed' && then.close_kind === filter.closeKind)) &&
    asks(filter.stopped, now.stopped) &&
    asks(filter.reinspection, now.reinspection as 'drawn') &&
    asks(filter.planIncomplete, !now.plan_complete) &&
    asks(filter.interimMissing, now.interim_missing) &&
    asks(filter.extensionPending, now.extension_pending) &&
    asks(filter.resumePending, resumePending(now))
  )
}

function matchesDays(filter: HazardFilter, then: HazardRow): boolean {
  return (
    asks(filter.stock, isStock(then)) &&
    within(then.found_on, filter.foundFrom, filter.foundTo) &&
    within(then.closed_on, filter.closedFrom, filter.closedTo) &&
    within(then.due_on, filter.dueFrom, filter.dueTo) &&
    inMonth(then.found_on, filter.foundMonth) &&
    inMonth(then.closed_on, filter.closedMonth)
  )
}
