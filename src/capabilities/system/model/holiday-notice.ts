import { normaliseLines } from '#kernel/chinese/text.ts'
import { addDays, type Day, diffDays, makeDay, weekday, yearOf } from '#kernel/time.ts'

/** One sentence of a notice: days off in a row, or weekends to be worked. */
export interface NoticePeriod {
  /** 春节, 国庆节; '' where the text names none. */
  readonly name: string
  readonly kind: 'off' | 'worked'
  readonly days: readonly Day[]
}

export interface NoticeReading {
  readonly periods: readonly NoticePeriod[]
  /** Mondays to Fridays off, in the year asked for. */
  readonly holidays: readonly Day[]
  /** Saturdays and Sundays worked, in the year asked for. */
  readonly workdays: readonly Day[]
  /** Days the notice names of another year: they belong to that year's calendar. */
  readonly outside: readonly Day[]
  /** What does not agree within the text, or was not understood; a person looks at these before going on. */
  readonly problems: readonly string[]
}

const weekdayNames = '一二三四五六日'
const monthDay = /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日/
const plainDay = /(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/
/** A day as notices write it, with the weekday some put behind it in brackets: 2月15日（农历腊月二十八、周日）. */
const dayPattern = new RegExp(
  `(?:${monthDay.source}|${plainDay.source}|(?<=[至到、和—~-])(\\d{1,2})日)(?:[（(]([^（）()]*)[)）])?`,
  'g',
)

interface Named {
  readonly day: Day
  readonly at: number
  readonly end: number
  /** 1 = Monday … 7 = Sunday as the text says; undefined where it does not. */
  readonly said: number | undefined
}

/**
 * Reads the State Council's holiday notice, or a plain list of days with 放假 or 上班 behind each. The text must say so
 * itself: a day that is merely mentioned (除夕…鼓励休息) is none, and what does not add up is told, not corrected.
 */
export function readHolidayNotice(text: string, year: number): NoticeReading {
  const problems: string[] = []
  const periods: NoticePeriod[] = []
  const plain = normaliseLines(text)
  const stated = /关于(\d{4})年(?:部分)?节假日/.exec(plain)?.[1]
  if (stated && Number(stated) !== year) problems.push(`这是${stated}年的通知，现在登记的是${year}年`)
  let name = ''
  for (const raw of plain.split(/[。；;\n]/)) {
    const sentence = raw.trim()
    const heading = /^(?:[一二三四五六七八九十]+、|\d+[.、])?\s*([\p{Script=Han}、]{2,12}?)[：:]/u.exec(sentence)
    if (heading?.[1]) name = heading[1]
    const period = periodOf(sentence, name, year, problems)
    if (period) periods.push(period)
  }
  return { ...sortedOut(periods, year, problems), periods, problems }
}

function periodOf(sentence: string, name: string, year: number, problems: string[]): NoticePeriod | undefined {
  const kind = kindOf(sentence)
  if (!kind) return undefined
  const until = sentence.search(kind === 'off' ? /放假|休$|假$/ : /上班|补班|班$/)
  const named = daysIn(sentence.slice(0, until), year, problems)
  if (named.length === 0) {
    problems.push(`没有看懂“${sentence}”里的日期`)
    return undefined
  }
  for (const { day, said } of named) {
    if (said && said !== weekday(day)) {
      problems.push(`${day} 是星期${weekdayNames[weekday(day) - 1]}，通知里写的是星期${weekdayNames[said - 1]}`)
    }
  }
  const days = spread(sentence, named)
  const count = Number(/(?:共|放假)(\d{1,2})天/.exec(sentence)?.[1] ?? 0)
  if (kind === 'off' && count > 0 && count !== days.length) {
    problems.push(`“${sentence}”写明共${count}天，按日期数是${days.length}天`)
  }
  return { name, kind, days }
}

function kindOf(sentence: string): NoticePeriod['kind'] | undefined {
  if (/放假|\d日?\s*[,，\t ]*(?:休|假)$/.test(sentence)) return 'off'
  return /上班|补班|\d日?\s*[,，\t ]*班$/.test(sentence) ? 'worked' : undefined
}

function daysIn(text: string, year: number, problems: string[]): Named[] {
  const out: Named[] = []
  for (const match of text.matchAll(dayPattern)) {
    const [whole, longYear, month, date, plainYear, plainMonth, plainDate, short, brackets] = match
    const before = out.at(-1)?.day
    const ofYear = Number(longYear ?? plainYear ?? (before ? yearOf(before) : year))
    const ofMonth = Number(month ?? plainMonth ?? before?.slice(5, 7) ?? 0)
    const day = makeDay(ofYear, ofMonth, Number(date ?? plainDate ?? short))
    if (!day) {
      problems.push(`没有“${whole}”这一天`)
      continue
    }
    const weekdayName = /(?:周|星期)([一二三四五六日天])/.exec(brackets ?? '')?.[1]
    const said = weekdayName ? weekdayNames.indexOf(weekdayName.replace('天', '日')) + 1 : undefined
    out.push({ day, at: match.index, end: match.index + whole.length, said })
  }
  return out
}

/** Fills the days between two that are joined by 至. */
function spread(sentence: string, named: readonly Named[]): Day[] {
  const days: Day[] = []
  for (const [index, { day, at }] of named.entries()) {
    const before = named[index - 1]
    const joined = before && /[至到—~]|(?:^|\s)-(?:\s|$)/.test(sentence.slice(before.end, at))
    const length = joined ? diffDays(before.day, day) : 1
    for (let step = Math.min(length, 31) - 1; step >= 0; step -= 1) days.push(addDays(day, -step))
  }
  return days
}

function sortedOut(periods: readonly NoticePeriod[], year: number, problems: string[]) {
  const all = (kind: NoticePeriod['kind']) => [
    ...new Set(periods.filter((period) => period.kind === kind).flatMap((period) => period.days)),
  ]
  const [off, worked] = [all('off').sort(), all('worked').sort()]
  const both = off.filter((day) => worked.includes(day))
  if (both.length > 0) problems.push(`${both.join('、')} 既写放假又写上班`)
  const odd = worked.filter((day) => weekday(day) < 6)
  if (odd.length > 0) problems.push(`${odd.join('、')} 写明上班，但本来就是周一至周五`)
  const inYear = (day: Day) => yearOf(day) === year
  return {
    holidays: off.filter((day) => inYear(day) && weekday(day) < 6 && !worked.includes(day)),
    workdays: worked.filter((day) => inYear(day) && weekday(day) > 5),
    outside: [...off.filter((day) => weekday(day) < 6), ...worked].filter((day) => !inYear(day)),
  }
}
