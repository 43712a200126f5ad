import { getDocumentProxy } from 'unpdf'
import { refuse } from '#kernel/errors.ts'
import { documentErrors } from './errors.ts'

const mostPages = 300
/** A page of a plan has hundreds of characters; a scanned one has none, or a stamp's. */
const fewestPerPage = 15

interface Piece {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
}

type Item = {
  readonly str: string
  readonly transform: readonly number[]
  readonly width: number
  readonly height: number
}

function piecesOf(items: readonly unknown[]): Piece[] {
  return items.flatMap((item) => {
    const { str, transform, width, height } = item as Item
    if (typeof str !== 'string' || str.trim() === '') return []
    const size = Math.abs(transform[3] ?? 0) || height || 12
    return [{ text: str, x: transform[4] ?? 0, y: transform[5] ?? 0, width, size }]
  })
}

/** Pieces that stand on one line of the page, from left to right; lines from top to bottom. */
function linesOf(pieces: readonly Piece[]): Piece[][] {
  const lines: Piece[][] = []
  for (const piece of [...pieces].sort((a, b) => b.y - a.y || a.x - b.x)) {
    const line = lines.at(-1)
    const first = line?.[0]
    if (line && first && Math.abs(first.y - piece.y) < Math.max(first.size, piece.size) * 0.5) line.push(piece)
    else lines.push([piece])
  }
  return lines.map((line) => line.sort((a, b) => a.x - b.x))
}

/** Half of a character's width is one blank, so that indents and columns stay where they are. */
function written(line: readonly Piece[], left: number): string {
  let [out, end] = ['', left]
  for (const { text, x, width, size } of line) {
    const blanks = Math.min(200, Math.max(0, Math.round((x - end) / (size / 2))))
    out += (blanks >= 2 || out === '' ? ' '.repeat(blanks) : '') + text
    end = x + width
  }
  return out
}

function pageText(items: readonly unknown[]): string {
  const pieces = piecesOf(items)
  const left = pieces.reduce((least, { x }) => Math.min(least, x), Number.POSITIVE_INFINITY)
  return linesOf(pieces)
    .map((line) => written(line, left))
    .join('\n')
}

async function opened(bytes: Uint8Array) {
  try {
    return await getDocumentProxy(bytes, { verbosity: 0 })
  } catch (error) {
    return refuse((error as Error).name === 'PasswordException' ? documentErrors.password : documentErrors.brokenPdf)
  }
}

/** The text of a PDF as it stands on its pages, a form feed between two of them. Pictures are not read. */
export async function readPdf(bytes: Uint8Array): Promise<string> {
  const document = await opened(bytes)
  try {
    if (document.numPages > mostPages) return refuse(documentErrors.tooManyPages)
    const pages: string[] = []
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number).catch(() => refuse(documentErrors.brokenPdf))
      const content = await page.getTextContent().catch(() => refuse(documentErrors.brokenPdf))
      pages.push(pageText(content.items))
      page.cleanup()
    }
    const text = pages.join('\f')
    const signs = text.replace(/\s/g, '')
    if (signs.length < fewestPerPage * pages.length) return refuse(documentErrors.noText)
    const unknown = signs.replace(/[^\p{Co}\p{Cn}\p{Cc}\uFFFD]/gu, '').length
    return unknown > signs.length * 0.3 ? refuse(documentErrors.garbled) : text
  } finally {
    await document.loadingTask.destroy()
  }
}
