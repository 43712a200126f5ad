import { listAreas, listBodies, listSectors } from '#capabilities/directory/model/index.ts'
import { isUnitRole } from '#kernel/grants.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useSession } from '#shell/session/session.tsx'
import type { Option, TreeOption } from '#shell/table/types.ts'

const long = { staleTime: 600_000 }

/** Areas as a tree for filters: the county, its towns, and their villages. */
export function useAreaTree(): TreeOption[] {
  const areas = useAsk(listAreas, {}, long).data?.areas ?? []
  const below = (parent: string | null): TreeOption[] =>
    areas
      .filter((area) => area.parentCode === parent)
      .map((area) => {
        const children = below(area.code)
        return { value: area.code, title: area.name, ...(children.length > 0 ? { children } : {}) }
      })
  return below(null)
}

/** Towns and zones, for forms that want the place of a hazard. */
export function useTowns(): Option[] {
  const areas = useAsk(listAreas, {}, long).data?.areas ?? []
  return areas.filter((area) => area.level === 'town').map((area) => ({ value: area.code, label: area.name }))
}

export function useSectors(): Option[] {
  const sectors = useAsk(listSectors, {}, long).data?.sectors ?? []
  return sectors.map((sector) => ({ value: sector.id, label: sector.name }))
}

export function useBodies(): Option[] {
  const bodies = useAsk(listBodies, {}, long).data?.bodies ?? []
  return bodies.map((body) => ({ value: body.id, label: body.name }))
}

/** The town an account works in, when it works in one only: its clerk need not say it every time. */
export function useOwnTown(): string | undefined {
  const areas = new Set(useSession().grants.map(({ area }) => area))
  const [only, ...others] = areas
  return only && only.length >= 9 && others.length === 0 ? only.slice(0, 9) : undefined
}

/** The units an account speaks for, when it speaks for nobody else: officials verify what it sends. */
export function useOwnUnits(): Option[] | undefined {
  const { grants } = useSession()
  const own = grants.filter(({ role }) => isUnitRole(role))
  if (own.length === 0 || own.length < grants.length) return undefined
  const units = new Map(own.flatMap((grant) => (grant.unitId ? [[grant.unitId, grant.unitName ?? '本单位']] : [])))
  return [...units].map(([value, label]) => ({ value, label }))
}
