import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { neutraliseFormula } from '#kernel/chinese/text.ts'

export interface SheetColumn {
  readonly title: string
  /** Width in characters. */
  readonly width: number
}

export type SheetValue = string | number | null
export type Row = readonly SheetValue[]
export type Rows = Iterable<Row> | AsyncIterable<Row>

/** One sheet; its rows are asked for one after another, after the sheets before it have gone out. */
export interface Sheet {
  readonly title: string
  readonly columns: readonly SheetColumn[]
  readonly rows: Rows
  /** Said above every printed page. */
  readonly mark?: string
}

/** Rows a sheet of Excel can hold below its heading. */
export const maxSheetRows = 1_048_575

/** Letters a cell of Excel can hold; a longer text makes the program refuse the whole file. */
const maxCell = 32_767
const cut = '…（超出单元格长度，其余略）'

/** A cell another program must never take for a formula: text stays text, whatever it begins with. */
const safe = (value: SheetValue) => (typeof value === 'string' ? neutraliseFormula(value) : value)

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as XML takes it: what XML cannot hold at all, such as control signs out of an old ledger, is left out. */
const asXml = (text: string) =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    // Written out, _x0041_ would be read as the letter of that number.
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these make an XML file unreadable
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)

/** 0 → A, 26 → AA. */
export function columnName(at: number): string {
  const last = String.fromCharCode(65 + (at % 26))
  return at < 26 ? last : columnName(Math.floor(at / 26) - 1) + last
}

const styles = { head: 1, text: 2, number: 3 } as const

function cell(value: SheetValue, at: number, row: number, style: number): string {
  const place = `r="${columnName(at)}${row}"`
  if (typeof value === 'number' && Number.isFinite(value)) return `<c ${place} s="${styles.number}"><v>${value}</v></c>`
  const text = String(safe(value) ?? '')
  if (text === '') return `<c ${place} s="${style}"/>`
  const short = text.length > maxCell ? text.slice(0, maxCell - cut.length) + cut : text
  return `<c ${place} s="${style}" t="inlineStr"><is><t xml:space="preserve">${asXml(short)}</t></is></c>`
}

const line = (values: Row, row: number, style: number) =>
  `<row r="${row}">${values.map((value, at) => cell(value, at, row, style)).join('')}</row>`

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'

/** The heading stays in sight while one scrolls; on paper the sheet lies across A4, one page wide. */
function* beginning({ columns }: Sheet) {
  yield `${xml}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`
  yield* columns.map(({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
  yield '</cols><sheetData>'
  const titles = columns.map(({ title }) => title)
  yield line(titles, 1, styles.head)
}

const ending = ({ columns, mark = '' }: Sheet, rows: number) =>
  `</sheetData><autoFilter ref="A1:${columnName(columns.length - 1)}${rows}"/><printOptions gridLines="1"/>` +
  '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
  '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>' +
  `<headerFooter>${mark ? `<oddHeader>&amp;C${asXml(mark)}</oddHeader>` : ''}` +
  '<oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>'

async function* sheetXml(sheet: Sheet): AsyncGenerator<string> {
  yield* beginning(sheet)
  let row = 1
  for await (const values of sheet.rows) {
    row += 1
    yield line(values, row, styles.text)
  }
  yield ending(sheet, row)
}

const chunk = 32_768

/** Texts as bytes in pieces worth sending; asked for only as fast as the receiver takes them. */
async function* bytes(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let waiting = ''
  for await (const text of texts) {
    waiting += text
    if (waiting.length < chunk) continue
    yield Buffer.from(waiting)
    waiting = ''
  }
  if (waiting !== '') yield Buffer.from(waiting)
}

const streamOf = (texts: AsyncIterable<string>) => Readable.from(bytes(texts), { objectMode: false })

const face = (bold: string) =>
  `<font>${bold}<sz val="11"/><name val="宋体"/><family val="3"/><charset val="134"/></font>`
const wrapped = '<alignment vertical="top" wrapText="1"/>'
const stylesXml = `${xml}<styleSheet xmlns="${main}"><fonts count="2">${face('')}${face('<b/>')}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1">${wrapped}</xf><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">${wrapped}</xf><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top"/></xf></cellXfs></styleSheet>`

/** A sheet's name: at most 31 letters, none of those Excel forbids. */
const sheetName = (title: string) => title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31)

function bookXml(sheets: readonly Sheet[]): string {
  const entries = sheets.map(({ title }, at) => {
    return `<sheet name="${asXml(sheetName(title))}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`
  })
  const heads = sheets.map(({ title }, at) => {
    const name = asXml(sheetName(title).replaceAll("'", "''"))
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">'${name}'!$1:$1</definedName>`
  })
  return `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${entries.join('')}</sheets><definedNames>${heads.join('')}</definedNames></workbook>`
}

/** What each part of the package is, and how the parts hang together. */
function packageParts(sheets: readonly Sheet[]): [path: string, text: string][] {
  const type = (part: string, of: string) =>
    `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${of}+xml"/>`
  const types = sheets.map((_, at) => type(`xl/worksheets/sheet${at + 1}.xml`, 'worksheet')).join('')
  const link = (id: string, of: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${of}" Target="${target}"/>`
  const links = sheets.map((_, at) => link(`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`)).join('')
  const related = (inside: string) => `${xml}<Relationships xmlns="${packaged}/relationships">${inside}</Relationships>`
  return [
    [
      '[Content_Types].xml',
      `${xml}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type('xl/workbook.xml', 'sheet.main')}${type('xl/styles.xml', 'styles')}${types}</Types>`,
    ],
    ['_rels/.rels', related(link('rId1', 'officeDocument', 'xl/workbook.xml'))],
    ['xl/workbook.xml', bookXml(sheets)],
    ['xl/_rels/workbook.xml.rels', related(links + link(`rId${sheets.length + 1}`, 'styles', 'styles.xml'))],
    ['xl/styles.xml', stylesXml],
  ]
}

/**
 * An .xlsx that is written while it is read: no more than a few rows stand in memory, however long the sheets and however
 * slow the receiver. Destroying the stream, as a closed connection does, ends the reading of the rows.
 */
export function xlsxStream(sheets: readonly Sheet[], at: Date): Readable {
  const zip = new ZipFile()
  // The library's own type names only the reading side of what it makes.
  const body = zip.outputStream as Readable
  let current: Readable | undefined
  for (const [path, text] of packageParts(sheets)) zip.addBuffer(Buffer.from(text), path, { mtime: at })
  sheets.forEach((sheet, index) => {
    zip.addReadStreamLazy(`xl/worksheets/sheet${index + 1}.xml`, { mtime: at }, (give) => {
      current = streamOf(sheetXml(sheet))
      current.once('error', (error) => body.destroy(error))
      if (body.destroyed) current.destroy()
      give(null, current)
    })
  })
  zip.end()
  body.once('close', () => current?.destroy())
  return body
}

const quote = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

async function* csvLines({ columns, rows, mark }: Sheet): AsyncGenerator<string> {
  const csvLine = (values: Row) => `${values.map((value) => quote(String(safe(value) ?? ''))).join(',')}\r\n`
  // Excel in Chinese reads UTF-8 only behind a byte-order mark.
  yield '\ufeff'
  if (mark) yield csvLine([mark])
  yield csvLine(columns.map(({ title }) => title))
  for await (const values of rows) yield csvLine(values)
}

/** The same as CSV; `mark` stands on a line above the header. */
export const csvStream = (sheet: Sheet): Readable => streamOf(csvLines(sheet))
