import type { Actor } from '#kernel/grants.ts'
import type { Day } from '#kernel/time.ts'
import { type ProgressPermission, progressPermissions } from './permissions.ts'
import type { ProgressReturn, ReturnNumber } from './record.ts'
import type { ReturnLateness } from './terms.ts'

/** Whether the actor may use the permission in the name of this body. */
export const actsAs = (actor: Actor, permission: ProgressPermission, bodyId: string): boolean =>
  actor.grants.some((grant) => grant.bodyId === bodyId && grant.role in progressPermissions[permission].roles)

/** By the day it was handed in. What was not when the period was locked is missing for good. */
export function latenessOf(
  { state, dueOn, submittedOn, lockedOn }: Pick<ProgressReturn, 'state' | 'dueOn' | 'submittedOn' | 'lockedOn'>,
  today: Day,
): ReturnLateness | undefined {
  if (submittedOn !== null) return submittedOn > dueOn ? 'late' : 'onTime'
  if (lockedOn !== null) return 'missing'
  return (state === 'due' || state === 'returned') && dueOn < today ? 'overdue' : undefined
}

/** What a number says after its corrections. */
export function corrected({ detail }: Pick<ProgressReturn, 'detail'>, { id, value }: ReturnNumber): number {
  return detail.corrections.findLast(({ number }) => number === id)?.to ?? value
}
