import { sql } from 'kysely'
import { createCalendar } from '#kernel/calendar.ts'
import { refuse } from '#kernel/errors.ts'
import type { Day } from '#kernel/time.ts'
import type { ClockEnv } from '#platform/actions/types.ts'
import type { ClockedKind, ClockMove } from '#platform/clock/projection.ts'
import type { Db } from '#platform/db/tables.ts'
import { answer, type QueryContext, type RegisteredQuery } from '#platform/module/module.ts'
import { createParameters } from '#platform/parameters/parameters.ts'
import {
  type ClockMoves,
  changedDays,
  getCalendar,
  listParameters,
  listSettingChanges,
  type ParameterEntry,
  ParameterRow,
  parameterValue,
  previewCalendarYear,
  previewParameter,
  systemErrors,
  workingDaysIn,
  type YearDays,
  yearDoubts,
} from '../model/index.ts'
import { checkValue, checkYear } from './settings.ts'
import { listValues, listYears, loadCalendarYear, readProjection } from './store.ts'

export interface SettingDeps {
  readonly db: Db
  /** The kinds of record whose clocks a setting may move. Asked late, since modules are built one after another. */
  readonly clocked: () => readonly ClockedKind[]
}

const parameters = answer(listParameters, async (context) => {
  const all = await context.db
    .selectFrom('parameter')
    .selectAll()
    .where('county', '=', context.county)
    .orderBy('id')
    .orderBy('effective_from')
    .execute()
  const rows = new Map<string, ParameterRow>()
  for (const row of all) {
    const entry: ParameterEntry = ParameterRow.pick({
      value: true,
      effectiveFrom: true,
      source: true,
      confidence: true,
    }).parse({ ...row, effectiveFrom: row.effective_from })
    const before = rows.get(row.id)
    const holds = !before || row.effective_from <= context.today
    const { id, title, unit, note } = row
    const history = [...(before?.history ?? []), entry]
    rows.set(id, { ...(before && !holds ? before : entry), id, title, unit, note, history })
  }
  return { rows: [...rows.values()] }
})

const calendar = answer(getCalendar, async (context) => {
  const { db, county, environment } = context
  const years = []
  for (const { id } of await listYears(db, county)) {
    const year = await loadCalendarYear(db, county, id, false)
    if (year) years.push(year)
  }
  const last = await readProjection(db, county)
  return { years, projected: last ? { ...last, current: last.fingerprint === environment.fingerprint } : null }
})

const noDays: YearDays = { holidays: [], workdays: [], complete: false }

const yearPreview = (deps: SettingDeps) =>
  answer(previewCalendarYear, async (context, { year, ...days }) => {
    checkYear(year, days)
    const { years, parameters: current } = context.environment
    const was = years.find((row) => row.year === year) ?? noDays
    const { free, worked } = changedDays(year, was, days)
    const first = [...free, ...worked].sort()[0]
    const others = years.filter((row) => row.year !== year)
    const env = { calendar: createCalendar([...others, { year, ...days }]), parameters: current }
    return {
      workingDays: { was: workingDaysIn(year, was), will: workingDaysIn(year, days) },
      free,
      worked,
      doubts: yearDoubts(year, days),
      moves: first ? await movesOf(deps, context, env, deps.clocked(), first) : noMoves,
    }
  })

const parameterPreview = (deps: SettingDeps) =>
  answer(previewParameter, async (context, { id, value, effectiveFrom }) => {
    const { environment, db, county } = context
    const [known] = await listValues(db, county, id)
    if (!known) return refuse(systemErrors.parameterUnknown)
    checkValue(id, parameterValue.parse(known.value), value)
    const others = environment.values.filter((row) => row.id !== id || row.effectiveFrom !== effectiveFrom)
    const env = {
      calendar: environment.calendar,
      parameters: createParameters([...others, { id, effectiveFrom, value }]),
    }
    const kinds = deps.clocked().filter((kind) => kind.parameters.includes(id))
    return { moves: await movesOf(deps, context, env, kinds, '0001-01-01') }
  })

const noMoves: ClockMoves = { records: 0, rungs: 0, atOnce: 0, rows: [], more: 0 }
const shownMoves = 100

/** What a change would move, gathered so that a thousand reminders of one day are one line. */
async function movesOf(
  { db }: SettingDeps,
  { now }: QueryContext,
  env: ClockEnv,
  kinds: readonly ClockedKind[],
  from: Day,
): Promise<ClockMoves> {
  const rows = new Map<string, ClockMoves['rows'][number]>()
  let [records, rungs, atOnce] = [0, 0, 0]
  for (const kind of kinds) {
    const moves = await kind.moves(env, db, from)
    records += new Set(moves.map((move) => move.recordId)).size
    rungs += moves.length
    atOnce += moves.filter(({ will }) => will && will.at <= now).length
    for (const move of moves) {
      const row = rowOf(kind, move)
      const key = JSON.stringify(row)
      rows.set(key, { ...row, rungs: (rows.get(key)?.rungs ?? 0) + 1 })
    }
  }
  const sorted = [...rows.values()].sort((a, b) => (a.from ?? a.to ?? '').localeCompare(b.from ?? b.to ?? ''))
  const shown = sorted.slice(0, shownMoves)
  return { records, rungs, atOnce, rows: shown, more: sorted.length - shown.length }
}

function rowOf(kind: ClockedKind, { rung, was, will }: ClockMove): ClockMoves['rows'][number] {
  const dayMoves = was?.basis !== will?.basis
  return {
    kind: kind.title,
    what: kind.rungWords(rung),
    from: was?.at.toISOString() ?? null,
    to: will?.at.toISOString() ?? null,
    dueFrom: dayMoves ? (was?.basis ?? null) : null,
    dueTo: dayMoves ? (will?.basis ?? null) : null,
    rungs: 1,
  }
}

const changes = answer(listSettingChanges, async (context, input) => {
  const of =
    'year' in input
      ? sql`record_type = 'calendarYear' and record_id = ${input.year}`
      : sql`record_type = 'parameterChange' and input->>'id' = ${input.parameter}`
  const result = await sql<{ at: Date; actor_name: string; summary: string }>`
    select at, actor_name, summary from action where county = ${context.county} and ${of}
    order by at desc, id desc limit 200`.execute(context.db)
  return {
    rows: result.rows.map(({ at, actor_name: actor, summary }) => ({ at: at.toISOString(), actor, summary })),
  }
})

/** Parameters and the working calendar: what holds, what will, what a change would move, and who changed what. */
export function settingQueries(deps: SettingDeps): RegisteredQuery[] {
  return [parameters, parameterPreview(deps), calendar, yearPreview(deps), changes]
}
