import { Pagination } from 'antd'
import type { ReactNode } from 'react'
import { type RowColumn, RowLink } from './RowTable.tsx'
import { pageSizes } from './search.ts'

interface RowCardsProps<R> {
  readonly label: string
  readonly rows: readonly R[]
  readonly columns: readonly RowColumn<R>[]
  readonly card?: ((row: R, tools: ReactNode) => ReactNode) | undefined
  rowKey(row: R): string
  readonly href?: ((row: R) => string) | undefined
  readonly rowTools?: ((row: R) => ReactNode) | undefined
}

/** The rows of a table on a phone: one card each, because sideways scrolling hides what matters. */
export function RowCards<R>({ label, rows, columns, card, rowKey, href, rowTools }: RowCardsProps<R>): ReactNode {
  return (
    <ul className="zb-cards" aria-label={label}>
      {rows.map((row) => {
        const tools = rowTools?.(row)
        const body = card ? card(row, tools) : <CardFields row={row} columns={columns} />
        return (
          <li key={rowKey(row)}>
            {href ? (
              <RowLink to={href(row)} className="zb-card">
                {body}
              </RowLink>
            ) : (
              <div className="zb-card">
                {body}
                {!card && tools}
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function CardFields<R>({ row, columns }: { row: R; columns: readonly RowColumn<R>[] }): ReactNode {
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
      showTotal={(count) => <span style={{ whiteSpace: 'nowrap' }}>共 {count} 条</span>}
      // Another page size moves every row; only the first page is then surely a page that exists.
      onChange={(next, nextSize) => onChange(nextSize === size ? next : 1, nextSize)}
    />
  )
}
