import { diffDays, monthOf } from '#kernel/time.ts'
import type { RecordType, TallyCell } from '#platform/actions/types.ts'
import { versionsIn } from '#platform/actions/versions.ts'
import type { Hazard } from '../model/index.ts'
import { dayZero, hazardDeadlines, hazardFacets, hazardLifecycle, hazardStates, isStanding } from '../model/index.ts'
import { loadHazard, saveHazard } from './store.ts'

/** Statistics count by town; a village's hazards stand under its town. */
const tallyArea = (area: string) => area.slice(0, 9)

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

export const hazardRecord: RecordType<Hazard> = {
  type: 'hazard',
  title: '隐患',
  readPermission: 'hazard.read',
  lifecycle: hazardLifecycle,
  numbers: 'hazard_number',
  load: loadHazard,
  versions: versionsIn('hazard'),
  save: saveHazard,
  facets: hazardFacets,
  label: (hazard) => `${hazard.number} ${hazard.unitName}`,
  tallyCells: hazardCells,
  deadlines: hazardDeadlines,
}
