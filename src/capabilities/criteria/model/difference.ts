import { similarity } from '#kernel/chinese/text.ts'
import type { StandardItem } from './library.ts'

type Item = Pick<StandardItem, 'group' | 'no' | 'text' | 'catchAll'>

export interface ItemDifference<B extends Item, A extends Item> {
  readonly added: readonly A[]
  /** Worded, numbered or ruled otherwise than before. */
  readonly changed: readonly { readonly before: B; readonly after: A }[]
  readonly dropped: readonly B[]
  /** How many stand as they stood. */
  readonly same: number
}

/** Less alike than this, two items with different numbers are two rules and not one that was reworded. */
const alike = 0.6

const sameRule = (a: Item, b: Item) => a.text === b.text && a.no === b.no && a.catchAll === b.catchAll

/**
 * What a new edition does to the items of the one before. Items have no name that outlives an edition, so they are paired
 * by wording, then by their place (chapter and number), then by likeness, the likest first. Pure; at most 500 items each.
 */
export function itemDifference<B extends Item, A extends Item>(
  before: readonly B[],
  after: readonly A[],
): ItemDifference<B, A> {
  const left = new Set(before)
  const right = new Set(after)
  const pairs = new Map<A, B>()
  const pair = (b: B, a: A) => {
    left.delete(b)
    right.delete(a)
    pairs.set(a, b)
  }
  const pairWhere = (match: (b: B, a: A) => boolean) => {
    for (const a of [...right]) {
      const found = [...left].find((b) => match(b, a))
      if (found) pair(found, a)
    }
  }
  pairWhere(sameRule)
  pairWhere((b, a) => b.text === a.text)
  // A number alone is no place: editions renumber, and only together with the chapter or some likeness it means the same.
  pairWhere((b, a) => b.no === a.no && (b.group ?? '') === (a.group ?? '') && similarity(b.text, a.text) >= alike / 2)
  const likeness = [...right].flatMap((a) => [...left].map((b) => ({ a, b, score: similarity(b.text, a.text) })))
  for (const { a, b, score } of likeness.sort((x, y) => y.score - x.score)) {
    if (score >= alike && right.has(a) && left.has(b)) pair(b, a)
  }
  const changed = after.flatMap((a) => {
    const b = pairs.get(a)
    return b && !sameRule(b, a) ? [{ before: b, after: a }] : []
  })
  return {
    added: after.filter((a) => right.has(a)),
    changed,
    dropped: before.filter((b) => left.has(b)),
    same: pairs.size - changed.length,
  }
}
