import type { RecordIdentity } from '#kernel/record.ts'
import type { PeriodState, ReturnState } from './terms.ts'

/** A number of a return: counted from records, never typed. */
export interface ReturnNumber {
  readonly id: string
  readonly title: string
  readonly value: number
}

interface Step {
  readonly on: string
  readonly by: string
  readonly accountId: string
  readonly personId: string | null
}

/** What was changed in a return after it was handed in; the number frozen then stays beside it. */
export interface Correction {
  readonly number: string
  readonly from: number
  readonly to: number
  readonly reason: string
  readonly by: string
  readonly on: string
}

export interface ReturnDetail {
  readonly raisedOn: string
  /** What people say; the numbers speak for themselves. */
  readonly progress: string
  readonly problems: string
  readonly next: string
  /** As they were counted when the return was handed in. */
  readonly numbers: readonly ReturnNumber[]
  readonly submission: Step | null
  readonly endorsement: (Step & { readonly opinion: string }) | null
  readonly acceptance: (Step & { readonly opinion: string }) | null
  readonly returns: readonly {
    readonly on: string
    readonly by: string
    readonly reason: string
    readonly to: string
  }[]
  readonly corrections: readonly Correction[]
}

/** 进展报送: what one body says of its work in one period. */
export interface ProgressReturn extends RecordIdentity {
  readonly periodId: string
  readonly period: string
  readonly fromOn: string
  readonly toOn: string
  readonly opensOn: string
  readonly dueOn: string
  readonly bodyId: string
  readonly area: string
  readonly state: ReturnState
  readonly submittedOn: string | null
  readonly endorsedOn: string | null
  readonly acceptedOn: string | null
  readonly lockedOn: string | null
  readonly detail: ReturnDetail
}

export interface ProgressPeriod extends RecordIdentity {
  readonly name: string
  readonly fromOn: string
  readonly toOn: string
  readonly opensOn: string
  readonly dueOn: string
  readonly state: PeriodState
  readonly lockedOn: string | null
  readonly lockedBy: string | null
}
