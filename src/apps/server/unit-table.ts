import { directoryErrors, proposeColumns } from '#capabilities/directory/model/index.ts'
import type { UploadedSheet } from '#capabilities/directory/server/import/import.ts'
import { normaliseText } from '#kernel/chinese/text.ts'
import { refuse } from '#kernel/errors.ts'
import { readCsvRows } from '#platform/excel/csv.ts'
import { openWorkbook, type SheetRow } from '#platform/excel/reader.ts'

interface TableFile {
  readonly path: string
  readonly name: string
  readonly kind: 'xlsx' | 'csv'
}

/** Reads an uploaded list of units: the first visible sheet. A list longer than `maxRows` is refused, never cut. */
export async function unitTableOf(file: TableFile, maxRows: number): Promise<UploadedSheet | undefined> {
  if (file.kind === 'csv') return tableFrom(file.name, readCsvRows(file.path), maxRows)
  const book = await openWorkbook(file.path)
  try {
    const sheet = book.sheets.find((candidate) => !candidate.hidden)
    return sheet && (await tableFrom(file.name, book.rows(sheet.name), maxRows))
  } finally {
    book.close()
  }
}

interface TableRow {
  readonly row: number
  readonly cells: string[]
}

/** Titles and lines such as 填表单位、日期 stand above the heading; it is looked for in this many filled rows. */
const headingWithin = 20

async function tableFrom(
  name: string,
  rows: AsyncGenerator<SheetRow>,
  maxRows: number,
): Promise<UploadedSheet | undefined> {
  const filled: TableRow[] = []
  for await (const row of rows) {
    const cells = textsOf(row)
    if (cells.some(Boolean)) filled.push({ row: row.row, cells })
    if (filled.length > maxRows + headingWithin) break
  }
  const at = headingAt(filled)
  const heading = filled[at]
  if (!heading) return undefined
  const body = filled.slice(at + 1)
  if (body.length > maxRows) {
    refuse(directoryErrors.importTooLong, {
      detail: `表中超过${maxRows}行，一次最多导入${maxRows}行，请按乡镇拆成几个文件后分别导入`,
    })
  }
  return { name, header: heading.cells, rows: body }
}

/** The row that names most columns of a unit list; where none names two, the first with several filled cells. */
function headingAt(rows: readonly TableRow[]): number {
  const known = rows.slice(0, headingWithin).map(({ cells }) => Object.keys(proposeColumns(cells)).length)
  const most = Math.max(0, ...known)
  return most >= 2 ? known.indexOf(most) : rows.findIndex(({ cells }) => cells.filter(Boolean).length > 1)
}

function textsOf(row: SheetRow): string[] {
  const width = Math.max(0, ...row.cells.map((cell) => cell.col))
  const texts = Array.from({ length: width }, () => '')
  for (const cell of row.cells) texts[cell.col - 1] = cell.value === null ? '' : normaliseText(String(cell.value))
  return texts
}
