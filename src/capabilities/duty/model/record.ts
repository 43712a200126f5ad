import type { RecordIdentity } from '#kernel/record.ts'
import type { Day } from '#kernel/time.ts'
import type { DeedState, ExemptionState, SubjectKind } from './terms.ts'

export interface Verification {
  readonly on: Day
  readonly by: string
  readonly accountId: string
  readonly accepted: boolean
  readonly opinion: string
}

export interface DeedDetail {
  readonly note: string
  readonly recordedBy: string
  readonly accountId: string | null
  readonly recordedOn: Day
  readonly verification: Verification | null
  readonly corrections: readonly { readonly on: Day; readonly by: string; readonly reason: string }[]
  readonly voided: { readonly on: Day; readonly by: string; readonly reason: string } | null
}

/** 履责记录: what was done, by whom, on which days; the evidence duties are counted by. */
export interface Deed extends RecordIdentity {
  readonly form: string
  readonly subjectKind: SubjectKind
  readonly subjectId: string
  readonly subjectName: string
  readonly area: string
  readonly sectors: readonly string[]
  readonly unitId: string | null
  readonly bodyId: string | null
  readonly days: readonly Day[]
  readonly people: string
  /** Persons or percent, where the form asks for a number; otherwise 1. */
  readonly amount: number
  /** The turn of a rule it makes up for, when it is not the one its days lie in. */
  readonly forRule: string | null
  readonly forPeriod: string | null
  readonly state: DeedState
  readonly detail: DeedDetail
}

/** 豁免: a subject need not fulfil a rule in the turns between two days, and why. */
export interface Exemption extends RecordIdentity {
  readonly rule: string
  readonly subjectKind: SubjectKind
  readonly subjectId: string
  readonly subjectName: string
  readonly area: string
  readonly sectors: readonly string[]
  readonly unitId: string | null
  readonly bodyId: string | null
  readonly fromDay: Day
  readonly toDay: Day
  readonly reason: string
  readonly state: ExemptionState
  readonly detail: { readonly by: string; readonly on: Day; readonly ended: string | null }
}

/** A rule as the county has it: the pack's, with the days somebody changed. */
export interface RuleRecord extends RecordIdentity {
  readonly rule: string
  readonly title: string
  readonly fromDay: Day
  readonly untilDay: Day | null
  /** The pack's days no longer hold. */
  readonly adjusted: boolean
  /** From this day on the past is to be projected anew; null when it stands. */
  readonly reprojectFrom: Day | null
}
