import type { ActionRunner } from '../actions/runner.ts'
import type { Db } from '../db/tables.ts'
import type { ClockHandler } from '../module/module.ts'

export interface FiringParts {
  readonly db: Db
  readonly runner: ActionRunner
  readonly handlers: readonly ClockHandler[]
  /** Hears of a rung that could not be fired; the rung stays armed and is tried again. */
  onError(error: unknown, rung: { recordType: string; recordId: string; rung: string }): void
}

export interface FiringLoop {
  /** Fires everything due at `now`, oldest first; returns how many rungs fired. Late rungs fire too, once. */
  fireDue(now: Date): Promise<number>
}

const pauseAfterFailureMs = 60_000

/**
 * The one firing loop. Each rung fires in its own transaction together with what it causes: a crash in between leaves the
 * rung armed and nothing half-done, and several processes share the work by skipping rows another one holds.
 */
export function createFiring(parts: FiringParts): FiringLoop {
  const handlerOf = new Map(parts.handlers.map((handler) => [handler.recordType, handler]))
  // A rung whose handler fails must not stand in the way of the others; it rests before the next try.
  const resting = new Map<string, number>()

  const fireOne = (now: Date, after: readonly string[]) =>
    parts.runner.batch(async (run, tx) => {
      let query = tx
        .selectFrom('deadline')
        .selectAll()
        .where('fired_at', 'is', null)
        .where('fire_at', '<=', now)
        .where('record_type', 'in', [...handlerOf.keys()])
        .orderBy('fire_at')
        .limit(1)
        .forUpdate()
        .skipLocked()
      if (after.length > 0) query = query.where('record_id', 'not in', after)
      const row = await query.executeTakeFirst()
      if (!row) return { fired: false as const }
      const rung = { recordType: row.record_type, recordId: row.record_id, rung: row.rung }
      try {
        await tx
          .updateTable('deadline')
          .set({ fired_at: now })
          .where('county', '=', row.county)
          .where('record_id', '=', row.record_id)
          .where('rung', '=', row.rung)
          .where('basis', '=', row.basis)
          .execute()
        const due = { county: row.county, recordId: row.record_id, rung: row.rung, basis: row.basis, now }
        await handlerOf.get(row.record_type)?.fire(due, run, tx)
        return { fired: true as const }
      } catch (error) {
        throw new FiringFailure(rung, error)
      }
    })

  return {
    async fireDue(now) {
      for (const [id, until] of resting) if (until <= now.getTime()) resting.delete(id)
      for (let fired = 0; ; ) {
        try {
          const { fired: again } = await fireOne(now, [...resting.keys()])
          if (!again) return fired
          fired += 1
        } catch (error) {
          if (!(error instanceof FiringFailure)) throw error
          resting.set(error.rung.recordId, now.getTime() + pauseAfterFailureMs)
          parts.onError(error.cause, error.rung)
        }
      }
    },
  }
}

class FiringFailure extends Error {
  readonly rung: { recordType: string; recordId: string; rung: string }

  constructor(rung: { recordType: string; recordId: string; rung: string }, cause: unknown) {
    super(`rung ${rung.rung} of ${rung.recordType} ${rung.recordId} failed`, { cause })
    this.rung = rung
  }
}
