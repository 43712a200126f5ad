import { channels, type HazardFilter, hazardStateIds, hazardStates, levels } from '#capabilities/hazard/model/index.ts'
import { type Day, daysInMonth, monthOf } from '#kernel/time.ts'
import { answer, type QueryContext, type RegisteredQuery } from '#platform/module/module.ts'
import { readTally, readTallyChanges, type TallyDimension, type TallyQuestion } from '#platform/tally/read.ts'
import {
  type Count,
  type Dimension,
  flow,
  type Measure,
  type MeasureId,
  measureIds,
  measures,
  overview,
  table,
} from '../model/index.ts'

export interface StatisticsDeps {
  /** Areas in the order offices print them; the supervised ones are shown even with no hazards. */
  readonly areas: () => readonly { readonly code: string; readonly name: string; readonly supervised: boolean }[]
  readonly sectors: () => readonly { readonly id: string; readonly name: string }[]
}

interface Limits {
  readonly area?: string | undefined
  readonly sector?: string | undefined
  readonly level?: 'major' | 'general' | undefined
  readonly channel?: 'selfCheck' | 'inspection' | 'publicReport' | undefined
}

const permission = 'statistics.read'

/** What every number and the list behind it have in common. */
function filterOf(limits: Limits, asOf: Day | undefined): HazardFilter {
  const { area, sector, level, channel } = limits
  return {
    ...(area ? { area } : {}),
    ...(sector ? { sector } : {}),
    ...(level ? { level } : {}),
    ...(channel ? { channel } : {}),
    ...(asOf ? { asOf } : {}),
    scopeOnly: true,
  }
}

function questionOf(context: QueryContext, measure: Measure, limits: Limits, asOf: Day | undefined): TallyQuestion {
  const one = (value: string | undefined) => (value ? [value] : undefined)
  const sector = one(limits.sector)
  const level = one(limits.level)
  const channel = one(limits.channel)
  return {
    metrics: [measure.metric],
    by: [],
    where: {
      ...(measure.states ? { state: measure.states } : {}),
      ...(sector ? { sector } : {}),
      ...(level ? { level } : {}),
      ...(channel ? { channel } : {}),
    },
    ...(limits.area ? { areaPrefix: limits.area } : {}),
    ...(asOf ? { asOf } : {}),
    boxes: context.boxes(permission),
  }
}

async function count(context: QueryContext, question: TallyQuestion): Promise<number> {
  const rows = await readTally(context.db, context.county, question)
  return rows.reduce((sum, row) => sum + row.n, 0)
}

const ratio = (part: number, whole: number) => (whole === 0 ? null : Math.round((part / whole) * 1000) / 1000)

const overviewAnswer = answer(overview, async (context, input) => {
  const past = input.asOf && input.asOf < context.today ? input.asOf : undefined
  const base = filterOf(input, past)
  const counts: Record<string, Count> = {}
  for (const id of measureIds) {
    const measure: Measure = measures[id]
    if (past && !measure.historic) continue
    const n = await count(context, questionOf(context, measure, input, past))
    counts[id] = { n, filter: { ...base, ...measure.filter } }
  }
  const closedThen = await count(context, {
    ...questionOf(context, { ...measures.found, states: ['closed'] }, input, past),
  })
  if (past) counts.closed = { n: closedThen, filter: { ...base, states: ['closed'] } }
  const stockUntil = context.environment.parameters.text('hazard.stock.until', context.today)
  const stock = { ...questionOf(context, measures.standing, input, past), monthTo: monthOf(stockUntil) }
  const metric = (name: string) =>
    count(context, questionOf(context, { ...measures.closed, metric: name }, input, undefined))
  const majorOverdue = await count(context, questionOf(context, measures.overdue, { ...input, level: 'major' }, past))
  const noMajor = input.level === 'general'
  const [closed, days, closures, reopens] = past
    ? [0, 0, 0, 0]
    : [await metric('closed'), await metric('closedDays'), await metric('closure'), await metric('reopen')]
  return {
    asOf: past ?? context.today,
    counts,
    stock: { n: await count(context, stock), filter: { ...base, stateType: 'standing' as const, stock: true } },
    stockUntil,
    majorOverdue:
      past || noMajor
        ? null
        : { n: majorOverdue, filter: { ...base, ...measures.overdue.filter, level: 'major' as const } },
    meanDaysToClose: closed === 0 ? null : Math.round((days / closed) * 10) / 10,
    closureRate: ratio(closedThen, counts.found?.n ?? 0),
    reopenRate: ratio(reopens, closures),
  }
})

function labels(deps: StatisticsDeps, dimension: Dimension, seen: ReadonlySet<string>, measure: Measure) {
  const fixed = (entries: readonly (readonly [string, string])[]) => entries.map(([key, label]) => ({ key, label }))
  switch (dimension) {
    case 'area': {
      const areas = deps.areas().filter((area) => area.supervised || seen.has(area.code))
      return fixed(areas.map((area) => [area.code, area.name]))
    }
    case 'sector':
      return fixed(
        deps
          .sectors()
          .filter((sector) => seen.has(sector.id))
          .map((sector) => [sector.id, sector.name]),
      )
    case 'level':
      return fixed(Object.entries(levels))
    case 'channel':
      return fixed(Object.entries(channels))
    case 'state': {
      const ids = hazardStateIds.filter((id) => !measure.states || measure.states.includes(id))
      return fixed(ids.filter((id) => seen.has(id)).map((id) => [id, hazardStates[id].label]))
    }
    case 'month':
      return fixed([...seen].sort().map((month) => [month, month]))
  }
}

/** Cells whose key has no label in the directory any more (a sector taken out of the pack) stay visible by their code. */
function withStrays(known: { key: string; label: string }[], seen: ReadonlySet<string>) {
  const keys = new Set(known.map((entry) => entry.key))
  return [...known, ...[...seen].filter((key) => !keys.has(key)).map((key) => ({ key, label: key || '未填' }))]
}

const tableAnswer = (deps: StatisticsDeps) =>
  answer(table, async (context, input) => {
    const id: MeasureId = input.measure
    const measure: Measure = measures[id]
    const past = measure.historic && input.asOf && input.asOf < context.today ? input.asOf : undefined
    const by: TallyDimension[] = input.rows === input.columns ? [input.rows] : [input.rows, input.columns]
    const rows = await readTally(context.db, context.county, {
      ...questionOf(context, measure, input, past),
      by,
      ...(input.monthFrom ? { monthFrom: input.monthFrom } : {}),
      ...(input.monthTo ? { monthTo: input.monthTo } : {}),
    })
    const cells = rows.map((row) => ({ row: row[input.rows] ?? '', column: row[input.columns] ?? '', n: row.n }))
    const rowKeys = new Set(cells.map((cell) => cell.row))
    const columnKeys = new Set(cells.map((cell) => cell.column))
    return {
      asOf: past ?? context.today,
      rows: withStrays(labels(deps, input.rows, rowKeys, measure), rowKeys),
      columns: withStrays(labels(deps, input.columns, columnKeys, measure), columnKeys),
      cells,
      total: cells.reduce((sum, cell) => sum + cell.n, 0),
      filter: { ...filterOf(input, past), ...measure.filter, ...monthBounds(measure, input) },
    }
  })

const lastDay = (month: string): Day =>
  `${month}-${String(daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)))).padStart(2, '0')}`

function monthBounds(measure: Measure, input: { monthFrom?: string | undefined; monthTo?: string | undefined }) {
  const from = input.monthFrom && `${input.monthFrom}-01`
  const to = input.monthTo && lastDay(input.monthTo)
  return measure.month === 'closedMonth'
    ? { ...(from ? { closedFrom: from } : {}), ...(to ? { closedTo: to } : {}) }
    : { ...(from ? { foundFrom: from } : {}), ...(to ? { foundTo: to } : {}) }
}

function monthsBetween(from: string, to: string): string[] {
  const out: string[] = []
  for (let [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5))]; out.length < 240; ) {
    const name = `${year}-${String(month).padStart(2, '0')}`
    if (name > to) break
    out.push(name)
    if (month === 12) [year, month] = [year + 1, 1]
    else month += 1
  }
  return out
}

const flowAnswer = answer(flow, async (context, input) => {
  const stockUntil = context.environment.parameters.text('hazard.stock.until', context.today)
  const stockMonth = monthOf(stockUntil)
  const { db, county, today } = context
  const perMonth = async (measure: Measure) => {
    const rows = await readTally(db, county, { ...questionOf(context, measure, input, undefined), by: ['month'] })
    return new Map(rows.map((row) => [row.month ?? '', row.n]))
  }
  const found = await perMonth(measures.found)
  const closed = await perMonth(measures.closed)
  const changes = await readTallyChanges(db, county, {
    ...questionOf(context, measures.standing, input, undefined),
    by: ['month'],
  })
  const base = filterOf(input, undefined)
  // Months are text, so the earlier one is found by comparing, not with Math.min.
  const last = [input.to, monthOf(today)].sort()[0] ?? input.to
  const months = monthsBetween(input.from, last).map((month) => {
    const until = changes.filter((row) => row.period <= month)
    const sum = (rows: typeof until) => rows.reduce((total, row) => total + row.n, 0)
    const end = lastDay(month)
    const then = end < today ? { asOf: end } : {}
    return {
      month,
      found: { n: found.get(month) ?? 0, filter: { ...base, ...measures.found.filter, foundMonth: month } },
      closed: { n: closed.get(month) ?? 0, filter: { ...base, ...measures.closed.filter, closedMonth: month } },
      standing: { n: sum(until), filter: { ...base, ...then, stateType: 'standing' as const } },
      stock: {
        n: sum(until.filter((row) => (row.month ?? '') <= stockMonth)),
        filter: { ...base, ...then, stateType: 'standing' as const, stock: true },
      },
    }
  })
  return { stockUntil, months }
})

export function statisticsQueries(deps: StatisticsDeps): readonly RegisteredQuery[] {
  return [overviewAnswer, tableAnswer(deps), flowAnswer]
}
