import type { Day } from '#kernel/time.ts'
import type { CriteriaStandard } from './pack.ts'
import type { CriterionFacts } from './port.ts'

export type Confidence = 'high' | 'medium' | 'low'

/** A 重大事故隐患判定标准 as the pack holds it. Days are inclusive; `supersededOn` is the first day it no longer holds. */
export interface Standard {
  readonly id: string
  readonly title: string
  readonly issuer: string
  readonly documentNo: string
  readonly effectiveFrom: Day
  readonly supersededOn: Day | null
  readonly sectors: readonly string[]
  /** Holds whatever the sector of the place. */
  readonly crossCutting: boolean
  /** What all items are limited to, in words; null = the whole sector. */
  readonly appliesTo: string | null
  /** False: only the catalogue entry is known, its items are not in the library. */
  readonly itemised: boolean
  readonly source: string
  readonly confidence: Confidence
  /** Whether the wording was checked against the published text. */
  readonly verified: boolean
  readonly note: string | null
  readonly items: readonly StandardItem[]
}

export interface StandardItem {
  readonly id: string
  readonly group: string | null
  readonly no: string
  readonly text: string
  /** An item such as 其他严重违反…的 decides nothing by itself. */
  readonly catchAll: boolean
  readonly confidence: Confidence
  /** Offered to sectors that have no such item of their own; there it decides only with a reason. */
  readonly borrowed: boolean
  /** Entered by mistake: found no more, but known to judgements that name it. */
  readonly withdrawn: boolean
}

/** A checked pack file with its omissions filled in: an item without a word of its own is as sure as its document. */
export function standardOf(file: CriteriaStandard): Standard {
  return {
    ...file,
    supersededOn: file.supersededOn ?? null,
    crossCutting: file.crossCutting ?? false,
    appliesTo: file.appliesTo ?? null,
    note: file.note ?? null,
    items: file.items.map((item) => ({
      ...item,
      group: item.group ?? null,
      catchAll: item.catchAll ?? false,
      confidence: item.confidence ?? file.confidence,
      borrowed: item.borrowed ?? false,
      withdrawn: false,
    })),
  }
}

export function inForce(standard: Standard, on: Day): boolean {
  return standard.effectiveFrom <= on && (standard.supersededOn === null || on < standard.supersededOn)
}

export function factsOf(standard: Standard, item: StandardItem, lastDay: Day | null): CriterionFacts {
  const group = item.group ? `${item.group}：` : ''
  const limits = standard.appliesTo ? `（适用于${standard.appliesTo}）` : ''
  return {
    id: item.id,
    documentId: standard.id,
    sectors: standard.sectors,
    crossCutting: standard.crossCutting,
    text: `《${standard.title}》${item.no} ${group}${item.text}${limits}`,
    catchAll: item.catchAll,
    inForceFrom: standard.effectiveFrom,
    inForceTo: lastDay,
  }
}
