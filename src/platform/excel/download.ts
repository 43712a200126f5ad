import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { FileAnswer, QueryContext } from '../module/module.ts'
import { createCsvWriter, createXlsxWriter, type ExtraSheet, type SheetColumn } from './writer.ts'

type Row = readonly (string | number | null)[]

export interface TableFile {
  /** Of the file, without its ending. */
  readonly name: string
  /** Of the sheet. */
  readonly title: string
  readonly columns: readonly SheetColumn[]
  readonly rows: Iterable<Row> | AsyncIterable<Row>
  readonly format?: 'xlsx' | 'csv'
  /** Small sheets behind the main one; only an .xlsx has them. */
  readonly extra?: readonly ExtraSheet[]
}

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const

const made = '（演示数据）'

/**
 * A table as a download. Rows are read while they are sent, so that a long list is never held whole; made-up data says so
 * in the file's name and in the sheet. A form without data passes `{ demo: false }`.
 */
export async function tableFile({ demo }: Pick<QueryContext, 'demo'>, file: TableFile): Promise<FileAnswer> {
  const { format = 'xlsx', columns } = file
  const mark = demo ? made : ''
  const body = new PassThrough()
  const pour = async () => {
    const sheet =
      format === 'csv'
        ? createCsvWriter(body, columns, demo ? '演示数据：内容均为虚构' : undefined)
        : // A sheet's name is cut at 31 characters; the mark must not be what is lost.
          createXlsxWriter(body, `${file.title.slice(0, 31 - mark.length)}${mark}`, columns, file.extra)
    for await (const row of file.rows) await sheet.row(row)
    await sheet.end()
  }
  // The head has been sent by then; breaking the stream tells the browser that the file is not whole.
  pour().catch((error: unknown) => body.destroy(error instanceof Error ? error : new Error(String(error))))
  await once(body, 'readable')
  return { name: `${file.name}${mark}.${format}`, type: types[format], body }
}
