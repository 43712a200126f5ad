import { addDays, type Day } from '#kernel/time.ts'
import type { QueryContext, Standing } from '#platform/module/module.ts'
import {
  type ClauseState,
  type ClauseView,
  type Collective,
  type CoveredClause,
  collectives,
  coverageOf,
  type DeadlineChoice,
  earliest,
  type MechanismView,
  type Section,
  shareOf,
  stateOf,
  stateOfAll,
  sumOf,
  type Tile,
  type WallLimits,
} from '../model/index.ts'
import type { PlanDeps } from './deps.ts'

export type Standings = ReadonlyMap<string, Standing>

export const dayAsked = (context: QueryContext, asOf: Day | undefined): Day =>
  asOf && asOf < context.today ? asOf : context.today

/** Days before its day that a clause counts as due soon. */
export const soonDaysOf = ({ environment, today }: QueryContext) =>
  environment.parameters.number('plan.soonDays', today)

/** How all these mechanisms stood on a day; each source is asked once. */
export async function standingsOf(
  deps: PlanDeps,
  context: QueryContext,
  covered: readonly CoveredClause[],
  { asOf, area, body }: { readonly asOf: Day; readonly area?: string; readonly body?: string },
): Promise<Standings> {
  const ids = [...new Set(covered.flatMap(({ mechanisms }) => mechanisms.map(({ id }) => id)))]
  const question = { asOf, ...(area ? { area } : {}), ...(body ? { body } : {}) }
  const asked = deps.sources().map(async (source) => {
    const own = ids.filter((id) => id.startsWith(`${source.kind}:`))
    return own.length > 0 ? source.standings(context, { ...question, ids: own }) : []
  })
  return new Map((await Promise.all(asked)).flat().map((standing) => [standing.id, standing]))
}

/** The bodies a clause or a tile names, with collective words taken for all they stand for. */
export function bodiesIn(deps: PlanDeps, words: readonly string[]): ReadonlySet<string> {
  return new Set(
    words.flatMap((word) => {
      if (word === 'supervised') return deps.supervised()
      if (word === 'departments') return deps.departments()
      return word === 'units' ? [] : [word]
    }),
  )
}

export const namesOf = (deps: PlanDeps, words: readonly string[]) =>
  words.map((id) => ({ id, name: id in collectives ? collectives[id as Collective] : deps.bodyName(id) }))

function withinDeadline(by: Day | null, choice: DeadlineChoice, asOf: Day, soonDays: number): boolean {
  if (choice === 'none') return by === null
  if (by === null) return false
  if (choice === 'passed') return by < asOf
  return by >= asOf && by <= (choice === 'soon' ? addDays(asOf, soonDays) : `${asOf.slice(0, 4)}-12-31`)
}

/** The clauses that the limits leave; area narrows numbers only, for what the county owes is owed in every town. */
export function clausesWithin(
  deps: PlanDeps,
  { body, stage, deadline }: WallLimits,
  asOf: Day,
  soonDays: number,
): CoveredClause[] {
  const days = deps.plan.sections.find(({ id, group }) => id === stage && group === 'stage')
  return coverageOf(deps.plan, deps.mechanisms()).filter(({ clause }) => {
    if (body && !bodiesIn(deps, clause.bodies).has(body)) return false
    if (deadline && !withinDeadline(clause.by, deadline, asOf, soonDays)) return false
    if (!days?.from || !days.to) return true
    return (clause.from === null || clause.from <= days.to) && (clause.by === null || clause.by >= days.from)
  })
}

export function clauseState(covered: CoveredClause, standings: Standings, asOf: Day, soonDays: number): ClauseState {
  const told = covered.mechanisms.flatMap(({ id }) => standings.get(id) ?? [])
  const { from, by } = covered.clause
  return stateOf({ standings: told, live: covered.mechanisms.length > 0, from, by, asOf, soonDays })
}

/** The numbers of several clauses: a mechanism that serves two of them counts once. */
export function distinctStandings(covered: readonly CoveredClause[], standings: Standings): Standing[] {
  const ids = new Set(covered.flatMap(({ mechanisms }) => mechanisms.map(({ id }) => id)))
  return [...ids].flatMap((id) => standings.get(id) ?? [])
}

export function tileOf(
  deps: PlanDeps,
  section: Section,
  covered: readonly CoveredClause[],
  now: Standings,
  before: Standings,
  at: { readonly asOf: Day; readonly soonDays: number },
): Tile {
  const told = distinctStandings(covered, now)
  const numbers = sumOf(told)
  const share = shareOf(numbers)
  const earlier = shareOf(sumOf(distinctStandings(covered, before)))
  const days = covered.filter(({ clause }) => clause.by !== null && clause.by >= at.asOf).map(({ clause }) => clause.by)
  return {
    id: section.id,
    group: section.group,
    action: section.action,
    title: section.title,
    from: section.from,
    to: section.to,
    lead: namesOf(deps, section.lead),
    state: stateOfAll(covered.map((one) => clauseState(one, now, at.asOf, at.soonDays))),
    numbers,
    share,
    trend: share === null || earlier === null ? null : share - earlier,
    nextDue: earliest([...days, ...told.map(({ nextDue }) => nextDue)]),
    clauses: covered.length,
    live: covered.filter(({ mechanisms }) => mechanisms.length > 0).length,
  }
}

const viewOf = ({ id, title, path }: CoveredClause['mechanisms'][number], standings: Standings): MechanismView => {
  const standing = standings.get(id)
  if (!standing) return { id, title, path, standing: null }
  const { id: _, ...numbers } = standing
  return { id, title, path, standing: numbers }
}

export function clauseView(
  deps: PlanDeps,
  covered: CoveredClause,
  standings: Standings,
  at: { readonly asOf: Day; readonly soonDays: number },
): ClauseView {
  const { clause, mechanisms, later } = covered
  return {
    id: clause.id,
    section: clause.section,
    kind: clause.kind,
    text: clause.text,
    bodies: namesOf(deps, clause.bodies),
    from: clause.from,
    by: clause.by,
    every: clause.every ?? null,
    evidence: clause.evidence,
    later,
    state: clauseState(covered, standings, at.asOf, at.soonDays),
    mechanisms: mechanisms.map((mechanism) => viewOf(mechanism, standings)),
  }
}
