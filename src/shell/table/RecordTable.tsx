import { useNavigate } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { QueryContract } from '#kernel/contract.ts'
import { useAsk } from '../api/queries.ts'
import { EmptyState } from '../layout/EmptyState.tsx'
import { ErrorView } from '../layout/ErrorView.tsx'
import { useNarrow } from '../layout/narrow.ts'
import { ColumnChooser, useColumns } from './ColumnChooser.tsx'
import { ExportButton } from './ExportButton.tsx'
import { FilterBar, type FilterWords } from './FilterBar.tsx'
import { useListSearch } from './list-search.ts'
import { ListPages, RowCards } from './RowCards.tsx'
import { RowTable } from './RowTable.tsx'
import { SavedFilters } from './SavedFilters.tsx'
import { readSearch, withFilter, withoutFilter } from './search.ts'
import type { ColumnSpec, FilterSpec, ListContract, Search } from './types.ts'

export interface RecordTableProps<R> {
  /** Names this list in the browser's memory: columns and saved filters hang on it. */
  readonly id: string
  /** What a screen reader calls the table. */
  readonly label: string
  readonly contract: ListContract<R>
  readonly columns: readonly ColumnSpec<R>[]
  rowKey(row: R): string
  readonly filters?: readonly FilterSpec[]
  /** How filters without a control read (links from charts bring them). */
  readonly filterWords?: FilterWords
  /** Input that always holds, such as the unit whose page the list stands on. */
  readonly base?: Search
  readonly defaultSort?: string
  /** Address of a row's record. */
  href?(row: R): string
  /** What a row looks like on a phone; without it the shown columns are listed. */
  card?(row: R): ReactNode
  /** Download over the same filters; hidden from accounts without its permission. */
  readonly exporting?: QueryContract
  readonly empty: { readonly why: string; readonly next?: string; readonly action?: ReactNode }
  readonly tools?: ReactNode
  /** False for lists inside another page, whose filters must not claim the address. Default true. */
  readonly inAddress?: boolean
}

/** A list paged, sorted and filtered by the server, over any contract that answers with a page of rows. */
export function RecordTable<R>(props: RecordTableProps<R>): ReactNode {
  const { contract, filters = [], base } = props
  const [search, setSearch] = useListSearch(props.inAddress ?? true)
  const { page, size, sort, filter } = readSearch(search, filters, props.defaultSort)
  const input = { ...filter, ...base, page, size, ...(sort ? { sort } : {}) }
  const answer = useAsk(contract, input, { keepPrevious: true })
  const columns = useColumns(props.id, props.columns)
  const change = (changes: Search) => setSearch(withFilter(search, changes))
  const filtered = Object.keys(filter).length > 0
  return (
    <section aria-label={props.label}>
      {filters.length + Object.keys(filter).length > 0 && (
        <FilterBar
          filters={filters}
          words={props.filterWords ?? {}}
          filter={filter}
          onChange={change}
          onClear={() => setSearch(withoutFilter(search))}
          saved={
            <SavedFilters
              tableId={props.id}
              filter={filter}
              onPick={(saved) => setSearch({ ...withoutFilter(search), ...saved })}
            />
          }
        />
      )}
      <div className="zb-table-tools">
        <span role="status">{answer.data ? `共 ${answer.data.total} 条` : '正在查询…'}</span>
        <span style={{ flex: 1 }} />
        {props.tools}
        {props.exporting && <ExportButton contract={props.exporting} input={{ ...filter, ...base, sort }} />}
        <ColumnChooser columns={props.columns} isShown={columns.isShown} onToggle={columns.toggle} />
      </div>
      <Rows
        {...props}
        columns={columns.shown}
        sort={sort}
        loading={answer.isFetching && (answer.isPlaceholderData || !answer.data)}
        data={answer.data}
        error={answer.error}
        onRetry={() => void answer.refetch()}
        onSort={(next) => change({ sort: next })}
        {...(filtered ? { onClear: () => setSearch(withoutFilter(search)) } : {})}
      />
      {answer.data && answer.data.total > 0 && (
        <ListPages
          page={page}
          size={size}
          total={answer.data.total}
          onChange={(nextPage, nextSize) => setSearch({ ...search, page: nextPage, size: nextSize })}
        />
      )}
    </section>
  )
}

interface RowsProps<R> extends RecordTableProps<R> {
  readonly data: { readonly rows: readonly R[]; readonly total: number } | undefined
  readonly error: Error | null
  readonly loading: boolean
  readonly sort: string | undefined
  onRetry(): void
  onSort(sort: string | undefined): void
  onClear?(): void
}

function Rows<R>(props: RowsProps<R>): ReactNode {
  const { data, error, href, loading } = props
  const narrow = useNarrow()
  const navigate = useNavigate()
  if (error) return <ErrorView error={error} onRetry={props.onRetry} />
  if (!data) return <Skeleton active paragraph={{ rows: 8 }} title={false} />
  if (data.rows.length === 0) return <NoRows total={data.total} empty={props.empty} onClear={props.onClear} />
  const onOpen = href && ((row: R) => void navigate({ to: href(row) }))
  if (narrow) return <RowCards {...props} rows={data.rows} card={props.card} onOpen={onOpen} />
  return <RowTable {...props} rows={data.rows} loading={loading} onOpen={onOpen} />
}

function NoRows(props: { total: number; empty: RecordTableProps<never>['empty']; onClear: (() => void) | undefined }) {
  // Rows were closed or deleted meanwhile and this page no longer exists; the others still do.
  if (props.total > 0) return <EmptyState why="这一页已经没有记录" next="请选择前面的页码" />
  if (!props.onClear) return <EmptyState {...props.empty} />
  return <EmptyState why="没有符合条件的记录" action={<Button onClick={props.onClear}>清除条件</Button>} />
}
