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
}

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

const leastSure = (...all: readonly Sureness[]): Sureness =>
  all.includes('open') ? 'open' : all.includes('inferred') ? 'inferred' : 'said'

interface Whom {
  readonly who: readonly ProposedBody[]
  readonly sure: Sureness
}

/** Whom a clause names for it; else whom the sentence speaks of ahead of the demand, which is only likely. */
function whomOf({ assignments, subjects }: ClauseFinds, sentence: Sentence, at: number): Whom {
  const stated = assignments.filter(({ matter }) => matter === null)
  if (stated.length > 0) {
    const who = stated.map(({ role, body, bodyId }) => ({ role, body, bodyId }))
    return { who, sure: leastSure(...stated.map(({ sure }) => sure)) }
  }
  const named = subjects.filter((subject) => subject.at >= sentence.at && subject.at < at)
  const who = named.map(({ words, bodyId }) => ({ role: 'responsible' as const, body: words, bodyId }))
  return { who, sure: who.length > 0 ? 'inferred' : 'open' }
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
      const { who, sure } = whomOf(finds, sentence, match.index)
      const date = finds.dates.find(({ at }) => at >= sentence.at && at < sentence.at + sentence.text.length) ?? null
      const rest = { path: finds.path, sentence: sentence.text, at: sentence.at, who, date, quota: null }
      // Whether a list named in a plan is to be kept in this system is for a person to say.
      if (!found.has(match.index))
        found.set(match.index, { kind: 'ledger', what: match[1] ?? '', ...rest, sure: leastSure(sure, 'inferred') })
    }
  }
  return [...found.values()]
}

function ofClause(finds: ClauseFinds): Proposal[] {
  const { path, clause, dates, quotas } = finds
  const what = clause.heading || clause.text.slice(0, 30)
  const proposal = (kind: 'task' | 'duty', find: { at: number }, more: Pick<Proposal, 'date' | 'quota'>): Proposal => {
    const sentence = sentenceAt(clause.text, find.at)
    const { who, sure } = whomOf(finds, sentence, find.at)
    const all = leastSure(sure, more.date?.sure ?? 'said')
    return { kind, path, sentence: sentence.text, at: sentence.at, what, who, ...more, sure: all }
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
  const named = who.length > 0 ? leastSure(...who.map(({ sure }) => sure)) : 'open'
  const rest = { path: '附件', sentence: text, at: 0, what: task, who: bodies }
  const date = dates[0] ?? null
  const work: Proposal = { kind: 'task', ...rest, date, quota: null, sure: leastSure(named, date?.sure ?? 'said') }
  return [work, ...quotas.map((quota): Proposal => ({ kind: 'duty', ...rest, date: null, quota, sure: named }))]
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
    const rest = { date: null, quota: null, sure: said.sure }
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
