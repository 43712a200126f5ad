import { once } from 'node:events'
import { refuse } from '#kernel/errors.ts'
import { exportErrors } from '#kernel/list/list.ts'
import type { FileAnswer, QueryContext } from '../module/module.ts'
import { csvStream, maxSheetRows, type Row, type Rows, type Sheet, type SheetColumn, xlsxStream } from './writer.ts'

export interface TableFile {
  /** Of the file, without its ending. */
  readonly name: string
  /** Of the sheet. */
  readonly title: string
  readonly columns: readonly SheetColumn[]
  readonly rows: Rows
  /** How many rows there will be, where it is known before they are read. */
  readonly total?: number
  readonly format?: 'xlsx' | 'csv'
  /** What the table is: what it was narrowed to, who took it out. Stands in a sheet of its own, with the rows counted. */
  readonly about?: readonly (readonly [what: string, words: string])[]
  /** Small sheets behind the main one; only an .xlsx has them. */
  readonly extra?: readonly Sheet[]
  /** Called once, whether the file went out whole, broke off or was never read. */
  done?(): void
}

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const

const made = '（演示数据）'
const madeUp = '演示数据：内容均为虚构'

/** The rows as they pass by, and how many have. */
function counted(rows: Rows) {
  const count = { rows: 0 }
  async function* passing(): AsyncGenerator<Row> {
    for await (const row of rows) {
      count.rows += 1
      yield row
    }
  }
  return { count, rows: passing() }
}

/** Read only after the rows, so that it tells how many really stand in the sheet. */
function aboutSheet(about: NonNullable<TableFile['about']>, count: { readonly rows: number }): Sheet {
  function* lines(): Generator<Row> {
    yield ['行数', count.rows]
    yield* about
  }
  const columns = [
    { title: '项目', width: 16 },
    { title: '内容', width: 90 },
  ]
  return { title: '导出说明', columns, rows: lines() }
}

/**
 * A table as a download. Rows are read while they are sent, so that a long list is never held whole; made-up data says so
 * in the file's name and in the sheet. A form without data passes `{ demo: false }`.
 */
export async function tableFile(
  { demo, now }: Pick<QueryContext, 'demo' | 'now'>,
  file: TableFile,
): Promise<FileAnswer> {
  const { format = 'xlsx', columns, about, total } = file
  if (format === 'xlsx' && total !== undefined && total > maxSheetRows) refuse(exportErrors.tooManyRows)
  const mark = demo ? made : ''
  const { rows, count } = counted(file.rows)
  // A sheet's name is cut at 31 characters; the mark must not be what is lost.
  const title = `${file.title.slice(0, 31 - mark.length)}${mark}`
  const sheet = { title, columns, rows, ...(demo ? { mark: madeUp } : {}) }
  const more = [...(file.extra ?? []), ...(about ? [aboutSheet(about, count)] : [])]
  const body = format === 'csv' ? csvStream(sheet) : xlsxStream([sheet, ...more], now)
  body.once('close', () => file.done?.())
  // What goes wrong before the first bytes is still answered in words; later a broken stream says the file is not whole.
  await once(body, 'readable')
  return { name: `${file.name}${mark}.${format}`, type: types[format], body, ...(total === undefined ? {} : { total }) }
}
