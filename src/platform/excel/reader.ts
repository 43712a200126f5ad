import { refuse } from '#kernel/errors.ts'
import { excelErrors } from './errors.ts'
import { openPackage, type Package, parsePart } from './package.ts'
import { storable } from './text.ts'

/** A cell as the file has it. Dates come as Excel serial numbers with kind 'date'; columns count from 1. */
export interface Cell {
  readonly col: number
  readonly value: string | number | boolean | null
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'error' | 'blank'
  readonly formula?: boolean
}

export interface SheetRow {
  readonly row: number
  readonly cells: readonly Cell[]
}

export interface Merge {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

export interface SheetInfo {
  readonly name: string
  readonly hidden: boolean
  readonly merges: readonly Merge[]
}

export interface Workbook {
  readonly sheets: readonly SheetInfo[]
  /** True when serial dates count from 1904 (old Mac files). */
  readonly date1904: boolean
  rows(sheet: string): AsyncGenerator<SheetRow>
  close(): void
}

const maxSharedStrings = 2_000_000
/** Excel's own bounds; what goes beyond them was not written by a program that people write ledgers with. */
const maxCellText = 32_767
const maxRow = 1_048_576
const maxColumn = 16_384
/** All texts of a workbook together, which stand in memory: a ledger of 20,000 rows with a thousand signs each. */
const maxTexts = 50_000_000

/** Opens an .xlsx for streaming; only shared strings and styles stand in memory. Throws Problems in Chinese. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const pack = await openPackage(path)
  try {
    if (!pack.has('xl/workbook.xml')) refuse(excelErrors.notWorkbook)
    const { sheets, date1904 } = await readSheetList(pack)
    const strings = pack.has('xl/sharedStrings.xml') ? await readStrings(pack) : []
    const dates = pack.has('xl/styles.xml') ? await readDateStyles(pack) : new Set<number>()
    const infos: SheetInfo[] = []
    for (const sheet of sheets) {
      if (pack.has(sheet.part)) {
        infos.push({ name: sheet.name, hidden: sheet.hidden, merges: await readMerges(pack, sheet.part) })
      }
    }
    return {
      sheets: infos,
      date1904,
      rows(name) {
        const sheet = sheets.find((item) => item.name === name)
        if (!sheet) return refuse(excelErrors.noSheet)
        return readRows(pack, sheet.part, strings, dates)
      },
      close: () => pack.close(),
    }
  } catch (error) {
    pack.close()
    throw error
  }
}

async function readSheetList(pack: Package) {
  const found: { name: string; hidden: boolean; relation: string }[] = []
  let date1904 = false
  await parsePart(pack, 'xl/workbook.xml', {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = attributes.date1904 === '1' || attributes.date1904 === 'true'
      if (name !== 'sheet') return
      const hidden = attributes.state === 'hidden' || attributes.state === 'veryHidden'
      found.push({ name: attributes.name ?? '', hidden, relation: attributes['r:id'] ?? '' })
    },
  })
  const targets = new Map<string, string>()
  if (pack.has('xl/_rels/workbook.xml.rels')) {
    await parsePart(pack, 'xl/_rels/workbook.xml.rels', {
      open(name, attributes) {
        if (name !== 'Relationship' || attributes.TargetMode === 'External') return
        targets.set(attributes.Id ?? '', attributes.Target ?? '')
      },
    })
  }
  const partOf = (target: string) => (target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  const sheets = found.map((sheet, index) => ({
    ...sheet,
    part: partOf(targets.get(sheet.relation) ?? `worksheets/sheet${index + 1}.xml`),
  }))
  return { sheets, date1904 }
}

async function readStrings(pack: Package): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let inText = false
  let phonetic = false
  let whole = 0
  await parsePart(pack, 'xl/sharedStrings.xml', {
    open(name) {
      if (name === 'si') text = ''
      if (name === 'rPh') phonetic = true
      if (name === 't') inText = !phonetic
    },
    text(piece) {
      if (inText) text = lengthened(text, piece)
    },
    close(name) {
      if (name === 't') inText = false
      if (name === 'rPh') phonetic = false
      if (name !== 'si') return
      strings.push(decoded(text))
      whole += text.length
      if (strings.length > maxSharedStrings || whole > maxTexts) refuse(excelErrors.tooLarge)
    },
  })
  return strings
}

/** Cell styles whose number format shows a date: Excel keeps dates as plain numbers. */
async function readDateStyles(pack: Package): Promise<Set<number>> {
  const custom = new Map<number, string>()
  const dates = new Set<number>()
  let inFormats = false
  let index = 0
  await parsePart(pack, 'xl/styles.xml', {
    open(name, attributes) {
      if (name === 'numFmt') custom.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (name === 'cellXfs') inFormats = true
      if (name !== 'xf' || !inFormats) return
      const id = Number(attributes.numFmtId ?? 0)
      const builtIn =
        (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
      const code = (custom.get(id) ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')
      if (builtIn || /[ymd年月日]/i.test(code)) dates.add(index)
      index += 1
    },
    close(name) {
      if (name === 'cellXfs') inFormats = false
    },
  })
  return dates
}

async function readMerges(pack: Package, part: string): Promise<Merge[]> {
  const merges: Merge[] = []
  await parsePart(pack, part, {
    open(name, attributes) {
      if (name !== 'mergeCell') return
      const [from = '', to = from] = (attributes.ref ?? '').split(':')
      const a = cellAddress(from)
      const b = cellAddress(to)
      if (a && b && merges.length < 100_000) merges.push({ top: a.row, left: a.col, bottom: b.row, right: b.col })
    },
  })
  return merges
}

/** 'AB12' → row 12, column 28. */
export function cellAddress(text: string): { row: number; col: number } | undefined {
  const match = /^([A-Z]{1,3})(\d{1,7})$/.exec(text)
  if (!match) return undefined
  let col = 0
  for (const letter of match[1] ?? '') col = col * 26 + letter.charCodeAt(0) - 64
  return { row: Number(match[2]), col }
}

function lengthened(text: string, piece: string): string {
  // A sign that XML cannot hold is written as seven.
  if (text.length + piece.length > maxCellText * 7) refuse(excelErrors.tooLarge)
  return text + piece
}

/** Excel writes what XML cannot hold, such as a line's end out of an older program, by its number: _x000D_. */
const decoded = (text: string) =>
  storable(text.replace(/_x([0-9a-f]{4})_/gi, (_, number: string) => String.fromCharCode(Number.parseInt(number, 16))))

interface OpenCell {
  col: number
  type: string
  style: number
  text: string
  formula: boolean
}

function finishCell(cell: OpenCell, strings: readonly string[], dates: ReadonlySet<number>): Cell {
  const mark = cell.formula ? { formula: true } : {}
  const { col, text, type } = cell
  if (type === 's') return { col, value: strings[Number(text)] ?? '', kind: 'text', ...mark }
  if (text === '') return { col, value: null, kind: 'blank', ...mark }
  if (type === 'b') return { col, value: text === '1', kind: 'boolean', ...mark }
  if (type === 'e') return { col, value: text, kind: 'error', ...mark }
  if (type === 'str' || type === 'inlineStr' || type === 'd')
    return { col, value: decoded(text), kind: 'text', ...mark }
  const number = Number(text)
  if (!Number.isFinite(number)) return { col, value: text, kind: 'text', ...mark }
  return { col, value: number, kind: dates.has(cell.style) ? 'date' : 'number', ...mark }
}

/** Rows come out while the part is still being unpacked; at most a few hundred wait in memory. */
async function* readRows(
  pack: Package,
  part: string,
  strings: readonly string[],
  dates: ReadonlySet<number>,
): AsyncGenerator<SheetRow> {
  const ready: SheetRow[] = []
  let cells: Cell[] = []
  let rowNumber = 0
  let cell: OpenCell | undefined
  let reading = false
  let wake: (() => void) | undefined
  let drained: (() => void) | undefined
  let stopped = false
  let finished = false
  let failure: unknown
  const handlers = {
    open(name: string, attributes: Record<string, string>) {
      if (name === 'row') {
        rowNumber = Number(attributes.r ?? rowNumber + 1)
        if (!(rowNumber >= 1 && rowNumber <= maxRow)) refuse(excelErrors.tooLarge)
        cells = []
      } else if (name === 'c') {
        if (cells.length >= maxColumn) refuse(excelErrors.tooLarge)
        const col = cellAddress(attributes.r ?? '')?.col ?? (cells.at(-1)?.col ?? 0) + 1
        cell = { col, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), text: '', formula: false }
      } else if (name === 'f' && cell) cell.formula = true
      else if (name === 'v' || name === 't') reading = true
    },
    text(piece: string) {
      if (reading && cell) cell.text = lengthened(cell.text, piece)
    },
    close(name: string) {
      if (name === 'v' || name === 't') reading = false
      else if (name === 'c' && cell) {
        cells.push(finishCell(cell, strings, dates))
        cell = undefined
      } else if (name === 'row') ready.push({ row: rowNumber, cells })
    },
  }
  const done = parsePart(pack, part, handlers, async () => {
    wake?.()
    if (ready.length > 500 && !stopped) {
      await new Promise<void>((resolve) => {
        drained = resolve
      })
    }
    return !stopped
  })
    .catch((error: unknown) => {
      failure = error
    })
    .finally(() => {
      finished = true
      wake?.()
    })
  try {
    for (;;) {
      const batch = ready.splice(0)
      drained?.()
      yield* batch
      if (ready.length > 0) continue
      if (finished) break
      await new Promise<void>((resolve) => {
        wake = resolve
        if (ready.length > 0 || finished) resolve()
      })
    }
  } finally {
    stopped = true
    drained?.()
    await done
  }
  if (failure) throw failure
}
