import { refuse } from '#kernel/errors.ts'
import { readCsvRows } from '#platform/excel/csv.ts'
import { openWorkbook, type SheetRow } from '#platform/excel/reader.ts'
import {
  asWritten,
  type FoundHeader,
  fillDown,
  findHeader,
  headerAt,
  kindOfRow,
  ledgerImportErrors,
  type Merge,
  type RawCell,
  type RawRow,
  type RowKind,
  textOf,
} from '../model/index.ts'

export interface ReadLedger {
  readonly sheet: string
  readonly sheets: readonly string[]
  /** Undefined when no row looks like one: a person then names it, with `preview` before their eyes. */
  readonly header: FoundHeader | undefined
  readonly preview: readonly { readonly row: number; readonly texts: readonly string[] }[]
  readonly date1904: boolean
  readonly rows: readonly { readonly row: number; readonly kind: RowKind; readonly cells: readonly RawCell[] }[]
}

export interface Wanted {
  /** Null = the visible sheet whose header is found first. */
  readonly sheet: string | null
  /** The header's rows as a person named them. */
  readonly header: { readonly first: number; readonly last: number } | null
  readonly maxRows: number
}

const previewRows = 20
const previewCols = 30
/** Title lines, header and notes that a sheet of exactly the allowed number of rows may have besides. */
const aside = 50

function toRaw(row: SheetRow, date1904: boolean): RawRow {
  const cells = row.cells
    .filter((cell) => cell.kind !== 'blank')
    .map((cell) => {
      const date = cell.kind === 'date'
      return { col: cell.col, value: asWritten(cell.value, date, date1904), date }
    })
  return { row: row.row, cells }
}

async function take(rows: AsyncGenerator<SheetRow>, date1904: boolean, maxRows: number): Promise<RawRow[]> {
  const out: RawRow[] = []
  for await (const row of rows) {
    const raw = toRaw(row, date1904)
    // Formatted but empty rows at the end of a sheet are often more than the ledger itself.
    if (raw.cells.length > 0) out.push(raw)
    if (out.length > maxRows + aside) refuse(ledgerImportErrors.tooManyRows, { detail: tooMany(maxRows) })
  }
  return out
}

const tooMany = (maxRows: number) => `一次最多导入${maxRows}行，请按乡镇或年份分成几个文件导入`

/**
 * Reads a ledger file: the asked sheet, or the visible one whose header is found first. Rows Excel left out altogether
 * count as blank, so that every row number down to the last is accounted for.
 */
export async function readLedger(
  file: { readonly path: string; readonly kind: 'xlsx' | 'csv' },
  wanted: Wanted,
): Promise<ReadLedger> {
  if (file.kind === 'csv') {
    const rows = await take(readCsvRows(file.path), false, wanted.maxRows)
    if (rows.length === 0) refuse(ledgerImportErrors.sheetEmpty)
    return settle({ sheet: 'CSV', sheets: ['CSV'], date1904: false, rows, merges: [] }, wanted)
  }
  const book = await openWorkbook(file.path)
  try {
    const visible = book.sheets.filter((sheet) => !sheet.hidden)
    const asked = wanted.sheet === null ? visible : visible.filter((sheet) => sheet.name === wanted.sheet)
    if (asked.length === 0) refuse(ledgerImportErrors.sheetUnknown)
    const { date1904 } = book
    const sheets = visible.map((sheet) => sheet.name)
    let filled: Sheet | undefined
    for (const { name, merges } of asked) {
      const rows = await take(book.rows(name), date1904, wanted.maxRows)
      const sheet = { sheet: name, sheets, date1904, rows, merges }
      if (wanted.header || findHeader(rows, merges)) return settle(sheet, wanted)
      if (rows.length > (filled?.rows.length ?? 0)) filled = sheet
    }
    return settle(filled ?? refuse(ledgerImportErrors.sheetEmpty), wanted)
  } finally {
    book.close()
  }
}

interface Sheet extends Pick<ReadLedger, 'sheet' | 'sheets' | 'date1904'> {
  readonly rows: readonly RawRow[]
  readonly merges: readonly Merge[]
}

function settle({ sheet, sheets, date1904, rows, merges }: Sheet, wanted: Wanted): ReadLedger {
  const named = wanted.header && headerAt(rows, merges, wanted.header.first, wanted.header.last)
  if (named && named.columns.length === 0) refuse(ledgerImportErrors.headerEmpty)
  const header = named ?? findHeader(rows, merges)
  const about = { sheet, sheets, date1904, header, preview: previewOf(rows) }
  if (!header) return { ...about, rows: [] }
  const fill = fillDown(merges, header.last + 1)
  const byNumber = new Map(rows.map((row) => [row.row, row]))
  const last = rows.at(-1)?.row ?? header.last
  // A single cell far below would otherwise make a million blank rows of the gap.
  if (last - header.last > wanted.maxRows + aside) {
    refuse(ledgerImportErrors.tooManyRows, { detail: tooMany(wanted.maxRows) })
  }
  const out = []
  for (let row = header.last + 1; row <= last; row += 1) {
    const own = byNumber.get(row)?.cells ?? []
    // What a row is, its own cells tell: a town merged down beside an empty row does not make it a hazard.
    const kind = kindOfRow(own)
    const whole = fill({ row, cells: own })
    out.push({ row, kind, cells: kind === 'data' ? whole : own })
  }
  return { ...about, rows: out }
}

function previewOf(rows: readonly RawRow[]): ReadLedger['preview'] {
  return rows
    .filter(({ row }) => row <= previewRows)
    .map(({ row, cells }) => {
      const texts = new Map(cells.map((cell) => [cell.col, textOf(cell.value).slice(0, 40)]))
      const width = Math.min(previewCols, Math.max(0, ...texts.keys()))
      return { row, texts: Array.from({ length: width }, (_, at) => texts.get(at + 1) ?? '') }
    })
}
