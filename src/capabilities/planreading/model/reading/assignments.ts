import type { Sureness } from '#kernel/document/moments.ts'
import { Taken } from '#kernel/document/taken.ts'
import { type BodyIndex, bodiesIn, bodyOf, isName } from './bodies.ts'

export type AssignmentRole = 'lead' | 'responsible' | 'assisting'

/** Who does what part of a matter. */
export interface AssignmentFind {
  readonly role: AssignmentRole
  readonly body: string
  readonly bodyId: string | null
  /** The sector or row of a table it is about; null: what the clause itself says. */
  readonly matter: string | null
  readonly words: string
  readonly at: number
  readonly sure: Sureness
}

interface Stated {
  readonly role: AssignmentRole
  readonly who: readonly string[]
  readonly matter: string | null
  readonly words: string
  readonly at: number
  readonly sure: Sureness
}

const label =
  /(牵头|主办|主责|责任|配合|协办|协助|协同|参与|参加|实施|落实|承办)(?:责任)?(?:单位|部门|主体|科室|股室|处室|机构)(?:（[^（）]{0,12}）)?(?:[：:]|为)/g

const roleOf = (word: string): AssignmentRole =>
  /配合|协办|协助|协同|参与|参加/.test(word) ? 'assisting' : /牵头|主办|主责/.test(word) ? 'lead' : 'responsible'

/** What stands behind a list of bodies without a sign in between: …、各街道 | 完成时限：… */
const nextLabel =
  /(?:(?:完成|办结|整改|工作|推进)?(?:时限|时间|期限|节点)|(?:牵头|责任|包保|分管|配合|主管)(?:领导|人员?)|联系(?:人|电话)|工作目标|主要措施|备注)(?:要求)?[：:]/g

/** Where a list behind a label ends: at a sign that ends it, or at the bracket it stands in. */
function listEnd(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (sign === '（') depth += 1
    if (sign === '）' && --depth < 0) return at
    if (/[；。\n]/.test(sign) || at - start > 400) return at
  }
  return text.length
}

/** 经济发展局（牵头）、应急管理局: what a bracket behind a name says of it. */
const marked = /(?<who>[^、，,；;\n（）]{2,26})（(?<role>牵头|主办|主责|配合|协办|参与)(?:单位|部门|科室)?）/g

/** 牵头：A、配合：B in one cell of a table. */
const shortLabel = /(牵头|主办|主责|责任|配合|协办|参与|落实)(?:单位|部门)?：/g
const ownRole = /^(?<who>.+?)(?:负责)?(?<role>牵头|主办|配合|参加|参与|协助|协同|落实|实施|负责)(?:落实|负责|实施)?$/
/** What a list says of who does how much in words of its own, and must not be taken for a part of a name. */
const roleWords = /(?:牵头|配合|参加|参与|协助|落实|实施|负责)(?=[，；、）]|$)/

/** The bodies of a list, those with a role of their own (A（牵头）、B, or A牵头，B、C配合) apart from those of the list's. */
export function rolesIn(list: string, role: AssignmentRole): Pick<Stated, 'role' | 'who'>[] {
  const words = list.slice(0, 600)
  const labels = [...words.matchAll(shortLabel)]
  if (labels.length > 0)
    return labels.flatMap((match, at) => {
      const part = words.slice(match.index + match[0].length, labels[at + 1]?.index ?? words.length)
      return rolesIn(part.replace(shortLabel, ''), roleOf(match[1] ?? ''))
    })
  const own = [...words.matchAll(marked)].map(({ groups }) => ({
    role: roleOf(groups?.role ?? ''),
    who: bodiesIn(groups?.who ?? '', false),
  }))
  const rest = own.length > 0 ? words.replace(marked, '') : words
  if (!roleWords.test(rest.replace(/。$/, ''))) return [...own, { role, who: bodiesIn(rest, false) }]
  const parts = rest.split(/[，；。]|(?<=牵头)、/).filter((part) => part.trim() !== '')
  return [
    ...own,
    ...parts.map((part) => {
      const { who = part, role: said } = ownRole.exec(part)?.groups ?? {}
      return { role: said ? roleOf(said) : role, who: bodiesIn(who, false) }
    }),
  ]
}

/** （牵头单位：A；配合单位：B、C）, 责任单位：A on a line of its own. */
function labelled(text: string): Stated[] {
  const labels = [...text.matchAll(label)]
  const stops = [...labels, ...text.matchAll(nextLabel)].map(({ index }) => index).sort((a, b) => a - b)
  let stop = 0
  return labels.flatMap((match) => {
    const start = match.index + match[0].length
    while ((stops[stop] ?? start) < start) stop += 1
    const end = Math.min(listEnd(text, start), stops[stop] ?? text.length)
    const words = text.slice(start, end)
    const rest = { matter: null, words: match[0] + words, at: match.index, sure: 'said' as const }
    return rolesIn(words, roleOf(match[1] ?? '')).map((one) => ({ ...one, ...rest }))
  })
}

const office = /(?:股|科|局|委|办|大队|支队)$/
const local = /^[各有县市区省州旗镇乡局]/
const closing = /（([^（）。；：]{3,160}(?:（[^（）]{1,12}）[^（）。；：]{0,80}){0,4})）(?=[。；\n]|$)/g

/** （县应急局、县住建局按职责分工负责） and （县应急局牵头，县公安局配合） at the end of a sentence. */
function bracketed(text: string): Stated[] {
  return [...text.matchAll(closing)].flatMap((match): Stated[] => {
    const words = match[1] ?? ''
    if (/牵头|负责|配合/.test(words)) {
      const plain = words.replace(/(?:等)?(?:按照?)?(?:各自)?(?:职责)?(?:分工)?(?:分别)?(?:共同)?负责$/, '')
      const who = plain === words ? [] : bodiesIn(plain, true)
      return who.length > 0
        ? [{ role: 'responsible', who, matter: null, words, at: match.index + 1, sure: 'said' }]
        : []
    }
    const who = bodiesIn(words, true)
    const named = who.some((name) => office.test(name)) || (who.length > 0 && who.every((name) => local.test(name)))
    return named ? [{ role: 'responsible', who, matter: null, words, at: match.index + 1, sure: 'inferred' }] : []
  })
}

const safety = /(?:等)?(?:方面|领域|行业)?的?(?:安全生产|安全)(?:监管|监督管理)?(?:治本攻坚)?(?:工作|专项整治)?$/
const verbAhead =
  /^(?:制定|组织|统筹|开展|推进|落实|做好|抓好|实施|建立|完善|对|将|把|指导|协调|督促|监督|牵头|全县|全市|全区)/

/** 建筑施工、燃气…大跨度建（构）筑物安全 → the matters, without the word 安全 that belongs to all of them. */
function sectorsOf(words: string): string[] {
  return enumerated(words.replace(safety, '').replace(/等$/, ''))
    .map((one) => one.replace(/(?<=.)安全$/, ''))
    .filter((one) => one !== '')
}

/** Parts of an enumeration; brackets hold theirs together. */
function enumerated(text: string): string[] {
  return text.split(/、(?![^（）]*）)/).map((one) => one.trim())
}

const leads = /^(?<who>.{2,120}?)(?:共同|联合|分别)?(?:负责)?牵头(?<rest>.{0,400})$/s
const takesPart =
  /^(?<who>.{2,200}?)(?:等)?(?:积极|密切|共同|协同)?(?:配合|参加|参与|协助)(?:做好|抓好|落实|实施|工作)?/s
/** 体卫艺股牵头，各学校落实: whoever carries out what somebody else leads. */
const carriesOut = /^(?<who>.{2,200}?)(?:具体|分别|共同|负责|按职责|抓好|组织){0,3}(?:落实|实施|承办)$/s
const alsoWith = /^并?会同(?<who>.{2,200})/s
const together =
  /^(?<who>.{2,60}?)(?:[要应]|负责)?会同(?<others>.{2,80}?)(?=，|$|于|对|按|开展|制定|组织|建立|定期|每)/s
const inCharge = /^(?<who>.{2,120}?)(?:等)?(?:按照?)?(?:各自)?(?:职责)?(?:分工)?(?:分别|共同)?负责(?<what>.{0,400})$/s

/** What stands ahead of the name and is none of it: 由, 其中：, 2024年底前由. */
const nameStart = (words: string) =>
  words.slice(words.lastIndexOf('由') + 1).replace(/^(?:其中|同时|一是|二是|[-—–－―]+)[：，]?/, '')

/** Everything one segment between commas says about who does what. */
function ofSegment(segment: string, at: number): Stated[] {
  const state = (role: AssignmentRole, who: string[], matter: string | null): Stated => ({
    role,
    who,
    matter,
    words: segment,
    at,
    sure: 'said',
  })
  const matters = (role: AssignmentRole, who: string[], what: string) => {
    const about = sectorsOf(what.replace(/^(?:负责|抓好|做好|组织实施)/, ''))
    return about.length > 0 ? about.map((matter) => state(role, who, matter)) : [state(role, who, null)]
  }
  const led = leads.exec(segment)
  if (led) {
    const { who = '', rest = '' } = led.groups ?? {}
    const bodies = bodiesIn(nameStart(who), true)
    if (bodies.length === 0) return []
    return /^(?:负责|抓好|做好|组织实施)/.test(rest) ? matters('lead', bodies, rest) : [state('lead', bodies, null)]
  }
  const both = together.exec(segment)
  if (both) {
    const [first, others] = [both.groups?.who ?? '', both.groups?.others ?? ''].map((words) =>
      bodiesIn(nameStart(words), true),
    )
    if (first && others && first.length > 0 && others.length > 0)
      // 会同 alone names no leader; whoever stands first most likely is.
      return [state('lead', first, null), state('assisting', others, null)].map((one) => ({ ...one, sure: 'inferred' }))
  }
  const charged = inCharge.exec(segment)
  if (!charged) return []
  const { who = '', what = '' } = charged.groups ?? {}
  const bodies = bodiesIn(nameStart(who), true)
  if (bodies.length === 0 || /^(?:[人同的]|解释)/.test(what)) return []
  return safety.test(what) && !verbAhead.test(what)
    ? matters('responsible', bodies, what)
    : [state('responsible', bodies, null)]
}

/** The sentences of a text, end to end. Brackets that say who does what are sentences of their own; 建（构）筑物 is not. */
function sentencesOf(text: string): string[] {
  const out: string[] = []
  let start = 0
  const cut = (end: number) => {
    if (end > start) out.push(text.slice(start, end))
    start = Math.max(start, end)
  }
  for (const match of text.matchAll(/[。；：\n]|（(?:[^（）]|（[^（）]{0,20}）){0,300}）/g)) {
    if (match[0].length > 1 && !/牵头|负责|配合|会同/.test(match[0])) continue
    if (match[0].length > 1) cut(match.index + 1)
    cut(match.index + match[0].length)
  }
  cut(text.length)
  return out
}

const commas = /(?<=，|牵头、)/
const signs = /(?:[，。；：\n]|(?<=牵头)、|(?<=负责|牵头|配合|参与|参加|落实|实施|承办)）)+$/

/** 质安站：负责… — whose duties the next sentence tells, when a sentence is nothing but names. */
function dutiesOf(sentence: string): string {
  const names = /^(?<names>[^。]{2,80})[：。]$/.exec(sentence)?.groups?.names ?? ''
  return names !== '' && bodiesIn(names, true).length > 0 ? names : ''
}

/** 由A牵头，B、C配合; A牵头负责B、C安全; A会同B; A负责B安全 in the sentences of a text. */
function written(text: string): Stated[] {
  const found: Stated[] = []
  let start = 0
  let before = ''
  for (const sentence of sentencesOf(text)) {
    let at = start
    start += sentence.length
    let leading: Stated[] = []
    const subject = /^(?:牵头|负责)/.test(sentence) ? dutiesOf(before) : ''
    before = sentence
    for (const segment of sentence.slice(0, 4000).split(commas)) {
      const words = segment.replace(signs, '')
      const whole = at === start - sentence.length ? subject + words : words
      const parts = whole.length <= 500 ? segmentsOf(whole, at, leading) : []
      if (parts.some(({ role }) => role !== 'assisting')) leading = parts
      found.push(...parts.map((part) => (whole === words ? part : { ...part, words })))
      at += segment.length
    }
  }
  return found
}

/** One segment; one that only takes part does so in what was led just before it. */
function segmentsOf(words: string, at: number, leading: readonly Stated[]): Stated[] {
  const own = /牵头|会同|负责/.test(words) ? ofSegment(words, at) : []
  if (own.length > 0 || leading.length === 0) return own
  const does = carriesOut.exec(words)
  const part = does ?? alsoWith.exec(words) ?? takesPart.exec(words)
  const who = part ? bodiesIn(part.groups?.who ?? '', true) : []
  if (who.length === 0) return []
  return [...new Set(leading.map(({ matter }) => matter))].map((matter) => ({
    role: does ? ('responsible' as const) : ('assisting' as const),
    who,
    matter,
    words,
    at,
    sure: 'said' as const,
  }))
}

/** Who does what, as a clause says it. A name that does not look like a body's is not taken for one. */
export function assignmentsIn(clause: string, index: BodyIndex): AssignmentFind[] {
  const text = clause.replace(/[【[〔]/g, '（').replace(/[】\]〕]/g, '）')
  const stated: Stated[] = labelled(text)
  for (const more of [bracketed(text), written(text)]) {
    const covered = new Taken(text.length)
    for (const { at, words } of stated) covered.take(at, at + words.length)
    for (const one of more) if (covered.isFree(one.at, one.at + one.words.length)) stated.push(one)
  }
  const found = new Map<string, AssignmentFind>()
  for (const { role, who, matter, words, at, sure: said } of stated) {
    for (const body of who) {
      const sure = said === 'said' && !isName(body) ? 'inferred' : said
      found.set(`${role}|${body}|${matter}|${at}`, { role, body, bodyId: bodyOf(body, index), matter, words, at, sure })
    }
  }
  return [...found.values()].sort((a, b) => a.at - b.at)
}
