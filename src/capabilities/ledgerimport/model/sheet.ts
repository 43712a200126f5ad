import { normaliseText } from '#kernel/chinese/text.ts'
import { type HeaderColumn, headingScore } from './fields.ts'

/** A cell as the reader gives it: text, number (a serial date when `date`), or nothing. */
export interface RawCell {
  readonly col: number
  readonly value: string | number | boolean | null
  readonly date: boolean
}

export interface RawRow {
  readonly row: number
  readonly cells: readonly RawCell[]
}

export interface Merge {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

export interface FoundHeader {
  /** Rows of the sheet the header takes; data begins below the last. */
  readonly first: number
  readonly last: number
  readonly columns: readonly HeaderColumn[]
}

export const textOf = (value: RawCell['value']): string => (value === null ? '' : normaliseText(String(value)))

function texts(row: RawRow | undefined): Map<number, string> {
  return new Map((row?.cells ?? []).map((cell) => [cell.col, textOf(cell.value)]))
}

/**
 * Finds the header among the first rows of a sheet: the row that names most fields, together with the row below it when
 * some of its cells are merged sideways (整改“五落实”情况 over 责任人, 措施 …). Undefined when no row names three fields.
 */
export function findHeader(rows: readonly RawRow[], merges: readonly Merge[]): FoundHeader | undefined {
  let best: { row: RawRow; score: number } | undefined
  for (const row of rows.slice(0, 40)) {
    const score = headingScore(row.cells.map((cell) => textOf(cell.value)))
    if (score >= 3 && (!best || score > best.score)) best = { row, score }
  }
  if (!best) return undefined
  const first = best.row.row
  const wide = merges.filter((merge) => merge.top === first && merge.right > merge.left)
  const last = wide.length > 0 ? first + 1 : first
  const top = texts(best.row)
  for (const merge of wide) {
    for (let col = merge.left; col <= merge.right; col += 1) top.set(col, top.get(merge.left) ?? '')
  }
  const below = last > first ? texts(rows.find((row) => row.row === last)) : new Map<number, string>()
  const columns: HeaderColumn[] = []
  for (const col of [...new Set([...top.keys(), ...below.keys()])].sort((a, b) => a - b)) {
    const parts = [top.get(col) ?? '', below.get(col) ?? ''].filter(Boolean)
    const heading = [...new Set(parts)].join('／')
    if (heading) columns.push({ col, heading })
  }
  return { first, last, columns }
}

export type RowKind = 'data' | 'blank' | 'total' | 'note'

/** Tells rows that are hazards from blank, total and note rows, so that none of them is taken for a hazard or lost. */
export function kindOfRow(cells: readonly RawCell[]): RowKind {
  const filled = cells.map((cell) => textOf(cell.value)).filter(Boolean)
  const first = filled[0]
  if (first === undefined) return 'blank'
  if (/^(合计|总计|小计|共计|累计)/.test(first)) return 'total'
  if (filled.length <= 2 && /^(注|备注|说明|填表|填报|审核|制表|单位负责人|联系人)/.test(first)) return 'note'
  return 'data'
}

/** Cells merged downwards hold their value only in the first row; gives each row what people see in it. */
export function fillDown(merges: readonly Merge[], from: number) {
  const tall = merges.filter((merge) => merge.bottom > merge.top && merge.bottom >= from && merge.left === merge.right)
  const held = new Map<Merge, RawCell>()
  return (row: RawRow): RawCell[] => {
    const cells = new Map(row.cells.map((cell) => [cell.col, cell]))
    for (const merge of tall) {
      if (row.row < merge.top || row.row > merge.bottom) continue
      const own = cells.get(merge.left)
      if (row.row === merge.top) {
        if (own) held.set(merge, own)
        continue
      }
      const above = held.get(merge)
      if (above && (!own || textOf(own.value) === '')) cells.set(merge.left, above)
    }
    return [...cells.values()].sort((a, b) => a.col - b.col)
  }
}
