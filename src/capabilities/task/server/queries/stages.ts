import type { Day } from '#kernel/time.ts'
import {
  answer,
  type MechanismSource,
  type QueryContext,
  type RegisteredQuery,
  type Standing,
} from '#platform/module/module.ts'
import { type PackStageProduct, planStages, productState } from '../../model/index.ts'
import type { PlanStage, TaskDeps } from '../deps.ts'

/** How these mechanisms stood on a day, whichever capability keeps them; one that nobody keeps is left out. */
export async function standingsOf(
  context: QueryContext,
  sources: readonly MechanismSource[],
  ids: readonly string[],
  asOf: Day,
): Promise<ReadonlyMap<string, Standing>> {
  const found = new Map<string, Standing>()
  for (const source of sources) {
    const own = [...new Set(ids.filter((id) => id.startsWith(`${source.kind}:`)))]
    if (own.length === 0) continue
    for (const standing of await source.standings(context, { ids: own, asOf })) found.set(standing.id, standing)
  }
  return found
}

function productView(product: PackStageProduct, stage: PlanStage, standings: ReadonlyMap<string, Standing>, asOf: Day) {
  const known = product.by.flatMap((id) => standings.get(id) ?? [])
  // A part nobody counts leaves the whole unknown: it must not pass for produced.
  const state = productState(known.length === product.by.length ? known : [], stage, asOf)
  const sum = (pick: (one: Standing) => number) => known.reduce((total, one) => total + pick(one), 0)
  const days = known.flatMap(({ metOn }) => metOn ?? []).sort()
  return {
    title: product.title,
    clauses: [...product.clauses],
    state,
    due: sum(({ due }) => due),
    done: sum(({ met, late }) => met + late),
    late: sum(({ late }) => late),
    missed: sum(({ missed }) => missed),
    metOn: state === 'produced' || state === 'late' ? (days.at(-1) ?? null) : null,
    list: known[0]?.list ?? null,
  }
}

const stages = (deps: TaskDeps): RegisteredQuery =>
  answer(planStages, async (context, { asOf = context.today }) => {
    const { products } = deps.plan
    const ids = products.flatMap(({ by }) => by)
    const standings = await standingsOf(context, deps.mechanisms(), ids, asOf)
    return {
      asOf,
      stages: deps.stages.map((stage) => ({
        ...stage,
        current: stage.from <= asOf && asOf <= stage.to,
        products: products
          .filter((product) => product.stage === stage.id)
          .map((product) => productView(product, stage, standings, asOf)),
      })),
    }
  })

export const stageQueries = (deps: TaskDeps): RegisteredQuery[] => [stages(deps)]
