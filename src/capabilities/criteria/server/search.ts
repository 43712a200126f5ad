import { normaliseText } from '#kernel/chinese/text.ts'
import { searchQuery, searchTokens } from '#platform/search/tokens.ts'
import { type CriteriaWord, heardIn, type Standard, type StandardItem } from '../model/index.ts'

export interface IndexedItem {
  readonly standard: Standard
  readonly item: StandardItem
  /** How much a term found in the item counts: most in the number, then in the object, the condition, the title. */
  readonly terms: ReadonlyMap<string, number>
}

/**
 * A condition is what is searched for and an object says what it is about; the title stands on every item of its
 * document, so that a word in it tells the document but not the item.
 */
const weights = { no: 3, group: 1.6, text: 1, title: 0.4 } as const
const sureness = { high: 1, medium: 0.95, low: 0.85 } as const
/** The share of a query's weight an item must have: what was typed in one breath need not stand so in the law. */
const enough = 0.5

export function indexItems(standards: readonly Standard[]): IndexedItem[] {
  return standards.flatMap((standard) =>
    standard.items.map((item) => {
      const terms = new Map<string, number>()
      const fields = { title: standard.title, text: item.text, group: item.group ?? '', no: item.no }
      for (const [field, text] of Object.entries(fields) as [keyof typeof weights, string][]) {
        for (const term of searchTokens(text).split(' ').filter(Boolean))
          terms.set(term, Math.max(terms.get(term) ?? 0, weights[field]))
      }
      return { standard, item, terms }
    }),
  )
}

function weightIn(terms: ReadonlyMap<string, number>, term: string): number {
  if (!term.endsWith(':*')) return terms.get(term) ?? 0
  const start = term.slice(0, -2)
  let best = 0
  for (const [word, weight] of terms) if (word.startsWith(start)) best = Math.max(best, weight)
  return best
}

interface Asked {
  readonly word: string
  readonly terms: readonly string[]
  /** What the word means in the words of the standards: an item that has one of them has the word. */
  readonly means: readonly string[]
}

/**
 * Each typed word with its terms. A term no item has (风检 of 通风检测) is left out and cannot spoil the rest; a word
 * of which the library knows less than half (停车位画线) is unknown, however well 停车 is known.
 */
function askedFor(items: readonly IndexedItem[], text: string, words: readonly CriteriaWord[]): Asked[] {
  return normaliseText(text)
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => {
      const all = searchQuery(word).split(' & ').filter(Boolean)
      const known = all.filter((term) => items.some((item) => weightIn(item.terms, term) > 0))
      const means = heardIn(word, words).flatMap((heard) => heard.means)
      return { word, terms: known.length * 2 >= all.length ? known : [], means }
    })
}

/**
 * Items that have something of every typed word and most of the whole, the best match first: rare terms count more,
 * terms in number and object more than in the title, and a word that stands there as typed more than its pieces.
 * Without words every item, as its document orders it.
 */
export function searchItems(
  items: readonly IndexedItem[],
  text: string,
  words: readonly CriteriaWord[] = [],
): IndexedItem[] {
  const asked = askedFor(items, text, words)
  if (asked.length === 0) return [...items]
  if (asked.some(({ terms, means }) => terms.length + means.length === 0)) return []
  const rarity = new Map<string, number>()
  for (const term of asked.flatMap(({ terms }) => terms)) {
    const having = items.filter((item) => weightIn(item.terms, term) > 0).length
    rarity.set(term, Math.log(1 + items.length / having))
  }
  const whole = asked.reduce((sum, word) => sum + worthOf(word, rarity), 0)
  const scored: { item: IndexedItem; score: number }[] = []
  for (const item of items) {
    const score = scoreOf(item, asked, rarity, whole)
    if (score > 0) scored.push({ item, score })
  }
  return scored.sort((a, b) => b.score - a.score).map(({ item }) => item)
}

/** What a word counts for as a whole; one of which the items know only the meaning counts like a rare one. */
function worthOf({ terms }: Asked, rarity: ReadonlyMap<string, number>): number {
  return terms.length === 0 ? Math.LN10 : terms.reduce((sum, term) => sum + (rarity.get(term) ?? 0), 0)
}

function scoreOf(indexed: IndexedItem, asked: readonly Asked[], rarity: ReadonlyMap<string, number>, whole: number) {
  const { item, terms } = indexed
  const wording = `${item.group ?? ''} ${item.text}`
  let share = 0
  let score = 0
  for (const one of asked) {
    const { word, means } = one
    const found = one.terms.filter((term) => weightIn(terms, term) > 0)
    const meant = means.some((meaning) => wording.includes(meaning))
    if (found.length === 0 && !meant) return 0
    if (meant) {
      const worth = worthOf(one, rarity)
      share += worth
      score += worth
      continue
    }
    for (const term of found) {
      const rare = rarity.get(term) ?? 0
      share += rare
      score += rare * weightIn(terms, term)
    }
    if (wording.includes(word)) score += whole / asked.length
  }
  if (share < whole * enough) return 0
  // Of two that have the same words the shorter says little else, and sure wording goes before unsure.
  return (score * sureness[item.confidence]) / (1 + wording.length / 400)
}
