import { cleanLine, widthOf } from './characters.ts'
import { markerAhead, markerOf } from './markers.ts'
import { type SourceLine, sourceLines } from './tables.ts'

/** A paragraph of the document as it was before a program broke it into lines. */
export interface Paragraph {
  readonly text: string
  /** The line it begins on in the document, counted from 1. */
  readonly line: number
  /** Cells of a table row, when the document held one; `text` then is them, joined by `｜`. */
  readonly cells?: readonly string[]
}

interface Line extends SourceLine {
  /** How wide it stood, blanks within it included: that is how the lines of one width are told. */
  readonly width: number
  /** Two characters or more stand free before it, as before the first line of a paragraph. */
  readonly indented: boolean
  /** An empty line stands above it that no page break put there. */
  readonly apart: boolean
}

const pageNumber =
  /^[-—–－·]{0,4}(?:第?\d{1,3}页?(?:[/,，]?共?\d{1,3}页?)?|第[一二三四五六七八九十]{1,3}页)[-—–－·]{0,4}$/
/** A sentence's sign, or who does what in a bracket of its own behind it: …动态清零。（县应急局牵头） */
const sentenceEnd = /[。！？；：!?;:](?:["”’』」）)]*|[（(〔【][^（）()〔〕【】]{2,80}[）)〕】])$/
const han = /\p{Script=Han}/u
/** What no paragraph begins with: a closing sign, or the rest of a date (2024 | 年4月30日). */
const goesOn = /^(?:[，。、；：！？）》”’】〕%]|[年月]\d{1,2}[月日])/
/** What no paragraph ends with. */
const unfinished = /[（《“‘【〔、]$/

/** Other things a paragraph begins with, whatever the line before looks like. */
const otherStart =
  /^(?:\p{Script=Han}{1,12}[〔［[（]20\d{2}[〕］\]）]第?\d{1,4}号$|附[件表][:：\d一二三]|附[件表]$|抄送|主送|(?:责任|牵头|配合|主责|协办|参与)(?:单位|部门)[:：]|完成时限[:：]|[—―－]{2}\p{Script=Han}|(?:20\d{2}|二[〇零○][〇零○一二三四五六七八九]{2})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$)/u

/** A line that stands at the head or foot of three pages or more is no text of the plan. */
function runningHeads(lines: readonly SourceLine[], isEdge: (at: number) => boolean): Set<string> {
  const times = new Map<string, number>()
  for (const [at, { text }] of lines.entries()) {
    if (text === '' || text.length > 60 || markerOf(text) || sentenceEnd.test(text) || otherStart.test(text)) continue
    if (isEdge(at)) times.set(text, (times.get(text) ?? 0) + 1)
  }
  return new Set([...times].filter(([, count]) => count >= 3).map(([text]) => text))
}

/** For every line the next one above and below it that is not empty, or that a form feed stands in. */
function neighbours(lines: readonly SourceLine[], feeds: ReadonlySet<number>): [number[], number[]] {
  const before: number[] = []
  const after: number[] = []
  const counts = (at: number) => lines[at]?.text !== '' || feeds.has(lines[at]?.line ?? 0)
  for (let at = 0, last = -1; at < lines.length; at += 1) {
    before.push(last)
    if (counts(at)) last = at
  }
  for (let at = lines.length - 1, next = lines.length; at >= 0; at -= 1) {
    after[at] = next
    if (counts(at)) next = at
  }
  return [before, after]
}

/** Lines as they count: no blank ones, no page numbers, no header that stands on every page. */
function linesOf(text: string): Line[] {
  // A page ends where a form feed stands; as a line of its own it is found together with the page numbers.
  const raw = text.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n').split(/\n|(?=\f)/)
  const lines = sourceLines(raw.map((line) => line.replace('\f', '')))
  const breaks = lines.map((line) => line.text !== '' && line.text.length <= 20 && pageNumber.test(line.text))
  const feeds = new Set(raw.flatMap((line, at) => (line.startsWith('\f') ? [at + 1] : [])))
  const isBreak = (at: number | undefined) => at !== undefined && breaks[at] === true
  const [before, after] = neighbours(lines, feeds)
  const feedsAt = (at: number | undefined) => at !== undefined && feeds.has(lines[at]?.line ?? 0)
  const isEdge = (at: number) =>
    at === 0 || feedsAt(at) || feedsAt(before[at]) || isBreak(before[at]) || isBreak(after[at])
  const heads = runningHeads(lines, isEdge)
  const out: Line[] = []
  let apart = false
  for (const [at, { raw: whole, ...line }] of lines.entries()) {
    const paging = isBreak(at) || feeds.has(line.line) || (heads.has(line.text) && isEdge(at))
    if (paging) apart = false
    if (line.text === '') apart ||= !paging && !isBreak(before[at]) && !isBreak(after[at])
    if (line.text === '' || isBreak(at) || (heads.has(line.text) && isEdge(at))) continue
    out.push({ ...line, width: widthOf(whole.trim()), indented: /^(?:　{2}| {4}|\t)/.test(whole), apart })
    apart = false
  }
  return out
}

/** How the document was broken into lines; `width` is undefined when every line is a paragraph already. */
interface Layout {
  readonly width: number | undefined
  /** First lines of paragraphs are indented, and others are not. */
  readonly indents: boolean
  /** Empty lines stand between paragraphs, and not between all lines. */
  readonly gaps: boolean
}

function layoutOf(lines: readonly Line[]): Layout {
  const texts = lines.filter(({ cells }) => !cells)
  const long = texts.filter(({ width }) => width >= 30)
  const open = long.filter(({ text }) => !sentenceEnd.test(text))
  const indented = texts.filter((line) => line.indented).length
  const indents = indented >= 5 && indented < texts.length * 0.8
  const gaps = texts.filter(({ apart }) => apart).length < texts.length * 0.6
  if (long.length < 6 || open.length < long.length * 0.3) return { width: undefined, indents, gaps }
  const widths = open.map(({ width }) => width).sort((a, b) => a - b)
  return { width: widths[Math.floor(widths.length * 0.5)], indents, gaps }
}

interface Growing {
  parts: string[]
  length: number
  /** A name 《 that is not closed yet goes on in the next line, however short this one is. */
  open: boolean
  line: number
  last: string
  /** How wide the last line of it stood. */
  width: number
  cells?: readonly string[]
}

/**
 * The paragraphs of a document. Lines that were broken at a fixed width, blank lines between them, page breaks and page
 * numbers within them are put together again; what begins with a number of its own begins a paragraph.
 */
export function paragraphsOf(text: string): Paragraph[] {
  const lines = linesOf(text)
  const layout = layoutOf(lines)
  const out: Growing[] = []
  for (const line of lines) {
    const before = out.at(-1)
    if (!before || line.cells || before.cells || begins(line, before, layout)) {
      out.push({
        parts: [line.text],
        length: line.text.length,
        open: opens(line.text, false),
        line: line.line,
        last: line.text,
        width: line.width,
        ...(line.cells ? { cells: line.cells } : {}),
      })
    } else goOn(before, line)
  }
  return out.map(({ parts, line, cells }) => {
    const whole = parts.join('')
    // A bracket that was broken over two lines is known to be Chinese only when both halves are there.
    return { text: parts.length > 1 ? cleanLine(whole) : whole, line, ...(cells ? { cells } : {}) }
  })
}

function goOn(before: Growing, { text, width }: Line): void {
  const [end, start] = [before.last.at(-1) ?? '', text[0] ?? '']
  const latin = !han.test(end) && !han.test(start) && !/[\p{P}\d]/u.test(end)
  before.parts.push(latin ? ` ${text}` : text)
  before.length += text.length
  before.open = opens(text, before.open)
  before.last = text
  before.width = width
}

function opens(text: string, before: boolean): boolean {
  const [opened, closed] = [text.lastIndexOf('《'), text.lastIndexOf('》')]
  return opened < 0 && closed < 0 ? before : opened > closed
}

const salutation = /^(?:各|县|市|区|省|开发区|有关)[^。]{2,200}：$/

function begins(line: Line, before: Growing, layout: Layout): boolean {
  const { text } = line
  if (before.open && before.length < 200) return false
  if (layout.width !== undefined && before.length < 2000 && (goesOn.test(text) || unfinished.test(before.last)))
    return false
  if (layout.width === undefined || otherStart.test(text) || (before.length < 220 && salutation.test(before.last)))
    return true
  if (layout.gaps && line.apart) return true
  const { width } = before
  const full = width >= layout.width - 6
  const ended = sentenceEnd.test(before.last)
  if (markerAhead.test(text))
    return ended || !full || !/^\d/.test(text) || /^\d{1,3}[.、](?:\p{Script=Han}|20\d{2}年|\d{1,2}月)/u.test(text)
  if (layout.indents) return line.indented || (width < layout.width * 0.6 && (ended || width < layout.width * 0.5))
  if (full) return false
  return ended || width < layout.width * 0.75
}
