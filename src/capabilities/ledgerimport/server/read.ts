import { refuse } from '#kernel/errors.ts'
import { readCsvRows } from '#platform/excel/csv.ts'
import { openWorkbook, type SheetRow } from '#platform/excel/reader.ts'
import {
  type FoundHeader,
  fillDown,
  findHeader,
  kindOfRow,
  ledgerImportErrors,
  type Merge,
  type RawCell,
  type RawRow,
  type RowKind,
} from '../model/index.ts'

export interface ReadLedger {
  readonly sheet: string
  readonly sheets: readonly string[]
  readonly header: FoundHeader
  readonly rows: readonly { readonly row: number; readonly kind: RowKind; readonly cells: readonly RawCell[] }[]
}

const maxRows = 50_000

function toRaw(row: SheetRow): RawRow {
  const cells = row.cells
    .filter((cell) => cell.kind !== 'blank')
    .map((cell) => ({ col: cell.col, value: cell.value, date: cell.kind === 'date' }))
  return { row: row.row, cells }
}

async function take(rows: AsyncGenerator<SheetRow>): Promise<RawRow[]> {
  const out: RawRow[] = []
  for await (const row of rows) {
    out.push(toRaw(row))
    if (out.length > maxRows + 50) refuse(ledgerImportErrors.tooManyRows)
  }
  return out
}

/**
 * Reads a ledger file: the asked sheet, or the visible one whose header is found first. Rows Excel left out altogether
 * count as blank, so that every row number down to the last is accounted for.
 */
export async function readLedger(
  file: { readonly path: string; readonly kind: 'xlsx' | 'csv' },
  asked: string | null,
): Promise<ReadLedger> {
  if (file.kind === 'csv') return settle('CSV', ['CSV'], await take(readCsvRows(file.path)), [])
  const book = await openWorkbook(file.path)
  try {
    const visible = book.sheets.filter((sheet) => !sheet.hidden)
    const wanted = asked === null ? visible : visible.filter((sheet) => sheet.name === asked)
    if (wanted.length === 0) refuse(ledgerImportErrors.sheetUnknown)
    const names = visible.map((sheet) => sheet.name)
    for (const sheet of wanted) {
      const rows = await take(book.rows(sheet.name))
      if (findHeader(rows, sheet.merges)) return settle(sheet.name, names, rows, sheet.merges)
    }
    return refuse(ledgerImportErrors.headerUnknown)
  } finally {
    book.close()
  }
}

function settle(
  sheet: string,
  sheets: readonly string[],
  rows: readonly RawRow[],
  merges: readonly Merge[],
): ReadLedger {
  const header = findHeader(rows, merges) ?? refuse(ledgerImportErrors.headerUnknown)
  const fill = fillDown(merges, header.last + 1)
  const byNumber = new Map(rows.map((row) => [row.row, row]))
  const last = rows.at(-1)?.row ?? header.last
  const out = []
  for (let row = header.last + 1; row <= last; row += 1) {
    const own = byNumber.get(row)?.cells ?? []
    // What a row is, its own cells tell: a town merged down beside an empty row does not make it a hazard.
    const kind = kindOfRow(own)
    out.push({ row, kind, cells: kind === 'data' ? fill({ row, cells: own }) : own })
    if (kind !== 'data') fill({ row, cells: own })
  }
  return { sheet, sheets, header, rows: out }
}
