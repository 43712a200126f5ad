import type { Sureness } from '#kernel/document/moments.ts'
import type { AssignmentRole } from './reading/assignments.ts'
import type { DateFind } from './reading/dates.ts'
import type { QuotaFind } from './reading/quotas.ts'
import type { ClauseFinds, PlanReading, RowFinds } from './reading/read.ts'

/** What a clause can become: work with an end, work that comes again, a list to be kept, an entry of the matrix. */
export type ProposalKind = 'task' | 'duty' | 'ledger' | 'matrix'

export interface ProposedBody {
  readonly role: AssignmentRole
  readonly body: string
  readonly bodyId: string | null
}

/** What the reader thinks a clause demands. A person confirms, edits or rejects it; nothing comes of it by itself. */
export interface Proposal {
  readonly kind: ProposalKind
  /** Where the clause stands: 二（三）16. */
  readonly path: string
  /** The sentence it came from, as it stands in the clause, and where it begins there. */
  readonly sentence: string
  readonly at: number
  /** What is to be done, led or kept: heading, sector, name of the list. */
  readonly what: string
  readonly who: readonly ProposedBody[]
  readonly date: DateFind | null
  readonly quota: QuotaFind | null
  /** The least sure of what it is made of; `open` also where nobody is named. */
  readonly sure: Sureness
  /** Why it is not sure, in Chinese; empty exactly when `sure` is `said`. */
  readonly doubts: readonly string[]
}

/** Why a part of a proposal is not sure. */
const reasons = {
  nobody: '没有写明由谁办',
  subject: '没有写明责任单位，按句中提到的单位推定',
  body: '单位名称或职责是推定的，请核对',
  openDate: '时间没有落到具体日期',
  date: '日期没有写全，按方案期限或上下文推定',
  amount: '次数或数量是推定的',
  list: '是否在系统里建台账，由人决定',
} as const

/** How sure a whole is by what is doubted in its parts; what nobody can be asked for, or when, is open. */
const judged = (doubts: readonly (string | undefined)[]): Pick<Proposal, 'sure' | 'doubts'> => {
  const all = [...new Set(doubts.filter((one) => one !== undefined))]
  const open = all.includes(reasons.nobody) || all.includes(reasons.openDate)
  return { sure: open ? 'open' : all.length > 0 ? 'inferred' : 'said', doubts: all }
}
const ofBodies = (list: readonly { readonly sure: Sureness }[]) =>
  list.length === 0 ? reasons.nobody : list.every(({ sure }) => sure === 'said') ? undefined : reasons.body
const ofDate = (date: DateFind | null | undefined) =>
  !date || date.sure === 'said' ? undefined : date.sure === 'open' ? reasons.openDate : reasons.date
const ofQuota = (quota: QuotaFind | null | undefined) => (quota && quota.sure !== 'said' ? reasons.amount : undefined)

interface Sentence {
  readonly text: string
  readonly at: number
}

/** The sentence a position of a clause stands in; a heading that ends with a full stop is one too. */
function sentenceAt(text: string, at: number): Sentence {
  const start =
    Math.max(text.lastIndexOf('。', at - 1), text.lastIndexOf('；', at - 1), text.lastIndexOf('\n', at - 1)) + 1
  const end = /[。；\n]/.exec(text.slice(at, at + 2000))
  return { text: text.slice(start, end ? at + end.index + 1 : text.length), at: start }
}

interface Whom {
  readonly who: readonly ProposedBody[]
  readonly doubt: string | undefined
}

/** Whom a clause names for it; else whom the sentence speaks of ahead of the demand, which is only likely. */
function whomOf({ assignments, subjects }: ClauseFinds, sentence: Sentence, at: number): Whom {
  const stated = assignments.filter(({ matter }) => matter === null)
  if (stated.length > 0) {
    const who = stated.map(({ role, body, bodyId }) => ({ role, body, bodyId }))
    return { who, doubt: ofBodies(stated) }
  }
  const named = subjects.filter((subject) => subject.at >= sentence.at && subject.at < at)
  const who = named.map(({ words, bodyId }) => ({ role: 'responsible' as const, body: words, bodyId }))
  return { who, doubt: who.length > 0 ? reasons.subject : reasons.nobody }
}

const list =
  /(?:建立|建设|建成|编制|制定|制作|形成|完善|健全|设立|组建|公布|更新)[^，。；]{0,20}?([^，。；的、]{1,16}(?:台账|清单|数据库|名录|名册|档案|专家库|信息库|系统|平台|“[^“”]{2,8}”|[一-龥]{1,4}一[策档表图册]))/g
const coverage = /([^，。；、]{2,24}?)(?:全覆盖|全部[^，。；]{0,8}(?:完成|到位|退出|淘汰|整改))/g

function ledgersOf(finds: ClauseFinds): Proposal[] {
  const { text } = finds.clause
  const found = new Map<number, Proposal>()
  for (const form of [list, coverage]) {
    for (const match of text.matchAll(form)) {
      const sentence = sentenceAt(text, match.index)
      const { who, doubt } = whomOf(finds, sentence, match.index)
      const date = finds.dates.find(({ at }) => at >= sentence.at && at < sentence.at + sentence.text.length) ?? null
      const rest = { path: finds.path, sentence: sentence.text, at: sentence.at, who, date, quota: null }
      // Whether a list named in a plan is to be kept in this system is for a person to say.
      if (!found.has(match.index))
        found.set(match.index, {
          kind: 'ledger',
          what: match[1] ?? '',
          ...rest,
          ...judged([doubt, ofDate(date), reasons.list]),
        })
    }
  }
  return [...found.values()]
}

function ofClause(finds: ClauseFinds): Proposal[] {
  const { path, clause, dates, quotas } = finds
  const what = clause.heading || clause.text.slice(0, 30)
  const proposal = (kind: 'task' | 'duty', find: { at: number }, more: Pick<Proposal, 'date' | 'quota'>): Proposal => {
    const sentence = sentenceAt(clause.text, find.at)
    const { who, doubt } = whomOf(finds, sentence, find.at)
    const sure = judged([doubt, ofDate(more.date), ofQuota(more.quota)])
    return { kind, path, sentence: sentence.text, at: sentence.at, what, who, ...more, ...sure }
  }
  const tasks = dates
    .filter(({ kind }) => kind !== 'recurring')
    .map((date) => proposal('task', date, { date, quota: null }))
  // 每季度末月25日前 is one duty: its period and the day within it overlap.
  const duties = quotas.map((quota) => {
    const date = dates.find(
      ({ kind, at, words }) =>
        kind === 'recurring' && at < quota.at + quota.words.length && quota.at < at + words.length,
    )
    return proposal('duty', quota, { quota, date: date ?? null })
  })
  return [...tasks, ...duties, ...ledgersOf(finds)]
}

/** A row of a table: what it asks for by its deadline, and what it asks for again and again. */
function ofRow({ task, who, dates, quotas, text }: RowFinds): Proposal[] {
  const bodies = who.map(({ role, body }) => ({ role, body, bodyId: null }))
  const named = ofBodies(who)
  const rest = { path: '附件', sentence: text, at: 0, what: task, who: bodies }
  const date = dates[0] ?? null
  const made = (kind: 'task' | 'duty', more: Pick<Proposal, 'date' | 'quota'>): Proposal => ({
    ...{ kind, ...rest, ...more },
    ...judged([named, ofDate(more.date), ofQuota(more.quota)]),
  })
  return [made('task', { date, quota: null }), ...quotas.map((quota) => made('duty', { date: null, quota }))]
}

/** Everything a reading proposes, in the order of the document: tasks, duties, ledgers, entries of the matrix. */
export function proposalsOf({ finds, rows, leads }: PlanReading): Proposal[] {
  const sayings = new Map(
    finds.flatMap(({ path, assignments }) =>
      assignments.map(({ body, matter, words, at, sure }) => [`${body}|${matter}`, { path, words, at, sure }] as const),
    ),
  )
  const matrix = leads.flatMap(({ role, body, bodyId, matter }): Proposal[] => {
    const said = sayings.get(`${body}|${matter}`)
    if (!said) return []
    const rest = { date: null, quota: null, ...judged([ofBodies([said])]) }
    return [
      {
        kind: 'matrix',
        path: said.path,
        sentence: said.words,
        at: said.at,
        what: matter,
        who: [{ role, body, bodyId }],
        ...rest,
      },
    ]
  })
  const tabled = rows.flatMap(ofRow)
  return [...finds.flatMap(ofClause), ...tabled, ...matrix]
}
