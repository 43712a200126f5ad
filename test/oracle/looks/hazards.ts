import * as h from '#capabilities/hazard/model/index.ts'
import { type FindingRow, type HazardRow, sidesOf } from '../chronicle.ts'
import { pick, type Question } from '../draw.ts'
import type { Visit } from '../visit.ts'
import { matches, standing } from './matching.ts'

export const hazardOperations = [
  ...[h.listHazards, h.hazardExport.contract, h.getHazard, h.findSimilar, h.myTasks],
  ...[h.listReports, h.reportExport.contract],
]

/** The hazards a list may show this person, by a permission; `scopeOnly` leaves out what was merely given to a body. */
export function hazardsFor(visit: Visit, filter: h.HazardFilter, permission: string): HazardRow[] {
  const { reading, world } = visit
  return world.chronicle.hazards(filter.asOf).filter((then) => {
    const now = world.chronicle.hazardAt(then.id, undefined) ?? then
    const sides = sidesOf(now)
    const counted = !filter.scopeOnly || reading.may('statistics.read', sides, ['辖'])
    return counted && reading.may(permission, sides) && matches(filter, then, now)
  })
}

export async function lookAtHazards(visit: Visit, question: Question): Promise<void> {
  const [first, second, third] = question.filters
  const asOf = question.asOf === undefined ? {} : { asOf: question.asOf }
  await compareList(visit, {})
  await compareList(visit, first)
  await compareList(visit, { ...second, ...asOf })
  await compareList(visit, { ...question.past[0], asOf: question.past[1] })
  await compareExport(visit, { ...third, ...asOf })
  await comparePages(visit, second)
  await compareFindings(visit, question)
  await compareTasks(visit)
  const hazards = visit.world.chronicle.hazards()
  for (const row of pick(hazards, question.picks)) {
    const seen = visit.reading.may('hazard.read', sidesOf(row))
    const view = await visit.read(h.getHazard, row.id, seen)
    if (view) await visit.buttons(h.hazardLifecycle, view, sidesOf(row))
  }
  for (const row of pick(hazards, question.picks.slice(0, 2))) {
    const seen = visit.reading.may('hazard.read', sidesOf(row))
    await visit.attempt('hazard.setInterim', row.id, { text: '安排专人值守看护' }, seen, sidesOf(row))
  }
  await compareSimilar(visit, pick(hazards, question.picks.slice(0, 2)))
}

async function compareList(visit: Visit, filter: h.HazardFilter): Promise<void> {
  const list = await visit.ask(h.listHazards, { ...filter, size: 200 })
  if (!list) return
  const expected = hazardsFor(visit, filter, 'hazard.read')
  visit.sameIds(`hazard.list ${JSON.stringify(filter)}`, list.rows, expected)
  visit.same(`hazard.list ${JSON.stringify(filter)} total`, list.total, expected.length)
}

/** Pages that follow one another hold each row of the list once, in its order. */
async function comparePages(visit: Visit, filter: h.HazardFilter): Promise<void> {
  const whole = await visit.ask(h.listHazards, { ...filter, size: 200, sort: 'dueOn' })
  if (!whole) return
  const size = Math.max(1, Math.ceil(whole.total / 3))
  const paged: unknown[] = []
  for (let page = 1; page <= 3; page += 1) {
    const answer = await visit.ask(h.listHazards, { ...filter, size, page, sort: 'dueOn' })
    paged.push(...answer.rows.map((row: HazardRow) => row.id))
  }
  const ids = whole.rows.map((row: HazardRow) => row.id)
  visit.same(`pages of ${JSON.stringify(filter)}`, paged, ids)
}

async function compareExport(visit: Visit, filter: h.HazardFilter): Promise<void> {
  const shown = await visit.lines(h.hazardExport.contract, filter, '编号', '单位', '状态')
  if (!shown) return
  const expected = hazardsFor(visit, filter, 'hazard.export').map(({ number, unit_name: unit, state }) => {
    return `${number} ${unit} ${h.hazardStates[state].label}`
  })
  visit.same(`hazard.export ${JSON.stringify(filter)}`, shown.sort(), expected.sort())
}

/** A finding is read where it was made, by those who have to do with that place, and leads on only to what they may see. */
async function compareFindings(visit: Visit, { findings: [limits, months, asOf] }: Question): Promise<void> {
  for (const filter of [{}, { ...limits, ...(asOf ? { asOf } : {}) }, { ...months, ...limits }] as h.ReportFilter[]) {
    const list = await visit.ask(h.listReports, { ...filter, size: 200 })
    if (!list) return
    const expected = findingsFor(visit, filter, 'hazard.read')
    const what = `hazard.reports ${JSON.stringify(filter)}`
    visit.sameIds(what, list.rows, expected)
    visit.same(`${what} total`, list.total, expected.length)
    const standsOn = new Map(expected.map((row) => [row.id, hazardBehind(visit, row)]))
    for (const row of list.rows) {
      visit.same(`${what} leads from ${row.id} to`, row.hazard?.id ?? null, standsOn.get(row.id)?.id ?? null)
    }
    await compareFindingsFile(visit, filter)
  }
}

function findingsFor(visit: Visit, filter: h.ReportFilter, permission: string): FindingRow[] {
  const { chronicle } = visit.world
  return chronicle.findings(filter.asOf).filter((row) => {
    const unitId = chronicle.hazardAt(row.hazard_id, undefined)?.unit_id ?? null
    const sides = { area: row.area, sectors: [row.sector], unitId, bodies: [] }
    return (
      visit.reading.may(permission, sides, ['辖']) &&
      (!filter.scopeOnly || visit.reading.may('statistics.read', sides, ['辖'])) &&
      row.area.startsWith(filter.area ?? '') &&
      (filter.sector ?? row.sector) === row.sector &&
      (filter.channel ?? row.channel) === row.channel &&
      row.found_on.startsWith(filter.foundMonth ?? '')
    )
  })
}

/** The hazard that a finding stands on now, for those who may see it. */
function hazardBehind(visit: Visit, { hazard_id: id }: FindingRow): HazardRow | undefined {
  const hazard = visit.world.chronicle.hazardAt(id, undefined)
  return hazard && visit.reading.may('hazard.read', sidesOf(hazard)) ? hazard : undefined
}

async function compareFindingsFile(visit: Visit, filter: h.ReportFilter): Promise<void> {
  const file = await visit.lines(h.reportExport.contract, filter, '发现日期', '发现渠道', '单位')
  if (!file) return
  const expected = findingsFor(visit, filter, 'hazard.export').map((row) => {
    return `${row.found_on} ${h.channels[row.channel]} ${hazardBehind(visit, row)?.unit_name ?? ''}`
  })
  visit.same(`hazard.exportReports ${JSON.stringify(filter)}`, file.sort(), expected.sort())
}

/** Each heap of the workbench holds as many as the list it opens, and shows none that the list does not. */
async function compareTasks(visit: Visit): Promise<void> {
  const tasks = await visit.ask(h.myTasks)
  if (!tasks) return
  for (const group of tasks.groups) {
    const expected = hazardsFor(visit, group.filter, 'hazard.read')
    visit.same(`hazard.tasks ${group.id} total`, group.total, expected.length)
    const strangers = group.rows.filter((row: HazardRow) => !expected.some(({ id }) => id === row.id))
    visit.same(`hazard.tasks ${group.id} strangers`, strangers, [])
    visit.same(`hazard.tasks ${group.id} rows`, group.rows.length, Math.min(5, expected.length))
  }
}

async function compareSimilar(visit: Visit, of: readonly HazardRow[]): Promise<void> {
  for (const { unit_id: unitId, area, sector, description } of of) {
    const place = unitId === null ? { area, sector } : { unitId }
    const found = await visit.ask(h.findSimilar, { ...place, description })
    if (!found) return
    const near = hazardsFor(visit, {}, 'hazard.read').filter((row) =>
      unitId === null ? row.area === area && row.sector === sector : row.unit_id === unitId,
    )
    const same = near.filter((row) => row.description === description && standing.includes(row.state))
    const strangers = found.rows.filter((row: HazardRow) => !near.some(({ id }) => id === row.id))
    visit.same('hazard.similar strangers', strangers, [])
    visit.same('hazard.similar finds', found.rows.length >= Math.min(5, same.length), true)
  }
}
