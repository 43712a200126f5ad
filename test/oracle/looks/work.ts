import * as d from '#capabilities/duty/model/index.ts'
import * as g from '#capabilities/progress/model/index.ts'
import * as t from '#capabilities/task/model/index.ts'
import type { QueryContract } from '#kernel/contract.ts'
import { pick, type Question } from '../draw.ts'
import type { Sides } from '../reading.ts'
import type { Visit } from '../visit.ts'
import { bodies } from '../world.ts'

export const workOperations = [
  ...[d.listRules, d.dutyCalendar],
  ...[d.listItems, d.getItem, d.overdueFeed, d.listDeeds, d.getDeed, d.itemExport.contract, d.deedExport.contract],
  ...[t.listTasks, t.getTask, t.taskExport.contract, t.filingExport.contract],
  ...[t.listMeetings, t.getMeeting, t.meetingExport.contract],
  ...[g.listReturns, g.getReturn, g.listPeriods, g.returnExport.contract],
]

interface Row extends Readonly<Record<string, unknown>> {
  readonly id: string
  readonly area: string
}

/** One kind of record with its list, its file and its page, and the sides by which the page of permissions speaks of it. */
interface Kind {
  readonly table: string
  readonly permission: string
  readonly list: QueryContract
  readonly file: QueryContract
  readonly page: QueryContract
  sides(row: Row): Sides
  /** Narrowings with the rows they leave. */
  filters(question: Question): readonly (readonly [filter: object, leaves: (row: Row) => boolean])[]
}

const text = (value: unknown) => (typeof value === 'string' ? value : null)
const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])

const dutySides = (row: Row): Sides => ({
  area: row.area,
  sectors: list(row.sectors),
  unitId: text(row.unit_id),
  bodies: [text(row.body_id)],
})
const ofBodies =
  (...columns: string[]) =>
  (row: Row): Sides => ({
    area: row.area,
    sectors: null,
    unitId: null,
    bodies: columns.flatMap((column) => (Array.isArray(row[column]) ? list(row[column]) : [text(row[column])])),
  })

const everything = [{}, () => true] as const
const byBody = ({ picks }: Question, column: string) => {
  const [bodyId = ''] = pick(bodies, picks)
  return [{ bodyId }, (row: Row) => row[column] === bodyId] as const
}
const byPlace = ({ units }: Question) => {
  const area = 'area' in units && typeof units.area === 'string' ? units.area : '341723101'
  return [{ area }, (row: Row) => row.area.startsWith(area)] as const
}

const kinds: readonly Kind[] = [
  {
    table: 'duty_item',
    permission: 'duty.read',
    ...{ list: d.listItems, file: d.itemExport.contract, page: d.getItem, sides: dutySides },
    filters: (question) => [
      everything,
      byPlace(question),
      byBody(question, 'body_id'),
      [{ rule: 'town-supervision' }, (row) => row.rule === 'town-supervision'],
      [{ kind: 'unit' }, (row) => row.subject_kind === 'unit'],
    ],
  },
  {
    table: 'duty_deed',
    permission: 'duty.read',
    ...{ list: d.listDeeds, file: d.deedExport.contract, page: d.getDeed, sides: dutySides },
    filters: (question) => [everything, byPlace(question)],
  },
  {
    table: "(select * from task where kind = 'task')",
    permission: 'task.read',
    ...{ list: t.listTasks, file: t.taskExport.contract, page: t.getTask },
    sides: ofBodies('assignee_body_id', 'co_body_ids'),
    filters: (question) => {
      const [filter, leaves] = byBody(question, 'assignee_body_id')
      return [
        [{ kind: 'task' }, () => true],
        [{ ...filter, kind: 'task' }, leaves],
      ]
    },
  },
  {
    table: "(select * from task where kind = 'filing')",
    permission: 'task.read',
    ...{ list: t.listTasks, file: t.filingExport.contract, page: t.getTask },
    sides: ofBodies('assignee_body_id', 'co_body_ids'),
    filters: () => [[{ kind: 'filing' }, () => true]],
  },
  {
    table: 'meeting',
    permission: 'task.readMeetings',
    ...{ list: t.listMeetings, file: t.meetingExport.contract, page: t.getMeeting },
    sides: ofBodies('body_id', 'attendee_body_ids'),
    filters: (question) => [everything, byBody(question, 'body_id')],
  },
  {
    table: 'progress_return',
    permission: 'progress.read',
    ...{ list: g.listReturns, file: g.returnExport.contract, page: g.getReturn, sides: ofBodies('body_id') },
    filters: (question) => [everything, byBody(question, 'body_id')],
  },
]

const rowsOf = async (visit: Visit, table: string): Promise<Row[]> =>
  (await visit.world.product.product.database.pool.query<Row>(`select * from ${table} as records`)).rows

/** More rows than this are counted, and neither named nor taken out: the narrower questions name them. */
const mostNamed = 200

/** Every list, file and page of duties, tasks, meetings and returns. */
export async function lookAtWork(visit: Visit, question: Question): Promise<void> {
  for (const kind of kinds) await lookAtKind(visit, question, kind)
  await comparePeriods(visit)
  await compareOverdue(visit)
  await compareRules(visit)
  await compareCalendar(visit, question)
}

async function lookAtKind(visit: Visit, question: Question, kind: Kind): Promise<void> {
  const rows = await rowsOf(visit, kind.table)
  const sees = (row: Row) => visit.reading.may(kind.permission, kind.sides(row))
  const seen = rows.filter(sees)
  for (const [filter, leaves] of kind.filters(question)) {
    const expected = seen.filter(leaves)
    const what = `${kind.list.id} ${JSON.stringify(filter)}`
    const shown = await visit.ask(kind.list, { ...filter, size: mostNamed })
    if (!shown) break
    visit.same(`${what} total`, shown.total, expected.length)
    if (expected.length > mostNamed) continue
    visit.sameIds(what, shown.rows, expected)
    visit.same(`${what} as a file`, (await visit.sheet(kind.file, filter))?.length, expected.length + 1)
  }
  for (const row of pick(rows, question.picks.slice(0, 3))) await visit.read(kind.page, row.id, sees(row))
}

/** A period is shown with the returns in sight alone. */
async function comparePeriods(visit: Visit): Promise<void> {
  const shown = await visit.ask(g.listPeriods)
  if (!shown) return
  const seen = (await rowsOf(visit, 'progress_return')).filter((row) =>
    visit.reading.may('progress.read', ofBodies('body_id')(row)),
  )
  for (const { id, bodies: shownBodies } of shown.periods) {
    visit.same(`progress.periods ${id}`, shownBodies, seen.filter((row) => row.period_id === id).length)
  }
}

async function compareOverdue(visit: Visit): Promise<void> {
  const shown = await visit.ask(d.overdueFeed, { size: 1000 })
  if (!shown) return
  const overdue = (await rowsOf(visit, 'duty_item')).filter(
    (row) =>
      !row.exempt &&
      row.met_on === null &&
      String(row.due_on) < visit.today &&
      visit.reading.may('duty.read', dutySides(row)),
  )
  visit.same('duty.overdue', shown.rows.length, Math.min(overdue.length, 1000))
  if (overdue.length <= 1000) visit.sameIds('duty.overdue', shown.rows, overdue)
}

/** How every rule stands today, over the items in sight that have begun. */
async function compareRules(visit: Visit): Promise<void> {
  const shown = await visit.ask(d.listRules)
  if (!shown) return
  const { today, reading } = visit
  const begun = (await rowsOf(visit, 'duty_item')).filter(
    (row) => !row.exempt && String(row.start_on) <= today && reading.may('duty.read', dutySides(row)),
  )
  for (const { rule, due, met, late, open, missed } of shown.rules) {
    const counts = { due: 0, met: 0, late: 0, open: 0, missed: 0 }
    for (const { met_on: metOn, due_on: dueOn } of begun.filter((row) => row.rule === rule)) {
      counts.due += 1
      if (typeof metOn === 'string' && metOn <= today) counts[metOn <= String(dueOn) ? 'met' : 'late'] += 1
      else counts[String(dueOn) < today ? 'missed' : 'open'] += 1
    }
    visit.same(`duty.rules ${rule}`, { due, met, late, open, missed }, counts)
  }
}

/** The calendar of a body: its items of the year, as far as this person sees them. */
async function compareCalendar(visit: Visit, { picks }: Question): Promise<void> {
  const [bodyId = ''] = pick(bodies, picks)
  const shown = await visit.ask(d.dutyCalendar, { year: 2026, bodyId })
  if (!shown || shown.leftOut > 0) return
  const expected = (await rowsOf(visit, 'duty_item')).filter(
    (row) =>
      row.body_id === bodyId &&
      String(row.start_on) <= '2026-12-31' &&
      String(row.end_on) >= '2026-01-01' &&
      visit.reading.may('duty.read', dutySides(row)),
  )
  const cells = shown.lines.flatMap((line: d.CalendarLine) => line.cells)
  visit.sameIds(`duty.calendar of ${bodyId}`, cells, expected)
}

/** Which tasks and returns this person may open, by id: what notices point at. */
export async function workInSight(visit: Visit): Promise<Map<string, boolean>> {
  const sight = new Map<string, boolean>()
  for (const { table, permission, sides } of kinds.filter(({ table }) => table !== 'duty_item')) {
    for (const row of await rowsOf(visit, table)) sight.set(row.id, visit.reading.may(permission, sides(row)))
  }
  return sight
}
