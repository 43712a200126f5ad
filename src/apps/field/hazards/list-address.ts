import { HazardFilter } from '#capabilities/hazard/model/index.ts'

/** The list that shows exactly what a filter lets through. */
export function listAddress(filter: HazardFilter): string {
  return Object.keys(filter).length === 0 ? '/hazards' : `/hazards?f=${encodeURIComponent(JSON.stringify(filter))}`
}

/** The filter of an address; one that cannot be read counts as none. */
export function filterOf(search: URLSearchParams): HazardFilter {
  try {
    const read = HazardFilter.safeParse(JSON.parse(search.get('f') ?? '{}'))
    return read.success ? read.data : {}
  } catch {
    return {}
  }
}
