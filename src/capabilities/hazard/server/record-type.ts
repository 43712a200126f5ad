import type { Facets } from '#kernel/grants.ts'
import { addDays, diffDays, endOfDay, monthOf, startOfDay } from '#kernel/time.ts'
import type { ArmedDeadline, ClockEnv, RecordType, TallyCell } from '#platform/actions/types.ts'
import { dayZero, type Hazard, hazardLifecycle, hazardStates, isStanding } from '../model/index.ts'
import { loadHazard, saveHazard } from './store.ts'

export function hazardFacets(hazard: Hazard): Facets {
  const bodies = [hazard.leadBodyId, hazard.assignedBodyId].filter((id): id is string => id !== null)
  return { area: hazard.area, sectors: [hazard.sector], unitId: hazard.unitId, bodyIds: bodies }
}

/** Statistics count by town; a village's hazards stand under its town. */
export function tallyArea(area: string): string {
  return area.slice(0, 9)
}

/** Every statistics cell a hazard counts in. `month` is the month found, except for closures and removals. */
export function hazardCells(hazard: Hazard): TallyCell[] {
  const base = {
    area: tallyArea(hazard.area),
    sector: hazard.sector,
    level: hazard.level,
    channel: hazard.channel,
    state: hazard.state,
    month: monthOf(hazard.foundOn),
    n: 1,
  }
  const cells: TallyCell[] = [{ metric: 'hazard', ...base }]
  for (const report of hazard.reports) {
    const where = { area: tallyArea(report.area), sector: report.sector, channel: report.channel }
    cells.push({ metric: 'report', ...where, level: '', state: '', month: monthOf(report.foundOn), n: 1 })
  }
  if (isStanding(hazard.state)) cells.push({ metric: 'foundDay', ...base, n: diffDays(dayZero, hazard.foundOn) })
  if (hazard.closures > 0) cells.push({ metric: 'everClosed', ...base, state: '' })
  if (hazard.overdue && isStanding(hazard.state)) cells.push({ metric: 'overdue', ...base })
  if (hazard.listing !== 'none') cells.push({ metric: 'listed', ...base })
  if (hazard.reopened > 0) {
    cells.push({ metric: 'reopen', ...base, state: '', n: hazard.reopened }, { metric: 'reopened', ...base, state: '' })
  }
  for (const closure of hazard.detail.closures) {
    cells.push({ metric: 'closure', ...base, state: '', month: monthOf(closure.on) })
  }
  if (hazard.state === 'closed' && hazard.closedOn) {
    const closed = { ...base, state: hazard.closeKind ?? '', month: monthOf(hazard.closedOn) }
    cells.push({ metric: 'closed', ...closed })
    const days = diffDays(hazard.foundOn, hazard.closedOn)
    if (days > 0) cells.push({ metric: 'closedDays', ...closed, n: days })
  }
  if (hazardStates[hazard.state].type === 'void' && hazard.detail.ending) {
    cells.push({ metric: 'removed', ...base, month: monthOf(hazard.detail.ending.on) })
  }
  return cells
}

/** 09:00 in Shanghai: people read reminders when they come to work. */
const morning = 9 * 3_600_000

/** The clocks of a hazard: reminders before the deadline, on the day, the passing itself, and stale progress. */
export function hazardDeadlines(hazard: Hazard, env: ClockEnv): ArmedDeadline[] {
  const armed: ArmedDeadline[] = []
  const { state, dueOn } = hazard
  const working = state === 'assigned' || state === 'rectifying'
  if (working && dueOn) {
    for (const days of env.parameters.numbers('hazard.reminder.workingDaysBefore', dueOn)) {
      if (days <= 0) continue
      const on = env.calendar.addWorkingDays(dueOn, -days)
      armed.push({ rung: `before-${days}`, basis: dueOn, at: new Date(startOfDay(on).getTime() + morning) })
    }
    armed.push({ rung: 'due', basis: dueOn, at: new Date(startOfDay(dueOn).getTime() + morning) })
    if (!hazard.overdue) armed.push({ rung: 'overdue', basis: dueOn, at: new Date(endOfDay(dueOn).getTime() + 1) })
  }
  if (state === 'rectifying' && hazard.level === 'major') {
    const stale = addDays(hazard.progressOn, env.parameters.number('hazard.progress.staleDays', hazard.progressOn))
    armed.push({ rung: 'stale', basis: stale, at: new Date(startOfDay(stale).getTime() + morning) })
  }
  if (state === 'awaitingAcceptance' || state === 'awaitingReview') {
    const days = env.parameters.number('hazard.review.workingDays', hazard.progressOn)
    const until = env.calendar.addWorkingDays(hazard.progressOn, days)
    armed.push({ rung: 'review', basis: until, at: new Date(startOfDay(until).getTime() + morning) })
  }
  return armed
}

export const hazardRecord: RecordType<Hazard> = {
  type: 'hazard',
  title: '隐患',
  readPermission: 'hazard.read',
  lifecycle: hazardLifecycle,
  load: loadHazard,
  save: saveHazard,
  facets: hazardFacets,
  label: (hazard) => `${hazard.number} ${hazard.unitName}`,
  tallyCells: hazardCells,
  deadlines: hazardDeadlines,
}
