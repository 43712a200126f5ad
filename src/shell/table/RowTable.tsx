import { Table, type TableColumnType } from 'antd'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import type { ColumnSpec } from './types.ts'

interface RowTableProps<R> {
  readonly label: string
  readonly rows: readonly R[]
  readonly columns: readonly ColumnSpec<R>[]
  readonly loading: boolean
  readonly sort: string | undefined
  rowKey(row: R): string
  href?(row: R): string
  readonly onOpen: ((row: R) => void) | undefined
  onSort(sort: string | undefined): void
}

/** The wide form of a list. Rows take the focus; Enter opens, arrows move, Ctrl-click opens beside. */
export function RowTable<R>(props: RowTableProps<R>): ReactNode {
  const { rows, columns, sort, onOpen, href } = props
  const open = (row: R, beside: boolean) => {
    if (beside && href) window.open(href(row), '_blank', 'noopener')
    else onOpen?.(row)
  }
  const width = columns.reduce((sum, column) => sum + (column.width ?? 220), 0)
  return (
    <Table<R>
      aria-label={props.label}
      size="middle"
      bordered={false}
      rowKey={props.rowKey}
      columns={columns.map((column) => tableColumn(column, sort))}
      dataSource={rows}
      loading={{ spinning: props.loading, delay: 200 }}
      pagination={false}
      scroll={{ x: width }}
      rowClassName={onOpen ? 'zb-row' : ''}
      onRow={(row) =>
        onOpen
          ? {
              tabIndex: 0,
              onClick: (event: MouseEvent) => {
                if (!isControl(event.target) && !hasSelection()) open(row, event.ctrlKey || event.metaKey)
              },
              onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
                if (event.target !== event.currentTarget) return
                if (event.key === 'Enter') open(row, event.ctrlKey || event.metaKey)
                if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moveFocus(event)
              },
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

function tableColumn<R>(column: ColumnSpec<R>, sort: string | undefined): TableColumnType<R> {
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
    render: (_value, row) => render(row),
    ...(width === undefined ? {} : { width }),
    ...(align ? { align } : {}),
    ...sorting,
  }
}

/** A click on a link or button inside a row is meant for it, not for the row. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label, .ant-checkbox-wrapper') !== null
}

/** Clerks copy numbers out of lists; letting go of the mouse after selecting text must not open the row. */
function hasSelection(): boolean {
  return (window.getSelection()?.toString() ?? '') !== ''
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const row = event.currentTarget
  const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling
  if (next instanceof HTMLElement && next.tabIndex >= 0) {
    event.preventDefault()
    next.focus()
  }
}
