/**
 * A square of grey values, 0 to 255, row by row. Every picture is pressed into the same square, so that its size and the
 * proportions a crop changes do not count.
 */
export interface Grey {
  readonly side: number
  readonly values: Uint8Array
}

/** Part of a picture as shares of its width and height that are left away. */
export interface Cut {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const cut = (left: number, top: number, right: number, bottom: number): Cut => ({ left, top, right, bottom })
const whole = cut(0, 0, 0, 0)

/** What is usually cut away when a photo is passed on: a margin, or a strip with a mark of time and place. */
const usualCuts = [
  whole,
  cut(0.05, 0.05, 0.05, 0.05),
  cut(0.08, 0, 0, 0),
  cut(0, 0.08, 0, 0),
  cut(0, 0, 0.08, 0),
  cut(0, 0, 0, 0.08),
] as const

/** Side of the square that looks are taken from. */
export const greySide = 256
const bands = 4
const bandBits = 16

/** A look is 64 bits: for 8 × 8 places whether the picture gets lighter to the right. */
export type Look = bigint

/** The means of a grid of fields over a part of a picture. */
function fieldsOf(grey: Grey, part: Cut, columns: number, rows: number): Float64Array {
  const sums = sumsOf(grey)
  const { side } = grey
  const edge = (from: number, to: number, count: number, at: number) =>
    Math.round((from + ((1 - from - to) * at) / count) * side)
  const out = new Float64Array(columns * rows)
  for (let y = 0; y < rows; y += 1) {
    const [top, bottom] = [edge(part.top, part.bottom, rows, y), edge(part.top, part.bottom, rows, y + 1)]
    for (let x = 0; x < columns; x += 1) {
      const [left, right] = [edge(part.left, part.right, columns, x), edge(part.left, part.right, columns, x + 1)]
      const at = (row: number, column: number) => sums[row * (side + 1) + column] ?? 0
      const sum = at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left)
      out[y * columns + x] = sum / Math.max(1, (bottom - top) * (right - left))
    }
  }
  return out
}

const known = new WeakMap<Grey, Float64Array>()

/** Sums over every rectangle that begins in the corner: the mean of any field then costs four look-ups. */
function sumsOf(grey: Grey): Float64Array {
  const had = known.get(grey)
  if (had) return had
  const { side, values } = grey
  const sums = new Float64Array((side + 1) * (side + 1))
  for (let y = 0; y < side; y += 1) {
    let row = 0
    for (let x = 0; x < side; x += 1) {
      row += values[y * side + x] ?? 0
      sums[(y + 1) * (side + 1) + x + 1] = (sums[y * (side + 1) + x + 1] ?? 0) + row
    }
  }
  known.set(grey, sums)
  return sums
}

function lookOf(grey: Grey, part: Cut): Look {
  const fields = fieldsOf(grey, part, 9, 8)
  let look = 0n
  for (let y = 0; y < 8; y += 1) {
    for (let x = 0; x < 8; x += 1) {
      look = (look << 1n) | ((fields[y * 9 + x] ?? 0) < (fields[y * 9 + x + 1] ?? 0) ? 1n : 0n)
    }
  }
  return look
}

const ways = [0, 1, 2, 3, 4, 5, 6, 7] as const

/** The eight ways a square of values can lie: four turns, and their mirror images. Answers a square of the same kind. */
function turned<T extends Uint8Array | Float64Array>(values: T, side: number, way: number, out: T): T {
  const last = side - 1
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const across = way >= 4 ? last - x : x
      const turn = way % 4
      const fromX = turn === 0 ? across : turn === 1 ? y : turn === 2 ? last - across : last - y
      const fromY = turn === 0 ? y : turn === 1 ? last - across : turn === 2 ? last - y : across
      out[y * side + x] = values[fromY * side + fromX] ?? 0
    }
  }
  return out
}

function turnedGrey({ side, values }: Grey, way: number): Grey {
  return way === 0 ? { side, values } : { side, values: turned(values, side, way, new Uint8Array(values.length)) }
}

export function distanceOf(a: Look, b: Look): number {
  let rest = a ^ b
  let bits = 0
  for (; rest > 0n; rest &= rest - 1n) bits += 1
  return bits
}

/** Flat pictures (a black frame, a white page) all look alike; nothing can be said of them. */
function isFlat(look: Look): boolean {
  const ones = distanceOf(look, 0n)
  return ones < 8 || ones > 56
}

/** What is kept of a picture so that it is found again; nothing of a flat one. */
export function looksOf(grey: Grey): Look[] {
  if (isFlat(lookOf(grey, whole))) return []
  return [...new Set(usualCuts.map((part) => lookOf(grey, part)))].filter((look) => !isFlat(look))
}

/** What is looked for: the same, and the whole picture turned and mirrored. */
export function soughtOf(grey: Grey): Look[] {
  const own = looksOf(grey)
  if (own.length === 0) return []
  const lying = ways.slice(1).map((way) => lookOf(turnedGrey(grey, way), whole))
  return [...new Set([...own, ...lying.filter((look) => !isFlat(look))])]
}

/**
 * Numbers that near looks are likely to share: each quarter of a look with its place. Looks that differ in three bits
 * share one at least; the many cuts give pictures that differ in more many chances.
 */
export function keysOf(looks: readonly Look[]): number[] {
  const keys = new Set<number>()
  for (const look of looks) {
    for (let band = 0; band < bands; band += 1) {
      keys.add(band * 2 ** bandBits + Number((look >> BigInt(band * bandBits)) & 0xffffn))
    }
  }
  return [...keys]
}

const fine = 32
const coarse = 16
const steps = [0, 0.03, 0.06, 0.09]
const margins: readonly Cut[] = steps.flatMap((left) =>
  steps.flatMap((top) => steps.flatMap((right) => steps.map((bottom) => cut(left, top, right, bottom)))),
)

/** Fields around zero with a spread of one: brightness and contrast do not count, and a white mark moves neither. */
function levelled(fields: Float64Array): Float64Array {
  const sorted = fields.toSorted()
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  const middle = at(0.5)
  const spread = Math.max(at(0.8) - at(0.2), 4)
  return fields.map((value) => (value - middle) / spread)
}

/** The share of fields that are as good as equal. A mark in a corner costs its own fields only. */
function agreement(a: Float64Array, b: Float64Array): number {
  let equal = 0
  for (let at = 0; at < a.length; at += 1) if (Math.abs((a[at] ?? 0) - (b[at] ?? 0)) < tolerance) equal += 1
  return equal / a.length
}
const tolerance = 0.2

/** From here on two pictures count as one photo: sent again, resized, turned, marked, or cut at its margins. */
export const sameFrom = 0.88

/** Margins looked at closely, of all that were tried roughly. */
const promising = 12

/** Fields of one picture, each part and size of them reckoned once however many others it is compared with. */
function reckoned(grey: Grey) {
  const known = new Map<string, Float64Array>()
  return (part: Cut, count: number): Float64Array => {
    const key = `${part.left} ${part.top} ${part.right} ${part.bottom} ${count}`
    const had = known.get(key)
    if (had) return had
    const fields = levelled(fieldsOf(grey, part, count, count))
    known.set(key, fields)
    return fields
  }
}

/**
 * Compares one picture with others: answers how much of another is the same, 0 to 1, when they are laid over each other as
 * well as turning, mirroring and cutting margins allow. Copies of one photo come out above `sameFrom`, two photos of one
 * scene below.
 */
export function likenessTo(a: Grey): (b: Grey) => number {
  const own = levelled(fieldsOf(a, whole, fine, fine))
  // The fields are cut from the square evenly, so that turning them is turning the picture.
  const lying = ways.map((way) => turned(own, fine, way, new Float64Array(own.length)))
  const turnedParts = new Map<number, ReturnType<typeof reckoned>>()
  const partsOf = (way: number) => {
    const had = turnedParts.get(way)
    if (had) return had
    const parts = reckoned(turnedGrey(a, way))
    turnedParts.set(way, parts)
    return parts
  }
  return (b) => {
    const theirs = reckoned(b)
    const scores = lying.map((fields) => agreement(fields, theirs(whole, fine)))
    const best = Math.max(...scores)
    // A margin cut away leaves more than this alike; two pictures that share nothing stay below.
    if (best < 0.35) return best
    const mine = partsOf(scores.indexOf(best))
    const pairs = margins.flatMap((part) => [
      { cutA: part, cutB: whole },
      { cutA: whole, cutB: part },
    ])
    const rough = pairs.map((pair) => ({
      ...pair,
      score: agreement(mine(pair.cutA, coarse), theirs(pair.cutB, coarse)),
    }))
    const close = rough.sort((one, other) => other.score - one.score).slice(0, promising)
    return Math.max(best, ...close.map(({ cutA, cutB }) => agreement(mine(cutA, fine), theirs(cutB, fine))))
  }
}

/** `likenessTo` for two pictures. */
export const likeness = (a: Grey, b: Grey): number => likenessTo(a)(b)
