import { cleanLine } from '#kernel/document/characters.ts'
import type { Paragraph } from '#kernel/document/lines.ts'
import { Problem, refuse } from '#kernel/errors.ts'
import { excelErrors } from '../excel/errors.ts'
import { openPackage, type Package, parsePart } from '../excel/package.ts'
import { documentErrors } from './errors.ts'
import { type NumberedAt, type Numbering, readNumbering } from './numbering.ts'

/** The list a paragraph style numbers its paragraphs by. */
async function readStyles(pack: Package): Promise<ReadonlyMap<string, NumberedAt>> {
  const own = new Map<string, { based: string; list: string; level: number }>()
  if (!pack.has('word/styles.xml')) return new Map()
  let style: { based: string; list: string; level: number } | undefined
  await parsePart(pack, 'word/styles.xml', {
    open(name, attributes) {
      const value = attributes['w:val'] ?? ''
      if (name === 'style') {
        style = { based: '', list: '', level: 0 }
        own.set(attributes['w:styleId'] ?? '', style)
      } else if (!style) return
      else if (name === 'basedOn') style.based = value
      else if (name === 'numId') style.list = value
      else if (name === 'ilvl') style.level = Number(value) || 0
    },
    close(name) {
      if (name === 'style') style = undefined
    },
  })
  const found = new Map<string, NumberedAt>()
  for (const [id, first] of own) {
    // A chain of styles is short; one that bites its tail must end too.
    let [from, steps] = [first, 0]
    while (from.list === '' && own.has(from.based) && steps < 20)
      [from, steps] = [own.get(from.based) ?? from, steps + 1]
    if (from.list !== '' && from.list !== '0') found.set(id, { list: from.list, level: first.level || from.level })
  }
  return found
}

interface OpenCell {
  texts: string[]
  span: number
  /** Goes on with the cell above it. */
  merged: boolean
}

/** Puts document.xml together to paragraphs and rows while it streams by. */
class Body {
  readonly paragraphs: Paragraph[] = []
  /** Characters so far. */
  size = 0
  readonly #styles: ReadonlyMap<string, NumberedAt>
  readonly #numbering: Numbering
  #text = ''
  #own: { list?: string; level?: number } = {}
  #style = ''
  #inText = false
  /** Depth of alternatives (mc:Fallback) and moved-away text, which say again what stands elsewhere. */
  #hidden = 0
  #tables = 0
  #row: OpenCell[] = []
  #cell: OpenCell | undefined
  #above: readonly string[] = []

  constructor(styles: ReadonlyMap<string, NumberedAt>, numbering: Numbering) {
    this.#styles = styles
    this.#numbering = numbering
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'Fallback' || name === 'moveFrom') this.#hidden += 1
    if (this.#hidden > 0) return
    const value = attributes['w:val']
    if (name === 'p') this.#begin()
    else if (name === 'pStyle') this.#style = value ?? ''
    else if (name === 'numId') this.#own.list = value ?? ''
    else if (name === 'ilvl') this.#own.level = Number(value) || 0
    else if (name === 't') this.#inText = true
    else if (name === 'tab') this.#text += '  '
    else if (name === 'noBreakHyphen') this.#text += '-'
    else if (name === 'br' && attributes['w:type'] === undefined) this.#text += '\n'
    else this.#openTable(name, attributes)
  }

  #openTable(name: string, attributes: Record<string, string>): void {
    if (name === 'tbl') {
      this.#tables += 1
      if (this.#tables === 1) this.#above = []
    } else if (this.#tables !== 1) return
    else if (name === 'tr') this.#row = []
    else if (name === 'tc') {
      this.#cell = { texts: [], span: 1, merged: false }
      this.#row.push(this.#cell)
    } else if (name === 'gridSpan' && this.#cell) this.#cell.span = Math.min(Number(attributes['w:val']) || 1, 60)
    else if (name === 'vMerge' && this.#cell) this.#cell.merged = attributes['w:val'] !== 'restart'
  }

  close(name: string): void {
    if (name === 'Fallback' || name === 'moveFrom') this.#hidden -= 1
    if (this.#hidden > 0) return
    if (name === 't') this.#inText = false
    else if (name === 'p') this.#end()
    else if (name === 'tbl') this.#tables -= 1
    else if (name === 'tr' && this.#tables === 1) this.#endRow()
    else if (name === 'tc' && this.#tables === 1) this.#cell = undefined
  }

  text(text: string): void {
    this.size += text.length
    if (this.#inText && this.#hidden === 0) this.#text += text
  }

  /** A text box stands within a paragraph: what came before it is a paragraph of its own. */
  #begin(): void {
    if (this.#text.trim() !== '') this.#end()
    this.#text = ''
    this.#own = {}
    this.#style = ''
  }

  #number(): string {
    const styled = this.#styles.get(this.#style)
    const list = this.#own.list ?? styled?.list
    if (list === undefined || list === '' || list === '0') return ''
    return this.#numbering.next({ list, level: this.#own.level ?? styled?.level ?? 0 })
  }

  #end(): void {
    const whole = this.#text
    this.#text = ''
    if (whole.trim() === '') return
    const number = this.#number()
    for (const [index, part] of whole.split('\n').entries()) {
      const text = cleanLine(index === 0 ? number + part : part)
      if (text === '') continue
      if (this.#cell) this.#cell.texts.push(text)
      else this.paragraphs.push({ text, line: this.paragraphs.length + 1 })
    }
  }

  #endRow(): void {
    const cells = this.#row.flatMap((cell) => [cell, ...Array.from({ length: cell.span - 1 }, () => null)])
    // Lines of a cell are one text, but a list of bodies on lines of their own stays a list.
    const words = cells.map((cell, at) =>
      cell === null ? '' : cell.merged ? (this.#above[at] ?? '') : joined(cell.texts),
    )
    this.#above = words
    this.#row = []
    if (words.some((word) => word !== ''))
      this.paragraphs.push({ text: words.join('｜'), line: this.paragraphs.length + 1, cells: words })
  }
}

const joined = (texts: readonly string[]) =>
  texts.reduce(
    (whole, text) =>
      whole === '' || /[、，；。：]$/.test(whole) || text.length > 12 ? whole + text : `${whole}、${text}`,
    '',
  )

/** A plan of three hundred pages has a few hundred thousand characters. */
const mostText = 20_000_000

const meanings = new Map([
  [excelErrors.oldFormat.code, documentErrors.oldWord],
  [excelErrors.notWorkbook.code, documentErrors.brokenWord],
  [excelErrors.tooLarge.code, documentErrors.bomb],
  [excelErrors.unsafe.code, documentErrors.unsafe],
])

/** Word and Excel files are opened alike; what goes wrong is said of the file it is. */
async function asDocument<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const meaning = error instanceof Problem ? meanings.get(error.def.code) : documentErrors.brokenWord
    if (!meaning) throw error
    return refuse(meaning)
  }
}

/** The paragraphs and rows of a .docx, with the numbers its lists only count. */
export function readWord(path: string): Promise<Paragraph[]> {
  return asDocument(async () => {
    const pack = await openPackage(path)
    try {
      if (!pack.has('word/document.xml')) return refuse(documentErrors.notDocument)
      const body = new Body(await readStyles(pack), await readNumbering(pack))
      const handlers = {
        open: (name: string, attributes: Record<string, string>) => body.open(name, attributes),
        close: (name: string) => body.close(name),
        text: (text: string) => body.text(text),
      }
      await parsePart(pack, 'word/document.xml', handlers, () => body.size < mostText || refuse(documentErrors.bomb))
      return body.paragraphs
    } finally {
      pack.close()
    }
  })
}
