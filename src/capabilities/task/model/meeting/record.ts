import type { RecordIdentity } from '#kernel/record.ts'
import type { MeetingKind, MeetingState } from './terms.ts'

/** What a meeting decided; with `taskId` it became a task. */
export interface Decision {
  readonly text: string
  readonly assigneeBodyId: string | null
  readonly dueOn: string | null
  readonly taskId: string | null
}

/** A meeting or a study session: what, when, who, what was read and decided. */
export interface Meeting extends RecordIdentity {
  readonly kind: MeetingKind
  readonly state: MeetingState
  readonly title: string
  /** Who held it. */
  readonly bodyId: string
  readonly area: string
  readonly heldOn: string
  readonly recordedOn: string
  readonly voidedOn: string | null
  readonly attendeeBodyIds: readonly string[]
  readonly detail: {
    readonly place: string
    readonly chair: string
    readonly people: readonly string[]
    readonly materials: string
    readonly minutes: string
    readonly decisions: readonly Decision[]
    readonly recordedBy: string
    readonly voidReason: string
  }
}
