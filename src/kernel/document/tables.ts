import { cleanLine, widthOf } from './characters.ts'

/** A line of the document, or a row of a table in it. `line` counts from 1. */
export interface SourceLine {
  readonly text: string
  readonly line: number
  readonly cells?: readonly string[]
}

const ruleLine = /^[\s|+│┃┌┬┐├┼┤└┴┘─━═:=-]{3,}$/
const barred = /^\s*[|│┃]/
/** What the columns of a plan's tables are called. */
export const columnWord =
  /序号|编号|任务|事项|内容|领域|措施|项目|牵头|责任|配合|协办|参与|单位|部门|时限|时间|期限|节点|目标|备注/

/** `| a | b |` as Markdown and some converters write it, or with the lines of a drawn box. */
function barCells(raw: string): string[] | undefined {
  if (!barred.test(raw)) return undefined
  const cells = raw.trim().split(/[|│┃]/).slice(1)
  if (cells.at(-1)?.trim() === '') cells.pop()
  return cells.length >= 2 ? cells.map(cleanLine) : undefined
}

function tabCells(raw: string): string[] | undefined {
  if (!/\S\t/.test(raw)) return undefined
  const cells = raw.replace(/\s+$/, '').split('\t').map(cleanLine)
  return cells.filter((cell) => cell !== '').length >= 2 ? cells : undefined
}

interface Piece {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** What stands in a line with two blanks or more in between, and at which visual column. */
function piecesOf(raw: string): Piece[] {
  const out: Piece[] = []
  let column = 0
  for (const part of raw.replaceAll('　', '  ').split(/( {2,})/)) {
    const width = widthOf(part)
    const text = cleanLine(part)
    if (text !== '') out.push({ text, from: column, to: column + width })
    column += width
  }
  return out
}

const isHeader = (pieces: readonly Piece[]) =>
  pieces.length >= 3 &&
  pieces.filter(({ text }) => text.length <= 10 && columnWord.test(text) && !text.includes('：')).length >= 3

/** The columns a row's pieces belong to: in order when there are as many, else by where they stand. */
function placed(pieces: readonly Piece[], header: readonly Piece[]): string[] {
  if (pieces.length === header.length) return pieces.map(({ text }) => text)
  const cells = header.map(() => '')
  for (const { text, from, to } of pieces) {
    let best = 0
    let least = Number.POSITIVE_INFINITY
    for (const [column, name] of header.entries()) {
      const apart = Math.max(0, name.from - to, from - name.to) + Math.abs(name.from - from) / 100
      if (apart < least) [best, least] = [column, apart]
    }
    cells[best] += text
  }
  return cells
}

/** Rows of a table whose columns stand under each other, from its header on; how many lines it takes. */
function alignedTable(lines: readonly string[], at: number): { rows: SourceLine[]; taken: number } | undefined {
  const header = piecesOf(lines[at] ?? '')
  if (!isHeader(header)) return undefined
  const rows: { cells: string[]; line: number }[] = [{ cells: header.map(({ text }) => text), line: at + 1 }]
  const second = header[1]?.from ?? 0
  let taken = 1
  for (let next = at + 1, blank = 0; next < lines.length && blank < 2; next += 1) {
    const pieces = piecesOf(lines[next] ?? '')
    blank = pieces.length === 0 ? blank + 1 : 0
    if (pieces.length === 0) continue
    const cells = placed(pieces, header)
    const above = rows.at(-1)
    // A row without its number goes on with the one above it: its cells were too long for their columns.
    const goesOn = (pieces[0]?.from ?? 0) >= second && rows.length > 1 && above
    if (goesOn) above.cells = above.cells.map((cell, column) => cell + (cells[column] ?? ''))
    else if (pieces.length < 2) break
    else rows.push({ cells, line: next + 1 })
    taken = next - at + 1
  }
  return rows.length > 1
    ? { rows: rows.map(({ cells, line }) => ({ text: cells.join('｜'), line, cells })), taken }
    : undefined
}

/** The document's lines as they stand, with the rows of its tables told from text: tabs, bars, or aligned columns. */
export function sourceLines(lines: readonly string[]): (SourceLine & { readonly raw: string })[] {
  const out: (SourceLine & { readonly raw: string })[] = []
  /** Whether a line was drawn since the last row: in a drawn box a row may take several lines. */
  let ruled = true
  for (let at = 0; at < lines.length; at += 1) {
    const raw = lines[at] ?? ''
    if (ruleLine.test(raw) && /[|│┃┼┬┴]/.test(raw)) {
      ruled = true
      continue
    }
    const cells = barCells(raw) ?? tabCells(raw)
    const above = out.at(-1)
    if (cells && !ruled && above?.cells?.length === cells.length && cells[0] === '' && /^\s*[│┃]/.test(raw)) {
      const whole = above.cells.map((cell, column) => cell + (cells[column] ?? ''))
      out[out.length - 1] = { ...above, cells: whole, text: whole.join('｜') }
      continue
    }
    ruled = false
    if (cells) {
      out.push({ text: cells.join('｜'), line: at + 1, cells, raw })
      continue
    }
    const table = / {2}|　/.test(raw) ? alignedTable(lines, at) : undefined
    if (table) {
      for (const row of table.rows) out.push({ ...row, raw: '' })
      at += table.taken - 1
    } else out.push({ text: cleanLine(raw), line: at + 1, raw })
  }
  return out
}
