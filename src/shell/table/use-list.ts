import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ColumnLayout } from '#kernel/list/kept.ts'
import type { ListColumn, ListSpec } from '#kernel/list/list.ts'
import type { Page } from '#kernel/paging.ts'
import type { ApiProblem } from '../api/problem.ts'
import { useAsk } from '../api/queries.ts'
import { arranged, named, type Placed } from './columns.ts'
import type { RowColumn } from './RowTable.tsx'
import type { Search } from './types.ts'
import { type FilterParts, type Filters, useFilters } from './use-filters.ts'
import { type KeptInHand, useKeptInHand } from './use-kept.ts'

export interface ListParts<R> extends FilterParts {
  readonly list: ListSpec<R>
  /** How cells that are more than their text are drawn, by the key of their column. */
  readonly cells?: Readonly<Record<string, (row: R) => ReactNode>>
  /** Input that always holds, such as the unit whose page the list stands on. */
  readonly base?: Search
}

export interface ListInHand<R> extends Filters, Omit<KeptInHand, 'opened'> {
  readonly answer: UseQueryResult<Page<R>, ApiProblem>
  /** The question for all rows, as they are sorted. */
  readonly whole: Search
  /** The filters in force, a phrase each. */
  readonly words: readonly string[]
  readonly placed: readonly Placed<R>[]
  /** The columns in sight, as the screen draws them. */
  readonly shown: readonly (ListColumn<R> & RowColumn<R>)[]
  choose(layout: ColumnLayout | null): void
}

/** A list as its address, what its person keeps about it, and its contract make it together. */
export function useList<R>({ list, cells, base, ...parts }: ListParts<R>): ListInHand<R> {
  const filters = useFilters(list.filter, parts)
  const { state } = filters
  const { page, size, sort, filter } = state
  const { opened, ...keeping } = useKeptInHand(list, filters, parts.address)
  const { kept } = keeping
  const whole = { ...filter, ...base, ...(sort ? { sort } : {}) }
  const answer = useAsk(list.contract, { ...whole, page, size }, { keepPrevious: true, enabled: opened })
  const placed = state.columns ? named(list.columns, state.columns) : arranged(list.columns, kept.layout)
  return {
    ...filters,
    answer,
    whole,
    words: Object.keys(filter).map(filters.wordsOf),
    placed,
    shown: placed
      .filter((one) => one.shown)
      .map(({ column }) => ({ ...column, render: cells?.[column.key] ?? ((row: R) => column.text(row)) })),
    choose(layout) {
      kept.setLayout(layout)
      // Columns a link brought along would hide what was just chosen.
      if (state.columns) filters.onChange({ columns: undefined })
    },
    ...keeping,
  }
}
