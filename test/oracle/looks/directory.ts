import * as d from '#capabilities/directory/model/index.ts'
import { newId } from '#kernel/ids.ts'
import { county } from '#test/kit/hazard-acts.ts'
import { pick, type Question } from '../draw.ts'
import type { Sides } from '../reading.ts'
import { type Visit, withoutRequest } from '../visit.ts'
import type { UnitFacts } from '../world.ts'

export const directoryOperations = [
  d.listUnits,
  d.getUnit,
  d.findSimilarUnits,
  d.countUnits,
  d.listPeople,
  d.unitExport.contract,
  d.peopleExport.contract,
  d.exportUnitCounts,
  d.listHistory,
  d.listBodyPosts,
  d.bodyPostExport.contract,
]

const sides = ({ id, area, sectors }: UnitFacts): Sides => ({ area, sectors, unitId: id, bodies: [] })

interface UnitQuestion {
  readonly area?: string
  readonly sector?: string
  readonly highRisk?: boolean
  readonly text?: string
}

const isHighRisk = (unit: UnitFacts) => unit.sectors.includes('civilExplosives')

function unitsFor(visit: Visit, permission: string, filter: UnitQuestion): UnitFacts[] {
  const { area = '', sector, highRisk, text = '' } = filter
  return visit.world.units.filter(
    (unit) =>
      visit.reading.may(permission, sides(unit)) &&
      unit.area.startsWith(area) &&
      (sector === undefined || unit.sectors.includes(sector)) &&
      (highRisk === undefined || isHighRisk(unit) === highRisk) &&
      (unit.name.includes(text) || unit.creditCode.includes(text)),
  )
}

export async function lookAtDirectory(visit: Visit, question: Question): Promise<void> {
  const filter = question.units as UnitQuestion
  await compareUnits(visit, {})
  await compareUnits(visit, filter)
  await comparePeople(visit, filter)
  const file = await visit.lines(d.unitExport.contract, filter, '单位名称', '统一社会信用代码')
  if (file) {
    const expected = unitsFor(visit, 'directory.exportUnits', filter).map((unit) => `${unit.name} ${unit.creditCode}`)
    visit.same('directory.exportUnits', file.sort(), expected.sort())
  }
  const sums = await visit.sheet(d.exportUnitCounts, filter)
  const exported = String(unitsFor(visit, 'directory.exportUnits', filter).length)
  if (sums) visit.same(`directory.exportUnitCounts ${JSON.stringify(filter)}`, sums.at(-1)?.at(-1), exported)
  await compareBodyPosts(visit, question)
  for (const unit of pick(visit.world.units, question.picks.slice(0, 5))) await compareUnit(visit, unit)
}

async function compareUnits(visit: Visit, filter: UnitQuestion): Promise<void> {
  const list = await visit.ask(d.listUnits, { ...filter, size: 200 })
  const counts = await visit.ask(d.countUnits, filter)
  if (!list || !counts) return
  const what = `directory.listUnits ${JSON.stringify(filter)}`
  const expected = unitsFor(visit, 'directory.readUnit', filter)
  visit.sameIds(what, list.rows, expected)
  visit.same(`${what} total`, list.total, expected.length)
  visit.same(`${what} counted`, counts.total, expected.length)
  const highRisk = expected.filter(isHighRisk)
  visit.same(`${what} high risk`, counts.highRisk, highRisk.length)
  const asked = (sector: string) => filter.sector === undefined || filter.sector === sector
  const cells = expected.flatMap((unit) =>
    unit.sectors.filter(asked).map((sector) => `${unit.area.slice(0, 9)} ${sector}`),
  )
  const shown = counts.cells.flatMap((cell: { area: string; sector: string; n: number }) =>
    Array.from({ length: cell.n }, () => `${cell.area} ${cell.sector}`),
  )
  visit.same(`${what} cells`, shown.sort(), cells.sort())
}

/** Everybody who may see the unit sees its people; whole numbers only those whom the page lets read them. */
async function comparePeople(visit: Visit, { area, sector }: UnitQuestion): Promise<void> {
  const filter = { ...(area ? { area } : {}), ...(sector ? { sector } : {}) }
  const people = await visit.ask(d.listPeople, { ...filter, size: 200 })
  if (!people) return
  const expected = unitsFor(visit, 'directory.readUnit', filter)
  const words = expected.map((unit) => `${unit.id} ${phoneFor(visit, unit)}`)
  const shown = people.rows.map((row: { unitId: string; phone: string }) => `${row.unitId} ${row.phone}`)
  visit.same(`directory.listPeople ${JSON.stringify(filter)}`, shown.sort(), words.sort())
  visit.same(`directory.listPeople ${JSON.stringify(filter)} total`, people.total, expected.length)
  const file = await visit.lines(d.peopleExport.contract, filter, '单位', '手机')
  const taken = unitsFor(visit, 'directory.exportUnits', filter).map((unit) => `${unit.name} ${phoneFor(visit, unit)}`)
  if (file) visit.same(`directory.exportPeople ${JSON.stringify(filter)}`, file.sort(), taken.sort())
}

function phoneFor(visit: Visit, unit: UnitFacts): string {
  const whole = visit.reading.may('directory.readPersonal', sides(unit))
  return whole ? unit.phone : `${unit.phone.slice(0, 3)}****${unit.phone.slice(-4)}`
}

async function compareUnit(visit: Visit, unit: UnitFacts): Promise<void> {
  const seen = visit.reading.may('directory.readUnit', sides(unit))
  const view = await visit.read(d.getUnit, unit.id, seen)
  if (view) {
    visit.same(`phone of ${unit.name}`, view.posts[0].phone, phoneFor(visit, unit))
    await visit.buttons(d.unitLifecycle, view, sides(unit))
  }
  await visit.attempt('directory.editContacts', unit.id, { contacts: [], address: '' }, seen, sides(unit))
  await compareHistory(visit, unit, seen)
  const found = await visit.ask(d.findSimilarUnits, { name: unit.name, creditCode: unit.creditCode })
  if (!found) return
  const ids: string[] = found.units.map((row: { unit: { id: string } }) => row.unit.id)
  const hidden = ids.filter((id) => !unitsFor(visit, 'directory.readUnit', {}).some((known) => known.id === id))
  visit.same(`directory.findSimilarUnits ${unit.name} hidden`, hidden, [])
  visit.same(`directory.findSimilarUnits ${unit.name} itself`, ids.includes(unit.id), seen)
}

/** The history of a unit is for those who may see it, and under the name of an area there is none of anything else. */
async function compareHistory(visit: Visit, unit: UnitFacts, seen: boolean): Promise<void> {
  const ask = (recordId: string) => visit.visitor.get(d.listHistory, { recordType: 'unit', recordId })
  const history = await ask(unit.id)
  if (seen) visit.same(`history of ${unit.name}`, [history.status, history.body.rows?.length > 0], [200, true])
  else
    visit.same(`history of ${unit.name}`, withoutRequest(history), await visit.nowhere('history', () => ask(newId(0))))
  const other = await visit.ask(d.listHistory, { recordType: 'area', recordId: unit.id })
  visit.same(`history of ${unit.name} as of an area`, other.rows, [])
}

/** One phone book for all who may look; only those who answer for a body change its people. */
async function compareBodyPosts(visit: Visit, { picks }: Question): Promise<void> {
  const { bodyPosts } = visit.world
  const [one] = pick(bodyPosts, picks.slice(0, 1))
  for (const filter of [{}, one ? { bodyId: one.bodyId } : {}]) {
    const list = await visit.ask(d.listBodyPosts, { ...filter, size: 200 })
    if (!list) return
    const expected = bodyPosts.filter(({ bodyId }) => (filter.bodyId ?? bodyId) === bodyId)
    visit.sameIds(`directory.listBodyPosts ${JSON.stringify(filter)}`, list.rows, expected)
    visit.same(`directory.listBodyPosts ${JSON.stringify(filter)} total`, list.total, expected.length)
    const sides = (bodyId: string): Sides => ({ area: county, sectors: null, unitId: null, bodies: [bodyId] })
    const changeable = expected.filter((post) => visit.reading.may('directory.manageBodyPosts', sides(post.bodyId)))
    const shown = list.rows.filter((row: { mayChange: boolean }) => row.mayChange)
    visit.sameIds(`directory.listBodyPosts ${JSON.stringify(filter)} to change`, shown, changeable)
    const file = await visit.lines(d.bodyPostExport.contract, filter, '姓名')
    if (file) visit.same('directory.exportBodyPosts', file.sort(), expected.map(({ name }) => name).sort())
  }
}
