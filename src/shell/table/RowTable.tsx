import { Link, useNavigate } from '@tanstack/react-router'
import { Table, type TableColumnType } from 'antd'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import type { ListColumn } from '#kernel/list/list.ts'

/** A column with its cell as the screen draws it. */
export interface RowColumn<R> extends Omit<ListColumn<R>, 'text' | 'facts'> {
  render(row: R): ReactNode
}

interface RowTableProps<R> {
  /** What a screen reader calls the table. */
  readonly label: string
  readonly rows: readonly R[]
  readonly columns: readonly RowColumn<R>[]
  readonly loading: boolean
  readonly sort: string | undefined
  rowKey(row: R): string
  readonly href?: ((row: R) => string) | undefined
  readonly rowTools?: ((row: R) => ReactNode) | undefined
  onSort(sort: string | undefined): void
}

/**
 * The wide form of a list. The cell that names a row is a link, for the keyboard, the middle button and copying; a click
 * anywhere else in the row follows it too. Arrows move from row to row.
 */
export function RowTable<R>(props: RowTableProps<R>): ReactNode {
  const { rows, columns, sort, href, rowTools } = props
  const navigate = useNavigate()
  const open = (row: R, beside: boolean) => {
    if (!href) return
    if (beside) window.open(href(row), '_blank', 'noopener')
    else void navigate({ to: href(row) })
  }
  const naming = columns.find((column) => column.hideable === false) ?? columns[0]
  const drawn = columns.map((column) => tableColumn(column, sort, column === naming ? href : undefined))
  const tools: TableColumnType<R>[] = rowTools
    ? [{ key: 'tools', title: <span className="zb-unseen">办理</span>, width: 90, render: (_, row) => rowTools(row) }]
    : []
  return (
    <Table<R>
      aria-label={props.label}
      size="middle"
      bordered={false}
      rowKey={props.rowKey}
      columns={[...drawn, ...tools]}
      dataSource={rows}
      loading={{ spinning: props.loading, delay: 200 }}
      pagination={false}
      scroll={{ x: columns.reduce((sum, column) => sum + (column.width ?? 220), rowTools ? 90 : 0) }}
      rowClassName={href ? 'zb-row' : ''}
      onRow={(row) =>
        href
          ? {
              onClick: (event: MouseEvent) => {
                if (!isControl(event.target) && !hasSelection()) open(row, event.ctrlKey || event.metaKey)
              },
              onKeyDown: moveFocus,
            }
          : {}
      }
      onChange={(_pages, _filters, sorter) => {
        const one = Array.isArray(sorter) ? sorter[0] : sorter
        const key = columns.find((column) => column.key === one?.columnKey)?.sortKey
        props.onSort(key && one?.order ? (one.order === 'descend' ? `-${key}` : key) : undefined)
      }}
    />
  )
}

function tableColumn<R>(
  column: RowColumn<R>,
  sort: string | undefined,
  href: ((row: R) => string) | undefined,
): TableColumnType<R> {
  const { key, title, render, sortKey, width, align } = column
  const sorting = sortKey
    ? {
        sorter: true,
        sortOrder: sort === sortKey ? ('ascend' as const) : sort === `-${sortKey}` ? ('descend' as const) : null,
      }
    : {}
  return {
    key,
    title,
    render: (_value, row) => (href ? <RowLink to={href(row)}>{render(row)}</RowLink> : render(row)),
    ...(width === undefined ? {} : { width }),
    ...(align ? { align } : {}),
    ...sorting,
  }
}

export function RowLink({
  to,
  className,
  children,
}: {
  to: string
  className?: string
  children: ReactNode
}): ReactNode {
  return (
    <Link to={to} className={className ?? 'zb-row-link'}>
      {children}
    </Link>
  )
}

/** A click on a link or button inside a row is meant for it, not for the row. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label, .ant-checkbox-wrapper') !== null
}

/** Clerks copy numbers out of lists; letting go of the mouse after selecting text must not open the row. */
function hasSelection(): boolean {
  return (window.getSelection()?.toString() ?? '') !== ''
}

/** From the link of one row to the link of the next. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const row = event.currentTarget
  const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling
  const link = next?.querySelector('a.zb-row-link')
  if (!(link instanceof HTMLElement)) return
  event.preventDefault()
  link.focus()
}
