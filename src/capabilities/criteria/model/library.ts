import { normaliseText } from '#kernel/chinese/text.ts'
import type { Day } from '#kernel/time.ts'
import type { CriterionFacts } from './port.ts'

/** A 重大事故隐患判定标准 as the pack holds it. Days are inclusive; `supersededOn` is the first day it no longer holds. */
export interface Standard {
  readonly id: string
  readonly title: string
  readonly issuer: string
  readonly documentNo: string
  readonly effectiveFrom: Day
  readonly supersededOn: Day | null
  readonly sectors: readonly string[]
  /** False: only the catalogue entry is known, its items are not in the library. */
  readonly itemised: boolean
  readonly source: string
  readonly confidence: string
  /** Whether the wording was checked against the published text. */
  readonly verified: boolean
  readonly note: string | null
  readonly items: readonly StandardItem[]
}

export interface StandardItem {
  readonly id: string
  readonly group: string | null
  readonly no: string
  readonly text: string
  /** An item such as 其他严重违反…的 decides nothing by itself. */
  readonly catchAll: boolean
}

export interface Suggestion {
  readonly standard: Standard
  readonly item: StandardItem
  /** 0..1: the share of the description's telling words that the item has. */
  readonly score: number
  /** The words both have, longest first: why the item is suggested. */
  readonly because: readonly string[]
}

export function inForce(standard: Standard, on: Day): boolean {
  return standard.effectiveFrom <= on && (standard.supersededOn === null || on < standard.supersededOn)
}

export function factsOf(standard: Standard, item: StandardItem, lastDay: Day | null): CriterionFacts {
  const group = item.group ? `${item.group}：` : ''
  return {
    id: item.id,
    documentId: standard.id,
    sectors: standard.sectors,
    text: `《${standard.title}》${item.no} ${group}${item.text}`,
    catchAll: item.catchAll,
    inForceFrom: standard.effectiveFrom,
    inForceTo: lastDay,
  }
}

const ordinary = /[的了是有在未不和与或及对按无已等为将被应由其]/
const minScore = 0.12
/** Words no item knows count against a suggestion only up to this many; a long report has much that is beside the point. */
const maxUnknown = 12

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
 * Ranks the items of the standards in force for a sector by the telling words they share with a description. A word that
 * stands in many items tells little (inverse document frequency). Only suggests; a person decides (M05-3).
 */
export function suggestItems(
  standards: readonly Standard[],
  wanted: { readonly description: string; readonly sector: string; readonly on: Day },
  limit = 5,
): Suggestion[] {
  const candidates = standards
    .filter((standard) => standard.sectors.includes(wanted.sector) && inForce(standard, wanted.on))
    .flatMap((standard) =>
      standard.items.map((item) => ({ standard, item, words: pairs(`${item.group ?? ''}${item.text}`) })),
    )
  const frequency = new Map<string, number>()
  for (const { words } of candidates) for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  const weight = (word: string) =>
    (ordinary.test(word) ? 0.2 : 1) * Math.log(1 + candidates.length / (frequency.get(word) ?? 1))
  const described = [...pairs(wanted.description)]
  const asked = described.filter((word) => frequency.has(word))
  if (asked.length === 0) return []
  // Without the unknown words one chance word such as 办公 would look like a certain match.
  const unknown = described.filter((word) => !frequency.has(word)).slice(0, maxUnknown)
  const whole = [...asked, ...unknown].reduce((sum, word) => sum + weight(word), 0)
  return candidates
    .map(({ standard, item, words }) => {
      const shared = asked.filter((word) => words.has(word)).reduce((sum, word) => sum + weight(word), 0)
      // Long items share words with everything; their length counts a little against them.
      const score = shared / whole / (1 + words.size / 400)
      return { standard, item, score, because: sharedWords(wanted.description, item.text) }
    })
    .filter(({ score, because, item }) => score >= minScore && because.length > 0 && !item.catchAll)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
}
