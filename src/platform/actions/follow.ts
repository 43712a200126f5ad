import type { ActionEnvelope } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import type { Tx } from '../db/tables.ts'
import type { RegisteredAction, RunnerHost, RunOptions } from './types.ts'

/** An action that has just been carried out on a record, still within its transaction. */
export interface Followed {
  readonly tx: Tx
  readonly actor: Actor
  readonly recordId: string
  /** As it was sent; the action has found it sound. */
  readonly input: unknown
  /** The record has only come into being, with it or before it in the same transaction. */
  readonly created: boolean
  /** To be handed on: names the action that what follows was caused by. */
  readonly options: RunOptions
  readonly host: RunnerHost
}

/**
 * Lets another capability answer, in the same transaction, to what an action did to a record that it cannot import: what
 * it writes stands or falls with the action. A replay is not followed again.
 */
export function followed(action: RegisteredAction, follow: (done: Followed) => Promise<void>): RegisteredAction {
  return {
    ...action,
    async carryOut(tx: Tx, actor: Actor, envelope: ActionEnvelope<unknown>, options: RunOptions, host: RunnerHost) {
      const result = await action.carryOut(tx, actor, envelope, options, host)
      if (!result.replayed) {
        const caused = { now: options.now, causeId: envelope.actionId }
        const created = action.contract.creates || options.chain !== undefined
        await follow({ tx, actor, recordId: envelope.recordId, input: envelope.input, created, options: caused, host })
      }
      return result
    },
  }
}
