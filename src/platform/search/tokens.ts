import { normaliseText } from '#kernel/chinese/text.ts'

const runs = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu
const han = /^\p{Script=Han}/u

/** Han text is cut into single characters and neighbouring pairs, other scripts into whole words. */
function piecesOf(run: string): string[] {
  if (!han.test(run)) return [run]
  const characters = Array.from(run)
  return [...characters, ...characters.slice(1).map((character, at) => `${characters[at]}${character}`)]
}

/**
 * The words of a text for a `simple` tsvector, separated by spaces. Pairs instead of dictionary words: whatever part of
 * a sentence a clerk types is found, as in Excel, also where a dictionary would have cut elsewhere (ADR 0002).
 */
export function searchTokens(text: string): string {
  const words = new Set<string>()
  for (const [run] of normaliseText(text).toLowerCase().matchAll(runs))
    for (const piece of piecesOf(run)) words.add(piece)
  return [...words].join(' ')
}

/**
 * What a person typed as a `to_tsquery('simple', …)` text: all parts must occur, Latin words and numbers from their
 * beginning. Empty when nothing can be searched for; only letters and digits are left, so no operator can be smuggled in.
 */
export function searchQuery(text: string): string {
  const terms = new Set<string>()
  for (const [run] of normaliseText(text).toLowerCase().matchAll(runs)) {
    if (!han.test(run)) terms.add(`${run}:*`)
    else if (Array.from(run).length === 1) terms.add(run)
    else for (const piece of piecesOf(run)) if (Array.from(piece).length === 2) terms.add(piece)
  }
  return [...terms].join(' & ')
}
