import { criteriaErrors, maxItems, proposeItemColumns } from '#capabilities/criteria/model/index.ts'
import { directoryErrors, proposeColumns } from '#capabilities/directory/model/index.ts'
import { normaliseText } from '#kernel/chinese/text.ts'
import { Problem, refuse } from '#kernel/errors.ts'
import type { Reader } from '#platform/db/tables.ts'
import { readCsvRows } from '#platform/excel/csv.ts'
import { excelErrors } from '#platform/excel/errors.ts'
import { openWorkbook, type SheetRow } from '#platform/excel/reader.ts'
import type { Files } from '#platform/files/files.ts'

export interface TableFile {
  readonly path: string
  readonly name: string
  readonly kind: 'xlsx' | 'csv'
}

/** An upload of this account that is a table; a file of a data pack is none. */
export async function uploadedTable(
  files: Files,
  reader: Reader,
  uploadId: string,
  accountId: string,
): Promise<TableFile | undefined> {
  const file = await files.readUpload(reader, uploadId, accountId)
  return file && file.kind !== 'yaml' ? { ...file, kind: file.kind } : undefined
}

/** A table of an uploaded file: the heading and the rows below it, with their row numbers in the sheet. */
export interface UploadedTable {
  readonly name: string
  readonly header: readonly string[]
  readonly rows: readonly TableRow[]
}

interface TableRow {
  readonly row: number
  readonly cells: string[]
}

/** What kind of table is expected. */
export interface Expected {
  readonly maxRows: number
  /** How many columns of such a table a row names, were it the heading. */
  knows(cells: readonly string[]): number
  tooLong(): never
}

/** An uploaded list of units. A list longer than `maxRows` is refused, never cut. */
export const unitTableOf = (file: TableFile, maxRows: number): Promise<UploadedTable | undefined> =>
  tableOf(file, {
    maxRows,
    knows: (cells) => Object.keys(proposeColumns(cells)).length,
    tooLong: () =>
      refuse(directoryErrors.importTooLong, {
        detail: `表中超过${maxRows}行，一次最多导入${maxRows}行，请按乡镇拆成几个文件后分别导入`,
      }),
  })

/** An uploaded sheet with the items of one standard; a file that is no table is refused with what is wrong with it. */
export async function itemTableOf(file: TableFile): Promise<UploadedTable | undefined> {
  try {
    return await tableOf(file, {
      maxRows: maxItems,
      knows: (cells) => Object.keys(proposeItemColumns(cells)).length,
      tooLong: () => refuse(criteriaErrors.importTooLong),
    })
  } catch (error) {
    const unreadable = error instanceof Problem && Object.values(excelErrors).includes(error.def)
    throw unreadable ? new Problem(criteriaErrors.importUnreadable, { detail: error.message }) : error
  }
}

/** The table of the first visible sheet. */
export async function tableOf(file: TableFile, expected: Expected): Promise<UploadedTable | undefined> {
  if (file.kind === 'csv') return tableFrom(file.name, readCsvRows(file.path), expected)
  const book = await openWorkbook(file.path)
  try {
    const sheet = book.sheets.find((candidate) => !candidate.hidden)
    return sheet && (await tableFrom(file.name, book.rows(sheet.name), expected))
  } finally {
    book.close()
  }
}

/** Titles and lines such as 填表单位、日期 stand above the heading; it is looked for in this many filled rows. */
const headingWithin = 20

async function tableFrom(
  name: string,
  rows: AsyncGenerator<SheetRow>,
  expected: Expected,
): Promise<UploadedTable | undefined> {
  const filled: TableRow[] = []
  for await (const row of rows) {
    const cells = textsOf(row)
    if (cells.some(Boolean)) filled.push({ row: row.row, cells })
    if (filled.length > expected.maxRows + headingWithin) break
  }
  const at = headingAt(filled, expected)
  const heading = filled[at]
  if (!heading) return undefined
  const body = filled.slice(at + 1)
  if (body.length > expected.maxRows) expected.tooLong()
  return { name, header: heading.cells, rows: body }
}

/** The row that names most columns; where none names two, the first with several filled cells. */
function headingAt(rows: readonly TableRow[], expected: Expected): number {
  const known = rows.slice(0, headingWithin).map(({ cells }) => expected.knows(cells))
  const most = Math.max(0, ...known)
  return most >= 2 ? known.indexOf(most) : rows.findIndex(({ cells }) => cells.filter(Boolean).length > 1)
}

function textsOf(row: SheetRow): string[] {
  const width = Math.max(0, ...row.cells.map((cell) => cell.col))
  const texts = Array.from({ length: width }, () => '')
  for (const cell of row.cells) texts[cell.col - 1] = cell.value === null ? '' : normaliseText(String(cell.value))
  return texts
}
