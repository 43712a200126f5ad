import { hanNumber } from '#kernel/document/characters.ts'
import type { Paragraph } from '#kernel/document/lines.ts'
import type { Day } from '#kernel/time.ts'

/** What stands around the plan itself when it came as a letter; what is not there is null. */
export interface Letter {
  readonly title: string | null
  /** 文号 */
  readonly number: string | null
  /** 主送 */
  readonly to: string | null
  /** 抄送 */
  readonly copies: string | null
  readonly issuer: string | null
  /** 成文日期 */
  readonly date: Day | null
  /** 附件, as the letter lists them. */
  readonly annexes: readonly string[]
}

const documentNumber = /^\p{Script=Han}{1,12}[〔［[（(]20\d{2}[〕］\])）]第?\d{1,4}号/u
const digits = /^(20\d{2})年(\d{1,2})月(\d{1,2})日(?:印发|发布)?$/
const hanDate = /^([二〇零○一三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日$/
/** （某县安全生产委员会2024年4月2日印发） below a title, and 某办公室2024年3月18日印发 at a letter's foot. */
const issued = /^（?([\p{Script=Han}]{4,40}) ?(20\d{2})年(\d{1,2})月(\d{1,2})日(?:印发|发布|通过)?）?$/u
/** （2024年4月22日某市安全生产委员会会议通过） */
const passed = /^（(20\d{2})年(\d{1,2})月(\d{1,2})日([\p{Script=Han}]{4,40}?)(?:印发|发布|通过)）$/u
const salutation = /^(?:各|县|市|区|省|开发区|有关)[^。]{2,200}：$/
const hanDigit = '〇一二三四五六七八九'

const two = (n: number) => String(n).padStart(2, '0')
function dayFrom(year: string, month: number | undefined, day: number | undefined): Day | null {
  if (!month || !day || month > 12 || day > new Date(Date.UTC(Number(year), month, 0)).getUTCDate()) return null
  return `${year}-${two(month)}-${two(day)}`
}

/** The day of a line that is nothing but a date, in digits or as 二〇二四年四月八日. */
export function dayOfLine(text: string): Day | null {
  if (text.length > 24) return null
  const plain = digits.exec(text)
  if (plain) return dayFrom(plain[1] ?? '', Number(plain[2]), Number(plain[3]))
  const han = hanDate.exec(text)
  if (!han) return null
  const year = [...(han[1] ?? '')].map((sign) => hanDigit.indexOf(/[零○]/.test(sign) ? '〇' : sign)).join('')
  return dayFrom(year, hanNumber(han[2] ?? ''), hanNumber(han[3] ?? ''))
}

/** Lines of a letter that are no text of a plan, wherever a copy of it left them: date, 印发, 抄送, 文号, 此件公开发布. */
export const isFurniture = (text: string) =>
  dayOfLine(text) !== null ||
  (text.length <= 80 && /印发）?$/.test(text) && issued.test(text)) ||
  /^(?:抄送|主送|抄报)：/.test(text) ||
  /^（(?:此件|联系人|联系电话)/.test(text)

function signatureOf(texts: readonly string[]): Pick<Letter, 'issuer' | 'date'> {
  const at = texts.findIndex((text) => dayOfLine(text) !== null)
  if (at >= 0) {
    const above = texts[at - 1] ?? ''
    return {
      date: dayOfLine(texts[at] ?? ''),
      issuer: above !== '' && above.length <= 40 && !/[。：；]/.test(above) ? above : null,
    }
  }
  for (const text of texts) {
    const found = text.length <= 80 ? issued.exec(text) : null
    const date = found ? dayFrom(found[2] ?? '', Number(found[3]), Number(found[4])) : null
    if (found && date) return { date, issuer: found[1] ?? null }
    const [, year = '', month, day, by = null] = (text.length <= 80 && passed.exec(text)) || []
    const on = dayFrom(year, Number(month), Number(day))
    if (on) return { date: on, issuer: by }
  }
  return { issuer: null, date: null }
}

/** 附件：1.名单 | 2.信息表, or 附件：分工表; the numbered lines below it belong to it. */
function annexesOf(texts: readonly string[]): string[] {
  const at = texts.findIndex((text) => /^附[件表]\d{0,2}[：]\S/.test(text) && text.length <= 200)
  if (at < 0) return []
  const first = (texts[at] ?? '').replace(/^附[件表]\d{0,2}：/, '')
  const more: string[] = []
  for (const text of texts.slice(at + 1)) {
    if (!/^\d{1,2}[.、]/.test(text) || text.length > 80 || /[。；]/.test(text)) break
    more.push(text)
  }
  const split = first.split(/(?<=\D)(?=[2-9][.、]\D)/)
  return [...split, ...more].map((name) => name.replace(/^\d{1,2}[.、]/, '').trim()).filter((name) => name !== '')
}

/** Reads the letter's parts from the whole document. `title` is that of the plan, found by the caller. */
export function letterOf(paragraphs: readonly Paragraph[], title: string | null): Letter {
  const texts = paragraphs.filter(({ cells }) => !cells).map(({ text }) => text)
  const after = (label: string) => {
    const found = texts.find((text) => text.startsWith(label) && text.length <= 1000)
    return found === undefined ? null : found.slice(label.length).replace(/。$/, '')
  }
  const number = texts.map((text) => documentNumber.exec(text)?.[0]).find((found) => found !== undefined) ?? null
  const to = texts.slice(0, 40).find((text) => text.length <= 204 && salutation.test(text))
  return {
    title,
    number,
    to: to?.slice(0, -1) ?? after('主送：'),
    copies: after('抄送：'),
    ...signatureOf(texts),
    annexes: annexesOf(texts),
  }
}

const planWord = /(?:方案|计划|意见|要点|办法|细则|措施)(?:（[^）]{0,40}）)?$/

/** The plan's own title: the last line ahead of its first clause that is called a plan; a letter's is about printing it. */
export function titleIn(letter: readonly string[], head: readonly string[]): string | null {
  const torn = (texts: readonly string[], at: number) => {
    const above = texts[at - 1] ?? ''
    const goesOn = /^(?:工作|实施|专项|行动)*(?:方案|计划|意见)/.test(texts[at] ?? '')
    return goesOn && above !== '' && above.length <= 60 && !/[。；：》日]$/.test(above) ? above : ''
  }
  const at = head.findLastIndex((text) => text.length <= 120 && planWord.test(text) && !/[。；]/.test(text))
  if (at >= 0) {
    const below = head[at + 1] ?? ''
    return torn(head, at) + head[at] + (/^（20\d{2}(?!年\d{1,2}月)[^（）]{0,30}）$/.test(below) ? below : '')
  }
  for (const text of [...letter, ...head]) {
    const quoted = /《([^《》]{2,80})》的通知$/.exec(text.slice(0, 200))?.[1]
    if (quoted) return quoted
    const about = /^关于印发([^《》。]{4,80})的通知$/.exec(text.slice(0, 200))?.[1]
    if (about) return about
  }
  return null
}
