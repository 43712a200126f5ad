import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { ListColumn, ListExport } from '#kernel/list/list.ts'
import { EmptyState } from '../layout/EmptyState.tsx'
import { ErrorView } from '../layout/ErrorView.tsx'
import { useNarrow } from '../layout/narrow.ts'
import { ColumnChooser } from './ColumnChooser.tsx'
import { ExportMenu } from './ExportButton.tsx'
import { FilterBar } from './FilterBar.tsx'
import { IgnoredFilters } from './IgnoredFilters.tsx'
import { SavedFilters } from './kept/SavedFilters.tsx'
import { PrintButton } from './PrintButton.tsx'
import { ListPages, RowCards } from './RowCards.tsx'
import { RowTable } from './RowTable.tsx'
import { type ListInHand, type ListParts, useList } from './use-list.ts'

export interface RecordTableProps<R> extends ListParts<R> {
  rowKey(row: R): string
  /** Address of a row's record. */
  href?(row: R): string
  /** What a row looks like on a phone, its tools where the card puts them; without it the shown columns are listed. */
  card?(row: R, tools: ReactNode): ReactNode
  /** What may be done with a row here; stands behind its columns. */
  rowTools?(row: R): ReactNode
  /** Download over the same filters; hidden from accounts without its permission. */
  readonly exporting?: ListExport<R>
  readonly empty: { readonly why: string; readonly next?: string; readonly action?: ReactNode }
  readonly tools?: ReactNode
}

/** A list paged, sorted and filtered by the server, over any contract that answers with a page of rows. */
export function RecordTable<R>(props: RecordTableProps<R>): ReactNode {
  const { list, exporting } = props
  const table = useList(props)
  const { answer, whole, shown, words } = table
  const { filter, ignored, page, size, sort } = table.state
  const keys = shown.map(({ key }) => key)
  const now = { filter, words: words.join('；'), sort: sort ?? null, columns: keys }
  const narrow = useNarrow()
  return (
    <section aria-label={list.title}>
      {table.filters.length + words.length > 0 && <FilterBar {...table} />}
      <IgnoredFilters names={ignored} onDrop={table.onChange} />
      <div className="zb-table-tools">
        <Standing total={answer.data?.total} page={page} size={size} order={orderWords(list.columns, sort)} />
        <span style={{ flex: 1 }} />
        {props.tools}
        <SavedFilters kept={table.kept} shown={now} onPick={table.open} linkOf={table.linkOf} />
        {exporting && <ExportMenu exporting={exporting} input={whole} shown={keys} />}
        <PrintButton list={list} columns={shown} input={whole} words={words} total={answer.data?.total} />
        <ColumnChooser
          // A card of its own shows what it shows; the columns are then those of the file and of the print.
          title={narrow && props.card ? '导出和打印的列和顺序' : '显示的列和顺序'}
          placed={table.placed}
          onChange={table.choose}
        />
      </div>
      <Rows {...props} table={table} />
      {answer.data && answer.data.total > 0 && (
        <ListPages page={page} size={size} total={answer.data.total} onChange={table.turn} />
      )}
    </section>
  )
}

const orderWords = <R,>(columns: readonly ListColumn<R>[], sort: string | undefined): string => {
  const column = columns.find(({ sortKey }) => sortKey !== undefined && sortKey === sort?.replace(/^-/, ''))
  return column ? `，按${column.title}${sort?.startsWith('-') ? '降序' : '升序'}` : ''
}

/** How many rows there are; whoever cannot see the table also hears which of them it shows, and in which order. */
function Standing(props: { total: number | undefined; page: number; size: number; order: string }): ReactNode {
  const { total, page, size, order } = props
  if (total === undefined) return <span role="status">正在查询…</span>
  const pages = Math.max(1, Math.ceil(total / size))
  return (
    <span role="status">
      共 {total} 条
      <span className="zb-unseen">
        ，第 {page} 页，共 {pages} 页{order}
      </span>
    </span>
  )
}

function Rows<R>(props: RecordTableProps<R> & { readonly table: ListInHand<R> }): ReactNode {
  const { table, list, empty } = props
  const { answer } = table
  const narrow = useNarrow()
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active paragraph={{ rows: 8 }} title={false} />
  const { rows, total } = answer.data
  if (rows.length === 0) {
    const filtered = Object.keys(table.state.filter).length > 0
    return <NoRows total={total} empty={empty} onClear={filtered ? table.onClear : undefined} />
  }
  const drawn = { label: list.title, rows, columns: table.shown, rowKey: props.rowKey, href: props.href }
  if (narrow) return <RowCards {...drawn} card={props.card} rowTools={props.rowTools} />
  return (
    <RowTable
      {...drawn}
      rowTools={props.rowTools}
      loading={answer.isFetching && answer.isPlaceholderData}
      sort={table.state.sort}
      onSort={(next) => table.onChange({ sort: next })}
    />
  )
}

function NoRows(props: { total: number; empty: RecordTableProps<never>['empty']; onClear: (() => void) | undefined }) {
  // Rows were closed or deleted meanwhile and this page no longer exists; the others still do.
  if (props.total > 0) return <EmptyState why="这一页已经没有记录" next="请选择前面的页码" />
  if (!props.onClear) return <EmptyState {...props.empty} />
  return <EmptyState why="没有符合条件的记录" action={<Button onClick={props.onClear}>清除条件</Button>} />
}
