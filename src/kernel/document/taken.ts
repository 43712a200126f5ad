/** Which characters of a text were read already, so that no find overlaps one before it. Constant time per character. */
export class Taken {
  readonly #marks: Uint8Array

  constructor(length: number) {
    this.#marks = new Uint8Array(length)
  }

  /** Whether nothing from `at` up to `end` was taken. */
  isFree(at: number, end: number): boolean {
    return !this.#marks.subarray(at, end).includes(1)
  }

  /** Takes the characters from `at` up to `end`; false, and nothing taken, when some of them were before. */
  take(at: number, end: number): boolean {
    if (!this.isFree(at, end)) return false
    this.#marks.fill(1, at, end)
    return true
  }
}
