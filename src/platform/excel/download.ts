import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { FileAnswer } from '../module/module.ts'
import { createXlsxWriter, type ExtraSheet, type SheetColumn } from './writer.ts'

type Row = readonly (string | number | null)[]

/** An .xlsx of one main sheet as a download; rows are read while they are sent, so a long list is never held whole. */
export async function xlsxDownload(
  name: string,
  columns: readonly SheetColumn[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  extra: readonly ExtraSheet[] = [],
): Promise<FileAnswer> {
  const body = new PassThrough()
  const pour = async () => {
    const sheet = createXlsxWriter(body, name.replace(/[-.].*$/, ''), columns, extra)
    for await (const row of rows) await sheet.row(row)
    await sheet.end()
  }
  // The head has been sent by then; breaking the stream tells the browser that the file is not whole.
  pour().catch((error: unknown) => body.destroy(error instanceof Error ? error : new Error(String(error))))
  await once(body, 'readable')
  return { name, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body }
}
