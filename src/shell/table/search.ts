import { z } from 'zod'
import { soundFilter, valueSchema } from '#kernel/list/filter.ts'
import { maxPageSize } from '#kernel/paging.ts'
import type { FilterSpec, Search } from './types.ts'

export const pageSizes: readonly number[] = [20, 50, 100, maxPageSize]

export interface ListState {
  readonly page: number
  readonly size: number
  readonly sort: string | undefined
  /** Keys of the columns a saved filter or a link brings along; otherwise the person's own hold. */
  readonly columns: readonly string[] | undefined
  /** Filters as the contract takes them, also those the page has no control for (links from charts). */
  readonly filter: Search
  /** Names of what the list does not understand: an old link, a mistyped one. */
  readonly ignored: readonly string[]
}

/**
 * Reads the address of a list. Everything beside page, size, sort and columns is a filter of the contract, so that a link
 * from a number opens exactly the rows that were counted, whether or not the list has a control for it.
 */
export function readSearch(search: Search, known: z.ZodObject, sort?: string): ListState {
  const { page, size, sort: sorted, columns, ...rest } = search
  const filter: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(rest)) {
    const read = readValue(valueSchema(known, name), value)
    if (read !== undefined) filter[name] = read
  }
  const { sound, unsound } = soundFilter(known, filter)
  return {
    ...readPage({ page, size }),
    sort: typeof sorted === 'string' && sorted !== '' ? sorted : sort,
    columns: Array.isArray(columns) && columns.length > 0 ? columns.map(String) : undefined,
    filter: sound,
    ignored: unsound,
  }
}

/** Which page of how many rows; what makes no sense counts as the first of twenty. */
export function readPage({ page, size }: Search): { readonly page: number; readonly size: number } {
  return { page: positive(page) ?? 1, size: pageSizes.find((one) => one === positive(size)) ?? 20 }
}

/** Area codes in a typed address arrive as numbers, single choices without brackets; the contract would refuse both. */
function readValue(schema: unknown, value: unknown): unknown {
  if (value === undefined || value === null || value === '') return undefined
  if (schema instanceof z.ZodArray) {
    const list = (Array.isArray(value) ? value : [value]).map(String)
    return list.length > 0 ? list : undefined
  }
  if (schema instanceof z.ZodBoolean) return value === 'true' || value === 1 ? true : value
  if (schema instanceof z.ZodNumber) return Number(value)
  return typeof value === 'number' ? String(value) : value
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
