import type { HazardFilter } from '#capabilities/hazard/model/index.ts'
import { type Dimension, type Measure, narrow } from '../model/index.ts'

export interface TableAnswer {
  readonly rows: readonly { readonly key: string; readonly label: string }[]
  readonly columns: readonly { readonly key: string; readonly label: string }[]
  readonly cells: readonly { readonly row: string; readonly column: string; readonly n: number }[]
  readonly total: number
  readonly filter: HazardFilter
}

export interface GridCell {
  readonly key: string
  readonly n: number
  /** 0..1, how dark the cell is among its like. */
  readonly shade: number
  /** Filter of the list with exactly these records; null where no list can ask for it (a value that was left empty). */
  readonly filter: HazardFilter | null
}

export interface GridRow {
  readonly key: string
  readonly label: string
  readonly cells: readonly GridCell[]
  readonly total: GridCell
}

export interface Grid {
  readonly head: readonly { readonly key: string; readonly label: string }[]
  readonly rows: readonly GridRow[]
  readonly foot: GridRow
}

/** Lays the cells of an answer out as a table with sums; every cell carries the filter of its list. */
export function gridOf(answer: TableAnswer, measure: Measure, rows: Dimension, columns: Dimension): Grid {
  const numbers = new Map(answer.cells.map((cell) => [`${cell.row}\n${cell.column}`, cell.n]))
  const most = Math.max(1, ...answer.cells.map((cell) => cell.n))
  const sum = (wanted: (cell: TableAnswer['cells'][number]) => boolean) =>
    answer.cells.filter(wanted).reduce((total, cell) => total + cell.n, 0)
  const narrowed = (filter: HazardFilter | null, dimension: Dimension, key: string) =>
    filter === null || key === '' ? null : narrow(measure, filter, dimension, key)
  const plain = { shade: 0 }
  return {
    head: answer.columns,
    rows: answer.rows.map((row) => {
      const filter = narrowed(answer.filter, rows, row.key)
      return {
        ...row,
        cells: answer.columns.map((column) => {
          const n = numbers.get(`${row.key}\n${column.key}`) ?? 0
          // The root keeps small numbers apart where one large town would turn all the others white.
          return { key: column.key, n, shade: Math.sqrt(n / most), filter: narrowed(filter, columns, column.key) }
        }),
        total: { key: 'total', n: sum((cell) => cell.row === row.key), filter, ...plain },
      }
    }),
    foot: {
      key: 'total',
      label: '合计',
      cells: answer.columns.map((column) => ({
        key: column.key,
        n: sum((cell) => cell.column === column.key),
        filter: narrowed(answer.filter, columns, column.key),
        ...plain,
      })),
      total: { key: 'total', n: answer.total, filter: answer.filter, ...plain },
    },
  }
}

/** The table as text for a spreadsheet. A leading sign would make a cell a formula there, so it is quoted. */
export function csvOf(grid: Grid, corner: string): string {
  const cell = (value: string | number) => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
    return `"${text.replaceAll('"', '""')}"`
  }
  const lines = [
    [corner, ...grid.head.map((column) => column.label), '合计'],
    ...[...grid.rows, grid.foot].map((row) => [row.label, ...row.cells.map(({ n }) => n), row.total.n]),
  ]
  return lines.map((line) => line.map(cell).join(',')).join('\r\n')
}
