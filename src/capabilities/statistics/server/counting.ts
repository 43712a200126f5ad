import type { FlowLimits, HazardFilter, Move } from '#capabilities/hazard/model/index.ts'
import { countingPermission, dayZero } from '#capabilities/hazard/model/index.ts'
import type { ScopeBox } from '#kernel/grants.ts'
import { type Day, daysInMonth, diffDays, monthOf } from '#kernel/time.ts'
import type { ExportDesk, QueryContext } from '#platform/module/module.ts'
import type { TallyDimension } from '#platform/tally/grains.ts'
import { readTally, type TallyQuestion, type TallyRow } from '#platform/tally/read.ts'
import { addUp, type CellNumbers, type Cells, type Measure } from '../model/index.ts'

export interface StatisticsDeps {
  /** Areas in the order offices print them; the supervised ones are shown even with no hazards. */
  readonly areas: () => readonly { readonly code: string; readonly name: string; readonly supervised: boolean }[]
  readonly sectors: () => readonly { readonly id: string; readonly name: string }[]
  /** How many hazards moved in each period, from their history. */
  readonly flows: (
    context: QueryContext,
    boxes: readonly ScopeBox[],
    limits: FlowLimits,
    periods: readonly { readonly name: string; readonly since: Day; readonly until: Day }[],
  ) => Promise<Map<string, Record<Move, number>>>
  readonly exports: ExportDesk
}

/** What is asked beside the measure. `asOf` is set for a past day only. */
export interface Asked {
  readonly limits: FlowLimits
  readonly asOf: Day | undefined
  readonly monthFrom?: string | undefined
  readonly monthTo?: string | undefined
}

export function pastDay(context: QueryContext, asOf: Day | undefined): Day | undefined {
  return asOf && asOf < context.today ? asOf : undefined
}

/** What every number and the list behind it have in common. */
export function filterOf({ limits, asOf }: Asked): HazardFilter {
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

const earlier = (a: string | undefined, b: string) => (a && a < b ? a : b)

export const stockUntil = (context: QueryContext): Day =>
  context.environment.parameters.text('hazard.stock.until', context.today)

export function questionOf(context: QueryContext, measure: Measure, asked: Asked): TallyQuestion {
  const { limits, asOf, monthFrom } = asked
  const one = (value: string | undefined) => (value ? [value] : undefined)
  const sector = one(limits.sector)
  const level = one(measure.level ?? limits.level)
  const channel = one(limits.channel)
  const monthTo = measure.stock ? earlier(asked.monthTo, monthOf(stockUntil(context))) : asked.monthTo
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
    ...(monthFrom ? { monthFrom } : {}),
    ...(monthTo ? { monthTo } : {}),
    boxes: context.boxes(countingPermission),
  }
}

export type CountedCell = CellNumbers & Partial<Record<TallyDimension, string>>

/** The cells of a measure by some dimensions, with both sides of the fraction where it is a share or a mean. */
export async function countCells(
  context: QueryContext,
  measure: Measure,
  asked: Asked,
  by: readonly TallyDimension[],
): Promise<CountedCell[]> {
  const read = async (cells: Cells) => {
    // The states of one side are not those of the other: only what the side itself names limits it.
    const { states: _, ...rest } = measure
    const question = questionOf(context, { ...rest, ...cells }, asked)
    return readTally(context.db, context.county, { ...question, by })
  }
  const counted = await read({ metric: measure.metric, ...(measure.states ? { states: measure.states } : {}) })
  if (measure.share) {
    return pair(counted, await read(measure.share), by, (n, over) => ({ n, top: n, bottom: over }))
  }
  if (measure.mean === 'toClosing') {
    return pair(counted, await read({ metric: 'closedDays' }), by, (n, days) => ({ n, top: days, bottom: n }))
  }
  if (measure.mean === 'sinceFound') {
    const day = diffDays(dayZero, asked.asOf ?? context.today)
    return pair(counted, await read({ metric: 'foundDay' }), by, (n, sum) => ({ n, top: n * day - sum, bottom: n }))
  }
  return counted.map(({ metric: _, n, ...keys }) => ({ ...keys, n, top: n, bottom: n }))
}

function pair(
  left: readonly TallyRow[],
  right: readonly TallyRow[],
  by: readonly TallyDimension[],
  join: (left: number, right: number) => CellNumbers,
): CountedCell[] {
  const keyOf = (row: TallyRow) => by.map((name) => row[name] ?? '').join('\u001f')
  const sums = new Map<string, { row: TallyRow; left: number; right: number }>()
  const add = (row: TallyRow, side: 'left' | 'right') => {
    const entry = sums.get(keyOf(row)) ?? { row, left: 0, right: 0 }
    entry[side] += row.n
    sums.set(keyOf(row), entry)
  }
  for (const row of left) add(row, 'left')
  for (const row of right) add(row, 'right')
  return [...sums.values()].map((entry) => {
    const { metric: _, n: __, ...keys } = entry.row
    return { ...keys, ...join(entry.left, entry.right) }
  })
}

export async function countOne(context: QueryContext, measure: Measure, asked: Asked): Promise<CellNumbers> {
  return addUp(await countCells(context, measure, asked, []))
}

export const lastDay = (month: string): Day =>
  `${month}-${String(daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)))).padStart(2, '0')}`
