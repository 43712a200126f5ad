import { firstDay, lastDay, type Moment, momentAt, type Sureness } from '#kernel/document/moments.ts'
import { Taken } from '#kernel/document/taken.ts'
import { addDays, type Day, yearOf } from '#kernel/time.ts'
import { recurrencesIn, yearlyOf } from './recurrences.ts'

/** A deadline, a window or a yearly cohort. Days are inclusive. */
export interface DateFind {
  readonly kind: 'deadline' | 'window' | 'cohort' | 'recurring'
  readonly from: Day | null
  readonly to: Day | null
  /** For `recurring`: PERIOD:WHEN, see `recurrencesIn`; null for the others. */
  readonly rule: string | null
  readonly words: string
  /** Where it stands in the clause's text. */
  readonly at: number
  readonly sure: Sureness
}

/** What a date without a year is read by. */
export interface DateFrame {
  /** First and last year of the plan; 0 where the document names none. */
  readonly years: readonly [number, number]
  /** The window the clause is about: that of a stage. */
  readonly window: { readonly from: Day; readonly to: Day } | null
  readonly letterDate: Day | null
  /** The clause is about what has to be done soon after the letter, such as sending in a plan. */
  readonly soon: boolean
}

interface Found extends DateFind {
  readonly end: number
}

type Made = Omit<DateFind, 'words' | 'at'>

const made = (kind: DateFind['kind'], from: Day | null, to: Day | null, sure: Sureness): Made => ({
  kind,
  from,
  to,
  rule: null,
  sure,
})

const dash = /(?:开始|起)?(?:至|到|[-—–~～]{1,2})/y
const before = /(?:(?:24|12|18|17)时|下班)?(?:以前|之前|前|止|为止|年内|内(?![部外容控]))/y
const since = /(?:以后|之后|起|开始)/y
const sinceThen = /以来|及以前|及之前/y
const until = /(?:到|至|截至|截止|截止到)$|(?:时限|期限|完成时间|时间节点)(?:要求)?：$/
const spanOfYears = /(20\d{2})(?:至|到|[-—–~～]{1,2})(20\d{2})年/y
/** 自2024年3月启动 begins then; 2024年3月启动 happens in it. */
const startOf = (head: string) => (/[自从]$/.test(head) ? /(?:正式)?(?:启动|实施|施行|执行)/y : /(?!)/y)
/** A year in a sentence says when something is done only at the front of a clause; 较2023年下降 compares. */
const clauseStart = /(?:^|[。；：，、\n（“]|其中|力争|计划|确保)$/
const noCohort =
  /^(?:[及版以底末初召印发修出颁第度]|主?汛期|春节|国庆|“?五一|元旦|中秋|清明|[春秋]季|上?下?学[期年]|[寒暑]假)/
/** 2024年防汛关键期（6月15日）前: not in that year, but before something in it. */
const untilEvent = /^\p{Script=Han}{2,12}(?:（[^（）]{0,12}）)?(?<![提目此以当])前[，、]/u

const look = (form: RegExp, text: string, at: number) => {
  form.lastIndex = at
  return form.exec(text)?.[0] ?? ''
}

/** A year that is not written: told by the stage, by a plan of one year, or by the letter; else it stays open. */
function yearFor(moment: Moment, frame: DateFrame, said: number | null): number | null {
  if (moment.yearWord === '今年' || moment.yearWord?.startsWith('本年'))
    return frame.letterDate ? yearOf(frame.letterDate) : null
  if (moment.yearWord !== null) return null
  const { window, years, letterDate, soon } = frame
  if (window) {
    const fitting: number[] = []
    for (let year = yearOf(window.from); year <= yearOf(window.to); year += 1) {
      const day = lastDay(moment, year)
      if (day !== null && day >= window.from && day <= window.to) fitting.push(year)
    }
    if (fitting.length > 0) return fitting.length === 1 ? (fitting[0] ?? null) : null
  }
  if (said !== null) return said
  if (years[0] !== 0 && years[0] === years[1]) return years[0]
  const day = letterDate && soon ? lastDay(moment, yearOf(letterDate)) : null
  return letterDate && day !== null && day >= letterDate ? yearOf(letterDate) : null
}

interface Reading {
  readonly text: string
  readonly frame: DateFrame
  /** The year written last in the same sentence. */
  readonly said: number | null
}

function rangeOf(first: Moment, { text, frame, said }: Reading): (Made & { end: number }) | null {
  const joint = look(dash, text, first.to)
  if (joint === '') return null
  const start = first.to + joint.length
  const last = momentAt(text, start) ?? dayOnly(text, start, first)
  if (!last || last.yearWord !== null) return null
  const written = first.year ?? last.year
  const year = written ?? yearFor(last, frame, said)
  if (year === null) return { ...made('window', null, null, 'open'), end: last.to }
  const from = firstDay(first, first.year ?? year)
  const to = lastDay(last, last.year ?? year)
  if (from === null || to === null || from > to) return null
  return { ...made('window', from, to, written === null ? 'inferred' : 'said'), end: last.to }
}

const bareDay = /(\d{1,2})日/y

/** 5月1日至20日: the second day stands without its month. */
function dayOnly(text: string, at: number, first: Moment): Moment | null {
  const words = first.day === null ? '' : look(bareDay, text, at)
  return words === '' ? null : { ...first, day: Number(words.slice(0, -1)), at, to: at + words.length }
}

/** A moment by itself: a deadline with 前, 底 or 到…, a beginning with 起, else the time in which something is done. */
function pointOf(moment: Moment, { text, frame, said }: Reading): (Made & { end: number }) | null {
  if (look(sinceThen, text, moment.to) !== '') return null
  const limit = look(before, text, moment.to)
  const head = text.slice(Math.max(0, moment.at - 8), moment.at)
  const beginning = limit === '' ? look(since, text, moment.to) || look(startOf(head), text, moment.to) : ''
  const end = moment.to + limit.length + beginning.length
  const several = frame.years[0] !== frame.years[1] && frame.window === null
  const yearly = moment.year === null && moment.yearWord === null && several ? yearlyOf(text, moment) : null
  if (yearly) return { ...made('recurring', null, null, 'inferred'), rule: `year:${yearly}`, end }
  const year = moment.year ?? yearFor(moment, frame, said)
  const sure = moment.year === null ? 'inferred' : 'said'
  const fine = limit === '' && !moment.end && moment.day === null ? finenessCarried(text, moment) : null
  if (fine) return pointOf({ ...moment, ...fine }, { text, frame, said })
  const due = limit !== '' || moment.end || moment.day !== null || until.test(head)
  if (year === null) {
    // 6月 alone, in a plan of several years, is no time that could be meant.
    return due || moment.yearWord === '今年' ? { ...made('deadline', null, null, 'open'), end } : null
  }
  const [from, to] = [firstDay(moment, year), lastDay(moment, year)]
  if (from === null || to === null) return { ...made('deadline', null, null, 'open'), end }
  if (beginning !== '') return { ...made('window', from, null, sure), end }
  if (due) return { ...made('deadline', null, to, sure), end }
  if (moment.months !== null) return { ...made('window', from, to, sure), end }
  const behind = text.slice(moment.to, moment.to + 30)
  const cohort = clauseStart.test(head) && !noCohort.test(behind) && !untilEvent.test(behind)
  return cohort && !text.slice(moment.at, moment.to).endsWith('度') ? { ...made('cohort', from, to, sure), end } : null
}

/** 2024年6月、9月底前: what is said of the last month of a list holds for the first. */
function finenessCarried(text: string, { months, to }: Moment): Pick<Moment, 'day' | 'since' | 'end'> | null {
  if (months === null || !/[、和]/.test(text[to] ?? '')) return null
  const next = momentAt(text, to + 1)
  if (!next || next.months === null || next.yearWord !== null || next.year !== null) return null
  const end = next.end || look(before, text, next.to) !== ''
  return end ? { day: next.day, since: next.since, end } : null
}

/** What stands in a document's name is no date of the plan: 《…（2024—2026年）》, …行动（2024—2026年）. */
const namesOfPapers =
  /《[^《》]{0,120}》|(?:方案|计划|规划|纲要|意见|通知|要点|办法|行动|攻坚)（20\d{2}年?[^（）月]{1,12}）|[〔［[]20\d{2}[〕］\]]\d{0,4}号?/g

const phrases: readonly { form: RegExp; find(found: RegExpExecArray, frame: DateFrame): Made | null }[] = [
  {
    form: /(?<![近前过去])[三3]年(?:之内|以内|内|时间内)|用[三3]年(?:左右)?的?时间/g,
    find: (_found, { years }) =>
      years[1] === 0 ? made('deadline', null, null, 'open') : made('deadline', null, `${years[1]}-12-31`, 'inferred'),
  },
  {
    form: /(?<![近前过去满])[两二2]年(?:之内|以内|内|时间内)/g,
    find: (_found, { years }) =>
      years[0] === 0 || years[0] === years[1]
        ? made('deadline', null, null, 'open')
        : made('deadline', null, `${years[0] + 1}-12-31`, 'inferred'),
  },
  {
    form: /(?<!每)(?:20\d{2}年)?(?:[春秋]季)?(?:学期|学年)(?:开学)?(?:之前|以前|前)|(?<!每年?)(?:20\d{2}年)?[寒暑]假(?:之前|以前|前)/g,
    find: () => made('deadline', null, null, 'open'),
  },
  {
    form: /(?:印发|下发|发布)(?:之日)?[起后](\d{1,3})(个工作日|日|天)(?:之内|以内|内)/g,
    find: (found, { letterDate }) =>
      letterDate && found[2] !== '个工作日'
        ? made('deadline', null, addDays(letterDate, Number(found[1])), 'inferred')
        : made('deadline', null, null, 'open'),
  },
  {
    form: /(?<!每逢?)(?<!每年)(?:20\d{2}年)?(?:主?汛期|入汛|春节|元旦|清明|“?五一”?节?|国庆节?|中秋节?)(?:来临)?(?:之前|以前|前)/g,
    find: () => made('deadline', null, null, 'open'),
  },
]

const startsMoment = /[\d今本当明次上下第一二三四五六七八九十年]/

/** 1.2024年… is a number of the outline and a year; 1.5月 and 第3季度's 3 are parts of something longer. */
function insideNumber(text: string, at: number): boolean {
  const [before, sign] = [text[at - 1] ?? '', text[at] ?? '']
  if (!/\d/.test(sign)) return false
  return /[\d第]/.test(before) || (before === '.' && !/^20\d{2}年/.test(text.slice(at, at + 5)))
}

/** One pass over the text; a position that begins no moment costs a look at one character. */
function momentsIn(text: string, frame: DateFrame, taken: Taken): Found[] {
  const found: Found[] = []
  let said: number | null = null
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (/[。；\n]/.test(sign)) said = null
    if (!startsMoment.test(sign) || insideNumber(text, at)) continue
    const listed = yearsListed(text, at)
    if (listed.length > 0 && taken.isFree(at, listed.at(-1)?.end ?? at)) {
      found.push(...listed)
      at = (listed.at(-1)?.end ?? at + 1) - 1
      continue
    }
    const years = look(spanOfYears, text, at)
    const moment = momentAt(text, at)
    if (years === '' && !moment) continue
    if (moment?.year) said = moment.year
    const reading = { text, frame, said }
    const result =
      years === ''
        ? moment && startsFreely(text, moment) && (rangeOf(moment, reading) ?? pointOf(moment, reading))
        : {
            ...made('window', `${years.slice(0, 4)}-01-01`, `${years.slice(-5, -1)}-12-31`, 'said'),
            end: at + years.length,
          }
    if (!result || !taken.isFree(at, result.end)) {
      at = Math.max(at, (moment?.to ?? at + 1) - 1)
      continue
    }
    const { end, ...find } = result
    found.push({ ...find, words: text.slice(at, end), at, end })
    at = end - 1
  }
  return found
}

const listOfYears =
  /20\d{2}年?(?:[、，和]20\d{2}年?){1,4}(?<=年)([底末])?(?:之前|以前|前)?(?=分别|年?[底末]|各|均|依次)?/y

/** 2024、2025、2026年底前分别达到…: what stands behind the last year is said of all of them. */
function yearsListed(text: string, at: number): Found[] {
  listOfYears.lastIndex = at
  const whole = listOfYears.exec(text)
  if (!whole || /月/.test(text[at + whole[0].length] ?? '')) return []
  return [...whole[0].matchAll(/20\d{2}/g)].map((match, index, all) => {
    const [from, to] = [`${match[0]}-01-01`, `${match[0]}-12-31`]
    const end = at + (index === all.length - 1 ? whole[0].length : match.index + 4)
    const words = text.slice(at + match.index, end)
    const one = whole[1] ? made('deadline', null, to, 'said') : made('cohort', from, to, 'said')
    return { ...one, words, at: at + match.index, end }
  })
}

/** A month or quarter without a year must not be the end of something else: 每季度, 一季度一调度, 个月, 每年6月. */
function startsFreely(text: string, { year, at, to, months, end, day }: Moment): boolean {
  if (year !== null) return true
  if (/[每逐按个]/.test(text[at - 1] ?? '') || /^个/.test(text.slice(to))) return false
  const quarter = months !== null && months[1] - months[0] === 2
  // 一季度完成…, at the front of a clause, is the first quarter; 一季度一调度 is every one.
  if (
    quarter &&
    /[\n。；：，、]/.test(text[at - 1] ?? '\n') &&
    /^[\p{Script=Han}](?<![一的末首内各召])/u.test(text.slice(to))
  )
    return true
  return !quarter || text[at] === '第' || end || day !== null || look(before, text, to) !== ''
}

/** Beyond the plan's years a date belongs to something that was before, or is no date of it. */
function within(find: DateFind, { years }: DateFrame): boolean {
  const day = find.to ?? find.from
  if (day === null || years[0] === 0) return true
  return yearOf(day) >= years[0] && yearOf(day) <= years[1] + 1
}

/** The dates of a text in the order they stand. Linear in its length. */
export function datesIn(text: string, frame: DateFrame): DateFind[] {
  const taken = new Taken(text.length)
  for (const match of text.matchAll(namesOfPapers)) taken.take(match.index, match.index + match[0].length)
  const found: Found[] = []
  const keep = (find: Found) => {
    if (taken.take(find.at, find.end)) found.push(find)
  }
  for (const { words, at, rule, sure } of recurrencesIn(text))
    keep({ kind: 'recurring', from: null, to: null, rule, words, at, sure, end: at + words.length })
  for (const { form, find } of phrases)
    for (const match of text.matchAll(form)) {
      const one = find(match, frame)
      if (one) keep({ ...one, words: match[0], at: match.index, end: match.index + match[0].length })
    }
  for (const find of momentsIn(text, frame, taken)) keep(find)
  return found
    .filter((find) => within(find, frame))
    .sort((a, b) => a.at - b.at)
    .map(({ end: _, ...find }) => find)
}

/** The date a cell of a table says, 完成时限 or the like: every moment in it is one until which. */
export function dueIn(cell: string, frame: DateFrame): DateFind[] {
  return datesIn(cell, frame).map((find) =>
    (find.kind === 'window' && !/至|到|[-—–~～]/.test(find.words)) || find.kind === 'cohort'
      ? { ...find, kind: 'deadline', from: null }
      : find,
  )
}
