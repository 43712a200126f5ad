import { useAsk } from '#shell/api/queries.ts'
import type { Option, TreeOption } from '#shell/table/types.ts'
import { type AreaView, listAreas, listSectors } from '../model/index.ts'

const long = { staleTime: 600_000 }

export const optionsOf = (names: Readonly<Record<string, string>>): Option[] =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

export function useAreas(): readonly AreaView[] {
  return useAsk(listAreas, {}, long).data?.areas ?? []
}

export function useAreaTree(): TreeOption[] {
  const areas = useAreas()
  const below = (parent: string | null): TreeOption[] =>
    areas
      .filter((area) => area.parentCode === parent)
      .map((area) => {
        const children = below(area.code)
        return { value: area.code, title: area.name, ...(children.length > 0 ? { children } : {}) }
      })
  return below(null)
}

/** Towns with their villages, as one flat list to search in. */
export function usePlaces(): Option[] {
  const areas = useAreas()
  const names = new Map(areas.map((area) => [area.code, area.name]))
  return areas
    .filter((area) => area.level !== 'county')
    .map((area) => {
      const town = area.level === 'village' ? `${names.get(area.code.slice(0, 9)) ?? ''} ` : ''
      return { value: area.code, label: `${town}${area.name}` }
    })
}

export function useSectorOptions(): Option[] {
  const sectors = useAsk(listSectors, {}, long).data?.sectors ?? []
  return sectors.map((sector) => ({ value: sector.id, label: sector.name }))
}
