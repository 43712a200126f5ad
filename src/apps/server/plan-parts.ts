import type { LoadedDirectory } from '#capabilities/directory/server/directory.ts'
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
