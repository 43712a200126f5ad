import type { EffectContext, NoticeDraft } from '#platform/actions/types.ts'
import type { ReferenceIndex, Unit } from '../model/index.ts'
import { areaName } from './directory.ts'
import type { StandingHazards } from './store.ts'

interface Move {
  /** For the timeline; empty when the unit stays in its town. */
  readonly words: string
  readonly notices: readonly NoticeDraft[]
}

const townOf = (unit: Unit) => unit.area.slice(0, 9)

/**
 * What a move to another town means for the hazards that stand (ADR 0008): they stay with the town where they were found.
 * Both towns are told, so that nobody takes the unit for the other's alone.
 */
export async function moved(
  context: EffectContext,
  index: ReferenceIndex,
  standing: StandingHazards,
  before: Unit,
  after: Unit,
): Promise<Move> {
  if (townOf(before) === townOf(after)) return { words: '', notices: [] }
  const [from, to] = [areaName(index, townOf(before)), areaName(index, townOf(after))]
  const rows = await standing(context.tx, context.county, after.id, [])
  const here = rows.filter((row) => row.n > 0)
  const kept =
    here.length === 0
      ? '没有未销号的隐患'
      : `未销号的隐患${here.map((row) => `${row.n}条仍由${areaName(index, row.area)}办理`).join('，')}`
  const bodies = [townOf(before), townOf(after), ...here.map((row) => row.area)]
    .map((area) => index.areas.get(area)?.bodyId ?? null)
    .filter((id): id is string => id !== null)
  return {
    words: `（由${from}迁至${to}，${kept}）`,
    notices: [...new Set(bodies)].map((id) => ({
      key: `${context.actionId}:moved:${id}`,
      to: { kind: 'body', id },
      kind: 'unitMoved',
      title: `“${after.name}”由${from}迁至${to}`,
      body: `${kept}；迁入后新发现的隐患由${to}办理`,
    })),
  }
}
