import { zipOf } from './pictures.ts'

const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`

/** A paragraph of Word; numbered by a list when one is named. */
export const p = (text: string, list?: { id: number; level?: number; style?: string }) => {
  const numbered = list ? `<w:numPr><w:ilvl w:val="${list.level ?? 0}"/><w:numId w:val="${list.id}"/></w:numPr>` : ''
  return `<w:p><w:pPr>${numbered}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`
}
export const styled = (text: string, style: string) =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`

export const tr = (...cells: string[]) => `<w:tr>${cells.join('')}</w:tr>`
export const tc = (text: string, properties = '') =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${text
    .split('\n')
    .map((one) => p(one))
    .join('')}</w:tc>`
export const tbl = (...rows: string[]) => `<w:tbl>${rows.join('')}</w:tbl>`

export const level = (at: number, format: string, text: string, start = 1) =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`

export const numbering = (abstracts: Record<number, string>, lists: Record<number, string>) =>
  `<w:numbering ${w}>${Object.entries(abstracts)
    .map(([id, levels]) => `<w:abstractNum w:abstractNumId="${id}">${levels}</w:abstractNum>`)
    .join('')}${Object.entries(lists)
    .map(([id, inner]) => `<w:num w:numId="${id}">${inner}</w:num>`)
    .join('')}</w:numbering>`

/** A .docx as Word writes it, with these parts of its body. */
export const docx = (body: string, more: Readonly<Record<string, string>> = {}) =>
  zipOf({
    '[Content_Types].xml': types,
    'word/document.xml': `<?xml version="1.0"?><w:document ${w} xmlns:mc="mc"><w:body>${body}</w:body></w:document>`,
    ...more,
  })

export const wordXml = w

const hex = (sign: string) => sign.charCodeAt(0).toString(16).padStart(4, '0')

interface Line {
  readonly text: string
  readonly x?: number
}

function content(lines: readonly Line[]): string {
  return lines
    .map(({ text, x = 72 }, at) => `BT /F1 12 Tf ${x} ${780 - at * 20} Td <${[...text].map(hex).join('')}> Tj ET`)
    .join('\n')
}

/** What maps the codes of the font, which are UTF-16, to characters; without it a PDF is read as signs of no meaning. */
function toUnicode(signs: readonly string[]): string {
  const blocks: string[] = []
  for (let from = 0; from < signs.length; from += 100) {
    const part = signs.slice(from, from + 100)
    blocks.push(
      `${part.length} beginbfchar\n${part.map((sign) => `<${hex(sign)}> <${hex(sign)}>`).join('\n')}\nendbfchar`,
    )
  }
  return `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n${blocks.join('\n')}\nendcmap end end`
}

const streamed = (text: string) => `<< /Length ${Buffer.byteLength(text)} >>\nstream\n${text}\nendstream`

/** A PDF with one page of text per entry; `locked`: it opens with a password only. */
export function pdfOf(pages: readonly (readonly Line[])[], locked = false): Buffer {
  const signs = [...new Set(pages.flat().flatMap(({ text }) => [...text]))]
  const first = 6
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_page, at) => `${first + at * 2} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>',
    streamed(toUnicode(signs)),
    ...pages.flatMap((lines, at) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${first + at * 2 + 1} 0 R >>`,
      streamed(content(lines)),
    ]),
  ]
  const key = '00'.repeat(32)
  const lock = locked
    ? ` /Encrypt << /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -4 >> /ID [<${'11'.repeat(16)}> <${'11'.repeat(16)}>]`
    : ''
  let out = '%PDF-1.4\n'
  const offsets = objects.map((object, at) => {
    const offset = Buffer.byteLength(out)
    out += `${at + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const start = Buffer.byteLength(out)
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  return Buffer.from(
    `${out}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer << /Size ${objects.length + 1} /Root 1 0 R${lock} >>\nstartxref\n${start}\n%%EOF\n`,
  )
}
