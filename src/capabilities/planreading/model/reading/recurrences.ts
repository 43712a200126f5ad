import { type Moment, momentAt, type Sureness } from '#kernel/document/moments.ts'

/**
 * When within its period something is due again and again, as PERIOD:WHEN.
 * `month:25` day 25 of every month · `month:end` its last day · `month:next:5` day 5 of the month after ·
 * `quarter:3-25` day 25 of the third month of every quarter · `quarter:next:1-10` day 10 of the first month of the next ·
 * `quarter:+10` within 10 days after its end, `quarter:-5` within its last 5 days · `year:12-20` · `year:06` in June · `year:07..09` in these months ·
 * `year:next:01-10` · `+10w` counts working days.
 */
export interface Recurrence {
  readonly rule: string
  readonly words: string
  readonly at: number
  readonly sure: Sureness
}

const two = (n: number) => String(n).padStart(2, '0')

type Cycle = 'month' | 'quarter' | 'halfYear'

const cycleOf = (words: string): Cycle =>
  words.includes('半年') ? 'halfYear' : words.includes('季') ? 'quarter' : 'month'

/** 每季度, 次月, 下季度, 当月: the period something is due in, or in the one after. */
const periods =
  /(?:每一?个?|当)(?<each>半年度?|季度?|月度?)|(?<![一二三四第上下本首\d])(?<each>季度)(?=末月|首月|最后一?个?月|第一个?月)|(?:次|下一?个?)(?<next>季度?|月)/g
/** 末月25日前, 结束后10日内, 次月5日前, 底前 after a period. */
const place =
  /的?(?:(?<w>末月|最后一?个?月|最后一?个?(?:工作日|天|日)|首月|第[一二三]个?月|(?:结束|终了)?后?的?次月|(?:结束|终了|过)?后|(?:结束|终了|期满)前|(?:月|季度?)?[底末]前(?=\d)|(?:月|季度?)?[底末])的?)?(?:(?<d>\d{1,2})(?<u>日|号|个工作日|天))?(?:之前|以前|前|(?<b>之内|以内|内))?/y
const limit = /(?:之前|以前|前)/y
const carries = /(?:、|，|和|及|与|以及)(?=\d)/y
const eventBefore = /(?:主?汛期|入汛|春节|元旦|国庆节?|中秋节?)(?:来临)?(?:之前|以前|前)/y

const look = (form: RegExp, text: string, at: number) => {
  form.lastIndex = at
  return form.exec(text)?.[0] ?? ''
}

const lastMonthOf: Partial<Record<Cycle, number>> = { quarter: 3, halfYear: 6 }

/** What stands behind a period, as WHEN; null when it says no day. */
function whenOf({ w = '', d, u = '', b }: Record<string, string | undefined>, cycle: Cycle, next: boolean) {
  if (d === undefined) return /^(?:月|季度?)?[底末]$|^末月$|^最后/.test(w) && !next ? 'end' : null
  const after = next || w.includes('次月')
  const last = lastMonthOf[cycle]
  if (u === '个工作日' || u === '天' || (/[后前]$/.test(w) && b)) {
    return b ? `${/前$/.test(w) ? '-' : '+'}${Number(d)}${u === '个工作日' ? 'w' : ''}` : null
  }
  if (last === undefined) return `${after ? 'next:' : ''}${Number(d)}`
  if (/首|第一|次月/.test(w)) return `${after ? 'next:' : ''}1-${two(Number(d))}`
  if (/第二|第三/.test(w)) return `${/二/.test(w) ? 2 : 3}-${two(Number(d))}`
  return /末|最后|底/.test(w) ? `${last}-${two(Number(d))}` : `${after ? 'next:' : ''}${Number(d)}`
}

function inCycles(text: string): Recurrence[] {
  const found: Recurrence[] = []
  let read = 0
  for (const match of text.matchAll(periods)) {
    const { each, next } = match.groups ?? {}
    const cycle = cycleOf(each ?? next ?? '')
    const end = match.index + match[0].length
    place.lastIndex = end
    const placed = place.exec(text)
    const when = placed ? whenOf(placed.groups ?? {}, cycle, next !== undefined) : null
    if (when === null || match.index < read) continue
    // Day 25 of a quarter, without its month, is no day.
    const open = lastMonthOf[cycle] !== undefined && /^(?:next:)?\d+$/.test(when)
    const words = match[0] + (placed?.[0] ?? '')
    read = match.index + words.length
    // The last working day may be one of the last three.
    const sure = open ? 'open' : /工作日/.test(placed?.groups?.w ?? '') ? 'inferred' : 'said'
    found.push({ rule: `${cycle}:${when}`, words, at: match.index, sure })
    // 每月1日、15日: the second day is every month's too.
    if (cycle !== 'month' || !/^\d+$/.test(when)) continue
    for (const day of text
      .slice(read, read + 24)
      .match(/^(?:[、和]\d{1,2}[日号])+/)?.[0]
      .match(/[、和]\d{1,2}[日号]/g) ?? []) {
      found.push({ rule: `month:${Number(day.slice(1, -1))}`, words: day.slice(1), at: read + 1, sure: 'said' })
      read += day.length
    }
  }
  return found
}

const yearlyReport =
  /^[^。；\n]{0,24}?(?:半年[^。；\n]{0,8}(?:全年|年度|年终)|(?:全年|年度|年终)(?:工作)?(?:总结|报告|小结))/
/** 6月20日、12月20日前分别报送半年、全年总结: in a plan of several years that day comes every year, though no 每年 says so. */
const aheadOfHalves = /每半年[^。；\n（]{0,16}（[^）]{0,20}$|半年[^。；\n\d]{0,8}(?:全年|年度|年终)[^。；\n\d]{0,12}$/
export function yearlyOf(text: string, moment: Moment): string | null {
  const halves = aheadOfHalves.test(text.slice(Math.max(0, moment.at - 40), moment.at))
  const report = halves || yearlyReport.test(text.slice(moment.to, moment.to + 48))
  return report && (moment.day !== null || moment.end) ? yearRule(moment, false) : null
}

/** Which days of a year a moment means; with `limited` only the last of them counts. */
function yearRule({ months, day, end }: Moment, limited: boolean): string | null {
  if (months === null) return end || limited ? '12-31' : null
  const [from, to] = months
  if (day !== null) return `${two(to)}-${two(day)}`
  if (end || limited) return `${two(to)}-${lastOf(to)}`
  return from === to ? two(from) : `${two(from)}..${two(to)}`
}

const lastOf = (month: number) => (month === 2 ? 'end' : [4, 6, 9, 11].includes(month) ? '30' : '31')
const yearStart = /(?:年)?初/y
const spanDash = /至|到|[-—–~～]{1,2}/y

/** What says that the days behind it come every year; 每半年（6月20日、12月20日前） names the days of its two halves. */
const everyYear = /(?:每年度?|各年度?|每半年)(?:汛期)?（?|(?<![\d个])次年|当年(?=\d)/g

/** 每年6月, 每年12月20日前, 次年1月10日前; 每年6月20日、12月20日前 says two. */
function inYears(text: string): Recurrence[] {
  const found: Recurrence[] = []
  let read = 0
  for (const match of text.matchAll(everyYear)) {
    const [at, to] = [match.index, match.index + match[0].length]
    if (at < read) continue
    const event = look(eventBefore, text, to)
    const start = look(yearStart, text, to)
    if (event !== '') found.push({ rule: `year:${event}`, words: match[0] + event, at, sure: 'open' })
    else if (start !== '' && match[0].startsWith('每年'))
      found.push({ rule: 'year:01', words: match[0] + start, at, sure: 'inferred' })
    else for (const one of yearMoments(text, at, to, match[0])) found.push(one)
    if (found.at(-1)?.at === at && match[0].startsWith('每年')) found.push(...carriedOn(text, found.at(-1)))
    const last = found.at(-1)
    if (last) read = last.at + last.words.length
  }
  return found
}

const nextMoment = /[，、](?:并?[于在])?(?=\d{1,2}月)/g

/** 每年6月15日前报半年小结，12月15日前报全年总结: a day without a year, later in the sentence, most likely is every year's. */
function carriedOn(
  text: string,
  { at, words }: Recurrence = { rule: '', words: '', at: 0, sure: 'said' },
): Recurrence[] {
  const rest = text.slice(at + words.length, at + words.length + 120)
  const sentence = rest.split(/[。；\n每]|20\d{2}年|[今本次当]年/)[0] ?? ''
  return [...sentence.matchAll(nextMoment)].flatMap((match) => {
    const from = at + words.length + match.index + match[0].length
    return yearMoments(text, from, from, '每年').map((one) => ({ ...one, sure: 'inferred' as const }))
  })
}

interface Listed {
  readonly at: number
  readonly end: number
  readonly moment: Moment
  /** The end of a span: 9月 of 5月至9月. */
  readonly last: Moment | null
  readonly limited: boolean
}

/** Moments without a year in a row: 6月20日、12月20日前. */
function listedMoments(text: string, start: number): Listed[] {
  const out: Listed[] = []
  let moment = yearlessAt(text, start)
  while (moment) {
    const dashed = look(spanDash, text, moment.to)
    const last = dashed === '' ? null : untilAt(text, moment.to + dashed.length)
    const to = last?.to ?? moment.to
    const limited = look(limit, text, to)
    out.push({ at: moment.at, end: to + limited.length, moment, last, limited: limited !== '' })
    const carried = look(carries, text, to + limited.length)
    moment = carried === '' ? null : yearlessAt(text, to + limited.length + carried.length)
  }
  return out
}

/** The end of a span, 4月30日 or 次年4月30日. */
function untilAt(text: string, at: number): Moment | null {
  const moment = momentAt(text, at)
  return moment?.yearWord === '次年' && moment.months ? moment : yearlessAt(text, at)
}

const yearFinish = /年?[底末]/y

function yearlessAt(text: string, at: number): Moment | null {
  const moment = momentAt(text, at)
  if (moment) return moment.year === null && moment.yearWord === null ? moment : null
  const words = look(yearFinish, text, at)
  const whole = { year: null, months: null, day: null, since: null, yearWord: null, at }
  return words === '' ? null : { ...whole, end: true, to: at + words.length }
}

function yearMoments(text: string, at: number, start: number, prefix: string): Recurrence[] {
  const listed = listedMoments(text, start)
  const ahead = prefix.startsWith('次') ? 'next:' : ''
  const final = listed.at(-1)
  return listed.flatMap(({ moment, last, limited, ...place }, index) => {
    // 每年1月、7月10日前: what is said of the last of them holds for all.
    const plain = moment.day === null && !moment.end && !last && !limited
    const like = plain && final && !final.last ? { ...moment, day: final.moment.day, end: final.moment.end } : moment
    const rule = yearRule(like, limited || (plain && final?.limited === true))
    if (rule === null) return []
    const until = last ? yearRule(last, false) : null
    const from = index === 0 ? at : place.at
    const words = text.slice(from, place.end)
    const sure = prefix.startsWith('当') ? 'inferred' : 'said'
    return [
      {
        rule: `year:${ahead}${rule}${until ? `..${last?.yearWord ? 'next:' : ''}${until}` : ''}`,
        words,
        at: from,
        sure,
      },
    ]
  })
}

/** What is due anew in every period, in the order it stands. */
export function recurrencesIn(text: string): Recurrence[] {
  return [...inCycles(text), ...inYears(text)].sort((a, b) => a.at - b.at)
}
