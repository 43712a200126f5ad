import type { LoadedDirectory } from '#capabilities/directory/server/directory.ts'
import { validStates } from '#capabilities/statistics/server/store-hazards.ts'
import { type CommonProblems, commonProblems } from '#capabilities/statistics/server/store-problems.ts'
import type { Day } from '#kernel/time.ts'
import type { QueryContext } from '#platform/module/module.ts'
import type { Pack } from '../packs/read.ts'

/** What the plan asks of the directory: whom its words mean, and which hazards a body answers for. */
export function planParts(pack: Pack, directory: LoadedDirectory) {
  const areasOf = (bodyId: string) =>
    [...directory.index.areas.values()].filter((area) => area.bodyId === bodyId && area.level !== 'village')
  const sectorsOf = (bodyId: string) =>
    [...directory.index.leaders].filter(([, bodies]) => bodies.includes(bodyId)).map(([sector]) => sector)
  const countyWide = new Set(['committee', 'committeeOffice', 'government'])
  const kindOf = (bodyId: string) => directory.index.reference.bodies.find(({ id }) => id === bodyId)?.kind ?? ''
  return {
    /** A town answers for its area, a department for the sectors it leads, who commissions the whole for all. */
    sideOf(bodyId: string) {
      if (countyWide.has(kindOf(bodyId))) return {}
      const areas = areasOf(bodyId).map(({ code }) => code)
      if (areas.length > 0) return { areas: [areas] }
      const sectors = sectorsOf(bodyId)
      return sectors.length > 0 ? { sectors } : undefined
    },
    /** The earliest day a clause of the pack sets to the mechanism it names. */
    dueOf: (mechanismId: string) =>
      pack.plan.clauses
        .filter(({ mechanisms, due }) => due && mechanisms?.includes(mechanismId))
        .map(({ due }) => due ?? null)
        .sort()[0] ?? null,
    supervised: () =>
      [...directory.index.areas.values()].flatMap((area) => (area.supervised && area.bodyId ? [area.bodyId] : [])),
    departments: () =>
      directory.index.reference.bodies
        .filter(({ kind, active }) => kind === 'department' && active)
        .map(({ id }) => id),
  }
}

interface ProblemQuestion {
  readonly asOf: Day
  readonly area?: string
  readonly body?: string
}

/** 共性问题 with the names of sectors and areas, each with the list of its hazards. */
export async function problemsFor(
  { sideOf }: Pick<ReturnType<typeof planParts>, 'sideOf'>,
  { index }: LoadedDirectory,
  context: QueryContext,
  { asOf, area, body }: ProblemQuestion,
) {
  const side = body ? sideOf(body) : {}
  const nothing: CommonProblems = {
    criteria: [],
    sectors: [],
    areas: [],
    zeroFinding: { inspected: 0, silent: 0 },
  }
  const areas = [...(side?.areas ?? []), ...(area ? [[area]] : [])]
  const found = side ? await commonProblems(context, { ...side, asOf, areas }) : nothing
  const listOf = (name: 'sector' | 'area', key: string) => {
    const query = new URLSearchParams({
      ...{ level: 'major', states: JSON.stringify(validStates), scopeOnly: 'true' },
      [name]: key,
    })
    if (asOf < context.today) query.set('asOf', asOf)
    return `/hazards?${query}`
  }
  const named = (
    name: 'sector' | 'area',
    list: CommonProblems['sectors'],
    titles: (key: string) => string | undefined,
  ) => list.map((one) => ({ ...one, title: titles(one.key) ?? one.key, list: listOf(name, one.key) }))
  return {
    ...found,
    sectors: named('sector', found.sectors, (key) => index.sectorNames.get(key)),
    areas: named('area', found.areas, (key) => index.areas.get(key)?.name),
  }
}
