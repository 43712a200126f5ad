import { type HazardFilter, listHazards, listReports } from '#capabilities/hazard/model/index.ts'
import * as s from '#capabilities/statistics/model/index.ts'
import { addDays, type Day } from '#kernel/time.ts'
import { type FindingRow, type HazardRow, sidesOf } from '../chronicle.ts'
import { pick, type Question } from '../draw.ts'
import type { Visit } from '../visit.ts'
import {
  happened,
  keyOf,
  type Meaning,
  meanings,
  monthOf,
  type Numbers,
  numbersOf,
  shownAs,
  within,
} from './counting.ts'
import { isStock, standing } from './matching.ts'

export const statisticsOperations = [s.overview, s.table, s.exportTable, s.flow]

const none: Numbers = { n: 0, top: 0, bottom: 0 }

/** The hazards that count for this person, as they stood at the end of a day or as they are. */
function counted(visit: Visit, asOf: Day | undefined): HazardRow[] {
  const { chronicle } = visit.world
  const day = asOf !== undefined && asOf < visit.today ? asOf : undefined
  return chronicle.hazards(day).filter((row) => visit.reading.may('statistics.read', sidesOf(row), ['辖']))
}

function countedFindings(visit: Visit, asOf: Day | undefined): FindingRow[] {
  const sides = ({ area, sector }: FindingRow) => ({ area, sectors: [sector], unitId: null, bodies: [] })
  return visit.world.chronicle.findings(asOf).filter((row) => visit.reading.may('statistics.read', sides(row), ['辖']))
}

export async function lookAtStatistics(visit: Visit, question: Question): Promise<void> {
  await compareOverview(visit, question.overview)
  await compareTable(visit, question)
  await compareFlow(visit, question)
}

/** The list that a number opens: the same records, one by one. */
async function opens(
  visit: Visit,
  what: string,
  filter: HazardFilter,
  rows: readonly { id: string }[],
  list = 'hazards',
) {
  const answer = await visit.ask(list === 'hazards' ? listHazards : listReports, { ...filter, size: 200 })
  if (answer) visit.sameIds(`${what} opens`, answer.rows, rows)
}

async function compareOverview(visit: Visit, { limits, asOf }: Question['overview']): Promise<void> {
  const answer = await visit.ask(s.overview, { ...limits, ...(asOf ? { asOf } : {}) })
  if (!answer) return
  const rows = counted(visit, asOf).filter((row) => within(row, limits as object))
  const day = answer.asOf
  for (const [id, meaning] of Object.entries(meanings)) {
    if (id === 'majorOverdue' && (limits as { level?: string }).level === 'general') continue
    const numbers = numbersOf(rows, meaning, day)
    const what = `overview ${JSON.stringify(limits)} as of ${asOf} ${id}`
    if (!meaning.over && !meaning.days) visit.same(what, answer.counts[id].n, numbers.n)
    else {
      visit.same(what, answer.rates[id].count.n, numbers.n)
      visit.same(`${what} value`, answer.rates[id].value, shownAs(numbers, meaning))
    }
  }
  if (answer.counts.reports) {
    const findings = countedFindings(visit, asOf).filter((row) => fits(row, limits))
    visit.same(`overview reports ${JSON.stringify(limits)} as of ${asOf}`, answer.counts.reports.n, findings.length)
  }
}

const fits = (row: FindingRow, { area = '', sector = row.sector, channel = row.channel }: Record<string, unknown>) =>
  row.area.startsWith(String(area)) && row.sector === sector && row.channel === channel

type Asked = Question['table']

/** What the table asks for, or undefined where such a table is refused for its own sake (tested with the statistics). */
function tableInput(asked: Asked) {
  const { measure: id, rows, columns, limits, asOf, months } = asked
  const measure = s.measureOf(id)
  const known = s.dimensionsOf(measure)
  if (!known.includes(rows) || !known.includes(columns)) return undefined
  if (s.misfit(measure, (limits as { level?: 'major' }).level)) return undefined
  const [monthFrom, monthTo] = months ? [...months].sort() : []
  const bounds = monthFrom && monthTo ? { monthFrom, monthTo } : {}
  return { measure: id, rows, columns, ...limits, ...(asOf ? { asOf } : {}), ...bounds }
}

async function compareTable(visit: Visit, question: Question): Promise<void> {
  const input = tableInput(question.table)
  if (!input) return
  const answer = await visit.ask(s.table, input)
  if (!answer) return
  const what = `table ${JSON.stringify(input)}`
  const cells =
    input.measure === 'reports' ? findingCells(visit, question.table) : hazardCells(visit, question.table, answer.asOf)
  const words = (key: string, { n, top, bottom }: Numbers) => `${key} ${n} ${top}/${bottom}`
  const shown = answer.cells.map((cell: s.TableAnswer['cells'][number]) => words(`${cell.row}|${cell.column}`, cell))
  visit.same(what, shown.sort(), [...cells].map(([key, cell]) => words(key, cell)).sort())
  visit.same(`${what} total`, answer.total, sum([...cells.values()]).n)
  await compareTableFile(visit, input, cells)
  for (const [key, { records }] of pick([...cells], question.picks.slice(0, 2))) {
    const [row = '', column = ''] = key.split('|')
    const measure = s.measureOf(input.measure)
    const filter = s.narrow(measure, s.narrow(measure, answer.filter, input.rows, row), input.columns, column)
    await opens(visit, `${what} cell ${key}`, filter, records, measure.list)
  }
}

const sum = (cells: readonly Numbers[]): Numbers =>
  cells.reduce((all, { n, top, bottom }) => ({ n: all.n + n, top: all.top + top, bottom: all.bottom + bottom }), none)

type Cell = Numbers & { readonly records: readonly { readonly id: string }[] }

function hazardCells(visit: Visit, asked: Asked, asOf: Day): Map<string, Cell> {
  const meaning: Meaning = meanings[asked.measure as keyof typeof meanings]
  const [from, to] = asked.months ? [...asked.months].sort() : ['0000-00', '9999-99']
  const rows = counted(visit, asked.asOf).filter((row) => {
    const month = monthOf(row, meaning)
    return within(row, asked.limits as object) && month >= (from ?? '') && month <= (to ?? '')
  })
  const groups = new Map<string, HazardRow[]>()
  for (const row of rows) {
    const key = `${keyOf(row, meaning, asked.rows)}|${keyOf(row, meaning, asked.columns)}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  const cells = [...groups].map(([key, group]): [string, Cell] => [
    key,
    { ...numbersOf(group, meaning, asOf), records: group.filter(meaning.counts) },
  ])
  return new Map(cells.filter(([, { n, bottom }]) => n > 0 || bottom > 0))
}

function findingCells(visit: Visit, asked: Asked): Map<string, Cell> {
  const [from = '', to = ''] = asked.months ? [...asked.months].sort() : ['0000-00', '9999-99']
  const cells = new Map<string, Cell>()
  for (const row of countedFindings(visit, asked.asOf).filter((finding) => fits(finding, asked.limits))) {
    const month = row.found_on.slice(0, 7)
    if (month < from || month > to) continue
    const sides: Record<string, string> = {
      area: row.area.slice(0, 9),
      sector: row.sector,
      channel: row.channel,
      month,
    }
    const key = `${sides[asked.rows]}|${sides[asked.columns]}`
    const before = cells.get(key)
    const n = (before?.n ?? 0) + 1
    cells.set(key, { n, top: n, bottom: n, records: [...(before?.records ?? []), row] })
  }
  return cells
}

/** The file holds the numbers of the screen; its last cell is that of everything. */
async function compareTableFile(visit: Visit, input: object, cells: ReadonlyMap<string, Cell>): Promise<void> {
  const lines = await visit.sheet(s.exportTable, input)
  if (!lines) return
  const { measure } = input as { measure: s.MeasureId }
  const whole = sum([...cells.values()])
  const value = measure === 'reports' ? whole.n : shownAs(whole, meanings[measure])
  visit.same(
    `the file of ${JSON.stringify(input)} adds up to`,
    lines.at(-1)?.at(-1),
    value === null ? '' : String(value),
  )
}

async function compareFlow(visit: Visit, { flow: { limits, asOf, from }, picks }: Question): Promise<void> {
  const to = from === '2023-02' ? '2024-07' : '2026-12'
  const answer = await visit.ask(s.flow, { ...limits, from, to, ...(asOf ? { asOf } : {}) })
  if (!answer) return
  const numbers: [what: string, filter: HazardFilter, rows: HazardRow[]][] = []
  for (const month of answer.months) {
    const since = addDays(`${month.month}-01`, -1)
    const what = `flow ${JSON.stringify(limits)} ${month.month}`
    const stand = (day: Day) =>
      counted(visit, day).filter((row) => standing.includes(row.state) && within(row, limits as object))
    const before = new Map(counted(visit, since).map((row) => [row.id, row]))
    const after = counted(visit, month.until)
    const expected: Record<string, HazardRow[]> = {
      opening: stand(since),
      standing: stand(month.until),
      stock: stand(month.until).filter(isStock),
    }
    for (const [move, was] of Object.entries(happened)) {
      expected[move] = after.filter((row) => was(before.get(row.id), row, limits as object))
    }
    for (const [key, rows] of Object.entries(expected)) {
      visit.same(`${what} ${key}`, month[key].n, rows.length)
      if (rows.length > 0) numbers.push([`${what} ${key}`, month[key].filter, rows])
    }
  }
  for (const number of pick(numbers, picks.slice(0, 3))) await opens(visit, ...number)
}
