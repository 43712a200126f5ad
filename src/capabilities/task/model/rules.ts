import type { Actor } from '#kernel/grants.ts'
import { addDays, type Day } from '#kernel/time.ts'
import { type TaskPermission, taskPermissions } from './permissions.ts'
import type { Task } from './record.ts'
import { soonDays, type TaskLateness } from './terms.ts'

const rolesOf = (permission: TaskPermission): object => taskPermissions[permission].roles

/** The body in whose name the actor does what the permission allows. */
export function bodyFor(actor: Actor, permission: TaskPermission): string | null {
  return actor.grants.find((grant) => grant.bodyId !== null && grant.role in rolesOf(permission))?.bodyId ?? null
}

/** Whether the actor may use the permission in the name of this body. */
export const actsAs = (actor: Actor, permission: TaskPermission, bodyId: string | null): boolean =>
  bodyId !== null && actor.grants.some((grant) => grant.bodyId === bodyId && grant.role in rolesOf(permission))

/** One person with two accounts is still one person. */
export const samePerson = (
  one: { readonly accountId: string; readonly personId: string | null },
  other: { readonly accountId: string; readonly personId: string | null },
): boolean => one.accountId === other.accountId || (one.personId !== null && one.personId === other.personId)

type Dates = Pick<Task, 'state' | 'dueOn' | 'submittedOn' | 'issuedOn' | 'endedOn'>

/** How a task stands against its day; undefined for what is not late, not soon and not done. */
export function latenessOf(task: Dates, today: Day): TaskLateness | undefined {
  const { state, dueOn, submittedOn } = task
  if (state === 'done') return submittedOn !== null && submittedOn > dueOn ? 'late' : 'onTime'
  if (state === 'void' || state === 'drafted' || state === 'submitted') return undefined
  if (dueOn < today) return 'overdue'
  return dueOn <= addDays(today, soonDays) ? 'soon' : undefined
}

/** How many things stand how on a day; the four parts add up to `due`. */
export interface Tally {
  due: number
  met: number
  late: number
  open: number
  missed: number
  nextDue: Day | null
  metOn: Day | null
}

export const emptyTally = (): Tally => ({ due: 0, met: 0, late: 0, open: 0, missed: 0, nextDue: null, metOn: null })

/** One thing to be fulfilled: since when it is known, by when it is due, when it was fulfilled and when that was accepted. */
export interface Owed {
  readonly since: Day | null
  readonly dueOn: Day
  /** Day of fulfilment, by which it is in time or late. */
  readonly fulfilledOn: Day | null
  /** Day from which the fulfilment counts. */
  readonly acceptedOn: Day | null
  readonly withdrawnOn: Day | null
}

/** Adds one thing as it stood at the end of `asOf`. */
export function count(tally: Tally, owed: Owed, asOf: Day): void {
  const { since, dueOn, fulfilledOn, acceptedOn, withdrawnOn } = owed
  if (since === null || since > asOf || (withdrawnOn !== null && withdrawnOn <= asOf)) return
  tally.due += 1
  if (fulfilledOn !== null && acceptedOn !== null && acceptedOn <= asOf) {
    if (fulfilledOn <= dueOn) tally.met += 1
    else tally.late += 1
    if (tally.metOn === null || acceptedOn > tally.metOn) tally.metOn = acceptedOn
    return
  }
  if (dueOn < asOf) tally.missed += 1
  else {
    tally.open += 1
    if (tally.nextDue === null || dueOn < tally.nextDue) tally.nextDue = dueOn
  }
}

/** The last fulfilment is the day all were fulfilled only when nothing is left. */
export const settled = (tally: Tally): Tally =>
  tally.open + tally.missed > 0 || tally.due === 0 ? { ...tally, metOn: null } : tally

export const owedOf = (task: Dates): Owed => ({
  since: task.issuedOn,
  dueOn: task.dueOn,
  fulfilledOn: task.state === 'done' ? task.submittedOn : null,
  acceptedOn: task.state === 'done' ? task.endedOn : null,
  withdrawnOn: task.state === 'void' ? task.endedOn : null,
})
