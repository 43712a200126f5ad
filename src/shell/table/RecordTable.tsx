import { Alert, Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { ListColumn, ListExport, ListSpec } from '#kernel/list/list.ts'
import { useAsk } from '../api/queries.ts'
import { EmptyState } from '../layout/EmptyState.tsx'
import { ErrorView } from '../layout/ErrorView.tsx'
import { useNarrow } from '../layout/narrow.ts'
import { ColumnChooser, useColumns } from './ColumnChooser.tsx'
import { ExportMenu } from './ExportButton.tsx'
import { FilterBar } from './FilterBar.tsx'
import { PrintButton } from './PrintButton.tsx'
import { ListPages, RowCards } from './RowCards.tsx'
import { type RowColumn, RowTable } from './RowTable.tsx'
import { SavedFilters } from './SavedFilters.tsx'
import type { Search } from './types.ts'
import { type FilterParts, useFilters } from './use-filters.ts'

export interface RecordTableProps<R> extends FilterParts {
  readonly list: ListSpec<R>
  /** How cells that are more than their text are drawn, by the key of their column. */
  readonly cells?: Readonly<Record<string, (row: R) => ReactNode>>
  rowKey(row: R): string
  /** Input that always holds, such as the unit whose page the list stands on. */
  readonly base?: Search
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

/** What the address, the person's choices and the contract make of a list together. */
function useListState<R>({ list, cells, base, ...props }: RecordTableProps<R>) {
  const filters = useFilters(list.filter, props)
  const { page, size, sort, filter } = filters.state
  const columns = useColumns(list)
  /** The question for all rows, as they are sorted. */
  const whole = { ...filter, ...base, ...(sort ? { sort } : {}) }
  const answer = useAsk(list.contract, { ...whole, page, size }, { keepPrevious: true })
  const shown = columns.shown.map((column): ListColumn<R> & RowColumn<R> => ({
    ...column,
    render: cells?.[column.key] ?? ((row) => column.text(row)),
  }))
  return { ...filters, columns, shown, whole, answer }
}

/** A list paged, sorted and filtered by the server, over any contract that answers with a page of rows. */
export function RecordTable<R>(props: RecordTableProps<R>): ReactNode {
  const { list, exporting } = props
  const table = useListState(props)
  const { answer, whole, shown, columns } = table
  const { filter, ignored, page, size } = table.state
  const words = Object.keys(filter).map(table.wordsOf)
  const narrow = useNarrow()
  return (
    <section aria-label={list.title}>
      {table.filters.length + words.length > 0 && (
        <FilterBar {...table} saved={<SavedFilters tableId={list.id} filter={filter} onPick={table.pick} />} />
      )}
      {ignored.length > 0 && <Ignored names={ignored} onDrop={table.onChange} />}
      <div className="zb-table-tools">
        <span role="status">{answer.data ? `共 ${answer.data.total} 条` : '正在查询…'}</span>
        <span style={{ flex: 1 }} />
        {props.tools}
        {exporting && <ExportMenu exporting={exporting} input={whole} shown={shown.map(({ key }) => key)} />}
        <PrintButton list={list} columns={shown} input={whole} words={words} total={answer.data?.total} />
        <ColumnChooser
          // A card of its own shows what it shows; the columns are then those of the file and of the print.
          title={narrow && props.card ? '导出和打印的列' : '显示的列'}
          columns={list.columns}
          isShown={columns.isShown}
          onToggle={columns.toggle}
        />
      </div>
      <Rows {...props} table={table} />
      {answer.data && answer.data.total > 0 && (
        <ListPages page={page} size={size} total={answer.data.total} onChange={table.turn} />
      )}
    </section>
  )
}

function Ignored({ names, onDrop }: { names: readonly string[]; onDrop(changes: Search): void }): ReactNode {
  const dropped = Object.fromEntries(names.map((name) => [name, undefined]))
  return (
    <Alert
      type="warning"
      style={{ marginBottom: 12 }}
      title={`地址里有 ${names.length} 个条件（${names.join('、')}）本清单没有或取值不对，没有起作用`}
      action={
        <Button size="small" type="link" onClick={() => onDrop(dropped)}>
          去掉
        </Button>
      }
    />
  )
}

function Rows<R>(props: RecordTableProps<R> & { readonly table: ReturnType<typeof useListState<R>> }): ReactNode {
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
