import { type Day, daysInMonth, makeDay } from '../time.ts'

/** `said`: the text says it. `inferred`: likely, to be confirmed. `open`: said in words that name no day. */
export type Sureness = 'said' | 'inferred' | 'open'

/** A point or span of time as it is written; months are 1–12, both ends inclusive. */
export interface Moment {
  /** Null where no year is written. */
  readonly year: number | null
  /** First and last month it spans; null for a whole year. */
  readonly months: readonly [number, number] | null
  /** The last day of the month that is meant: 15 of 15日, 20 of 中旬; null for the month's own. */
  readonly day: number | null
  /** The first day of the month that is meant, where it is not `day` or 1: 11 of 中旬. */
  readonly since: number | null
  /** 底, 末 and 旬: said of an end, not of a time. */
  readonly end: boolean
  /** 每年, 当年, 次年, 今年 in place of a year. */
  readonly yearWord: string | null
  readonly at: number
  readonly to: number
}

/** The first day of a moment in a year; null when the calendar has no such day. */
export function firstDay({ months, day, since }: Moment, year: number): Day | null {
  return makeDay(year, months?.[0] ?? 1, since ?? day ?? 1) ?? null
}

/** The last day of a moment in a year; null when the calendar has no such day. */
export function lastDay({ months, day }: Moment, year: number): Day | null {
  const month = months?.[1] ?? 12
  return makeDay(year, month, day ?? daysInMonth(year, month)) ?? null
}

const numeric = /(20\d{2})(?:([.\-/])(\d{1,2})\2(\d{1,2})|[.\-/](\d{1,2}))(?![\d.\-/%年])/y
const yearWords = /今年|本年度?|当年|明年|次年|每年度?/y
const written = /(20\d{2}|二[〇○零]二[〇○零一二三四五六七八九])年度?/y
const hanMonths = '十[一二]?|[一二三四五六七八九]'
const month = new RegExp(`(\\d{1,2}|(?:${hanMonths})(?=月[底末份]))月份?`, 'y')
/** 1—12月: the first month of a span is written without 月. */
const spanMonth = /(\d{1,2})(?=(?:至|到|[-—–~～]{1,2})\d{1,2}月)/y
const half = /([上下])半年/y
const quarter = /第?([一二三四1-4])季度/y
const dayPart = /(\d{1,2})[日号]/y
/** 月初 is as vague as 上旬, and the same days. */
const third = /([上中下])旬|(初)(?!步|期|中|级|次|始)/y
const atEnd = /[年月]?[底末]/y

function at(form: RegExp, text: string, position: number): RegExpExecArray | null {
  form.lastIndex = position
  return form.exec(text)
}

/** 2025, or 二〇二五 as some papers write it. */
const yearNumber = (words: string) =>
  Number(words) ||
  2000 + [...words].slice(2).reduce((sum, sign) => sum * 10 + Math.max(0, '〇一二三四五六七八九'.indexOf(sign)), 0)

const monthNumber = (words: string) =>
  /\d/.test(words) ? Number(words) : '一二三四五六七八九十'.indexOf(words) + 1 || (words === '十一' ? 11 : 12)

/** The months a moment names, and where their words end. */
function monthsAt(text: string, position: number): { months: [number, number]; to: number; single: boolean } | null {
  const one = at(month, text, position) ?? at(spanMonth, text, position)
  if (one) {
    const number = monthNumber(one[1] ?? '')
    return number >= 1 && number <= 12 ? { months: [number, number], to: position + one[0].length, single: true } : null
  }
  const halves = at(half, text, position)
  if (halves) return { months: halves[1] === '上' ? [1, 6] : [7, 12], to: position + halves[0].length, single: false }
  const quarters = at(quarter, text, position)
  if (!quarters) return null
  const number = '一二三四'.indexOf(quarters[1] ?? '') + 1 || Number(quarters[1])
  return { months: [number * 3 - 2, number * 3], to: position + quarters[0].length, single: false }
}

/** 15日, 底, 中旬 after a month; 底 and 末 after a year, quarter or half. */
function fineness(text: string, position: number, single: boolean, year: boolean) {
  const day = single ? at(dayPart, text, position) : null
  const number = Number(day?.[1])
  if (day && number >= 1 && number <= 31) return { day: number, since: null, end: false, to: position + day[0].length }
  const tens = single ? at(third, text, position) : null
  if (tens) {
    const [since, last] = { 上: [1, 10], 初: [1, 10], 中: [11, 20] }[tens[1] ?? tens[2] ?? ''] ?? [21, null]
    return { day: last ?? null, since: since ?? null, end: true, to: position + tens[0].length }
  }
  const end = at(atEnd, text, position)
  const whole = end && (single || year || end[0].length === 1)
  const to = position + (whole ? end[0].length : 0)
  return { day: null, since: null, end: Boolean(whole), to }
}

/** 2024.6.30, 2024-06-30, 2024/6. */
function numericAt(text: string, position: number): Moment | null {
  const found = at(numeric, text, position)
  if (!found) return null
  const months = Number(found[3] ?? found[5])
  const day = found[4] === undefined ? null : Number(found[4])
  if (months < 1 || months > 12 || (day !== null && (day < 1 || day > 31))) return null
  return {
    year: Number(found[1]),
    months: [months, months],
    day,
    since: null,
    end: false,
    yearWord: null,
    at: position,
    to: position + found[0].length,
  }
}

/** The moment written at a position, or null. A number within a longer one, or a month of nothing, is none. */
export function momentAt(text: string, position: number): Moment | null {
  const dated = numericAt(text, position)
  if (dated) return dated
  const year = at(written, text, position)
  const word = year ? null : at(yearWords, text, position)
  let to = position + (year?.[0] ?? word?.[0] ?? '').length
  const months = monthsAt(text, to)
  if (!year && !word && !months) return yearEnd(text, position)
  to = months?.to ?? to
  const fine = fineness(text, to, months?.single ?? false, months === null)
  return {
    year: year ? yearNumber(year[1] ?? '') : null,
    months: months?.months ?? null,
    day: fine.day,
    since: fine.since,
    end: fine.end,
    yearWord: word?.[0] ?? null,
    at: position,
    to: fine.to,
  }
}

const bareEnd = /年(?:[底末]|内(?![部外容控]))/y

/** 年底前 without any year. */
function yearEnd(text: string, position: number): Moment | null {
  const found = at(bareEnd, text, position)
  if (!found || /[\d年每半当今本一二两三四五六七八九十几近多]/.test(text[position - 1] ?? '')) return null
  return {
    year: null,
    months: null,
    day: null,
    since: null,
    end: true,
    yearWord: null,
    at: position,
    to: position + found[0].length,
  }
}
