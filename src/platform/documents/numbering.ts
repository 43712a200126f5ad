import { type Package, parsePart } from '../excel/package.ts'

/** One level of a list: what its numbers look like and where they start. */
interface Level {
  start: number
  format: string
  /** As Word keeps it: `（%1）`, `%1.%2`. */
  text: string
}

/** An instance of a list (numId): its levels, and where it begins anew on purpose. */
interface List {
  readonly abstract: string
  readonly starts: Map<number, number>
}

const digits = '零一二三四五六七八九'

/** 12 → 十二, 20 → 二十, 105 → 一百零五; below a thousand. */
function chinese(number: number): string {
  if (number < 10) return digits[number] ?? ''
  if (number < 20) return `十${number % 10 === 0 ? '' : digits[number % 10]}`
  if (number < 100) return `${digits[Math.floor(number / 10)]}十${number % 10 === 0 ? '' : digits[number % 10]}`
  const rest = number % 100
  const tail = rest === 0 ? '' : rest < 10 ? `零${digits[rest]}` : `${rest < 20 ? '一' : ''}${chinese(rest)}`
  return `${digits[Math.floor(number / 100) % 10]}百${tail}`
}

const letter = (number: number) => String.fromCharCode(97 + ((number - 1) % 26)).repeat(Math.ceil(number / 26))

function roman(number: number): string {
  const steps: readonly (readonly [number, string])[] = [
    [100, 'c'],
    [90, 'xc'],
    [50, 'l'],
    [40, 'xl'],
    [10, 'x'],
    [9, 'ix'],
    [5, 'v'],
    [4, 'iv'],
    [1, 'i'],
  ]
  let [rest, out] = [Math.min(number, 399), '']
  for (const [value, sign] of steps) for (; rest >= value; rest -= value) out += sign
  return out
}

/** A number as Word's format of that name writes it; formats nobody numbers clauses with come out as digits. */
export function formatted(number: number, format: string): string {
  if (
    /^(?:chineseCounting|chineseCountingThousand|japaneseCounting|taiwaneseCounting|taiwaneseCountingThousand)$/.test(
      format,
    )
  )
    return chinese(number)
  if (format === 'ideographDigital' || format === 'taiwaneseDigital' || format === 'japaneseDigitalTenThousand')
    return [...String(number)].map((digit) => (digit === '0' ? '〇' : digits[Number(digit)])).join('')
  if (format.startsWith('decimalEnclosedCircle'))
    return number <= 20 ? String.fromCodePoint(0x245f + number) : `(${number})`
  if (format === 'decimalZero') return String(number).padStart(2, '0')
  if (format === 'lowerLetter') return letter(number)
  if (format === 'upperLetter') return letter(number).toUpperCase()
  if (format === 'lowerRoman') return roman(number)
  if (format === 'upperRoman') return roman(number).toUpperCase()
  if (format === 'bullet' || format === 'none') return ''
  return String(number)
}

/** Where a paragraph stands in a list. */
export interface NumberedAt {
  readonly list: string
  readonly level: number
}

/** Writes the numbers that Word only counts: the next one of a paragraph's list, as the reader of the paper sees it. */
export class Numbering {
  readonly #levels: ReadonlyMap<string, ReadonlyMap<number, Level>>
  readonly #lists: ReadonlyMap<string, List>
  /** Counters per abstract list and level: lists made of the same one count on together. */
  readonly #counts = new Map<string, number[]>()
  readonly #begun = new Set<string>()

  constructor(levels: ReadonlyMap<string, ReadonlyMap<number, Level>>, lists: ReadonlyMap<string, List>) {
    this.#levels = levels
    this.#lists = lists
  }

  next({ list: id, level }: NumberedAt): string {
    const list = this.#lists.get(id)
    const levels = list && this.#levels.get(list.abstract)
    const own = levels?.get(level)
    if (!list || !levels || !own) return ''
    const counts = this.#counts.get(list.abstract) ?? []
    this.#counts.set(list.abstract, counts)
    const startsAnew = list.starts.get(level)
    const key = `${id}/${level}`
    if (startsAnew !== undefined && !this.#begun.has(key)) counts[level] = startsAnew
    else counts[level] = (counts[level] ?? own.start - 1) + 1
    this.#begun.add(key)
    counts.length = level + 1
    if (own.format === 'bullet') return ''
    return own.text.replace(/%(\d)/g, (_whole, at: string) => {
      const other = Number(at) - 1
      const of = levels.get(other)
      return of ? formatted(counts[other] ?? of.start, of.format) : ''
    })
  }
}

/** Reads word/numbering.xml; a document without one has no lists. */
export async function readNumbering(pack: Package): Promise<Numbering> {
  const levels = new Map<string, Map<number, Level>>()
  const lists = new Map<string, { abstract: string; starts: Map<number, number> }>()
  if (!pack.has('word/numbering.xml')) return new Numbering(levels, lists)
  let own: Map<number, Level> | undefined
  let level: Level | undefined
  let list: { abstract: string; starts: Map<number, number> } | undefined
  let at = 0
  await parsePart(pack, 'word/numbering.xml', {
    open(name, attributes) {
      const value = attributes['w:val'] ?? ''
      if (name === 'abstractNum') {
        own = new Map()
        levels.set(attributes['w:abstractNumId'] ?? '', own)
      } else if (name === 'num') {
        list = { abstract: '', starts: new Map() }
        lists.set(attributes['w:numId'] ?? '', list)
      } else if (name === 'lvl' && own) {
        level = { start: 1, format: 'decimal', text: '' }
        own.set(Number(attributes['w:ilvl']), level)
      } else if (name === 'start' && level) level.start = Number(value) || 0
      else if (name === 'numFmt' && level) level.format = value
      else if (name === 'lvlText' && level) level.text = value
      else if (name === 'abstractNumId' && list) list.abstract = value
      else if (name === 'lvlOverride') at = Number(attributes['w:ilvl'])
      else if (name === 'startOverride' && list) list.starts.set(at, Number(value) || 1)
    },
    close(name) {
      if (name === 'lvl') level = undefined
      if (name === 'abstractNum') own = undefined
      if (name === 'num') list = undefined
    },
  })
  return new Numbering(levels, lists)
}
