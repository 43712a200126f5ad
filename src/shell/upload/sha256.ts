/** First 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4). */
const constants = new Uint32Array(64)
const start = new Uint32Array(8)
for (let candidate = 2, found = 0; found < 64; candidate += 1) {
  let prime = true
  for (let factor = 2; factor * factor <= candidate; factor += 1) if (candidate % factor === 0) prime = false
  if (!prime) continue
  const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32)
  if (found < 8) start[found] = fraction(Math.sqrt(candidate))
  constants[found] = fraction(Math.cbrt(candidate))
  found += 1
}

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by))

/**
 * SHA-256 of bytes that come piece by piece. Browsers have their own only on addresses with HTTPS, which the intranet of
 * a county is not, and only for all bytes at once, which a phone does not have room for.
 */
export class Sha256 {
  readonly #state = start.slice()
  readonly #words = new Uint32Array(64)
  readonly #block = new Uint8Array(64)
  #filled = 0
  #length = 0

  update(bytes: Uint8Array): this {
    this.#length += bytes.length
    let at = 0
    if (this.#filled > 0) {
      at = Math.min(64 - this.#filled, bytes.length)
      this.#block.set(bytes.subarray(0, at), this.#filled)
      this.#filled += at
      if (this.#filled < 64) return this
      this.#take(this.#block, 0)
    }
    for (; at + 64 <= bytes.length; at += 64) this.#take(bytes, at)
    this.#block.set(bytes.subarray(at))
    this.#filled = bytes.length - at
    return this
  }

  /** The hash in hexadecimal; nothing can be added afterwards. */
  hex(): string {
    const bits = this.#length * 8
    const end = new Uint8Array(this.#filled < 56 ? 64 - this.#filled : 128 - this.#filled)
    end[0] = 0x80
    const view = new DataView(end.buffer)
    view.setUint32(end.length - 8, Math.floor(bits / 2 ** 32))
    view.setUint32(end.length - 4, bits >>> 0)
    this.update(end)
    return [...this.#state].map((word) => word.toString(16).padStart(8, '0')).join('')
  }

  #take(bytes: Uint8Array, from: number): void {
    const words = this.#words
    for (let at = 0; at < 16; at += 1) {
      const place = from + at * 4
      words[at] =
        ((bytes[place] ?? 0) << 24) |
        ((bytes[place + 1] ?? 0) << 16) |
        ((bytes[place + 2] ?? 0) << 8) |
        (bytes[place + 3] ?? 0)
    }
    for (let at = 16; at < 64; at += 1) {
      const [early, late] = [words[at - 15] ?? 0, words[at - 2] ?? 0]
      const first = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)
      const second = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10)
      words[at] = (words[at - 16] ?? 0) + first + (words[at - 7] ?? 0) + second
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = this.#state
    for (let at = 0; at < 64; at += 1) {
      const choice = (e & f) ^ (~e & g)
      const mix = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + (constants[at] ?? 0) + (words[at] ?? 0)) | 0
      const majority = (a & b) ^ (a & c) ^ (b & c)
      const other = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0
      h = g
      g = f
      f = e
      e = (d + mix) | 0
      d = c
      c = b
      b = a
      a = (mix + other) | 0
    }
    for (const [at, word] of [a, b, c, d, e, f, g, h].entries()) this.#state[at] = (this.#state[at] ?? 0) + word
  }
}
