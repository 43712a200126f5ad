import type { ReactNode } from 'react'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { useNarrow } from '#shell/layout/narrow.ts'
import { RowCards } from '#shell/table/RowCards.tsx'
import { type RowColumn, RowTable } from '#shell/table/RowTable.tsx'

interface WholeTableProps<R> {
  readonly label: string
  readonly rows: readonly R[]
  readonly columns: readonly RowColumn<R>[]
  rowKey(row: R): string
  /** Address of a row's record. */
  href?(row: R): string
  readonly empty: { readonly why: string; readonly next?: string }
}

/** Rows that are all there: a county's towns, the people of one unit. Cards on a phone, as the paged lists have them. */
export function WholeTable<R>(props: WholeTableProps<R>): ReactNode {
  const narrow = useNarrow()
  if (props.rows.length === 0) return <EmptyState {...props.empty} />
  if (narrow) return <RowCards {...props} />
  return <RowTable {...props} loading={false} sort={undefined} onSort={() => {}} />
}
