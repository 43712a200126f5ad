import { nameKey, similarity } from '#kernel/chinese/text.ts'
import { diffDays } from '#kernel/time.ts'
import type { PlannedHazard } from './plan.ts'

export interface DuplicateRules {
  /** 0..1; how alike two descriptions must be. */
  readonly similarity: number
  /** Days two findings of one hazard may lie apart. */
  readonly days: number
}

interface Candidate {
  readonly row: number
  readonly hazard: PlannedHazard
}

/**
 * Which rows of one ledger are the same hazard found again: same place and sector, nearly the same words, found within
 * some days and before the first was closed (M17-6: merge what came through several channels). Answers, by row, the row
 * it is merged into; that row itself comes in and is never merged further. O(rows × rows of the same place).
 */
export function findRepeats(rows: readonly Candidate[], rules: DuplicateRules): Map<number, number> {
  const repeats = new Map<number, number>()
  const first = new Map<string, Candidate[]>()
  for (const candidate of rows) {
    const { hazard, row } = candidate
    const key = `${hazard.area}|${nameKey(hazard.unitName)}|${hazard.sector}`
    const known = first.get(key) ?? []
    const same = known.find((other) => isSame(other.hazard, hazard, rules))
    if (same) repeats.set(row, same.row)
    else first.set(key, [...known, candidate])
  }
  return repeats
}

function isSame(a: PlannedHazard, b: PlannedHazard, rules: DuplicateRules): boolean {
  if (Math.abs(diffDays(a.foundOn, b.foundOn)) > rules.days) return false
  // Found again after it was closed is a new hazard, however alike the words.
  if (a.closedOn !== null && b.foundOn > a.closedOn) return false
  return similarity(a.description, b.description) >= rules.similarity
}
