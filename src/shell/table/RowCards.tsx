import { Pagination } from 'antd'
import type { ReactNode } from 'react'
import { pageSizes } from './search.ts'
import type { ColumnSpec } from './types.ts'

interface RowCardsProps<R> {
  readonly label: string
  readonly rows: readonly R[]
  readonly columns: readonly ColumnSpec<R>[]
  readonly card: ((row: R) => ReactNode) | undefined
  rowKey(row: R): string
  readonly onOpen: ((row: R) => void) | undefined
}

/** The rows of a table on a phone: one card each, because sideways scrolling hides what matters. */
export function RowCards<R>({ label, rows, columns, card, rowKey, onOpen }: RowCardsProps<R>): ReactNode {
  return (
    <ul className="zb-cards" aria-label={label}>
      {rows.map((row) => {
        const body = card ? card(row) : <CardFields row={row} columns={columns} />
        return (
          <li key={rowKey(row)}>
            {onOpen ? (
              <button type="button" className="zb-card" onClick={() => onOpen(row)}>
                {body}
              </button>
            ) : (
              <div className="zb-card">{body}</div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function CardFields<R>({ row, columns }: { row: R; columns: readonly ColumnSpec<R>[] }): ReactNode {
  return (
    <dl>
      {columns.map((column) => (
        <div key={column.key} style={{ display: 'contents' }}>
          <dt>{column.title}</dt>
          <dd>{column.render(row)}</dd>
        </div>
      ))}
    </dl>
  )
}

interface ListPagesProps {
  readonly page: number
  readonly size: number
  readonly total: number
  onChange(page: number, size: number): void
}

/** Paging with the exact total, the same below a table and below cards. */
export function ListPages({ page, size, total, onChange }: ListPagesProps): ReactNode {
  return (
    <Pagination
      current={page}
      pageSize={size}
      total={total}
      pageSizeOptions={[...pageSizes]}
      showSizeChanger
      responsive
      align="end"
      style={{ marginTop: 12 }}
      showTotal={(count) => `共 ${count} 条`}
      // Another page size moves every row; only the first page is then surely a page that exists.
      onChange={(next, nextSize) => onChange(nextSize === size ? next : 1, nextSize)}
    />
  )
}
