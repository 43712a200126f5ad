import { hanNumber } from '#kernel/document/characters.ts'
import type { Sureness } from '#kernel/document/moments.ts'
import { Taken } from '#kernel/document/taken.ts'

export type Period = 'day' | 'week' | 'tenDays' | 'halfMonth' | 'month' | 'quarter' | 'halfYear' | 'term' | 'year'

/** How often something has to be done, and how much of it each time. */
export interface QuotaFind {
  readonly period: Period
  /** Every how many periods: 2 in 每两周 and 每2个月. */
  readonly every: number
  /** Null where the plan says how often but not how much. */
  readonly least: number | null
  /** 次, 个工作日, 人, 天, 家, 期 … */
  readonly unit: string | null
  /** `inferred`: an amount stands near that may or may not be its. */
  readonly sure: Sureness
  /** For whom only, such as 高危行业领域; null: for all the sentence speaks of. */
  readonly only: string | null
  readonly words: string
  readonly at: number
}

const periods: readonly (readonly [RegExp, Period])[] = [
  [/半年/, 'halfYear'],
  [/半个?月/, 'halfMonth'],
  [/季/, 'quarter'],
  [/学期/, 'term'],
  [/旬/, 'tenDays'],
  [/月/, 'month'],
  [/周|星期/, 'week'],
  [/年/, 'year'],
  [/日|天/, 'day'],
]

const many = '[两二三四五六2-9]'
const span = `半年度?|半个?月|学期|学年|${many}年|${many}个?(?:月|季度?|周|星期)|季度?|月度?|旬|周(?!边|转|围|密|全)|星期|年度?(?!龄|级|代)|天(?!然)|日(?!常|用)`
const done =
  '(?:调度|通报|研判|会商|报告|报送|检查|督导|考核|总结|小结|评估|评价|更新|例会|演练|排查|调研|分析|研究|汇报|点评|考评|讲评|会诊|督查|督办|巡查|暗访|曝光|自查|抽查|汇总|清零|销号|排名|晾晒|推进|公布|发布|公示|公开|听取|报|会)'
const eachForm = new RegExp(
  [
    `每一?个?(?:${span})`,
    `每?逢双月|双(?:周|月)(?=一?${done})`,
    `[按逐](?:半年|季度?|月度?|周|年度?|日)(?=[\\p{Script=Han}]{0,4}?${done})|[按逐](?:季度?|月|周)(?![份度]|计划|任务|目标|节点)`,
    `(?<![\\p{Script=Han}\\d])(?:半年|季度|月度|年度)(?=至少|不少于)`,
    `(?<=^|[，。；、：“"（行])(?:一个?)?(?:半年|季度?|月度?|周|年度?|日)(?=一${done}|${done}(?:[、，。；”"）]|$))`,
    `(?:全年|(?<![一\\d])年度?内|(?<![\\d\\p{Script=Han}])一年(?!内))(?=[^，。；\\n]{0,16}(?:至少|不少于|不低于))`,
  ].join('|'),
  'gu',
)

const least = '(?:至少|不少于|不得少于|不低于|不得低于|最少|原则上不少于)'
const count = '(\\d{1,5}(?:\\.\\d)?|[一二两三四五六七八九十]{1,3})'
/** Units an amount with 不少于 may have; and those that need no such word: 召开一次. */
const anyUnit =
  '万人次|万次|个工作日|个半天|半天|家次|人次|轮次|场次|条次|期次|件次|次|天|日|人|家|期|场|户|轮|遍|批|课时|学时|小时|件|起|项|篇|条|台|个|名|所|处|万元|堂|节|份|部(?![门署位])|座|套|例|讲|公里|千米|公顷|平方米|万户|万人|万名|亿元|元|辆|艘|支|块|张|栋|幢|段|项次|眼|口|米|吨|%'
const leastForm = new RegExp(`${least}[^，。；\\n]{0,16}?${count}(?:(?:至|到|[-—–~～]{1,2})\\d{1,3})?(${anyUnit})`)
const plainForm =
  /(?<![第\d前—–~～至到-])(\d{1,3}|[一二两三四五六七八九十]{1,2})(?:(?:至|到|[-—–~～]{1,2})[\d一二两三四五六七八九十]{1,3})?(轮次|场次|次(?!性|日|月|年)|场(?!所)|期|轮|遍|批|回|堂|份|部(?![门署位]))/
/** 完成50公里, 培育2家: what is done in the period is counted in things. */
const doneForm = new RegExp(
  `(?:完成|改造|建成|建设|新建|培育|创建|打造|选树|整治|治理|更新|更换|推广|新增|淘汰|关闭|发展|曝光|公布|发布|通报|评选|表彰|抽查|检查|抽检|刊播|播放|推送|制作|组织|开展|举办|编发|报送|解决|安排|投入|储备|配备)(?:[约近]|至少|不少于)?(?:${count}|[^，。；\\d\\n]{1,12}?(\\d{1,5}))(${anyUnit})`,
)
const eachDone = new RegExp(`^一(?=${done})`)
/** 班组日排查、车间周排查、厂级月排查: the same done by several, each in a period of its own. */
const chainForm = new RegExp(
  `(?<!报送|上报|提交)(日|周|旬|月|季|年)${done}(?:[、，]\\p{Script=Han}{1,6}?(?:日|周|旬|月|季|年)${done}){1,4}`,
  'gu',
)
const perForm = new RegExp(`${count}(次|天|场|期|轮)[/／](半年|季度?|月|周|年)`, 'g')

const amountOf = (text: string) => hanNumber(text) ?? null

function periodOf(words: string): { period: Period; every: number } | null {
  const period = periods.find(([form]) => form.test(words))?.[1]
  if (!period) return null
  if (/双[周月]/.test(words)) return { period, every: 2 }
  const times = new RegExp(`(${many})(?:年|个?(?:月|季|周|星期))`).exec(words)?.[1]
  return { period, every: times ? (hanNumber(times) ?? 1) : 1 }
}

interface Amount {
  readonly least: number | null
  readonly unit: string | null
  readonly sure: Sureness
  /** How many characters behind the period it takes. */
  readonly length: number
}

const none: Amount = { least: null, unit: null, sure: 'said', length: 0 }
const someAmount = new RegExp(`\\d(?!日)(?:${anyUnit})`)

/** The amount behind a period: 不少于2个工作日 within its sentence, 一次 within its clause. */
function amountAfter(behind: string): Amount {
  // 每季度（高危企业每月）至少…: the bracket the period stands in ends right here.
  const rest = behind.startsWith('）') ? `，${behind.slice(1)}` : behind
  const sentence = rest.slice(0, 70).split(/[。；\n]|(?<=，)(?=其中|每(?:个|名|处|所|家|人|期|次|座|村|户))/)[0] ?? ''
  const single = eachDone.exec(sentence)
  if (single) return { least: 1, unit: '次', sure: 'said', length: 1 }
  // A bracket may stand in between (每个乡镇（开发区）开展…) but not be left.
  const inside =
    sentence.search(/）/) >= 0 && !/（[^（）]*）/.test(sentence) ? (sentence.split('）')[0] ?? '') : sentence
  const outside = inside.replace(/（[^（）]*）/g, (bracket) => '〇'.repeat(bracket.length))
  const [clause = ''] = outside.split('，')
  const plain = plainForm.exec(clause) ?? doneForm.exec(clause)
  const far = leastForm.exec(outside)
  // 每年制定计划，…占比不低于60%: a share behind a comma is no amount of what the period is said of.
  const enough = far?.[2] === '%' && far.index + far[0].length > clause.length ? null : far
  const better = enough && (!plain || enough.index <= plain.index) ? enough : plain
  if (!better) return someAmount.test(clause) ? { ...none, sure: 'inferred' } : none
  return {
    least: amountOf(better[1] ?? (better.length > 3 ? better[2] : '') ?? ''),
    unit: better.at(-1) ?? null,
    sure: better.length > 3 && better[1] === undefined ? 'inferred' : 'said',
    length: better.index + better[0].length,
  }
}

/** 高危行业领域每月至少1次: for whom a later amount of the sentence is, when it names somebody of its own. */
function narrowed(text: string, at: number, first: boolean): string | null {
  const ahead = text.slice(Math.max(0, at - 30), at)
  const start = Math.max(...['，', '、', '；', '。', '（', '\n', '：'].map((sign) => ahead.lastIndexOf(sign)))
  const words = ahead.slice(start + 1).replace(/[要应须]$/, '')
  const bracket = ahead[start] === '（'
  return (bracket || !first) && start >= 0 && /^\p{Script=Han}{2,24}$/u.test(words) ? words : null
}

/** 县级领导每月、乡镇领导每周…至少1次: what stands between two periods when they share one amount. */
const sharing = /^[、（][^，。；\n）]{0,16}$/

function amountShared(text: string, marks: readonly RegExpMatchArray[], index: number): Omit<Amount, 'length'> {
  for (let at = index + 1; at < Math.min(index + 4, marks.length); at += 1) {
    const end = (marks[at]?.index ?? 0) + (marks[at]?.[0].length ?? 0)
    const rest = text.slice(end, Math.min(end + 70, marks[at + 1]?.index ?? text.length))
    const { length: _, ...shared } = amountAfter(rest)
    if (shared.least !== null || !sharing.test(rest)) return shared
  }
  return { least: null, unit: null, sure: 'said' }
}

/** 报送半年、年度总结 names papers, which most likely are wanted in every such period. */
const onPaper = /^(?:半年|年度)(?:工作)?(?:总结|小结|报告)/

type Found = QuotaFind & { readonly end: number }

function inOrder(text: string): Found[] {
  const found: Found[] = []
  const marks = [...text.matchAll(eachForm)]
  for (const [index, match] of marks.entries()) {
    const period = periodOf(match[0])
    if (!period) continue
    const end = match.index + match[0].length
    const rest = text.slice(end, Math.min(end + 70, marks[index + 1]?.index ?? text.length))
    const { length, ...own } = amountAfter(rest)
    const amount = own.least === null && sharing.test(rest) ? amountShared(text, marks, index) : own
    const before = marks[index - 1]
    const first = !before || /[。；\n]/.test(text.slice(before.index, match.index))
    found.push({
      ...period,
      ...amount,
      ...(onPaper.test(text.slice(match.index, end + 4)) ? { sure: 'inferred' as const } : {}),
      only: narrowed(text, match.index, first),
      words: text.slice(match.index, end + length),
      at: match.index,
      end: end + length,
    })
  }
  return found
}

const yearPapers = /(?<![\d末每])年度(?:任务清单|工作清单|责任清单|工作计划|计划|总结|小结|工作总结|工作报告|报告)/g

/** The frequencies of a text in the order they stand. 定期 and 常态化 have no period and are none. Linear in its length. */
export function quotasIn(text: string): QuotaFind[] {
  const found = inOrder(text)
  const taken = new Taken(text.length)
  for (const { at, end } of found) taken.take(at, end)
  const add = (find: Found) => {
    if (taken.take(find.at, find.end)) found.push(find)
  }
  for (const match of text.matchAll(perForm)) {
    const period = periodOf(match[3] ?? '')
    const amount = { least: amountOf(match[1] ?? ''), unit: match[2] ?? null, sure: 'said' as const }
    if (period)
      add({ ...period, ...amount, only: null, words: match[0], at: match.index, end: match.index + match[0].length })
  }
  for (const chain of text.matchAll(chainForm)) {
    let at = chain.index
    for (const part of chain[0].split(/(?<=[、，])/)) {
      const one = new RegExp(`(日|周|旬|月|季|年)${done}`).exec(part)
      const period = one ? periodOf(one[1] ?? '') : null
      // 每年考核 and 全年考核 are read as what they are.
      if (one && period && !/[每全半]/.test(part[one.index - 1] ?? '')) {
        const rest = { least: null, unit: null, sure: 'said' as const, only: null, words: one[0], at: at + one.index }
        add({ ...period, ...rest, end: rest.at + one[0].length })
      }
      at += part.length
    }
  }
  const years = found.flatMap(({ period, at }) => (period === 'year' ? [at] : []))
  for (const match of text.matchAll(yearPapers)) {
    // 制定年度计划，每年1月31日前报 says once that it is yearly.
    const sentence = /[。；\n]/.exec(text.slice(match.index, match.index + 200))
    const [start, end] = [text.lastIndexOf('。', match.index), match.index + (sentence?.index ?? 200)]
    if (years.some((at) => at >= start && at < end)) continue
    // A yearly plan is made every year; whether it is a duty of its own is for a person to say.
    const rest = { least: null, unit: null, sure: 'inferred' as const, only: null, words: match[0], at: match.index }
    add({ period: 'year', every: 1, ...rest, end: match.index + match[0].length })
  }
  return found.sort((a, b) => a.at - b.at).map(({ end: _, ...find }) => find)
}
