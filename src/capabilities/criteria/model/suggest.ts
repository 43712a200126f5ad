import { normaliseText } from '#kernel/chinese/text.ts'
import type { Day } from '#kernel/time.ts'
import { inForce, type Standard, type StandardItem } from './library.ts'
import { type CriteriaWord, type Heard, heardIn } from './words.ts'

/**
 * Of the hazard's own sector, of another sector of the unit, of a document for every sector, or borrowed from a sector
 * that has an item for what others only do in passing.
 */
export type SuggestionScope = 'sector' | 'unit' | 'crossCutting' | 'borrowed'

export interface Suggestion {
  readonly standard: Standard
  readonly item: StandardItem
  /** Why the standard comes into question at all. */
  readonly scope: SuggestionScope
  /** 0..1: the share of the description's telling words that the item has. */
  readonly score: number
  /** The words both have, longest first: why the item is suggested. */
  readonly because: readonly string[]
  /** Of these the ones that were said in other words. */
  readonly heard: readonly Heard[]
}

const ordinary = /[的了是有在未不和与或及对按无已等为将被应由其]/
const minScore = 0.12
const minScoreOfOneWord = 0.2
/** Words no item knows count against a suggestion only up to this many; a long report has much that is beside the point. */
const maxUnknown = 12
/** How much they count: people tell much around the point, and in words of their own. */
const unknownShare = 0.6

function pairs(text: string): Set<string> {
  const out = new Set<string>()
  for (const run of normaliseText(text)
    .toLowerCase()
    .match(/\p{Script=Han}+|[a-z0-9]+/gu) ?? []) {
    if (!/^\p{Script=Han}/u.test(run)) {
      out.add(run)
      continue
    }
    const characters = Array.from(run)
    for (let at = 1; at < characters.length; at += 1) out.add(`${characters[at - 1]}${characters[at]}`)
  }
  return out
}

/** The longest stretches of a description that stand word for word in the item, at least two characters long. */
function sharedWords(description: string, item: string): string[] {
  const text = Array.from(normaliseText(description))
  const found: string[] = []
  for (let at = 0; at < text.length; ) {
    let length = 0
    while (at + length < text.length && item.includes(text.slice(at, at + length + 1).join(''))) length += 1
    const word = text.slice(at, at + length).join('')
    if (length >= 2 && /^\p{Script=Han}+$/u.test(word)) found.push(word)
    at += Math.max(1, length)
  }
  return [...new Set(found)].sort((a, b) => b.length - a.length)
}

/**
 * Whether shared words are more than a chance word such as 车间 or 措施 in a description about something else: several, a
 * longer one, or one that hardly any item has and that is a good part of what was said.
 */
function tells(shared: readonly string[], score: number, frequency: ReadonlyMap<string, number>): boolean {
  const [longest = ''] = shared
  if (shared.length > 1 || longest.length > 2) return true
  return longest !== '' && score >= minScoreOfOneWord && (frequency.get(longest) ?? 0) <= 2
}

export interface SuggestionWanted {
  readonly description: string
  /** The hazard's own sector. */
  readonly sector: string
  /** What else the unit does. */
  readonly sectors?: readonly string[]
  readonly on: Day
}

/** The farther a standard stands from the hazard's sector, the more the words must have in common. */
const nearness: Readonly<Record<SuggestionScope, number>> = { sector: 1, unit: 0.9, crossCutting: 0.85, borrowed: 0.75 }

function scopeOf(standard: Standard, item: StandardItem, wanted: SuggestionWanted): SuggestionScope | undefined {
  if (standard.sectors.includes(wanted.sector)) return 'sector'
  if (standard.sectors.some((sector) => wanted.sectors?.includes(sector))) return 'unit'
  if (standard.crossCutting) return 'crossCutting'
  return item.borrowed ? 'borrowed' : undefined
}

const scopeWords: Readonly<Record<SuggestionScope, string>> = {
  sector: '本行业领域的标准',
  unit: '该单位另一行业领域的标准',
  crossCutting: '各行业领域通用的标准',
  borrowed: '借用工贸标准的条款，按此判定须写明适用的理由',
}

/** Why an item is suggested, in one line. */
export function reasonOf({ scope, because, heard }: Pick<Suggestion, 'scope' | 'because' | 'heard'>): string {
  const words = because.map((word) => {
    const said = heard.find(({ means }) => means.includes(word))?.said
    return said && said !== word ? `${word}（“${said}”）` : word
  })
  return `${scopeWords[scope]}；相符的词：${words.join('、')}`
}

/**
 * Ranks the items of the standards in force for a unit by the telling words they share with a description. A word that
 * stands in many items tells little (inverse document frequency). What people say in their own words counts as what it
 * means in the words of the standards. Only suggests; a person decides (M05-3).
 */
export function suggestItems(
  standards: readonly Standard[],
  wanted: SuggestionWanted,
  limit = 5,
  words: readonly CriteriaWord[] = [],
): Suggestion[] {
  const candidates = standards
    .filter((standard) => inForce(standard, wanted.on))
    .flatMap((standard) =>
      standard.items.flatMap((item) => {
        const scope = item.withdrawn ? undefined : scopeOf(standard, item, wanted)
        return scope ? [{ standard, item, scope, words: pairs(`${item.group ?? ''}${item.text}`) }] : []
      }),
    )
  const frequency = new Map<string, number>()
  for (const { words: own } of candidates) for (const word of own) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  const weight = (word: string) =>
    (ordinary.test(word) ? 0.2 : 1) * Math.log(1 + candidates.length / (frequency.get(word) ?? 1))
  const { description } = wanted
  const heard = heardIn(description, words, [wanted.sector, ...(wanted.sectors ?? [])])
  const meant = heard.flatMap(({ means }) => [...pairs(means.join(' '))])
  const asked = [...new Set([...pairs(description), ...meant])].filter((word) => frequency.has(word))
  if (asked.length === 0) return []
  // Without the unknown words one chance word such as 办公 would look like a certain match. What was understood is known.
  const rest = heard.reduce((text, { said }) => text.replaceAll(said, ' '), description)
  const unknown = [...pairs(rest)].filter((word) => !frequency.has(word)).slice(0, maxUnknown)
  const sum = (list: readonly string[]) => list.reduce((total, word) => total + weight(word), 0)
  const whole = sum(asked) + sum(unknown) * unknownShare
  const found = candidates.flatMap(({ standard, item, scope, words: own }) => {
    // Long items share words with everything; their length counts a little against them.
    const score = (nearness[scope] * sum(asked.filter((word) => own.has(word)))) / whole / (1 + own.size / 400)
    if (score < minScore || item.catchAll) return []
    const understood = heard.flatMap(({ means }) => means.filter((word) => item.text.includes(word)))
    const shared = sharedWords(description, item.text)
    if (understood.length === 0 && !tells(shared, score, frequency)) return []
    return [{ standard, item, scope, score, because: [...new Set([...understood, ...shared])], heard }]
  })
  return found.sort((a, b) => b.score - a.score).slice(0, limit)
}
