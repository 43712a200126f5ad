import type { UploadedSheet } from '#capabilities/directory/server/import/import.ts'
import { normaliseText } from '#kernel/chinese/text.ts'
import { readCsvRows } from '#platform/excel/csv.ts'
import { openWorkbook, type SheetRow } from '#platform/excel/reader.ts'

const mostRows = 20_000

/** Reads an uploaded list of units: the first visible sheet, from the first row with at least two filled cells on. */
export async function unitTableOf(file: {
  readonly path: string
  readonly name: string
  readonly kind: 'xlsx' | 'csv'
}): Promise<UploadedSheet | undefined> {
  if (file.kind === 'csv') return tableFrom(file.name, readCsvRows(file.path))
  const book = await openWorkbook(file.path)
  try {
    const sheet = book.sheets.find((candidate) => !candidate.hidden)
    return sheet && (await tableFrom(file.name, book.rows(sheet.name)))
  } finally {
    book.close()
  }
}

async function tableFrom(name: string, rows: AsyncGenerator<SheetRow>): Promise<UploadedSheet | undefined> {
  let header: string[] | undefined
  const body: { row: number; cells: string[] }[] = []
  for await (const row of rows) {
    const cells = textsOf(row)
    if (cells.filter(Boolean).length === 0) continue
    if (!header) {
      // A title above the table fills one merged cell; the heading row names several columns.
      if (cells.filter(Boolean).length > 1) header = cells
    } else body.push({ row: row.row, cells })
    if (body.length > mostRows) break
  }
  return header && { name, header, rows: body }
}

function textsOf(row: SheetRow): string[] {
  const width = Math.max(0, ...row.cells.map((cell) => cell.col))
  const texts = Array.from({ length: width }, () => '')
  for (const cell of row.cells) texts[cell.col - 1] = cell.value === null ? '' : normaliseText(String(cell.value))
  return texts
}
