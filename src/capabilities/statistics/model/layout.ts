import type { Measure } from './measures.ts'

/** One number of a table: `n` records behind it, and for a share or a mean the two sides of the fraction. */
export interface CellNumbers {
  readonly n: number
  readonly top: number
  readonly bottom: number
}

export const noNumbers: CellNumbers = { n: 0, top: 0, bottom: 0 }

/** Sums the records and both sides of the fraction, so that a total is the county's own rate and not a mean of rates. */
export function addUp(cells: readonly CellNumbers[]): CellNumbers {
  return cells.reduce(
    (sum, cell) => ({ n: sum.n + cell.n, top: sum.top + cell.top, bottom: sum.bottom + cell.bottom }),
    noNumbers,
  )
}

/** What is shown: the count, a share 0..1, or days. Null when there is nothing to divide by. */
export function cellValue(measure: Measure, cell: CellNumbers): number | null {
  if (!measure.share && !measure.mean) return cell.n
  if (cell.bottom === 0) return null
  const value = cell.top / cell.bottom
  return measure.mean ? Math.round(value * 10) / 10 : Math.round(value * 1000) / 1000
}

/** The value as people write it; a rate that cannot be told is a dash and not nought per cent. */
export function wordsOf(measure: Measure, cell: CellNumbers): string {
  const value = cellValue(measure, cell)
  if (value === null) return '—'
  if (measure.share) return `${(value * 100).toFixed(1).replace(/\.0$/, '')}%`
  return measure.mean ? `${value}天` : String(value)
}
