import { type Expression, sql } from 'kysely'
import { refuse } from '#kernel/errors.ts'
import { exportErrors } from '#kernel/list/list.ts'
import type { Reader } from './tables.ts'

/** A question for all rows of a list; whoever asks says how they are ordered. */
export type Question<T> = Expression<T>

/** The answer to one question as it stood at one moment, kept by the database until it has been read or is given up. */
export interface HeldRows<T> {
  readonly total: number
  /** The rows in pieces; may be gone through once. */
  read(): AsyncGenerator<T[]>
  /** Lets the database forget the answer. Safe to call again, and while it is being read. */
  close(): Promise<void>
}

/** Each takes a connection as long as it is read; the others are for everybody else's work. */
const mostAtOnce = 4
let running = 0

const piece = 500

interface HoldOptions {
  /** After so long without a request for the next piece the reader counts as gone, in ms. */
  readonly patience?: number
}

/**
 * Asks once and reads at the reader's pace. The database writes the whole answer down when the transaction commits, in
 * files of its own when it is long: nothing stays locked, no snapshot holds up the clearing of old rows, however slowly
 * somebody downloads, and a row that changes meanwhile is neither read twice nor missed.
 */
export async function holdRows<T>(
  reader: Reader,
  question: Question<T>,
  { patience = 120_000 }: HoldOptions = {},
): Promise<HeldRows<T>> {
  if (running >= mostAtOnce) refuse(exportErrors.busy)
  running += 1
  return new Promise((resolve, reject) => {
    const over = Promise.withResolvers<void>()
    const ended = reader
      .connection()
      .execute(async (connection) => {
        const total = await declare(connection, question)
        const next = async () => (await sql<T>`fetch ${sql.lit(piece)} from held`.execute(connection)).rows
        const close = () => {
          over.resolve()
          return ended
        }
        resolve({ total, close, read: patiently(next, close, over.promise, patience) })
        await over.promise
        await sql`close held`.execute(connection)
      })
      // Once the answer has been given nobody waits for this any more, and rejecting does nothing.
      .catch(reject)
      .finally(() => {
        running -= 1
      })
  })
}

/** Counts and declares on one snapshot, so that the count is that of the rows; answers the count. */
function declare(connection: Reader, question: Expression<unknown>): Promise<number> {
  return connection
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const counted = await sql<{ n: number }>`select count(*) as n from (${question}) counted`.execute(tx)
      await sql`declare held no scroll cursor with hold for ${question}`.execute(tx)
      return counted.rows[0]?.n ?? 0
    })
}

/** Reads piece by piece; whoever lets too long pass between two of them is not waited for. */
function patiently<T>(next: () => Promise<T[]>, close: () => Promise<void>, over: Promise<void>, patience: number) {
  let gone = false
  let waiting = setTimeout(close, patience)
  void over.then(() => {
    gone = true
    clearTimeout(waiting)
  })
  return async function* read(): AsyncGenerator<T[]> {
    try {
      for (;;) {
        if (gone) throw new Error('the held rows were given up before all of them had been read')
        clearTimeout(waiting)
        const rows = await next()
        if (!gone) waiting = setTimeout(close, patience)
        if (rows.length > 0) yield rows
        if (rows.length < piece) return
      }
    } finally {
      await close()
    }
  }
}
