import type { Problem } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import type { Clock } from '#kernel/time.ts'
import type { Db } from '../db/tables.ts'

/** Writes down who tried what and was refused; wrong input is the form's business and is not booked. */
export interface RefusalBook {
  book(actor: Actor, operation: string, recordId: string | undefined, problem: Problem): Promise<void>
  /** Books a refusal whatever its status, where the attempt itself is what an auditor asks for. */
  note(actor: Actor, operation: string, recordId: string | undefined, problem: Problem): Promise<void>
}

const booked = new Set([403, 404, 409])

/** `onError` hears of a refusal that could not be written down: the person is told the refusal all the same. */
export function createRefusalBook(db: Db, clock: Clock, onError: (error: unknown) => void): RefusalBook {
  const write: RefusalBook['note'] = async (actor, operation, recordId, problem) => {
    const now = clock.now()
    await db
      .insertInto('refusal')
      .values({
        county: actor.county,
        id: newId(now.getTime()),
        at: now,
        account_id: actor.accountId,
        actor_name: actor.name,
        operation,
        record_id: recordId ?? null,
        code: problem.def.code,
        detail: problem.detail ?? problem.def.message,
      })
      .execute()
  }
  const note: RefusalBook['note'] = (...refusal) => write(...refusal).catch(onError)
  return {
    note,
    async book(actor, operation, recordId, problem) {
      if (booked.has(problem.def.status)) await note(actor, operation, recordId, problem)
    },
  }
}
