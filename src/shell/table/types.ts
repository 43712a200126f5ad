import type { ReactNode } from 'react'
import type { z } from 'zod'
import type { QueryContract } from '#kernel/contract.ts'

export interface ColumnSpec<R> {
  readonly key: string
  readonly title: string
  readonly render: (row: R) => ReactNode
  /** Name the list contract sorts by; the heading then sorts on the server. */
  readonly sortKey?: string
  /** Pixels. Leave it out for the one column that takes what is left. */
  readonly width?: number
  /** False for columns without which a row says nothing. Default true. */
  readonly hideable?: boolean
  /** Hidden until the person chooses it. */
  readonly hiddenAtFirst?: boolean
  readonly align?: 'left' | 'right' | 'center'
}

export interface Option {
  readonly value: string
  readonly label: string
}

export interface TreeOption {
  readonly value: string
  readonly title: string
  readonly children?: readonly TreeOption[]
}

interface FilterBase {
  /** Name in the contract's input and in the address. */
  readonly name: string
  readonly label: string
}

export type FilterSpec =
  | (FilterBase & { readonly kind: 'text' })
  | (FilterBase & { readonly kind: 'select' | 'multi'; readonly options: readonly Option[] })
  | (FilterBase & { readonly kind: 'flag' })
  /** `name` is the first day, `nameTo` the last. */
  | (FilterBase & { readonly kind: 'days'; readonly nameTo: string })
  | (FilterBase & { readonly kind: 'tree'; readonly options: readonly TreeOption[] })

/** The search part of a list's address: the contract's filter names, plus page, size and sort. */
export type Search = Readonly<Record<string, unknown>>

/** A query contract whose answer is a page of R (`pageOf`). */
export type ListContract<R> = QueryContract<z.ZodType, z.ZodType<{ rows: R[]; total: number }>>
