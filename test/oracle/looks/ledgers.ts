import * as l from '#capabilities/ledger/model/index.ts'
import { pick, type Question } from '../draw.ts'
import type { Sides } from '../reading.ts'
import type { Visit } from '../visit.ts'
import { filledLedgers } from '../world-ledgers.ts'

export const ledgerOperations = [
  ...[l.listItems, l.exportItems, l.getItem, l.getLedger, l.ledgerOverview, l.ledgerStatistics],
]

interface Row {
  readonly id: string
  readonly ledger: string
  readonly title: string
  readonly area: string
  readonly sector: string | null
  readonly body_id: string
  readonly unit_id: string | null
  readonly state: string
  readonly state_type: string
  readonly due_on: string | null
  readonly done_on: string | null
}

const sides = (row: Row): Sides => ({
  area: row.area,
  sectors: row.sector === null ? [] : [row.sector],
  unitId: row.unit_id,
  bodies: [row.body_id],
})

interface Limits {
  readonly ledger?: string
  readonly area?: string
  readonly body?: string
  readonly sector?: string
}

const within = ({ ledger, area, body, sector }: Limits) => {
  return (row: Row) =>
    (ledger ?? row.ledger) === row.ledger &&
    row.area.startsWith(area ?? '') &&
    (body ?? row.body_id) === row.body_id &&
    (sector === undefined || row.sector === sector)
}

/** Done by its day, after it, still to be done, or missed; a void item is none of them. */
function counted(rows: readonly Row[], today: string) {
  const counts = { due: 0, met: 0, late: 0, open: 0, missed: 0 }
  for (const { state_type: type, due_on: due, done_on: done } of rows) {
    if (type === 'void') continue
    counts.due += 1
    if (type === 'closed') counts[due !== null && done !== null && done > due ? 'late' : 'met'] += 1
    else counts[due !== null && due < today ? 'missed' : 'open'] += 1
  }
  return counts
}

/** Every list, file, number and page of ledgers: what the grants reach of the items, and nothing else. */
export async function lookAtLedgers(visit: Visit, question: Question): Promise<void> {
  const { rows } = await visit.world.product.product.database.pool.query<Row>('select * from ledger_item')
  const seen = rows.filter((row) => visit.reading.may('ledger.read', sides(row)))
  const { picks, units } = question
  const [ledger = filledLedgers[0]] = pick(filledLedgers, picks)
  const [body] = pick(rows, picks.slice(1))
  const area = 'area' in units && typeof units.area === 'string' ? { area: units.area } : {}
  const limits: Limits[] = [{}, { ledger }, { ...area, ledger }, { ...area }, { body: body?.body_id ?? '' }]
  const sector = 'sector' in units && typeof units.sector === 'string' ? [{ sector: units.sector }] : []
  for (const limit of [...limits, ...sector]) await compareList(visit, limit, seen.filter(within(limit)))
  for (const limit of [{}, area, { body: body?.body_id ?? '' }]) await compareNumbers(visit, limit, seen, ledger)
  for (const row of pick(rows, picks.slice(0, 4))) await compareItem(visit, row)
}

async function compareList(visit: Visit, limit: Limits, expected: readonly Row[]): Promise<void> {
  const what = JSON.stringify(limit)
  const list = await visit.ask(l.listItems, { ...limit, size: 200 })
  if (list) {
    visit.sameIds(`ledger.list ${what}`, list.rows, expected)
    visit.same(`ledger.list ${what} total`, list.total, expected.length)
  }
  const file = await visit.sheet(l.exportItems, limit)
  if (file) visit.same(`ledger.export ${what}`, file.length, expected.length + 1)
}

async function compareNumbers(visit: Visit, limit: Limits, seen: readonly Row[], ledger: string): Promise<void> {
  const what = JSON.stringify(limit)
  const own = (id: string) => seen.filter(within({ ...limit, ledger: id }))
  const numbers = ({ due, met, late, open, missed }: Record<string, unknown>) => ({ due, met, late, open, missed })
  const overview = await visit.ask(l.ledgerOverview, limit)
  if (overview) {
    const shown = overview.ledgers.filter(({ due }: l.Counts) => due > 0)
    const expected = [...new Set(seen.map((row) => row.ledger))].map(
      (id) => [id, counted(own(id), visit.today)] as const,
    )
    const byId = (some: readonly (readonly [string, unknown])[]) => [...some].sort(([a], [b]) => (a < b ? -1 : 1))
    visit.same(
      `ledger.overview ${what}`,
      byId(shown.map((line: { id: string }) => [line.id, numbers(line)] as const)),
      byId(expected.filter(([, { due }]) => due > 0)),
    )
  }
  const statistics = await visit.ask(l.ledgerStatistics, { ...limit, ledger })
  if (!statistics) return
  visit.same(`ledger.statistics ${ledger} ${what}`, numbers(statistics.total), counted(own(ledger), visit.today))
  const byBody = (id: string) =>
    counted(
      own(ledger).filter((row) => row.body_id === id),
      visit.today,
    )
  const bodies = [...new Set(own(ledger).map((row) => row.body_id))].filter((id) => byBody(id).due > 0).sort()
  const shown = [...statistics.bodies].sort((a, b) => (a.body < b.body ? -1 : 1))
  visit.same(
    `ledger.statistics ${ledger} ${what} by body`,
    shown.map((line: { body: string }) => [line.body, numbers(line)]),
    bodies.map((id) => [id, byBody(id)]),
  )
}

async function compareItem(visit: Visit, row: Row): Promise<void> {
  const inSight = visit.reading.may('ledger.read', sides(row))
  const view = await visit.read(l.getItem, row.id, inSight)
  if (view) visit.same(`ledger.get ${row.id}`, [view.title, view.state], [row.title, row.state])
  if (row.state_type !== 'void') {
    await visit.attempt('ledger.void', row.id, { reason: '试一试能不能作废' }, inSight, sides(row))
  }
  const definition = await visit.ask(l.getLedger, { ledger: row.ledger })
  if (definition) visit.same(`ledger.definition ${row.ledger}`, definition.ledger.id, row.ledger)
}
