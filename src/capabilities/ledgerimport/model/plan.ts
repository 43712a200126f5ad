import { checkCreditCode } from '#kernel/chinese/codes.ts'
import { candidateDays, parseLedgerDate } from '#kernel/chinese/date.ts'
import { parseWan } from '#kernel/chinese/money.ts'
import { normaliseText } from '#kernel/chinese/text.ts'
import type { Day } from '#kernel/time.ts'
import { type ColumnMapping, type LedgerField, ledgerFields } from './fields.ts'
import { type RawCell, textOf } from './sheet.ts'
import { type Progress, recognise, type ValueField, type ValueMapping, type Vocabulary } from './values.ts'

/**
 * error = the row cannot come in until it is corrected; question = the person must say what is meant; note = it comes in,
 * and what was odd is written down with the hazard.
 */
export interface RowProblem {
  readonly field: LedgerField
  readonly kind: 'error' | 'question' | 'note'
  readonly message: string
  /** Days a date without a year may mean. */
  readonly candidates?: readonly Day[]
}

export interface PlannedHazard {
  readonly area: string
  readonly unitName: string
  readonly creditCode: string | null
  readonly principal: string
  readonly sector: string
  readonly channel: 'selfCheck' | 'inspection' | 'publicReport'
  readonly source: string
  readonly level: 'major' | 'general'
  readonly description: string
  readonly criterion: string
  readonly foundOn: Day
  readonly dueOn: Day | null
  readonly closedOn: Day | null
  readonly responsible: string
  readonly measures: string
  readonly fundsYuan: number | null
  readonly fundsNote: string
  readonly emergencyPlan: string
  readonly progress: Progress
  readonly listing: 'none' | 'county' | 'city' | 'province'
  readonly note: string
}

export interface RowPlan {
  readonly problems: readonly RowProblem[]
  /** Present when nothing stands in the way. */
  readonly hazard: PlannedHazard | null
}

export interface PlanSettings {
  readonly columns: ColumnMapping
  readonly values: ValueMapping
  /** The year for dates written without one, per column, as the person has answered. */
  readonly years: Partial<Record<'foundOn' | 'dueOn' | 'closedOn', number>>
  readonly vocabulary: Vocabulary
  readonly today: Day
}

/** What the person typed instead of a cell, by field; a text as it would stand in the ledger. */
export type Corrections = Partial<Record<LedgerField, string>>

const dateYears = [2022, 2023, 2024, 2025, 2026, 2027]
const nothing = /^(?:|[/\\]+|[-—]+|无|暂无|空)$/

class Reading {
  readonly problems: RowProblem[] = []
  readonly #settings: PlanSettings
  readonly #cells: ReadonlyMap<number, RawCell>
  readonly #corrections: Corrections

  constructor(settings: PlanSettings, cells: readonly RawCell[], corrections: Corrections) {
    this.#settings = settings
    this.#cells = new Map(cells.map((cell) => [cell.col, cell]))
    this.#corrections = corrections
  }

  raw(field: LedgerField): RawCell['value'] {
    const corrected = this.#corrections[field]
    if (corrected !== undefined) return corrected
    const col = this.#settings.columns[field]
    return col === undefined ? null : (this.#cells.get(col)?.value ?? null)
  }

  text(field: LedgerField): string {
    return textOf(this.raw(field))
  }

  say(field: LedgerField, kind: RowProblem['kind'], message: string, candidates?: readonly Day[]): void {
    this.problems.push({ field, kind, message, ...(candidates ? { candidates } : {}) })
  }

  need(field: LedgerField, max: number): string {
    const text = this.text(field)
    if (text === '') this.say(field, 'error', `缺少${ledgerFields[field].title}`)
    else if (text.length > max) this.say(field, 'error', `${ledgerFields[field].title}超过${max}字，请缩短`)
    return text
  }

  optional(field: LedgerField, max: number): string {
    const text = this.text(field)
    if (nothing.test(text)) return ''
    if (text.length > max) this.say(field, 'note', `${ledgerFields[field].title}超过${max}字，只保留前${max}字`)
    return text.slice(0, max)
  }

  value(field: ValueField, otherwise: string | undefined): string | undefined {
    const text = this.text(field)
    // What the person typed for this row is an id from the list or a word; the list wins.
    const known = this.#settings.values[field]?.[text]
    if (known) return known
    const { vocabulary } = this.#settings
    const chosen = this.#corrections[field]
    if (chosen !== undefined && isListed(vocabulary, field, chosen)) return chosen
    if (text === '' && otherwise !== undefined) return otherwise
    const found = recognise(vocabulary, field, text)
    if (found) return found
    const title = ledgerFields[field].title
    if (text === '') this.say(field, 'error', `缺少${title}`)
    else this.say(field, 'question', `${title}“${text}”在系统中没有对应项，请选择它指哪一项`)
    return undefined
  }

  date(field: 'foundOn' | 'dueOn' | 'closedOn', needed: boolean, latest?: Day): Day | null {
    const raw = this.raw(field)
    const title = ledgerFields[field].title
    const date = parseLedgerDate(typeof raw === 'boolean' ? String(raw) : raw, { min: '2000-01-01', max: '2035-12-31' })
    if (date.kind === 'empty') {
      if (needed) this.say(field, 'error', `缺少${title}`)
      return null
    }
    if (date.kind === 'invalid') {
      this.say(field, 'error', `${title}：${date.reason}`)
      return null
    }
    if (date.kind === 'day') return date.day
    const year = this.#settings.years[field]
    const candidates = candidateDays(date, dateYears).filter((day) => !latest || day <= latest)
    const answered = year === undefined ? undefined : candidates.find((day) => day.startsWith(`${year}-`))
    if (answered) {
      this.say(field, 'note', `${title}“${this.text(field)}”没有年份，按填报人确认的${year}年记录`)
      return answered
    }
    this.say(field, 'question', `${title}“${this.text(field)}”没有写年份，请确认是哪一年`, candidates)
    return null
  }
}

function isListed(vocabulary: Vocabulary, field: ValueField, id: string): boolean {
  if (field === 'area') return vocabulary.areas.some((area) => area.code === id)
  if (field === 'sector') return vocabulary.sectors.some((sector) => sector.id === id)
  const fixed: Record<Exclude<ValueField, 'area' | 'sector'>, readonly string[]> = {
    channel: ['selfCheck', 'inspection', 'publicReport'],
    listing: ['none', 'county', 'city', 'province'],
    progress: ['open', 'rectifying', 'rectified', 'closed'],
    level: ['major', 'general'],
  }
  return fixed[field].includes(id)
}

function readCode(reading: Reading): string | null {
  const text = reading.text('creditCode')
  if (nothing.test(text)) {
    reading.say('creditCode', 'note', '没有填写统一社会信用代码，按单位名称和乡镇与名录核对')
    return null
  }
  const checked = checkCreditCode(text)
  if (checked.ok) return checked.code
  reading.say('creditCode', 'note', `统一社会信用代码“${text}”有误（${checked.reason}），不采用，按单位名称核对`)
  return null
}

function readFunds(reading: Reading): { fundsYuan: number | null; fundsNote: string } {
  const raw = reading.raw('funds')
  const money = parseWan(typeof raw === 'boolean' ? String(raw) : raw)
  if (money.kind === 'empty') return { fundsYuan: null, fundsNote: '' }
  if (money.kind === 'invalid') {
    reading.say('funds', 'note', `整改资金${money.reason}，金额留空，原文保留在说明中`)
    return { fundsYuan: null, fundsNote: reading.text('funds').slice(0, 200) }
  }
  if (!money.approximate) return { fundsYuan: money.yuan, fundsNote: '' }
  reading.say('funds', 'note', `整改资金“${reading.text('funds')}”是约数，按${money.yuan}元记录`)
  return { fundsYuan: money.yuan, fundsNote: `台账原文：${reading.text('funds')}` }
}

function settleClosing(reading: Reading, progress: Progress, closedOn: Day | null, foundOn: Day | null): Progress {
  const words = reading.text('progress')
  if (closedOn === null) {
    if (progress === 'closed') reading.say('closedOn', 'error', '整改情况为已销号，但没有销号时间，请补充')
    return progress
  }
  if (foundOn && closedOn < foundOn) reading.say('closedOn', 'error', '销号时间早于发现时间，请核对')
  if (progress === 'closed') return progress
  if (progress === 'rectified' && !/待/.test(words)) {
    reading.say('progress', 'note', `整改情况为“${words}”并填有销号时间，按台账记载销号处理`)
    return 'closed'
  }
  reading.say('closedOn', 'note', `整改情况为“${words}”，填写的销号时间不采用，须在系统内验收销号`)
  return progress
}

/** Reads one ledger row: every oddity is told, nothing is guessed, and a hazard comes out only when nothing is open. */
export function planRow(settings: PlanSettings, cells: readonly RawCell[], corrections: Corrections): RowPlan {
  const reading = new Reading(settings, cells, corrections)
  const area = reading.value('area', undefined)
  const unitName = reading.need('unitName', 80)
  const creditCode = readCode(reading)
  const sector = reading.value('sector', undefined)
  const channel = reading.value('channel', undefined)
  const level = reading.value('level', 'major')
  const description = reading.need('description', 2000)
  const { today } = settings
  const foundOn = reading.date('foundOn', true, today)
  if (foundOn && foundOn > today) reading.say('foundOn', 'error', '发现时间晚于今天，请核对')
  const dueOn = reading.date('dueOn', false)
  if (foundOn && dueOn && dueOn < foundOn) {
    reading.say('dueOn', 'note', `整改时限${dueOn}早于发现时间${foundOn}，按台账原样记录，请尽快更正`)
  }
  const closing = reading.date('closedOn', false, today)
  if (closing && closing > today) reading.say('closedOn', 'error', '销号时间晚于今天，请核对')
  const written = reading.value('progress', 'open') as Progress | undefined
  const progress = written && settleClosing(reading, written, closing, foundOn)
  const listing = reading.value('listing', 'none')
  const facts = {
    principal: reading.optional('principal', 40),
    source: reading.optional('channel', 200),
    criterion: reading.optional('criterion', 500),
    responsible: reading.optional('responsible', 40),
    measures: reading.optional('measures', 500),
    ...readFunds(reading),
    emergencyPlan: reading.optional('emergencyPlan', 1000),
    note: reading.optional('note', 300),
  }
  const { problems } = reading
  const open = problems.some((problem) => problem.kind !== 'note')
  if (open || !area || !sector || !channel || !level || !progress || !listing || !foundOn) {
    return { problems, hazard: null }
  }
  return {
    problems,
    hazard: {
      ...facts,
      area,
      unitName,
      creditCode,
      sector,
      channel: channel as PlannedHazard['channel'],
      level: level as PlannedHazard['level'],
      description,
      foundOn,
      dueOn,
      closedOn: progress === 'closed' ? closing : null,
      progress,
      listing: listing as PlannedHazard['listing'],
    },
  }
}

/** The words of a row by which the same row is known again, in whatever file and under whatever number it comes. */
export function rowIdentity(columns: ColumnMapping, cells: readonly RawCell[]): string {
  const fields: LedgerField[] = ['area', 'unitName', 'sector', 'channel', 'description', 'foundOn']
  const byCol = new Map(cells.map((cell) => [cell.col, cell]))
  return fields.map((field) => normaliseText(textOf(byCol.get(columns[field] ?? -1)?.value ?? null))).join('\u001f')
}
