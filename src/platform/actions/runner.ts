import { setTimeout as sleep } from 'node:timers/promises'
import type { Calendar } from '#kernel/calendar.ts'
import type { ActionEnvelope, ActionResult } from '#kernel/contract.ts'
import { coreErrors, Problem, refuse } from '#kernel/errors.ts'
import { type Actor, can, holds, type PermissionTable } from '#kernel/grants.ts'
import type { Db, Tx } from '../db/tables.ts'
import type { Parameters } from '../parameters/parameters.ts'
import { rethrowDeclared } from './declared.ts'
import type { RegisteredAction, RunnerHost, RunOptions } from './types.ts'

export interface ActionRunner extends RunnerHost {
  /** Runs one action in a transaction of its own; throws a Problem when it is refused. */
  run(
    actor: Actor,
    name: string,
    envelope: ActionEnvelope<unknown>,
    options: RunOptions,
  ): Promise<ActionResult<unknown>>
  /** Runs several actions in one transaction (imports, demo data): all of them are carried out or none. */
  batch<T>(work: (run: BatchRun, tx: Tx) => Promise<T>): Promise<T>
  /** The versions records have now, of those that are there; what the last rows of their audit must agree with. */
  versionsOf(
    tx: Tx,
    county: string,
    recordType: string,
    recordIds: readonly string[],
  ): Promise<ReadonlyMap<string, number>>
}

export type BatchRun = (
  actor: Actor,
  name: string,
  envelope: ActionEnvelope<unknown>,
  options: RunOptions,
) => Promise<ActionResult<unknown>>

export interface RunnerParts {
  readonly db: Db
  readonly actions: readonly RegisteredAction[]
  readonly permissions: PermissionTable
  readonly env: { readonly calendar: Calendar; readonly parameters: Parameters }
  /**
   * Hears of every action after its transaction has been committed, before the caller is answered. What it does must
   * stand a crash in between (queue a job, read settings anew): nothing tells it a second time. It must not throw.
   */
  readonly committed?: (action: CommittedAction) => Promise<void>
  /** Tests: a refusal that the action's contract does not name is thrown as a programming error. */
  readonly strict?: boolean
}

export interface CommittedAction {
  readonly name: string
  readonly actor: Actor
  readonly recordId: string
}

/** PostgreSQL codes after which the same transaction may simply be tried again. */
const transient = new Set(['40001', '40P01', '55P03'])
const attempts = 4

/** Runs work in a transaction, again when it only collided with another one. */
function transactions(db: Db) {
  return async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await db.transaction().execute(work)
      } catch (error) {
        const code = pgCode(error)
        // A twin of this request won the race: the second pass finds its row and answers replay or refusal.
        if (code === '23505' && attempt === 1) continue
        if (code === '23505') throw duplicateProblem(error)
        if (!code || !transient.has(code) || attempt >= attempts) throw error
        // Those who collided must not meet again: each waits a time of its own, longer from try to try.
        await sleep(Math.random() * 25 * 2 ** attempt)
      }
    }
  }
}

function named(actions: readonly RegisteredAction[]): ReadonlyMap<string, RegisteredAction> {
  const byName = new Map<string, RegisteredAction>()
  for (const action of actions) {
    if (byName.has(action.contract.id)) throw new Error(`action ${action.contract.id} is registered twice`)
    byName.set(action.contract.id, action)
  }
  return byName
}

/** The one choke point for writes: who → contract → load → grant → lifecycle → effect → everything in one transaction. */
export function createRunner(parts: RunnerParts): ActionRunner {
  const byName = named(parts.actions)
  const byType = new Map(parts.actions.map((action) => [action.recordType, action]))
  const execute = async (
    tx: Tx,
    actor: Actor,
    name: string,
    envelope: ActionEnvelope<unknown>,
    options: RunOptions,
  ): Promise<ActionResult<unknown>> => {
    const action = byName.get(name) ?? refuse(coreErrors.unknownOperation)
    try {
      return await action.carryOut(tx, actor, envelope, options, runner)
    } catch (error) {
      if (parts.strict) rethrowDeclared(action.contract, error)
      throw error
    }
  }
  const inTransaction = transactions(parts.db)
  const tell = async (done: readonly CommittedAction[]) => {
    for (const action of done) await parts.committed?.(action)
  }
  const runner: ActionRunner = {
    get calendar() {
      return parts.env.calendar
    },
    get parameters() {
      return parts.env.parameters
    },
    can: (actor, permission, facets) => can(actor, permission, facets, parts.permissions),
    holds: (actor, permission) => holds(actor, permission, parts.permissions),
    runChild: execute,
    async versionsOf(tx, county, recordType, recordIds) {
      return byType.get(recordType)?.versionsOf(tx, county, recordIds) ?? new Map()
    },
    async run(actor, name, envelope, options) {
      const result = await inTransaction((tx) => execute(tx, actor, name, envelope, { ...options, ahead: true }))
      await tell([{ name, actor, recordId: envelope.recordId }])
      return result
    },
    async batch(work) {
      let done: CommittedAction[] = []
      const result = await inTransaction((tx) => {
        // A repeated attempt starts from nothing, and so does the list of what it did.
        done = []
        return work(async (actor, name, envelope, options) => {
          const answer = await execute(tx, actor, name, envelope, options)
          done.push({ name, actor, recordId: envelope.recordId })
          return answer
        }, tx)
      })
      await tell(done)
      return result
    },
  }
  return runner
}

/** The PostgreSQL code of an error, also of one that was wrapped to say where it happened. */
export function pgCode(error: unknown): string | undefined {
  if (error instanceof Problem || typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? pgCode(error.cause) : undefined
}

/** Two requests raced to write the same key. Which one it was decides what the person is told. */
function duplicateProblem(error: unknown): unknown {
  const constraint =
    typeof error === 'object' && error !== null && 'constraint' in error ? String(error.constraint) : ''
  if (constraint.startsWith('action_')) return new Problem(coreErrors.replayMismatch)
  return error
}
