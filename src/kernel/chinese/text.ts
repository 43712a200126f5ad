/** Full-width letters, digits and symbols, but not ！（），：；？, which Chinese sentences are written with. */
const fullWidth = /[\uFF02-\uFF07\uFF0A\uFF0B\uFF0D-\uFF19\uFF1C-\uFF1E\uFF20-\uFF5E]/g
/** Radicals that copying from PDF puts in place of the characters they look like; search would never find them. */
const radicals = /[\u2E80-\u2FD5]/g
/** Control and format characters (zero-width, direction, soft hyphen) and broken surrogates; the database refuses NUL. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}]/gu
/** Every blank of Unicode but the line break. */
const blanks = /[^\S\n]+/g

/**
 * Text as it is stored from a one-line field: letters and digits half-width, one space where there were blanks or line
 * breaks, no invisible characters. Chinese punctuation and signs such as ① or ㎡ stay as written. Idempotent.
 */
export function normaliseText(text: string): string {
  return normaliseLines(text).replace(/\n+/g, ' ').trim()
}

/** As `normaliseText`, for fields of several lines: line breaks stay, at most one empty line between two lines. */
export function normaliseLines(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/[\t\v\f]/g, ' ')
    .replace(/\uFEFF/g, '')
    .split('\n')
    .map((line) => halfWidth(line.replace(invisible, '')).replace(blanks, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function halfWidth(text: string): string {
  const narrow = (character: string) => character.normalize('NFKC')
  return text.replace(fullWidth, narrow).replace(radicals, narrow).normalize('NFC')
}

/** What a name may begin with without saying more about the unit: 某某省, 某某市, 某某县（区）. 超市 and the like are no cities. */
const region =
  /^(?:\p{Script=Han}{2,3}省|\p{Script=Han}{1,2}[^超城菜集夜花鞋闹上]市|\p{Script=Han}{1,3}[^小园社校厂景]?[县区])(?=\p{Script=Han}{2,})/u

/**
 * The part of a unit's name that tells it from others, for finding near-duplicates: without legal form, region at the
 * front, 示例 marks, brackets, punctuation and blanks. Equal keys are a reason to ask, never proof of one unit.
 */
export function nameKey(name: string): string {
  const plain = normaliseText(name)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[([【〔](?:示例|演示)[)\]】〕]/g, '')
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, '')
  const local = withoutRegions(plain)
  // A branch (分公司) is another unit than its company, so only a final 公司 that is not part of 分公司/子公司 goes.
  const short = local.replace(/股份(?=有限)|有限责任公司|有限公司/g, '').replace(/(?<![分子])公司$/, '')
  return short || local || plain
}

function withoutRegions(name: string): string {
  const shorter = name.replace(region, '')
  return shorter === name ? name : withoutRegions(shorter)
}

/** Neighbouring pairs of characters in order, repeats included; a text of one character is its own only member. */
export function bigrams(text: string): string[] {
  const characters = Array.from(text)
  if (characters.length < 2) return characters
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

/**
 * Likeness of two texts from 0 to 1: Dice's coefficient over their bigrams, counted with repeats. Two empty texts are
 * 0: fields nobody filled in must not make two records look alike.
 */
export function similarity(a: string, b: string): number {
  const left = bigrams(a)
  const right = bigrams(b)
  if (left.length === 0 || right.length === 0) return 0
  const counts = new Map<string, number>()
  for (const pair of left) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  let shared = 0
  for (const pair of right) {
    const count = counts.get(pair) ?? 0
    if (count === 0) continue
    counts.set(pair, count - 1)
    shared += 1
  }
  return (2 * shared) / (left.length + right.length)
}

/**
 * A text cell that no spreadsheet program will run as a formula: an apostrophe goes before texts that begin (after
 * blanks) with = + - @, full-width ones too, or with a tab or line break. Idempotent; for text only, never for numbers.
 */
export function neutraliseFormula(text: string): string {
  return /^(?:[\t\r\n]|[\s\p{Cf}]*[=+\-@＝＋－＠])/u.test(text) ? `'${text}` : text
}
