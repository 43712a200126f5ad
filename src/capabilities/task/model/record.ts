import type { RecordIdentity } from '#kernel/record.ts'
import type { TaskKind, TaskSource, TaskState } from './terms.ts'

/** What the assignee handed in as fulfilment, and how it was answered. */
export interface Submission {
  readonly on: string
  readonly by: string
  readonly accountId: string
  readonly personId: string | null
  readonly statement: string
  readonly returned: { readonly on: string; readonly by: string; readonly reason: string } | null
}

/** Only the issuer moves a deadline, and says why. */
export interface Extension {
  readonly from: string
  readonly to: string
  readonly reason: string
  readonly by: string
  readonly on: string
}

export interface TaskDetail {
  readonly content: string
  /** What has to be handed in as proof. */
  readonly evidence: string
  readonly issuedBy: string
  /** Day the record was made; clocks of days before it are not rung again. */
  readonly raisedOn: string
  readonly reports: readonly { readonly on: string; readonly by: string; readonly text: string }[]
  readonly submissions: readonly Submission[]
  readonly extensions: readonly Extension[]
  readonly opinion: string
  readonly voided: { readonly reason: string; readonly by: string } | null
}

/** One thing one body has to do until a day: a task of the plan, one given by hand or by a meeting, or a paper to file. */
export interface Task extends RecordIdentity {
  readonly kind: TaskKind
  readonly source: TaskSource
  /** Id in the pack, null for what was given by hand. */
  readonly key: string | null
  /** The year of what is due every year, else ''. */
  readonly period: string
  readonly title: string
  readonly clauses: readonly string[]
  readonly meetingId: string | null
  /** Where the assignee is. */
  readonly area: string
  readonly issuerBodyId: string
  readonly assigneeBodyId: string
  readonly coBodyIds: readonly string[]
  readonly state: TaskState
  readonly issuedOn: string | null
  readonly dueOn: string
  readonly receivedOn: string | null
  /** Day of the submission that waits or was accepted: by it timeliness is judged, not by how fast it was looked at. */
  readonly submittedOn: string | null
  /** Day it was done or voided. */
  readonly endedOn: string | null
  /** Of a filing: the number it was filed under, and the instant. */
  readonly receipt: string | null
  readonly receiptAt: string | null
  readonly detail: TaskDetail
}
