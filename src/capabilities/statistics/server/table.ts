import { channels, closeKinds, hazardStateIds, hazardStates, levels } from '#capabilities/hazard/model/index.ts'
import { coreErrors, refuse } from '#kernel/errors.ts'
import { answer, type QueryContext } from '#platform/module/module.ts'
import type { TallyDimension } from '#platform/tally/grains.ts'
import {
  type Dimension,
  dimensions,
  dimensionsOf,
  type Measure,
  measureOf,
  misfit,
  type TableAnswer,
  type TableQuestion,
  table,
} from '../model/index.ts'
import { countCells, filterOf, lastDay, pastDay, type StatisticsDeps } from './counting.ts'

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
      if (measure.state === 'closeKind') return fixed(Object.entries(closeKinds).filter(([id]) => seen.has(id)))
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

function check(measure: Measure, input: TableQuestion): void {
  const fields = (['rows', 'columns'] as const)
    .filter((side) => !dimensionsOf(measure).includes(input[side]))
    .map((side) => ({ path: side, message: `“${measure.title}”不能按${dimensions[input[side]]}分，请换一项` }))
  const level = misfit(measure, input.level)
  if (level) fields.push({ path: 'level' as 'rows', message: level })
  if (fields.length > 0) refuse(coreErrors.invalidInput, { fields, detail: fields[0]?.message })
}

function monthBounds(measure: Measure, input: TableQuestion) {
  const from = input.monthFrom && `${input.monthFrom}-01`
  const to = input.monthTo && lastDay(input.monthTo)
  return measure.month === 'closedMonth'
    ? { ...(from ? { closedFrom: from } : {}), ...(to ? { closedTo: to } : {}) }
    : { ...(from ? { foundFrom: from } : {}), ...(to ? { foundTo: to } : {}) }
}

/** The table of one measure by two dimensions, with the filter of the list behind it. */
export async function makeTable(
  deps: StatisticsDeps,
  context: QueryContext,
  input: TableQuestion,
): Promise<TableAnswer> {
  const measure = measureOf(input.measure)
  check(measure, input)
  const { area, sector, level, channel, monthFrom, monthTo } = input
  const asked = { limits: { area, sector, level, channel }, asOf: pastDay(context, input.asOf), monthFrom, monthTo }
  const by: TallyDimension[] = input.rows === input.columns ? [input.rows] : [input.rows, input.columns]
  const counted = await countCells(context, measure, asked, by)
  const cells = counted.map((cell) => {
    const { n, top, bottom } = cell
    return { row: cell[input.rows] ?? '', column: cell[input.columns] ?? '', n, top, bottom }
  })
  const rowKeys = new Set(cells.map((cell) => cell.row))
  const columnKeys = new Set(cells.map((cell) => cell.column))
  return {
    asOf: asked.asOf ?? context.today,
    rows: withStrays(labels(deps, input.rows, rowKeys, measure), rowKeys),
    columns: withStrays(labels(deps, input.columns, columnKeys, measure), columnKeys),
    cells,
    total: cells.reduce((sum, cell) => sum + cell.n, 0),
    filter: { ...filterOf(asked), ...measure.filter, ...monthBounds(measure, input) },
  }
}

export const tableAnswer = (deps: StatisticsDeps) => answer(table, (context, input) => makeTable(deps, context, input))
