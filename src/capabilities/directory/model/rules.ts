import { nameKey, normaliseText, similarity } from '#kernel/chinese/text.ts'
import type { HighRiskOverride } from './record.ts'

/** What the sectors alone say: a unit is high-risk when any of its sectors is. */
export function highRiskBySector(sectors: readonly string[], highRiskSectors: ReadonlySet<string>): boolean {
  return sectors.some((sector) => highRiskSectors.has(sector))
}

/** The flag that holds: an official's override where there is one, else what the sectors say. */
export function isHighRisk(
  unit: { readonly sectors: readonly string[]; readonly highRiskOverride: HighRiskOverride | null },
  highRiskSectors: ReadonlySet<string>,
): boolean {
  return unit.highRiskOverride?.value ?? highRiskBySector(unit.sectors, highRiskSectors)
}

/** What is compared when asking whether two entries are one unit; `area` may be a town or a village. */
export interface UnitIdentity {
  readonly name: string
  readonly area: string | null
  readonly creditCode: string | null
}

export interface Likeness {
  /** 0..1; 1 = same credit code, or the same name in the same town. */
  readonly score: number
  readonly why: string
}

/** From this likeness on a unit is worth showing to a person who registers one. */
export const worthShowing = 0.5
/** From this likeness on registering needs the person's word that it is another unit. */
export const probablySame = 0.85

/** How likely two entries are one unit, with the reason in words. Different credit codes speak against it, never for. */
export function likeness(wanted: UnitIdentity, known: UnitIdentity): Likeness {
  const bothCoded = wanted.creditCode !== null && known.creditCode !== null
  if (bothCoded && wanted.creditCode === known.creditCode) return { score: 1, why: '统一社会信用代码相同' }
  const town = townRelation(wanted.area, known.area)
  const names = nameLikeness(wanted.name, known.name)
  const factor = town === 'same' ? 1 : town === 'unknown' ? 0.95 : 0.75
  const score = names.score * factor * (bothCoded ? 0.6 : 1)
  const where = town === 'same' ? '，同一乡镇' : town === 'other' ? '，乡镇不同' : ''
  const codes = bothCoded ? '，但信用代码不同' : ''
  return { score: Math.round(score * 1000) / 1000, why: `${names.why}${where}${codes}` }
}

function nameLikeness(a: string, b: string): Likeness {
  const left = normaliseText(a)
  const right = normaliseText(b)
  if (left === right) return { score: 1, why: '名称相同' }
  const leftKey = nameKey(left)
  const rightKey = nameKey(right)
  if (leftKey === rightKey) return { score: 0.97, why: '名称除地名、公司形式外相同' }
  // A name inside the other (a ledger's short form) is likelier one unit than the shared pairs alone would say.
  const shorter = Math.min(leftKey.length, rightKey.length)
  const inside = shorter >= 3 && (leftKey.includes(rightKey) || rightKey.includes(leftKey))
  const score = similarity(leftKey, rightKey)
  return inside ? { score: Math.max(score, 0.8), why: '名称互相包含' } : { score: score * 0.95, why: '名称相近' }
}

function townRelation(a: string | null, b: string | null): 'same' | 'other' | 'unknown' {
  if (a === null || b === null || a.length < 9 || b.length < 9) return 'unknown'
  return a.slice(0, 9) === b.slice(0, 9) ? 'same' : 'other'
}
