import { normaliseText } from '#kernel/chinese/text.ts'
import { dayFromNumber, dayNumber } from '#kernel/time.ts'
import { type HeaderColumn, headingScore } from './fields.ts'

/** A cell as the reader gives it: text, number, or nothing. `date` = Excel shows it as a date; the text is then its day. */
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
  /** What stands above the header: the title, who filled it in, 单位：万元. */
  readonly titles: readonly string[]
}

/** Days between Excel's two date systems: old Mac workbooks count from 1904. */
const days1904 = 1462

/** A serial number that can only be a day of our time: 1991 to 2064. A smaller number in a date column is a slip. */
const isSerial = (value: number) => value >= 33_239 && value < 60_267

/**
 * A cell as people see it in the workbook. `dated` says that the cell or its column holds dates: a serial number then
 * shows as its day, and counts from 1904 where the workbook does.
 */
export function asWritten(value: RawCell['value'], dated: boolean, date1904: boolean): RawCell['value'] {
  if (!dated || typeof value !== 'number') return value
  const serial = date1904 ? value + days1904 : value
  return isSerial(serial) ? dayFromNumber(dayNumber('1899-12-30') + Math.floor(serial)) : value
}

export const textOf = (value: RawCell['value']): string => (value === null ? '' : normaliseText(String(value)))

const deepest = 40
/** More rows than this are no header; a person naming rows by number may be wrong by one, not by ten. */
export const maxHeaderRows = 4

/** A header of four rows cannot be merged into more blocks than people read. */
const mostHeaderMerges = 1000

/** What people see in a cell: a merged block shows its first cell everywhere. */
function seen(rows: readonly RawRow[], merges: readonly Merge[]) {
  const byRow = new Map(rows.map((row) => [row.row, new Map(row.cells.map((cell) => [cell.col, textOf(cell.value)]))]))
  return (row: number, col: number): string => {
    const own = byRow.get(row)?.get(col)
    if (own) return own
    const block = merges.find((m) => row >= m.top && row <= m.bottom && col >= m.left && col <= m.right)
    return block ? (byRow.get(block.top)?.get(block.left) ?? '') : ''
  }
}

const textsOf = (row: RawRow | undefined) => (row?.cells ?? []).map((cell) => textOf(cell.value))

/**
 * Finds the header among the first rows of a sheet: the row that names most fields, with the rows that belong to it
 * above (headings merged downwards, or groups) and below (整改“五落实”情况 over 责任人, 措施 …, merged or not, as a CSV
 * has no merges). Undefined when no row names three fields.
 */
export function findHeader(rows: readonly RawRow[], merges: readonly Merge[]): FoundHeader | undefined {
  let best: { row: number; score: number } | undefined
  for (const row of rows.slice(0, deepest)) {
    const score = headingScore(textsOf(row))
    if (score >= 3 && (!best || score > best.score)) best = { row: row.row, score }
  }
  if (!best) return undefined
  const at = (number: number) => rows.find((row) => row.row === number)
  const top = best.row
  const tall = merges.filter((m) => m.bottom > m.top && m.top < top && m.bottom >= top).map((m) => m.top)
  let first = Math.min(top, ...tall.filter((row) => row > top - maxHeaderRows))
  if (first === top && completes(at(top - 1), at(top))) first = top - 1
  let last = top
  while (last - first + 1 < maxHeaderRows) {
    const wide = merges.some((m) => m.top === last && m.bottom === last && m.right > m.left)
    if (!wide && headingScore(textsOf(at(last + 1))) < 2) break
    last += 1
  }
  return headerAt(rows, merges, first, last)
}

/** A row above belongs to the header when it names fields where the header itself says nothing (备注 over a blank). */
function completes(above: RawRow | undefined, row: RawRow | undefined): boolean {
  const filled = new Set(row?.cells.filter((cell) => textOf(cell.value) !== '').map((cell) => cell.col))
  const loose = above?.cells.filter((cell) => !filled.has(cell.col)).map((cell) => textOf(cell.value)) ?? []
  return headingScore(loose) >= 1
}

/** Reads the rows a person, or `findHeader`, has named as the header. */
export function headerAt(rows: readonly RawRow[], merges: readonly Merge[], first: number, last: number): FoundHeader {
  const near = rows.filter((row) => row.row <= last)
  const touching = merges.filter((merge) => merge.bottom >= first && merge.top <= last).slice(0, mostHeaderMerges)
  const look = seen(near, touching)
  const cols = new Set<number>()
  for (const row of near) if (row.row >= first) for (const cell of row.cells) cols.add(cell.col)
  for (const merge of touching) {
    for (let col = merge.left; col <= Math.min(merge.right, merge.left + 200); col += 1) cols.add(col)
  }
  const columns: HeaderColumn[] = []
  for (const col of [...cols].sort((a, b) => a - b)) {
    const parts = Array.from({ length: last - first + 1 }, (_, at) => look(first + at, col)).filter(Boolean)
    const heading = [...new Set(parts)].join('／')
    if (heading) columns.push({ col, heading })
  }
  const titles = near.filter((row) => row.row < first).flatMap(textsOf)
  return { first, last, columns, titles: [...new Set(titles.filter(Boolean))].slice(0, 20) }
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

/**
 * Blocks of one column each that do not overlap: Excel makes no others, and a file with a hundred thousand on one spot
 * would keep the server busy for every row of it.
 */
function apart(blocks: readonly Merge[]): Merge[] {
  const sorted = [...blocks].sort((a, b) => a.left - b.left || a.top - b.top)
  const kept: Merge[] = []
  for (const block of sorted) {
    const last = kept.at(-1)
    if (!last || last.left !== block.left || block.top > last.bottom) kept.push(block)
  }
  return kept
}

/** Cells merged downwards hold their value only in the first row; gives each row what people see in it. */
export function fillDown(merges: readonly Merge[], from: number) {
  const tall = apart(
    merges.filter((merge) => merge.bottom > merge.top && merge.bottom >= from && merge.left === merge.right),
  )
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
