import { type Day, dayFromNumber, dayNumber, dayOf, isDay, makeDay } from '../time.ts'

/** How a date was written, so that an import can show it and ask again about the doubtful ways. */
export type LedgerDateForm =
  | 'excelDate'
  | 'excelSerial'
  | 'separated'
  | 'compact'
  | 'chinese'
  | 'twoDigitYear'
  | 'instant'

export type LedgerDate =
  | { readonly kind: 'day'; readonly day: Day; readonly form: LedgerDateForm }
  /** A month and day that exist in some year; the year is to be asked, see `candidateDays`. */
  | { readonly kind: 'noYear'; readonly month: number; readonly dayOfMonth: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'invalid'; readonly reason: string }

export interface LedgerDateBounds {
  /** Earliest day believed; 1949-10-01 when absent, so that small numbers in a date column are not read as 1900. */
  readonly min?: Day
  /** Latest day believed; 2099-12-31 when absent. */
  readonly max?: Day
}

const emptyMarks = /^(?:|[/\\]+|[-—–―－_]+|无|暂无|空|n\/a)$/i
const invalid = (reason: string) => ({ kind: 'invalid', reason }) as const

/**
 * Reads a date cell as county ledgers hold them: Excel dates (by their UTC fields, as spreadsheet readers build them),
 * Excel serial numbers, and every usual way of writing. A missing year, month or day is never guessed; two-digit years
 * are 20xx. Reasons are Chinese and say what to write instead.
 */
export function parseLedgerDate(
  value: string | number | Date | null | undefined,
  bounds: LedgerDateBounds = {},
): LedgerDate {
  if (value === null || value === undefined) return { kind: 'empty' }
  const limits = { min: bounds.min ?? '1949-10-01', max: bounds.max ?? '2099-12-31' }
  if (value instanceof Date) return within(fromDate(value), limits, '单元格')
  if (typeof value === 'number') return within(fromNumber(value, String(value)), limits, String(value))
  const text = tidy(value)
  if (emptyMarks.test(text)) return { kind: 'empty' }
  return within(fromText(text), limits, text)
}

/** The days a date without a year can mean in the given years; 29 February only in leap years. */
export function candidateDays(date: { month: number; dayOfMonth: number }, years: readonly number[]): Day[] {
  return years.flatMap((year) => makeDay(year, date.month, date.dayOfMonth) ?? [])
}

function within(date: LedgerDate, limits: { min: Day; max: Day }, shown: string): LedgerDate {
  if (date.kind !== 'day' || (date.day >= limits.min && date.day <= limits.max)) return date
  const bound = date.day < limits.min ? `早于${limits.min}` : `晚于${limits.max}`
  // A serial number out of bounds is most likely a count or a sum typed into the date column.
  if (date.form === 'excelSerial') return invalid(`“${shown}”按Excel日期是${date.day}，${bound}，不像日期，请核对`)
  return invalid(`日期${date.day}${bound}，请核对年份`)
}

function fromDate(date: Date): LedgerDate {
  const year = date.getUTCFullYear()
  const day = makeDay(year, date.getUTCMonth() + 1, date.getUTCDate())
  return day === undefined ? invalid('单元格中的日期无效，请重新填写年月日') : { kind: 'day', day, form: 'excelDate' }
}

/** A number cell. What Excel made of 2024.3 or 3.7 is refused: the typed digits (3.10 → 3.1) are lost for good. */
function fromNumber(value: number, shown: string): LedgerDate {
  if (Number.isInteger(value) && value >= 19_000_000 && value < 22_000_000) return fromText(shown)
  if (Number.isInteger(value) && value >= 190_001 && value <= 210_012) return fromText(shown)
  if (value >= 1900 && value < 2101) return missingPart(shown)
  if (!Number.isInteger(value) && value < 100) {
    return invalid(`“${shown}”被存成了小数，分不清几月几日，请按“2024-03-07”的样式填写`)
  }
  return fromSerial(value, shown)
}

/** Excel's 1900 date system. It holds a 29 February 1900 that never was, as number 60. */
function fromSerial(serial: number, shown: string): LedgerDate {
  const days = Math.floor(serial)
  if (days === 60) return invalid(`Excel序号60对应的1900年2月29日不存在，请按“2024-03-07”的样式填写`)
  if (!(days >= 1 && days <= 2_958_465)) return invalid(`“${shown}”不是日期，请按“2024-03-07”的样式填写`)
  const day = dayFromNumber(dayNumber(days < 60 ? '1899-12-31' : '1899-12-30') + days)
  return { kind: 'day', day, form: 'excelSerial' }
}

/** Half-width, without invisible characters; every dash is '-', every other mark people set between is '.'. */
function tidy(value: string): string {
  return value
    .normalize('NFKC')
    .replace(/[^\P{Cc}\s]|\p{Cf}/gu, '')
    .trim()
    .replace(/^['‘’]/, '')
    .replace(/[\p{Pd}−]/gu, '-')
}

const instantPattern = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/i
const timePattern = /(?:[T ]\s*|(?<=[日号])\s*)(\d{1,2})(?::|时|点)(?:(\d{1,2})(?::(\d{1,2})(?:\.\d+)?|分)?)?$/i

function fromText(text: string): LedgerDate {
  if (instantPattern.test(text)) return fromInstant(text)
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return fromSerial(Number(text), text)
  const time = timePattern.exec(text)
  if (time && !(Number(time[1]) < 24 && Number(time[2] ?? 0) < 60 && Number(time[3] ?? 0) < 60)) {
    return invalid(`“${text}”中的时间不存在，请核对`)
  }
  const date = time ? text.slice(0, time.index) : text
  return fromWritten(date.replace(/\s*([年月日号./\\、,，。-])\s*/g, '$1').trim(), text)
}

function fromInstant(text: string): LedgerDate {
  const at = new Date(text)
  if (!isDay(text.slice(0, 10)) || Number.isNaN(at.getTime())) return invalid(`“${text}”不是存在的日期，请核对`)
  return { kind: 'day', day: dayOf(at), form: 'instant' }
}

const compactPattern = /^((?:19|20)\d\d)(\d\d)(\d\d)$/
const fullPattern = /^(\d{4}|\d\d)[./\\、,，。 -](\d{1,2})[./\\、,，。 -](\d{1,2})[.。]?$/
const chinesePattern =
  /^([\d〇○零oO一二三四五六七八九]{2,4})年([\d十一二三四五六七八九]{1,3})月([\d十廿卅一二三四五六七八九]{1,3})[日号]?$/
const noYearPattern =
  /^(\d{1,2}|[十一二三四五六七八九]{1,2})(?:月|[./-])(\d{1,2}|[十廿卅一二三四五六七八九]{1,3})[日号]?$/
const missingPattern =
  /^(?:(?:19|20)\d\d[./\\、-]?\d{0,2}|[\d〇○零oO一二三四五六七八九]{2,4}年(?:[\d十一二三四五六七八九]{1,3}月?)?[初中底末]?)$/

/** `shown` is the text as the person wrote it, for the reason. */
function fromWritten(date: string, shown: string): LedgerDate {
  const compact = compactPattern.exec(date)
  if (compact) return complete(compact, 'compact', shown)
  const full = fullPattern.exec(date)
  if (full) return complete(full, 'separated', shown)
  const chinese = chinesePattern.exec(date)
  if (chinese) return complete(chinese, 'chinese', shown)
  const noYear = noYearPattern.exec(date)
  if (noYear) return withoutYear(numeral(noYear[1]), numeral(noYear[2]), shown)
  if (missingPattern.test(date)) return missingPart(shown)
  if (/\d[./年-]\d{1,2}[./月-]\d{1,2}.+\d[./年月-]\d/.test(date)) {
    return invalid(`“${shown}”里不止一个日期，请只留一个`)
  }
  if (/^\d{1,2}[./-]\d{1,2}[./-]\d{4}$/.test(date))
    return invalid(`“${shown}”的年份写在了后面，请按“2024-03-07”的样式填写`)
  return invalid(`“${shown}”不是能识别的日期，请按“2024-03-07”的样式填写`)
}

function missingPart(shown: string): LedgerDate {
  return invalid(`“${shown}”缺少具体的日（或月、日），请写全年月日，如“2024-03-07”`)
}

function complete(match: RegExpExecArray, form: LedgerDateForm, shown: string): LedgerDate {
  const yearText = match[1] ?? ''
  if (yearText.length === 3) return invalid(`“${shown}”的年份是三位数，请写成四位，如“2024”`)
  const short = yearText.length === 2
  const year = yearDigits(yearText) + (short ? 2000 : 0)
  const [month, dayOfMonth] = [numeral(match[2]), numeral(match[3])]
  const day = makeDay(year, month, dayOfMonth)
  if (day === undefined) return invalid(impossible(shown, month, dayOfMonth, `${year}年`))
  return { kind: 'day', day, form: short ? 'twoDigitYear' : form }
}

function withoutYear(month: number, dayOfMonth: number, shown: string): LedgerDate {
  // 2000 was a leap year, so that 2月29日 is asked about and only then refused for the wrong year.
  if (makeDay(2000, month, dayOfMonth)) return { kind: 'noYear', month, dayOfMonth }
  return invalid(`${impossible(shown, month, dayOfMonth, '')}，并写全年月日`)
}

function impossible(shown: string, month: number, dayOfMonth: number, year: string): string {
  if (!(month >= 1 && month <= 12)) return `“${shown}”中没有这样的月份，请核对`
  if (!(dayOfMonth >= 1 && dayOfMonth <= 31)) return `“${shown}”中没有这样的日，请核对`
  return `“${shown}”这一天不存在（${year}${month}月没有${dayOfMonth}日），请核对`
}

const chineseDigits = '〇一二三四五六七八九'

/** Digit by digit, as years are written: 二〇二四, 2024, 二O二四. */
function yearDigits(text: string): number {
  const digits = Array.from(text, (character) => {
    if (/\d/.test(character)) return character
    return /[○零oO]/.test(character) ? '0' : String(chineseDigits.indexOf(character))
  })
  return Number(digits.join(''))
}

/** A month or day up to 39 in either script; NaN when the characters make no number (十十, 一二). */
function numeral(text: string | undefined): number {
  if (text === undefined || /^\d{1,2}$/.test(text)) return Number(text)
  const spelled = text.replace('廿', '二十').replace('卅', '三十')
  const match = /^(?:([一二三]?)(十))?([一二三四五六七八九]?)$/.exec(spelled)
  if (!match || spelled === '') return Number.NaN
  const tens = match[2] === undefined ? 0 : match[1] ? chineseDigits.indexOf(match[1]) : 1
  return tens * 10 + (match[3] ? chineseDigits.indexOf(match[3]) : 0)
}
