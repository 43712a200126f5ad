import { once } from 'node:events'
import type { Writable } from 'node:stream'
import ExcelJS from 'exceljs'
import { neutraliseFormula } from '#kernel/chinese/text.ts'

export interface SheetColumn {
  readonly title: string
  /** Width in characters. */
  readonly width: number
}

/** One sheet being written row by row; `row` waits when the receiver is slow. */
export interface SheetWriter {
  row(values: readonly (string | number | null)[]): Promise<void>
  end(): Promise<void>
}

/** A cell another program must never take for a formula: text stays text, whatever it begins with. */
const safe = (value: string | number | null) => (typeof value === 'string' ? neutraliseFormula(value) : value)

/** A small sheet behind the main one, such as the words a template may be filled with. */
export interface ExtraSheet {
  readonly title: string
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

function openSheet(book: ExcelJS.stream.xlsx.WorkbookWriter, title: string, columns: readonly SheetColumn[]) {
  const sheet = book.addWorksheet(title.slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = columns.map((column) => ({ header: column.title, width: column.width }))
  const head = sheet.getRow(1)
  head.font = { bold: true }
  head.alignment = { vertical: 'middle', wrapText: true }
  head.commit()
  return sheet
}

/** Streams an .xlsx with a frozen, bold header; rows go out as they come and are not kept in memory. */
export function createXlsxWriter(
  stream: Writable,
  title: string,
  columns: readonly SheetColumn[],
  extra: readonly ExtraSheet[] = [],
): SheetWriter {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  const sheet = openSheet(book, title, columns)
  let count = 0
  return {
    async row(values) {
      sheet.addRow(values.map(safe)).commit()
      count += 1
      // Rows are handed over synchronously; now and then the event loop must get the bytes out.
      if (count % 500 === 0) await new Promise((resolve) => setImmediate(resolve))
    },
    async end() {
      sheet.commit()
      for (const more of extra) {
        const page = openSheet(book, more.title, more.columns)
        for (const values of more.rows) page.addRow(values.map(safe)).commit()
        page.commit()
      }
      await book.commit()
    },
  }
}

const quote = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** CSV with a byte-order mark, because Excel in Chinese reads UTF-8 only then. `remark` stands on a line above the header. */
export function createCsvWriter(stream: Writable, columns: readonly SheetColumn[], remark?: string): SheetWriter {
  const line = async (values: readonly (string | number | null)[]) => {
    const text = values.map((value) => quote(String(safe(value) ?? ''))).join(',')
    if (!stream.write(`${text}\r\n`)) await once(stream, 'drain')
  }
  stream.write('\ufeff')
  if (remark) stream.write(`${quote(remark)}\r\n`)
  const started = line(columns.map((column) => column.title))
  return {
    async row(values) {
      await started
      await line(values)
    },
    async end() {
      await started
      stream.end()
    },
  }
}
