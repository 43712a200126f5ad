import { candidateDays, parseLedgerDate } from '#kernel/chinese/date.ts'
import { type Day, yearOf } from '#kernel/time.ts'
import { type ColumnMapping, type LedgerField, ledgerFields } from './fields.ts'
import { asWritten, type RawCell, textOf } from './sheet.ts'
import { recognise, type ValueField, type ValueMapping, type Vocabulary, valueName } from './values.ts'

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

export const dateFields = ['foundOn', 'dueOn', 'closedOn'] as const
export type DateField = (typeof dateFields)[number]

/** What the person says of the whole sheet where neither cell nor heading says it. */
export interface Assumed {
  readonly level?: 'major' | 'general' | undefined
  readonly fundsUnit?: '元' | '万元' | undefined
}

export interface PlanSettings {
  readonly columns: ColumnMapping
  readonly values: ValueMapping
  /** The year for dates written without one, per column, as the person has answered. */
  readonly years: Partial<Record<DateField, number | undefined>>
  /** What title lines and headings say of every row, overruled by the person's word for the sheet. */
  readonly assumed: Assumed
  /** Heading of the column the closing day stands in: 整改完成时间 is not the day of closing. */
  readonly closedHeading: string
  /** Serial numbers count from 1904 (old Mac workbooks). */
  readonly date1904: boolean
  readonly vocabulary: Vocabulary
  readonly today: Day
}

/** What the person typed instead of a cell, by field; a text as it would stand in the ledger. */
export type Corrections = Partial<Record<LedgerField, string>>

/** Marks by which offices say that a cell is empty on purpose. */
export const nothing = /^(?:|[/\\]+|[-—]+|无|暂无|空)$/

/** The years a date without one may belong to: three-year campaigns, and deadlines into the next year. */
export function yearsAround(today: Day): number[] {
  const now = yearOf(today)
  return Array.from({ length: 6 }, (_, at) => now - 4 + at)
}

/** One row as it is being read: corrections before cells, every oddity told. */
export class Reading {
  readonly problems: RowProblem[] = []
  readonly settings: PlanSettings
  readonly #cells: ReadonlyMap<number, RawCell>
  readonly #corrections: Corrections

  constructor(settings: PlanSettings, cells: readonly RawCell[], corrections: Corrections) {
    this.settings = settings
    this.#cells = new Map(cells.map((cell) => [cell.col, cell]))
    this.#corrections = corrections
  }

  #cell(field: LedgerField): RawCell['value'] {
    const col = this.settings.columns[field]
    return col === undefined ? null : (this.#cells.get(col)?.value ?? null)
  }

  raw(field: LedgerField): RawCell['value'] {
    return this.#corrections[field] ?? this.#cell(field)
  }

  text(field: LedgerField): string {
    return textOf(this.raw(field))
  }

  /** The ledger's own words, whatever was corrected. */
  original(field: LedgerField): string {
    return textOf(this.#cell(field))
  }

  /** As people read it: never the id of a choice. */
  shown(field: ValueField): string {
    const text = this.text(field)
    return valueName(this.settings.vocabulary, field, text) ?? text
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

  /** What a person has said the cell means, in this row or for this word everywhere. It wins over every reading of ours. */
  decided(field: ValueField): string | undefined {
    const { vocabulary, values } = this.settings
    const corrected = this.#corrections[field]
    if (corrected !== undefined && valueName(vocabulary, field, corrected) !== undefined) return corrected
    const meant = values[field]?.[this.text(field)]
    return meant !== undefined && valueName(vocabulary, field, meant) !== undefined ? meant : undefined
  }

  value(field: ValueField, otherwise: string | undefined): string | undefined {
    const decided = this.decided(field)
    if (decided !== undefined) return decided
    const text = this.text(field)
    if (text === '' && otherwise !== undefined) return otherwise
    const found = recognise(this.settings.vocabulary, field, text)
    if (found) return found
    const title = ledgerFields[field].title
    if (text === '') this.say(field, 'error', `缺少${title}`)
    else this.say(field, 'question', `${title}“${text}”拿不准是哪一项，请选择`)
    return undefined
  }

  date(field: DateField, needed: boolean, latest?: Day): Day | null {
    const { today, date1904, years } = this.settings
    const title = ledgerFields[field].title
    const text = asWritten(this.raw(field), true, date1904)
    const date = parseLedgerDate(typeof text === 'boolean' ? String(text) : text, {
      min: '2000-01-01',
      max: `${yearOf(today) + 10}-12-31`,
    })
    if (date.kind === 'empty') {
      if (needed) this.say(field, 'error', `缺少${title}`)
      return null
    }
    if (date.kind === 'invalid') {
      this.say(field, 'error', `${title}：${date.reason}`)
      return null
    }
    if (date.kind === 'day') return date.day
    const year = years[field]
    const candidates = candidateDays(date, yearsAround(today)).filter((day) => !latest || day <= latest)
    const answered = year === undefined ? undefined : candidates.find((day) => day.startsWith(`${year}-`))
    if (answered) {
      this.say(field, 'note', `${title}“${this.text(field)}”没有年份，按填报人确认的${year}年记录`)
      return answered
    }
    this.say(field, 'question', `${title}“${this.text(field)}”没有写年份，请确认是哪一年`, candidates)
    return null
  }
}
