import { maxPageSize } from '#kernel/paging.ts'
import type { FilterSpec, Search } from './types.ts'

export const pageSizes: readonly number[] = [20, 50, 100, maxPageSize]

export interface ListState {
  readonly page: number
  readonly size: number
  readonly sort: string | undefined
  /** Filters as the contract takes them, also those the page has no control for (links from charts). */
  readonly filter: Search
}

/**
 * Reads the address of a list. Everything beside page, size and sort is handed to the contract, so that a link from a
 * number opens exactly the rows that were counted, whether or not the list has a control for that filter.
 */
export function readSearch(search: Search, filters: readonly FilterSpec[], sort?: string): ListState {
  const { page, size, sort: sorted, ...rest } = search
  const kinds = new Map<string, FilterSpec['kind']>()
  for (const spec of filters) {
    kinds.set(spec.name, spec.kind)
    if (spec.kind === 'days') kinds.set(spec.nameTo, spec.kind)
  }
  const filter: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(rest)) {
    const read = readValue(kinds.get(name), value)
    if (read !== undefined) filter[name] = read
  }
  return {
    page: positive(page) ?? 1,
    size: pageSizes.find((known) => known === positive(size)) ?? 20,
    sort: typeof sorted === 'string' && sorted !== '' ? sorted : sort,
    filter,
  }
}

/** Area codes in a typed address arrive as numbers, single choices without brackets; the contract would refuse both. */
function readValue(kind: FilterSpec['kind'] | undefined, value: unknown): unknown {
  if (value === undefined || value === null || value === '') return undefined
  if (kind === 'multi') {
    const list = (Array.isArray(value) ? value : [value]).map(String)
    return list.length > 0 ? list : undefined
  }
  if (kind === 'flag')
    return value === true || value === 'true' || value === 1 ? true : value === false ? false : undefined
  return kind === undefined ? value : String(value)
}

function positive(value: unknown): number | undefined {
  const number = Number(value)
  return Number.isInteger(number) && number > 0 ? number : undefined
}

/** The address after filters changed: back to the first page, empty values dropped. */
export function withFilter(search: Search, changes: Search): Search {
  const next: Record<string, unknown> = { ...search, ...changes }
  delete next.page
  for (const [name, value] of Object.entries(next)) {
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
      delete next[name]
    }
  }
  return next
}

/** The address with only page size and sorting kept. */
export function withoutFilter(search: Search): Search {
  return Object.fromEntries(Object.entries(search).filter(([name]) => name === 'size' || name === 'sort'))
}

/** Filters in force that the page shows no control for; each must be visible and removable all the same. */
export function hiddenFilters(filter: Search, filters: readonly FilterSpec[]): string[] {
  const shown = new Set(filters.flatMap((spec) => (spec.kind === 'days' ? [spec.name, spec.nameTo] : [spec.name])))
  return Object.keys(filter).filter((name) => !shown.has(name))
}
