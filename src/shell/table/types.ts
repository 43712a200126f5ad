import type { CodeKind } from '#kernel/list/filter.ts'

export interface Option {
  readonly value: string
  readonly label: string
}

export interface TreeOption {
  readonly value: string
  readonly title: string
  readonly children?: readonly TreeOption[]
}

/** What may be chosen for filters that hold codes, and so what the codes are called. */
export type Choices = Partial<Record<CodeKind, readonly (Option | TreeOption)[]>>

/** A filter with a control: the name of one, or the first and the last day of a span with what the span is called. */
export type Control = string | readonly [from: string, to: string, label: string]

interface FilterBase {
  /** Name in the contract's input and in the address. */
  readonly name: string
  readonly label: string
}

export type FilterSpec =
  | (FilterBase & { readonly kind: 'text' | 'flag' })
  | (FilterBase & { readonly kind: 'select' | 'multi'; readonly options: readonly Option[] })
  /** `name` is the first day, `nameTo` the last. */
  | (FilterBase & { readonly kind: 'days'; readonly nameTo: string })
  | (FilterBase & { readonly kind: 'tree'; readonly options: readonly TreeOption[] })

/** The search part of a list's address: the contract's filter names, plus page, size, sort and columns. */
export type Search = Readonly<Record<string, unknown>>
