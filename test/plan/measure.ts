import type { PlanReading } from '#capabilities/planreading/model/index.ts'
import { cleanLine } from '#kernel/document/characters.ts'
import type { Gold } from './gold.ts'

/** How many of the gold finds were found, and which were not; finds that nobody wrote down are `extra`. */
export interface Score {
  readonly right: number
  readonly missed: readonly string[]
  readonly extra: readonly string[]
  /** Those of `extra` the reader was sure of. */
  readonly sureAndWrong: readonly string[]
}

interface Item {
  /** What must be equal, the resolved day for example. */
  readonly key: string
  /** What must overlap: the words in the text. */
  readonly words: string
  readonly optional: boolean
  readonly sure: boolean
}

const overlap = (a: string, b: string) => a.includes(b) || b.includes(a)

function compare(gold: readonly Item[], found: readonly Item[]): Score {
  const left = [...found]
  const take = ({ key, words }: Item) => {
    const at = left.findIndex((one) => one.key === key && overlap(one.words, words))
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  }
  // What has to be there chooses first.
  const must = gold.filter(({ optional }) => !optional)
  const missed = must.filter((item) => !take(item))
  for (const item of gold.filter(({ optional }) => optional)) take(item)
  const show = ({ key, words }: Item) => `${words} ${key}`
  return {
    right: must.length - missed.length,
    missed: missed.map(show),
    extra: left.map(show),
    sureAndWrong: left.filter(({ sure }) => sure).map(show),
  }
}

const dateKey = (find: { from?: string | null; to?: string | null; rule?: string | null }) =>
  find.rule ?? `${find.from ?? ''}..${find.to ?? ''}`

export function scoreDates({ dates }: Gold, reading: PlanReading): Score {
  const found = [...reading.finds, ...reading.rows].flatMap((find) => find.dates)
  return compare(
    dates.map((one) => ({
      key: dateKey(one),
      words: cleanLine(one.words),
      optional: one.optional === true,
      sure: false,
    })),
    found.map((one) => ({ key: dateKey(one), words: one.words, optional: false, sure: one.sure === 'said' })),
  )
}

export function scoreFrequencies({ frequencies }: Gold, reading: PlanReading): Score {
  const key = (one: { period: string; every?: number; least?: number | null; unit?: string | null }) =>
    [one.period, one.every ?? 1, one.least ?? '', one.unit ?? ''].join(' ')
  // The words of a frequency begin with its period; what is said in between may differ.
  const start = (words: string) => cleanLine(words).slice(0, 2)
  const narrowed = frequencies.filter(({ only }) => only !== undefined)
  const found = [...reading.finds, ...reading.rows].flatMap(({ quotas }) => quotas)
  const score = compare(
    frequencies.map((one) => ({
      key: key(one),
      words: start(one.words),
      optional: one.optional === true,
      sure: false,
    })),
    found.map((one) => ({ key: key(one), words: start(one.words), optional: false, sure: one.sure === 'said' })),
  )
  const unnarrowed = narrowed.filter((one) => !found.some((find) => key(find) === key(one) && find.only === one.only))
  return { ...score, missed: [...score.missed, ...unnarrowed.map(({ words, only }) => `${words} only ${only}`)] }
}

const roles = ['lead', 'responsible', 'assisting'] as const

export function scoreWho({ who }: Gold, reading: PlanReading): Score {
  const gold = who.flatMap((one) =>
    roles.flatMap((role) =>
      (one[role] ?? []).map((body) => ({
        key: `${role} ${cleanLine(body)}`,
        words: one.task,
        optional: false,
        sure: false,
      })),
    ),
  )
  const clauses = reading.finds.flatMap(({ clause, assignments }) =>
    assignments.map(({ role, body, matter, sure }) => ({
      key: `${role} ${body}`,
      words: matter ?? clause.text,
      optional: false,
      sure: sure === 'said',
    })),
  )
  const rows = reading.rows.flatMap(({ task, who: bodies }) =>
    bodies.map(({ role, body, sure }) => ({
      key: `${role} ${body}`,
      words: task,
      optional: false,
      sure: sure === 'said',
    })),
  )
  return compare(gold, [...rows, ...clauses])
}

/** The shape of the plan as one text, so that a difference is seen at once. */
export function outlineWords({ counts, perAction, stages, letter }: Gold, reading: PlanReading) {
  const { actions, measures, safeguards } = reading.structure
  const days = reading.stages.map(({ from, to }) => [from, to])
  return {
    gold: { ...counts, perAction, stageDays: stages, ...letter },
    found: {
      actions: actions.length,
      measures: measures.length,
      stages: reading.stages.length,
      safeguards: safeguards.length,
      perAction: perAction && actions.map((action) => action.measures.length),
      stageDays: days,
      ...(letter?.number ? { number: reading.letter.number } : {}),
      ...(letter?.date ? { date: reading.letter.date } : {}),
      ...(letter?.annexes ? { annexes: reading.letter.annexes.length } : {}),
    },
  }
}

export interface Figures {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

export function figuresOf(scores: readonly Score[]): Figures {
  const sum = (of: (score: Score) => number) => scores.reduce((total, score) => total + of(score), 0)
  const [right, missed, extra] = [sum((s) => s.right), sum((s) => s.missed.length), sum((s) => s.extra.length)]
  const precision = right + extra === 0 ? 1 : right / (right + extra)
  const recall = right + missed === 0 ? 1 : right / (right + missed)
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}
