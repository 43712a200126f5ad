import { sql } from 'kysely'
import type { ActionRunner } from '../actions/runner.ts'
import { outageOf } from '../db/outage.ts'
import type { Tx } from '../db/tables.ts'
import type { ClockHandler, DueRecord } from '../module/module.ts'

export interface FiringParts {
  readonly county: string
  readonly runner: ActionRunner
  readonly handlers: readonly ClockHandler[]
  /** Hears of a record whose rungs could not be fired; they stay armed and are tried again. */
  onError(error: unknown, record: { recordType: string; recordId: string }): void
}

export interface FiringLoop {
  /**
   * Fires everything due at `now`, longest due first; returns how many rungs fired. Late rungs fire too, once. A `signal`
   * ends the pass after the transactions under way.
   */
  fireDue(now: Date, signal?: AbortSignal): Promise<number>
}

const pauseAfterFailureMs = 60_000
/**
 * Due rungs looked for per transaction. Most of what a rung costs is its transaction; but the records of one are closed to
 * everybody else until it ends, so it has to end soon.
 */
const together = 25
/** After the clock has stood still for weeks one connection alone leaves the database waiting for this process. */
const atOnce = 3

/**
 * The one firing loop. The due rungs of a record fire together, with what they cause, in one transaction with those of some
 * other records: a crash in between leaves all of them armed and nothing half-done. Several workers and processes share the
 * work by skipping records another one holds. Records are locked before their rungs, as every action does it, and never
 * waited for: whoever works on a record is not held up, and no deadlock can arise; what was skipped fires at the next pass.
 */
export function createFiring(parts: FiringParts): FiringLoop {
  // A record whose handler fails must not stand in the way of the others; it rests before the next try.
  const resting = new Map<string, number>()

  /** Rungs fired, and whether more may be waiting; undefined when a record had to be set aside first. */
  const fireSome = async (handler: ClockHandler, now: Date) => {
    try {
      return await parts.runner.batch(async (run, tx) => {
        const ids = await lockDue(tx, parts.county, handler, now, [...resting.keys()])
        const due = ids.length > 0 ? await markFired(tx, parts.county, ids, now) : []
        for (const record of due) {
          await handler.fire(record, run, tx).catch((error: unknown) => {
            throw new FiringFailure(record.recordId, error)
          })
        }
        return { fired: due.reduce((sum, { rungs }) => sum + rungs.length, 0), more: ids.length > 0 }
      })
    } catch (error) {
      // Without a database or with a full disk nothing fires; no record is to blame, and all wait for the next pass.
      if (!(error instanceof FiringFailure) || outageOf(error)) throw error
      resting.set(error.recordId, now.getTime() + pauseAfterFailureMs)
      parts.onError(error.cause, { recordType: handler.recordType, recordId: error.recordId })
      return { fired: 0, more: true }
    }
  }

  const fireAll = async (handler: ClockHandler, now: Date, signal: AbortSignal | undefined): Promise<number> => {
    const over = new AbortController()
    const ended = () => over.signal.aborted || signal?.aborted === true
    let fired = 0
    const work = async () => {
      try {
        while (!ended()) {
          const some = await fireSome(handler, now)
          fired += some.fired
          if (!some.more) return
        }
      } catch (error) {
        over.abort()
        throw error
      }
    }
    // Most passes find nothing or little, and then ask once.
    const first = await fireSome(handler, now)
    fired += first.fired
    if (!first.more) return fired
    const workers = await Promise.allSettled(Array.from({ length: atOnce }, work))
    for (const worker of workers) if (worker.status === 'rejected') throw worker.reason
    return fired
  }

  return {
    async fireDue(now, signal) {
      for (const [id, until] of resting) if (until <= now.getTime()) resting.delete(id)
      let fired = 0
      for (const handler of parts.handlers) fired += await fireAll(handler, now, signal)
      return fired
    },
  }
}

/** Locks some records that have due rungs and answers their ids; those somebody else holds are passed over. */
async function lockDue(
  tx: Tx,
  county: string,
  { recordType, table }: ClockHandler,
  now: Date,
  except: readonly string[],
): Promise<string[]> {
  const result = await sql<{ id: string }>`
    select d.record_id as id
    from deadline d join ${sql.table(table)} r on r.county = d.county and r.id = d.record_id
    where d.county = ${county} and d.record_type = ${recordType} and d.fired_at is null and d.fire_at <= ${now}
      and d.record_id <> all(${except}::uuid[])
    order by d.fire_at limit ${together}
    for update of r skip locked`.execute(tx)
  return [...new Set(result.rows.map(({ id }) => id))]
}

/**
 * Marks what is due of locked records, and answers it by record. Asked after the lock: what another worker fired between
 * the look and the lock is not armed any more.
 */
async function markFired(tx: Tx, county: string, ids: readonly string[], now: Date): Promise<DueRecord[]> {
  const rows = await tx
    .updateTable('deadline')
    .set({ fired_at: now })
    .where('county', '=', county)
    .where('record_id', 'in', ids)
    .where('fired_at', 'is', null)
    .where('fire_at', '<=', now)
    .returning(['record_id', 'rung', 'basis', 'fire_at'])
    .execute()
  rows.sort((a, b) => a.fire_at.getTime() - b.fire_at.getTime())
  return ids.flatMap((recordId) => {
    const rungs = rows.filter((row) => row.record_id === recordId).map(({ rung, basis }) => ({ rung, basis }))
    return rungs.length > 0 ? [{ county, recordId, now, rungs }] : []
  })
}

class FiringFailure extends Error {
  readonly recordId: string

  constructor(recordId: string, cause: unknown) {
    super(`the rungs of ${recordId} failed`, { cause })
    this.recordId = recordId
  }
}
