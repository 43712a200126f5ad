import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { useNarrow } from '#shell/layout/narrow.ts'
import { RowCards } from '#shell/table/RowCards.tsx'
import { RowTable } from '#shell/table/RowTable.tsx'
import type { ColumnSpec } from '#shell/table/types.ts'

interface WholeTableProps<R> {
  readonly label: string
  readonly rows: readonly R[]
  readonly columns: readonly ColumnSpec<R>[]
  rowKey(row: R): string
  /** Address of a row's record. */
  href?(row: R): string
  readonly empty: { readonly why: string; readonly next?: string }
}

/** Rows that are all there: a county's towns, the people of one unit. Cards on a phone, as the paged lists have them. */
export function WholeTable<R>(props: WholeTableProps<R>): ReactNode {
  const narrow = useNarrow()
  const navigate = useNavigate()
  const { href } = props
  const onOpen = href && ((row: R) => void navigate({ to: href(row) }))
  if (props.rows.length === 0) return <EmptyState {...props.empty} />
  if (narrow) return <RowCards {...props} card={undefined} onOpen={onOpen} />
  return <RowTable {...props} loading={false} sort={undefined} onOpen={onOpen} onSort={() => {}} />
}
