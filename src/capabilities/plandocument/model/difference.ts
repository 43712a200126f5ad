import { type DateFind, datesIn } from '#capabilities/planreading/model/index.ts'
import { similarity } from '#kernel/chinese/text.ts'
import type { DocumentClause, DocumentContent } from './record.ts'

export interface WordPiece {
  readonly mark: 'same' | 'added' | 'removed'
  readonly text: string
}

export interface ClauseChange {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly path: string
  /** Where it stood before, when that is another place. */
  readonly pathBefore: string | null
  readonly words: readonly WordPiece[]
  /** Deadlines that differ, as the clause says them. */
  readonly dates: { readonly before: readonly string[]; readonly after: readonly string[] }
}

/** Less alike than this, two clauses are two, and not one that was reworded. */
const alike = 0.5
/** Longer texts are shown as taken out and put in, whole. */
const longest = 3000

/** What was taken out of a text and put into it, sign by sign; neighbours of one kind stand together. */
export function wordsChanged(before: string, after: string): WordPiece[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  const most = Math.min(before.length, after.length) - start
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  const middle = middleOf(before.slice(start, before.length - end), after.slice(start, after.length - end))
  const pieces: WordPiece[] = [
    { mark: 'same', text: before.slice(0, start) },
    ...middle,
    { mark: 'same', text: end > 0 ? before.slice(-end) : '' },
  ]
  const out: { mark: WordPiece['mark']; text: string }[] = []
  for (const { mark, text } of pieces) {
    const last = out.at(-1)
    if (text === '') continue
    if (last?.mark === mark) last.text += text
    else out.push({ mark, text })
  }
  return out
}

/** The longest text both have in common, in order; what is left over was taken out or put in. */
function middleOf(a: string, b: string): WordPiece[] {
  if (a.length * b.length > longest * longest)
    return [
      { mark: 'removed', text: a },
      { mark: 'added', text: b },
    ]
  const width = b.length + 1
  const common = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        a[i] === b[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0)
  const out: WordPiece[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push({ mark: 'same', text: a[i] ?? '' })
      i += 1
      j += 1
    } else if (
      i < a.length &&
      (j >= b.length || (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      out.push({ mark: 'removed', text: a[i] ?? '' })
      i += 1
    } else {
      out.push({ mark: 'added', text: b[j] ?? '' })
      j += 1
    }
  }
  return out
}

function datesOf({ text }: DocumentClause, { years, date }: DocumentContent): string[] {
  const shown = ({ words, from, to, rule }: DateFind) => `${words}（${rule ?? `${from ?? ''}～${to ?? ''}`}）`
  return datesIn(text, { years, window: null, letterDate: date, soon: false }).map(shown)
}

/** Clauses have no name that outlives a version: paired by wording, then by their place, then by likeness. */
function pairsOf(before: readonly DocumentClause[], after: readonly DocumentClause[]) {
  const left = new Map<string, DocumentClause[]>()
  for (const clause of before) left.set(clause.text, [...(left.get(clause.text) ?? []), clause])
  const pairs = new Map<DocumentClause, DocumentClause>()
  const free = new Set(before)
  const pair = (now: DocumentClause, was: DocumentClause) => {
    pairs.set(now, was)
    free.delete(was)
  }
  for (const now of after) {
    const was = left.get(now.text)?.shift()
    if (was) pair(now, was)
  }
  const rest = () => after.filter((now) => !pairs.has(now))
  const places = new Map([...free].map((was) => [was.path, was]))
  for (const now of rest()) {
    const was = places.get(now.path)
    if (was && free.has(was) && similarity(was.text, now.text) >= alike / 2) pair(now, was)
  }
  for (const now of rest()) {
    let [best, most] = [undefined as DocumentClause | undefined, alike]
    for (const was of free) {
      if (was.depth !== now.depth) continue
      const score = similarity(was.text, now.text)
      if (score >= most) [best, most] = [was, score]
    }
    if (best) pair(now, best)
  }
  return { pairs, free }
}

/** What a version of the plan does to the one before, clause by clause in the order of the new one. Pure. */
export function planDifference(
  before: DocumentContent,
  after: DocumentContent,
): { changes: ClauseChange[]; same: number } {
  const { pairs, free } = pairsOf(before.clauses, after.clauses)
  const changes: ClauseChange[] = []
  let same = 0
  for (const now of after.clauses) {
    const was = pairs.get(now)
    if (!was) {
      const dates = { before: [], after: datesOf(now, after) }
      changes.push({ kind: 'added', path: now.path, pathBefore: null, words: wordsChanged('', now.text), dates })
    } else if (was.text === now.text) same += 1
    else {
      const [then, next] = [datesOf(was, before), datesOf(now, after)]
      const dates = {
        before: then.filter((one) => !next.includes(one)),
        after: next.filter((one) => !then.includes(one)),
      }
      const pathBefore = was.path === now.path ? null : was.path
      changes.push({ kind: 'changed', path: now.path, pathBefore, words: wordsChanged(was.text, now.text), dates })
    }
  }
  for (const was of before.clauses) {
    if (!free.has(was)) continue
    const dates = { before: datesOf(was, before), after: [] }
    changes.push({ kind: 'removed', path: was.path, pathBefore: was.path, words: wordsChanged(was.text, ''), dates })
  }
  return { changes, same }
}
