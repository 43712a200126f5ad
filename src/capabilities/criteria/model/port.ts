import type { Day } from '#kernel/time.ts'

/** What a judgement keeps of a criterion. Days are inclusive; null = open on that side. */
export interface CriterionFacts {
  readonly id: string
  readonly documentId: string
  readonly sectors: readonly string[]
  /** Holds whatever the sector (特种设备, 消防); otherwise it decides only for `sectors`. */
  readonly crossCutting: boolean
  /** Title, number and wording in one line, as it is copied into the judgement. */
  readonly text: string
  /** A catch-all item decides nothing by itself: the judge must say why. */
  readonly catchAll: boolean
  readonly inForceFrom: Day | null
  readonly inForceTo: Day | null
}

/** The criteria library as other capabilities use it. */
export interface CriteriaLibrary {
  find(id: string): CriterionFacts | undefined
  /** Whether any standard with items was in force for the sector on that day; if none, only reasons can decide. */
  hasItems(sector: string, on: Day): boolean
}
