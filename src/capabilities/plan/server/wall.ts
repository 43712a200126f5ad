import { coreErrors, refuse } from '#kernel/errors.ts'
import { addDays, type Day, monthOf } from '#kernel/time.ts'
import { answer, type QueryContext } from '#platform/module/module.ts'
import {
  type CoveredClause,
  clause,
  type Section,
  sectionOf,
  shareOf,
  stateOfAll,
  sumOf,
  type WallAnswer,
  type WallLimits,
  wall,
} from '../model/index.ts'
import {
  clauseState,
  clausesWithin,
  clauseView,
  dayAsked,
  distinctStandings,
  soonDaysOf,
  standingsOf,
  tileOf,
} from './clauses.ts'
import type { PlanDeps } from './deps.ts'

const trendDays = 30
const historyMonths = 12

/** All tiles under the limits; each source of numbers is asked twice, for the day and for the one the trend is told from. */
export async function wallOf(deps: PlanDeps, context: QueryContext, limits: WallLimits): Promise<WallAnswer> {
  const asOf = dayAsked(context, limits.asOf)
  const soonDays = soonDaysOf(context)
  const covered = clausesWithin(deps, limits, asOf, soonDays)
  const { area, body } = limits
  const [now, before] = await Promise.all([
    standingsOf(deps, context, covered, { asOf, area, body }),
    standingsOf(deps, context, covered, { asOf: addDays(asOf, -trendDays), area, body }),
  ])
  const tiles = deps.plan.sections.flatMap((section) => {
    const own = covered.filter((one) => one.clause.section === section.id)
    return own.length > 0 ? [tileOf(deps, section, own, now, before, { asOf, soonDays })] : []
  })
  const stages = deps.plan.sections.filter(({ group }) => group === 'stage')
  return {
    asOf,
    actions: deps.plan.actions.map(({ id, title }) => ({ id, title })),
    stages: stages.map(({ id, title }) => ({ id, name: title })),
    tiles,
  }
}

/** The ends of the last months, and the day itself. */
function pastDays(asOf: Day): Day[] {
  const days: Day[] = [asOf]
  for (let first = `${monthOf(asOf)}-01`; days.length < historyMonths; ) {
    const end = addDays(first, -1)
    days.push(end)
    first = `${monthOf(end)}-01`
  }
  return days.reverse()
}

function sectionAsked(deps: PlanDeps, id: string): Section {
  const wanted = id.includes('-') ? sectionOf(id) : id
  return deps.plan.sections.find((section) => section.id === wanted) ?? refuse(coreErrors.notFound)
}

export const wallAnswer = (deps: PlanDeps) => answer(wall, (context, limits) => wallOf(deps, context, limits))

export const clauseAnswer = (deps: PlanDeps) =>
  answer(clause, async (context, { id, ...limits }) => {
    const section = sectionAsked(deps, id)
    const asOf = dayAsked(context, limits.asOf)
    const soonDays = soonDaysOf(context)
    const whole = clausesWithin(deps, limits, asOf, soonDays).filter((one) => one.clause.section === section.id)
    const covered = id.includes('-') ? whole.filter((one) => one.clause.id === id) : whole
    if (covered.length === 0) refuse(coreErrors.notFound)
    const { area, body } = limits
    const history = await Promise.all(
      pastDays(asOf).map(async (day) => ({
        day,
        standings: await standingsOf(deps, context, covered, { asOf: day, area, body }),
      })),
    )
    const now = history.at(-1)?.standings ?? new Map()
    const before = await standingsOf(deps, context, covered, { asOf: addDays(asOf, -trendDays), area, body })
    const at = { asOf, soonDays }
    const stood = ({ day, standings }: (typeof history)[number], of: readonly CoveredClause[]) => ({
      day,
      state: stateOfAll(of.map((one) => clauseState(one, standings, day, soonDays))),
      share: shareOf(sumOf(distinctStandings(of, standings))),
    })
    return {
      asOf,
      tile: tileOf(deps, section, covered, now, before, at),
      action: deps.plan.actions.find((action) => action.id === section.action)?.title ?? null,
      clauses: covered.map((one) => clauseView(deps, one, now, at)),
      history: history.map((month) => stood(month, covered)),
    }
  })
