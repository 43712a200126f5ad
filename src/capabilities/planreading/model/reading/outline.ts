import type { Paragraph } from '#kernel/document/lines.ts'
import { type Marker, type MarkerKind, markerOf } from '#kernel/document/markers.ts'
import { isFurniture } from './letter.ts'

/** A clause of the document with all that stands below it. */
export interface Clause {
  readonly marker: Marker | null
  /** Its first line up to the first full stop when it has a title, such as 深化矿山安全专项治理. */
  readonly heading: string
  /** All of its own text, the heading included, without its children; paragraphs of it stand on lines of their own. */
  readonly text: string
  readonly line: number
  readonly children: readonly Clause[]
}

/** A title ends before the first full stop and is short; 1.深化…治理。 then goes on with what is to be done. */
function headingOf(text: string): string {
  const start = text.slice(0, 120).trim()
  const end = start.search(/[。！？；\n]/)
  const first = end < 0 ? start : start.slice(0, end)
  const colon = first.search(/[：:]/)
  const title = colon > 1 && colon <= 30 ? first.slice(0, colon) : first
  return title.length <= 40 && !/[，,]/.test(title) ? title : ''
}

/** The heading, or the first clause of the sentence where there is none. */
export function titleOf(clause: Clause): string {
  if (clause.heading) return clause.heading
  return (clause.text.slice(0, 120).split(/[。！？；：，,\n]/)[0] ?? '').slice(0, 40)
}

interface Growing {
  marker: Marker | null
  texts: string[]
  line: number
  children: Growing[]
}

const open = (marker: Marker | null, texts: string[], line: number): Growing => ({ marker, texts, line, children: [] })

/**
 * Puts paragraphs together to a tree by their numbers. Which kind of number stands below which is taken from the document
 * itself; a number that continues nothing and begins nothing is text. Rows of tables are left out.
 */
export function outlineOf(paragraphs: readonly Paragraph[]): Clause {
  const root = open(null, [], paragraphs[0]?.line ?? 1)
  const path: Growing[] = [root]
  /** The last number of each kind: measures may count on across sections. */
  const lastOf = new Map<MarkerKind, number>()
  for (const { text, line, cells } of paragraphs) {
    if (cells || isFurniture(text)) continue
    const marker = markerOf(text)
    const level = marker ? levelOf(path, marker, lastOf) : undefined
    if (!marker || level === undefined) {
      ;(path.at(-1) ?? root).texts.push(text)
      continue
    }
    path.length = level
    const clause = open(marker, [text.slice(marker.words.length).trim()], line)
    ;(path.at(-1) ?? root).children.push(clause)
    path.push(clause)
    lastOf.set(marker.kind, marker.number)
  }
  return closed(root)
}

/** How deep the marker goes in; undefined when it is no marker here. */
function levelOf(path: readonly Growing[], { kind, number }: Marker, lastOf: ReadonlyMap<MarkerKind, number>) {
  const at = path.findIndex((clause) => clause.marker?.kind === kind)
  if (at > 0) {
    const before = path[at]?.marker?.number ?? 0
    // One left out by the writer, or repeated, happens; a jump is a number within the text.
    return (number >= before && number <= before + 2) || number === 1 ? at : undefined
  }
  if (number === 1) return path.length
  const last = lastOf.get(kind)
  return last !== undefined && number > last && number <= last + 2 ? path.length : undefined
}

function closed({ marker, texts, line, children }: Growing): Clause {
  const text = texts.join('\n')
  return { marker, heading: marker ? headingOf(text) : '', text, line, children: children.map(closed) }
}
