/** A stretch of a text; `hit` ones have what was searched for. */
export interface Piece {
  readonly text: string
  readonly hit: boolean
}

/**
 * Cuts a text where the searched words stand in it. The server finds Chinese by pairs of characters, so pairs are marked
 * too: otherwise a row that matches 防爆电气 by 电气设备不防爆 would show no reason for being there.
 */
export function piecesOf(text: string, searched: string): Piece[] {
  const characters = Array.from(text)
  const lower = characters.map((character) => character.toLowerCase())
  const hits = new Set<number>()
  for (const word of wordsOf(searched)) {
    const wanted = Array.from(word)
    for (let at = 0; at + wanted.length <= lower.length; at += 1) {
      if (wanted.every((character, offset) => lower[at + offset] === character)) {
        for (let offset = 0; offset < wanted.length; offset += 1) hits.add(at + offset)
      }
    }
  }
  const pieces: Piece[] = []
  let start = 0
  for (let at = 1; at <= characters.length; at += 1) {
    if (at < characters.length && hits.has(at) === hits.has(start)) continue
    pieces.push({ text: characters.slice(start, at).join(''), hit: hits.has(start) })
    start = at
  }
  return pieces
}

function wordsOf(searched: string): string[] {
  const runs = searched.toLowerCase().match(/\p{Script=Han}+|[a-z0-9.]+/gu) ?? []
  return runs.flatMap((run) => {
    const characters = Array.from(run)
    if (!/^\p{Script=Han}/u.test(run) || characters.length <= 2) return [run]
    return characters.slice(1).map((character, at) => `${characters[at]}${character}`)
  })
}
