import { sql } from 'kysely'
import { prefixRange } from '#kernel/area.ts'
import type { ScopeBox } from '#kernel/grants.ts'
import type { QueryContext } from '#platform/module/module.ts'
import { readTally } from '#platform/tally/read.ts'
import { countingPermission, type HazardFilter, listHazards } from '../../model/index.ts'
import type { HazardDeps } from '../deps.ts'
import { hazardWhere } from './conditions.ts'

const isPlain = (box: ScopeBox) => !box.unitId && !box.ownerIds && !box.bodyId && box.area.length <= 9

/** How many hazards the list of this filter has. */
export async function countHazards(deps: HazardDeps, context: QueryContext, filter: HazardFilter): Promise<number> {
  // Whoever reads numbers reads hazards there as well, so the scope of the numbers is that of the lists behind them.
  const boxes = context.boxes(filter.scopeOnly ? countingPermission : listHazards.permission)
  const plain = boxes.filter(isPlain)
  const rest = boxes.filter((box) => !isPlain(box))
  const question = deps.countedBy(filter, context.environment.parameters.text('hazard.stock.until', context.today))
  // What else was given to the viewer's body is counted by the rows, when it is easily told from what lies in the area.
  const apart = plain.length === 1 && !plain[0]?.sectors ? plain[0] : undefined
  if (!question || plain.length === 0 || (rest.length > 0 && !apart)) return countRows(context, filter, boxes)
  const { metric, ...where } = question
  const [cells, others] = await Promise.all([
    readTally(context.db, context.county, { metrics: [metric], by: [], ...where, boxes: plain }),
    rest.length > 0 && apart ? countRows(context, filter, rest, apart.area) : 0,
  ])
  return cells.reduce((sum, cell) => sum + cell.n, 0) + others
}

async function countRows(
  context: QueryContext,
  filter: HazardFilter,
  boxes: readonly ScopeBox[],
  exceptArea?: string,
): Promise<number> {
  const { from, where } = hazardWhere(context, filter, boxes)
  const range = prefixRange(exceptArea ?? '')
  const outside = exceptArea ? sql`and (h.area < ${range.from} or h.area >= ${range.to})` : sql``
  const rows = sql<{ n: number }>`select count(*) as n from ${from} where ${where} ${outside}`
  return (await rows.execute(context.db)).rows[0]?.n ?? 0
}
