/**
 * Codes of administrative areas: 6 digits down to the county (GB/T 2260), 9 for a town or street, 12 for a village
 * (statistical codes). A code begins with the code of every area above it, so scope is a prefix test.
 */
export type AreaLevel = 'county' | 'town' | 'village'

export const areaCodePattern: RegExp = /^[1-9]\d{5}(?:\d{3}(?:\d{3})?)?$/

const levels = new Map<number, AreaLevel>([
  [6, 'county'],
  [9, 'town'],
  [12, 'village'],
])

export function isAreaCode(value: unknown): value is string {
  return typeof value === 'string' && areaCodePattern.test(value)
}

/** The level a code names, or undefined when the text is not an area code. */
export function areaLevel(code: string): AreaLevel | undefined {
  return isAreaCode(code) ? levels.get(code.length) : undefined
}

/** True when `code` is the area `prefix` or lies in it. The empty prefix holds every area. */
export function isWithin(code: string, prefix: string): boolean {
  return code.startsWith(prefix)
}

/** The areas above a code, from the county down, without the code itself; empty when the text is not an area code. */
export function ancestorsOf(code: string): string[] {
  if (!isAreaCode(code)) return []
  return [...levels.keys()].filter((length) => length < code.length).map((length) => code.slice(0, length))
}

/**
 * Bounds with `from <= code < to` exactly for the digit codes that begin with `prefix`, as an index range scan. Holds
 * only where texts are compared byte by byte (collation "C"). Throws RangeError when the prefix has other characters.
 */
export function prefixRange(prefix: string): { from: string; to: string } {
  if (!/^\d*$/.test(prefix)) throw new RangeError(`not the beginning of an area code: ${prefix}`)
  // The character after '9' is ':', so raising the last digit needs no carry; ':' alone lies above every code.
  const last = prefix.length === 0 ? '9' : prefix.slice(-1)
  return { from: prefix, to: prefix.slice(0, -1) + String.fromCharCode(last.charCodeAt(0) + 1) }
}

/** The town an area lies in: itself or, for a village, the town above it. Countywide areas answer themselves. */
export function townOf(code: string): string {
  return code.slice(0, 9)
}
