import { checkCreditCode } from '#kernel/chinese/codes.ts'
import { parseWan } from '#kernel/chinese/money.ts'
import { normaliseText } from '#kernel/chinese/text.ts'
import type { Day } from '#kernel/time.ts'
import { type ColumnMapping, type LedgerField, ledgerFields } from './fields.ts'
import { type Corrections, nothing, type PlanSettings, Reading, type RowProblem } from './reading.ts'
import { type RawCell, textOf } from './sheet.ts'
import { isValueField, type Vocabulary, valueName } from './values.ts'
import type { Progress } from './words.ts'

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
  readonly phone: string
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
  /** Whose the row is, as soon as that is understood; rows read before this was kept have none. */
  readonly whose?: { readonly area: string; readonly sector: string } | null
}

function readCode(reading: Reading): string | null {
  const text = reading.text('creditCode')
  if (nothing.test(text)) {
    // A ledger without the column would say so in every row.
    if (reading.settings.columns.creditCode === undefined) return null
    reading.say('creditCode', 'note', '没有填写统一社会信用代码，按单位名称和乡镇与名录核对')
    return null
  }
  const checked = checkCreditCode(text)
  if (checked.ok) return checked.code
  reading.say('creditCode', 'note', `统一社会信用代码“${text}”有误（${checked.reason}），不采用，按单位名称核对`)
  return null
}

/** Phones are kept whole or not at all; a cell with two keeps the first, and says so. */
function readPhone(reading: Reading): string {
  const text = reading.text('phone')
  if (nothing.test(text)) return ''
  const [first = '', ...more] = text.split(/[\s/、,，;；]+/).filter(Boolean)
  if (more.length === 0 && first.length <= 20) return first
  reading.say('phone', 'note', `联系电话“${text}”不止一个号码，只保留第一个`)
  return first.length <= 20 ? first : ''
}

function readFunds(reading: Reading): { fundsYuan: number | null; fundsNote: string } {
  const raw = reading.raw('funds')
  const value = typeof raw === 'boolean' ? String(raw) : raw
  const unit = reading.settings.assumed.fundsUnit
  const money = parseWan(value, unit ?? '万元')
  if (money.kind === 'empty') return { fundsYuan: null, fundsNote: '' }
  const text = reading.text('funds')
  if (money.kind === 'invalid') {
    reading.say('funds', 'note', `整改资金${money.reason}，金额留空，原文保留在说明中`)
    return { fundsYuan: null, fundsNote: text.slice(0, 200) }
  }
  const asYuan = parseWan(value, '元')
  if (unit === undefined && asYuan.kind === 'amount' && asYuan.yuan !== money.yuan) {
    reading.say('funds', 'question', `整改资金“${text}”没有写明单位，请确认整列是元还是万元，或在本行写明，如“5万元”`)
    return { fundsYuan: null, fundsNote: '' }
  }
  if (!money.approximate) return { fundsYuan: money.yuan, fundsNote: '' }
  reading.say('funds', 'note', `整改资金“${text}”是约数，按${money.yuan}元记录`)
  return { fundsYuan: money.yuan, fundsNote: `台账原文：${text}`.slice(0, 200) }
}

/**
 * Whether the row is closed, from its state and its day of closing together. What a person has decided stands; a day in
 * the closing column closes only what the ledger calls rectified without reserve.
 */
function settleClosing(reading: Reading, closedOn: Day | null, foundOn: Day | null): Progress | undefined {
  const decided = reading.decided('progress') as Progress | undefined
  const stated = closedOn !== null && /销号|销案|核销|闭环/.test(reading.settings.closedHeading)
  const empty = reading.text('progress') === ''
  if (stated && empty && decided === undefined) {
    reading.say('progress', 'question', '填有销号时间，但没有写整改情况，请确认是否已经销号')
    return undefined
  }
  const progress = reading.value('progress', 'open') as Progress | undefined
  if (progress === undefined) return undefined
  if (closedOn === null) {
    if (progress === 'closed') reading.say('closedOn', 'error', '整改情况为已销号，但没有销号时间，请补充')
    return progress
  }
  if (foundOn && closedOn < foundOn) reading.say('closedOn', 'error', '销号时间早于发现时间，请核对')
  if (progress === 'closed') return progress
  const words = reading.shown('progress') || '未填'
  if (stated && progress === 'rectified' && decided === undefined && !/[待未没不申]/.test(words)) {
    reading.say('progress', 'note', `整改情况为“${words}”并填有销号时间，按台账记载销号处理`)
    return 'closed'
  }
  reading.say('closedOn', 'note', `整改情况为“${words}”，填写的销号时间不采用，须在系统内验收销号`)
  return progress
}

function readLevel(reading: Reading): string | undefined {
  const { assumed, columns } = reading.settings
  const level = reading.value('level', assumed.level ?? '')
  if (level !== '') return level
  const where = columns.level === undefined ? '台账没有“隐患等级”一列' : '没有填写隐患等级'
  reading.say('level', 'question', `${where}，请确认整张表是重大还是一般隐患，或逐行选择`)
  return undefined
}

/** Reads one ledger row: every oddity is told, nothing is guessed, and a hazard comes out only when nothing is open. */
export function planRow(settings: PlanSettings, cells: readonly RawCell[], corrections: Corrections): RowPlan {
  const reading = new Reading(settings, cells, corrections)
  const area = reading.value('area', undefined)
  const unitName = reading.need('unitName', 80)
  const creditCode = readCode(reading)
  const sector = reading.value('sector', undefined)
  const channel = reading.value('channel', undefined)
  const level = readLevel(reading)
  const description = reading.need('description', 2000)
  const { foundOn, dueOn, closing } = readDays(reading)
  const progress = settleClosing(reading, closing, foundOn)
  const listing = reading.value('listing', 'none')
  const facts = {
    principal: reading.optional('principal', 40),
    source: reading.original('channel').slice(0, 200),
    criterion: reading.optional('criterion', 500),
    responsible: reading.optional('responsible', 40),
    phone: readPhone(reading),
    measures: reading.optional('measures', 500),
    ...readFunds(reading),
    emergencyPlan: reading.optional('emergencyPlan', 1000),
    note: reading.optional('note', 300),
  }
  const { problems } = reading
  const open = problems.some((problem) => problem.kind !== 'note')
  const whose = area && sector ? { area, sector } : null
  if (open || !area || !sector || !channel || !level || !progress || !listing || !foundOn) {
    return { problems, whose, hazard: null }
  }
  return {
    problems,
    whose,
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

/** Which place a row names, as far as it is understood; for looking it up before the row is whole. */
export function placeOfRow(settings: PlanSettings, cells: readonly RawCell[], corrections: Corrections) {
  const reading = new Reading(settings, cells, corrections)
  const area = reading.value('area', undefined) ?? null
  return { area, name: reading.text('unitName'), creditCode: readCode(reading) }
}

function readDays(reading: Reading) {
  const { today } = reading.settings
  const foundOn = reading.date('foundOn', true, today)
  if (foundOn && foundOn > today) reading.say('foundOn', 'error', '发现时间晚于今天，请核对')
  const dueOn = reading.date('dueOn', false)
  if (foundOn && dueOn && dueOn < foundOn) {
    reading.say('dueOn', 'note', `整改时限${dueOn}早于发现时间${foundOn}，按台账原样记录，请尽快更正`)
  }
  const closing = reading.date('closedOn', false, today)
  if (closing && closing > today) reading.say('closedOn', 'error', '销号时间晚于今天，请核对')
  return { foundOn, dueOn, closing }
}

/**
 * By what the same row is known again, in whatever file, number or writing it comes: the values as understood, so that
 * 2024.3.7 and an Excel date are one day. A row not understood yet has only its raw words.
 */
export function rowIdentity(columns: ColumnMapping, cells: readonly RawCell[], hazard: PlannedHazard | null): string {
  const fields = ['area', 'unitName', 'sector', 'channel', 'description', 'foundOn'] as const
  if (hazard) return fields.map((field) => normaliseText(hazard[field])).join('\u001f')
  const byCol = new Map(cells.map((cell) => [cell.col, cell]))
  return fields.map((field) => textOf(byCol.get(columns[field] ?? -1)?.value ?? null)).join('\u001f')
}

/** The fields a person corrected, in words. */
export function correctionWords(vocabulary: Vocabulary, corrections: Corrections): string[] {
  return Object.entries(corrections).map(([field, text]) => {
    const shown = isValueField(field) ? (valueName(vocabulary, field, text) ?? text) : text
    return `导入时更正了${ledgerFields[field as LedgerField].title}：${shown || '（清空）'}`
  })
}
