import {
  type Clause,
  type Period,
  type PlanReading,
  type Proposal,
  type ProposalKind,
  type ProposedBody,
  recurrencesIn,
} from '#capabilities/planreading/model/index.ts'
import type { Day } from '#kernel/time.ts'
import type { Decision, DocumentState } from './words.ts'

/** What a proposal demands, in facts a task, a duty, a ledger or an entry of the matrix can be made of. */
export interface ProposedFacts {
  readonly what: string
  readonly who: readonly ProposedBody[]
  readonly from: Day | null
  readonly to: Day | null
  /** The day within every period, see `recurrencesIn`, and how the plan says it. */
  readonly rule: string | null
  readonly ruleWords: string | null
  readonly period: Period | null
  readonly every: number
  readonly least: number | null
  readonly unit: string | null
  /** For whom only. */
  readonly only: string | null
}

/** A clause as the document pane shows it. */
export interface DocumentClause {
  readonly path: string
  readonly depth: number
  readonly marker: string
  readonly text: string
  readonly line: number
}

export interface DocumentContent {
  readonly title: string
  readonly number: string | null
  readonly issuer: string | null
  readonly date: Day | null
  readonly years: readonly [number, number]
  readonly counts: PlanReading['counts']
  readonly clauses: readonly DocumentClause[]
}

/** A document that was read, and the version of the plan it became. */
export interface PlanDocument {
  readonly county: string
  readonly id: string
  readonly version: number
  readonly state: DocumentState
  readonly fileName: string
  readonly readAt: Date
  readonly readBy: string
  readonly content: DocumentContent
  /** The number of the plan version, counted from 1; null until it is issued. */
  readonly number: number | null
  readonly closedAt: Date | null
  readonly closedBy: string | null
  readonly note: string
}

/** A proposal of a document with what a person has decided. */
export interface PlanProposal {
  readonly county: string
  readonly id: string
  readonly version: number
  readonly documentId: string
  readonly at: number
  readonly kind: ProposalKind
  /** Which clause of the content it came from; null for a row of an annexed table. */
  readonly clause: number | null
  readonly path: string
  readonly sentence: string
  /** Where the sentence begins in the clause's text. */
  readonly offset: number
  readonly sure: Proposal['sure']
  /** Why the reader is not sure of it. */
  readonly doubts: readonly string[]
  readonly proposed: ProposedFacts
  /** What the version before made of the same sentence. */
  readonly earlier: { readonly decision: Decision; readonly facts: ProposedFacts } | null
  readonly decision: Decision
  /** What holds: as proposed, or as a person has put it. */
  readonly facts: ProposedFacts
  readonly reason: string
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
}

function factsOf({ what, who, date, quota }: Proposal): ProposedFacts {
  return {
    what,
    who,
    from: date?.from ?? null,
    to: date?.to ?? null,
    rule: date?.rule ?? null,
    ruleWords: date?.rule ? date.words : null,
    period: quota?.period ?? null,
    every: quota?.every ?? 1,
    least: quota?.least ?? null,
    unit: quota?.unit ?? null,
    only: quota?.only ?? null,
  }
}

/** The rule that words such as 每季度末月25日前 mean; undefined when they mean none, or none that is certain. */
export function ruleIn(words: string): string | undefined {
  const found = recurrencesIn(words)
  return found.length === 1 && found[0]?.sure === 'said' ? found[0].rule : undefined
}

/** The content of a reading as it is kept, and its proposals with the clause each stands in. */
export function contentOf(
  reading: PlanReading,
  proposals: readonly Proposal[],
): {
  content: DocumentContent
  drafts: Pick<PlanProposal, 'kind' | 'clause' | 'path' | 'sentence' | 'offset' | 'sure' | 'doubts' | 'proposed'>[]
} {
  const { letter, years, counts, finds } = reading
  const depths = new Map<Clause, number>()
  const measure = (clause: Clause, depth: number): void => {
    depths.set(clause, depth)
    for (const child of clause.children) measure(child, depth + 1)
  }
  measure(reading.outline, 0)
  const clauses = finds.map(({ path, clause }) => ({
    path,
    depth: depths.get(clause) ?? 1,
    marker: clause.marker?.words ?? '',
    text: clause.text,
    line: clause.line,
  }))
  const at = new Map(clauses.map(({ path }, index) => [path, index]))
  const drafts = proposals.map((one) => {
    const clause = at.get(one.path) ?? null
    const text = clause === null ? '' : (clauses[clause]?.text ?? '')
    // What was found in a table stands in no clause.
    const stands = text.slice(one.at, one.at + one.sentence.length) === one.sentence
    const offset = stands ? one.at : Math.max(0, text.indexOf(one.sentence))
    return {
      kind: one.kind,
      clause,
      path: one.path,
      sentence: one.sentence.slice(0, 4000),
      offset,
      sure: one.sure,
      doubts: one.doubts,
      proposed: factsOf(one),
    }
  })
  const { title, number, issuer, date } = letter
  return { content: { title: title ?? '', number, issuer, date, years, counts, clauses }, drafts }
}

/** What two documents say alike: the same demand in the same sentence. */
export const sameDemand = ({ kind, sentence, proposed }: Pick<PlanProposal, 'kind' | 'sentence' | 'proposed'>) =>
  [kind, sentence, proposed.what, proposed.to, proposed.rule, proposed.period].join('|')
