import type { HazardFilter } from '#capabilities/hazard/model/index.ts'
import {
  addUp,
  type CellNumbers,
  cellValue,
  type Dimension,
  type Measure,
  narrow,
  noNumbers,
  type TableAnswer,
  wordsOf,
} from '../model/index.ts'

export interface GridCell {
  readonly key: string
  /** Records behind the cell: what its list holds. */
  readonly n: number
  /** What is shown: the count itself, a share or days. */
  readonly words: string
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
export function gridOf(
  answer: Pick<TableAnswer, 'rows' | 'columns' | 'cells' | 'filter'>,
  measure: Measure,
  rows: Dimension,
  columns: Dimension,
): Grid {
  const numbers = new Map(answer.cells.map((cell) => [`${cell.row}\n${cell.column}`, cell]))
  const most = Math.max(...answer.cells.map((cell) => cellValue(measure, cell) ?? 0), 0) || 1
  const narrowed = (filter: HazardFilter | null, dimension: Dimension, key: string) =>
    filter === null || key === '' ? null : narrow(measure, filter, dimension, key)
  const cellOf = (key: string, cell: CellNumbers, filter: HazardFilter | null, shade: number): GridCell => ({
    key,
    n: cell.n,
    words: wordsOf(measure, cell),
    shade,
    filter,
  })
  const sum = (wanted: (cell: TableAnswer['cells'][number]) => boolean) => addUp(answer.cells.filter(wanted))
  return {
    head: answer.columns,
    rows: answer.rows.map((row) => {
      const filter = narrowed(answer.filter, rows, row.key)
      return {
        ...row,
        cells: answer.columns.map((column) => {
          const cell = numbers.get(`${row.key}\n${column.key}`) ?? noNumbers
          // The root keeps small numbers apart where one large town would turn all the others white.
          const shade = Math.sqrt((cellValue(measure, cell) ?? 0) / most)
          return cellOf(column.key, cell, narrowed(filter, columns, column.key), shade)
        }),
        total: cellOf(
          'total',
          sum((cell) => cell.row === row.key),
          filter,
          0,
        ),
      }
    }),
    foot: {
      key: 'total',
      label: '合计',
      cells: answer.columns.map((column) =>
        cellOf(
          column.key,
          sum((cell) => cell.column === column.key),
          narrowed(answer.filter, columns, column.key),
          0,
        ),
      ),
      total: cellOf(
        'total',
        sum(() => true),
        answer.filter,
        0,
      ),
    },
  }
}
