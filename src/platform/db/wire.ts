import { createHash } from 'node:crypto'
import { type PostgresPool, type PostgresPoolClient, sql } from 'kysely'
import type pg from 'pg'

const mark = '-- prepared'

/** At the end of a statement that is sent outside of transactions: it is prepared all the same (`.modifyEnd(preparedOnce)`). */
export const preparedOnce = sql.raw(mark)

/**
 * At the end of a statement whose answer is not waited for: it goes out together with the next one, whose failure its own
 * then is. For the last write of a transaction, which its commit follows.
 */
export const ahead = ' -- ahead'

/** A statement is worth preparing once it has been sent so often; most of what an import or a test sends never is. */
const worthNaming = 3
/** Each takes some of the memory of every backend that has run it. */
const mostNames = 256
/** Texts remembered while it is not known yet whether they come again. */
const mostCandidates = 2_000

/**
 * The names of statements that come again and again within transactions: the database then parses and plans them once per
 * connection, which is most of what a short write costs it. Not those with `*`: a column that another version of the
 * product adds meanwhile would make their answer another one, which a prepared statement refuses from then on.
 */
function statementNames() {
  const names = new Map<string, string>()
  const seen = new Map<string, number>()
  return (text: string): string | undefined => {
    const known = names.get(text)
    if (known !== undefined || names.size >= mostNames || text.includes('*')) return known
    const times = (seen.get(text) ?? 0) + 1
    if (times < worthNaming) {
      if (seen.size >= mostCandidates) seen.clear()
      seen.set(text, times)
      return undefined
    }
    seen.delete(text)
    const name = `zhiben_${createHash('sha256').update(text).digest('base64url')}`
    names.set(text, name)
    return name
  }
}

/** The socket of a client; what is written while it is held goes out together. */
const streamOf = (client: pg.PoolClient) =>
  'connection' in client ? (client.connection as Connection).stream : undefined

interface Connection {
  readonly stream: { cork(): void; uncork(): void; readonly writableCorked: number }
}

type Query = (text: string, values: readonly unknown[]) => Promise<pg.QueryResult>

/**
 * The pool as the query builder uses it. `begin` is not waited for, nor is a statement that says so (`ahead`): it goes out
 * together with the statement after it, whose failure its own then is. A transaction that the database refused to begin
 * writes nothing, since whatever is written in one was read there before.
 */
export function wired(pool: pg.Pool): PostgresPool {
  const nameOf = statementNames()
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>()

  const wrap = (client: pg.PoolClient): PostgresPoolClient => {
    let unheard: Promise<unknown> | undefined
    let within = false
    const stream = streamOf(client)
    const send: Query = (text, values) => {
      // What is sent until this turn of the event loop has ended leaves in one packet.
      if (stream && stream.writableCorked === 0) {
        stream.cork()
        process.nextTick(() => stream.uncork())
      }
      const name = within || text.endsWith(mark) ? nameOf(text) : undefined
      return client.query(name === undefined ? { text, values: [...values] } : { name, text, values: [...values] })
    }
    const query: Query = (text, values) => {
      if (text === 'commit' || text === 'rollback') within = false
      const sent = send(text, values)
      const answer = unheard ? both(unheard, sent) : sent
      unheard = undefined
      if (text !== 'begin' && !text.endsWith(ahead)) return answer
      within = true
      // Heard with the next statement; until then nobody listens.
      answer.catch(() => {})
      unheard = answer
      return Promise.resolve(nothing)
    }
    // The builder asks for cursors only where it was given a kind of them.
    return {
      query: query as unknown as PostgresPoolClient['query'],
      release: (broken?: boolean) => client.release(broken),
    }
  }

  return {
    async connect() {
      const client = await pool.connect()
      const known = wrapped.get(client) ?? wrap(client)
      wrapped.set(client, known)
      return known
    },
    end: () => pool.end(),
    options: pool.options,
  }
}

/** The answer to the second, once both have come; the failure of the first where both fail, which is the cause. */
async function both<T>(first: Promise<unknown>, second: Promise<T>): Promise<T> {
  const [one, other] = await Promise.allSettled([first, second])
  if (one.status === 'rejected') throw one.reason
  if (other.status === 'rejected') throw other.reason
  return other.value
}

const nothing: pg.QueryResult = { command: '', rowCount: null, oid: 0, fields: [], rows: [] }
