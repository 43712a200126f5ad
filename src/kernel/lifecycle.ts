import { coreErrors, type ErrorDef, type FieldError } from './errors.ts'
import type { Actor } from './grants.ts'

/** Code tests the type; the label belongs to the pack and may be renamed by it. */
export type StateType = 'open' | 'waiting' | 'closed' | 'void'

export interface StateSpec {
  readonly label: string
  readonly type: StateType
}

export interface Refusal {
  readonly def: ErrorDef
  readonly detail?: string
  readonly fields?: readonly FieldError[]
}

/** What a guard may look at. `input` is absent when the question is only "could this person do it?" (buttons). */
export interface GuardContext<R> {
  readonly record: R
  readonly actor: Actor
  readonly input?: unknown
}

/** Returns a refusal, or undefined to let the action pass. Guards are pure and run in the server and in the browser. */
export type Guard<R> = (context: GuardContext<R>) => Refusal | undefined

export interface Transition<S extends string, R> {
  readonly action: string
  readonly from: readonly S[]
  /** The state afterwards; 'same' when the action does not move the record; a list when the effect decides. */
  readonly to: S | 'same' | readonly S[]
  readonly guards?: readonly Guard<R>[]
}

export interface Lifecycle<S extends string, R> {
  readonly record: string
  readonly states: Readonly<Record<S, StateSpec>>
  readonly transitions: readonly Transition<S, R>[]
  stateOf(record: R): S
}

/** Declares the whole life of a record in one table; throws at start-up when a state is named that does not exist. */
export function defineLifecycle<S extends string, R>(spec: Lifecycle<S, R>): Lifecycle<S, R> {
  const seen = new Set<string>()
  for (const { action, from, to } of spec.transitions) {
    for (const state of [...from, ...targets(to)]) {
      if (!(state in spec.states)) throw new Error(`${spec.record}: ${action} names an unknown state ${state}`)
    }
    if (seen.has(action)) throw new Error(`${spec.record}: ${action} stands twice in the lifecycle`)
    seen.add(action)
  }
  return spec
}

function targets<S extends string>(to: S | 'same' | readonly S[]): readonly S[] {
  if (to === 'same') return []
  return typeof to === 'string' ? [to] : to
}

/** Why the action may not be done now, or undefined. Wrong state is told before any guard speaks. */
export function refusalFor<S extends string, R>(
  lifecycle: Lifecycle<S, R>,
  action: string,
  context: GuardContext<R>,
): Refusal | undefined {
  const transition = lifecycle.transitions.find((row) => row.action === action)
  if (!transition) return undefined
  const state = lifecycle.stateOf(context.record)
  if (!transition.from.includes(state)) {
    return { def: coreErrors.wrongState, detail: `当前状态是“${lifecycle.states[state].label}”，不能办理这一事项` }
  }
  for (const guard of transition.guards ?? []) {
    const refusal = guard(context)
    if (refusal) return refusal
  }
  return undefined
}

/** Checks that an effect moved the record only where the table lets it; a violation is a programming error. */
export function assertMove<S extends string, R>(lifecycle: Lifecycle<S, R>, action: string, before: R, after: R): void {
  const transition = lifecycle.transitions.find((row) => row.action === action)
  const from = lifecycle.stateOf(before)
  const to = lifecycle.stateOf(after)
  if (!transition) {
    if (from !== to) throw new Error(`${action} moved ${lifecycle.record} from ${from} to ${to} outside the table`)
    return
  }
  const ok = transition.to === 'same' ? from === to : targets(transition.to).includes(to)
  if (!ok) throw new Error(`${action} moved ${lifecycle.record} from ${from} to ${to}, which its table does not allow`)
}

/** One button: an action the state offers to this person, with the reason when something is still missing. */
export interface AllowedAction {
  readonly action: string
  readonly blocked?: string
}

/** The actions a person may see on a record now. A guard's refusal keeps the button and says what is missing. */
export function allowedActions<S extends string, R>(
  lifecycle: Lifecycle<S, R>,
  context: GuardContext<R>,
  permitted: (action: string) => boolean,
): AllowedAction[] {
  const state = lifecycle.stateOf(context.record)
  const out: AllowedAction[] = []
  for (const transition of lifecycle.transitions) {
    if (!transition.from.includes(state) || !permitted(transition.action)) continue
    const refusal = refusalFor(lifecycle, transition.action, context)
    out.push({ action: transition.action, ...(refusal ? { blocked: refusal.detail ?? refusal.def.message } : {}) })
  }
  return out
}
