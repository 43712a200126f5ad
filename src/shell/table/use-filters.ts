import type { z } from 'zod'
import { filterWords } from '#kernel/list/filter.ts'
import { controlsOf, namesFrom } from './controls.ts'
import { useListSearch } from './list-search.ts'
import { type ListState, readSearch, withFilter, withoutFilter } from './search.ts'
import type { Choices, Control, FilterSpec, Search } from './types.ts'

export interface Filters {
  readonly state: ListState
  readonly filters: readonly FilterSpec[]
  /** How a filter in force reads in words. */
  wordsOf(name: string): string
  onChange(changes: Search): void
  onClear(): void
  /** Puts a whole address in place: filters, sorting and columns of a saved one. */
  pick(saved: Search): void
  /** The address of this page with the list in that state, to be sent to somebody. */
  linkTo(saved: Search): string
  turn(page: number, size: number): void
}

export interface FilterParts {
  readonly controls?: readonly Control[]
  readonly choices?: Choices
  readonly defaultSort?: string | undefined
  /** Names the list's part of the address. */
  readonly address?: string | undefined
}

/** The filters of a page as its address, its controls and its contract make them together. */
export function useFilters(filter: z.ZodObject, parts: FilterParts): Filters {
  const { controls = [], choices = {} } = parts
  const [search, setSearch, linkTo] = useListSearch(parts.address)
  const state = readSearch(search, filter, parts.defaultSort)
  return {
    state,
    filters: controlsOf(filter, controls, choices),
    wordsOf: (name) => filterWords(filter, name, state.filter[name], namesFrom(choices)),
    onChange: (changes) => setSearch(withFilter(search, changes)),
    onClear: () => setSearch(withoutFilter(search)),
    pick: (saved) => setSearch({ ...withoutFilter(search), ...saved }),
    linkTo,
    turn: (page, size) => setSearch({ ...search, page, size }),
  }
}
