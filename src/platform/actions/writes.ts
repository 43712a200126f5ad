import { type Compilable, CompiledQuery } from 'kysely'
import type { Tx } from '../db/tables.ts'
import { ahead } from '../db/wire.ts'

/** A statement that has been put together and not yet sent: an update or a delete. */
interface Statement {
  readonly name: string
  readonly query: Compilable
}

type Row = Readonly<Record<string, unknown>>

/** Rows to be inserted, as data: rows of several actions for one table go out as one list. */
export interface Insert<R extends Row = Row> {
  readonly name: string
  readonly into: string
  /** All with the same keys, which are the columns. */
  readonly rows: readonly R[]
  /** What stands around the value of a column, where it is not stored as it is given: `to_tsvector('simple', ?)`. */
  readonly around?: Readonly<Record<string, string>>
  /** What follows the values: `on conflict …`, `returning …`. */
  readonly end?: string
  /** A statement without values that reads what this one returned, by its name. */
  readonly behind?: { readonly name: string; readonly text: string }
}

export type Write = Statement | Insert

/**
 * Sends several writes as one statement, so that an action does not wait a dozen times for the network, the parser and
 * the planner. They see the database as it was before all of them, and none may touch a row that another one touches.
 * `last`: nothing but the end of the transaction follows, so the answer is not waited for; a failure is then that of the
 * statement that follows.
 */
export async function sendWrites(tx: Tx, writes: readonly Write[], { last = false } = {}): Promise<void> {
  if (writes.length === 0) return
  const values: unknown[] = []
  const text = writes.map((write) => ('into' in write ? insertText(write, values) : statementText(write, values)))
  await tx.executeQuery(CompiledQuery.raw(`with ${text.join(', ')} select${last ? ahead : ''}`, values))
}

// Written by hand: a statement of a hundred and sixty values takes the query builder as long as the database.
function insertText({ name, into, rows, around = {}, end = '', behind }: Insert, values: unknown[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const value = (row: Row, column: string) => {
    values.push(row[column])
    const parameter = `$${values.length}`
    return around[column]?.replace('?', parameter) ?? parameter
  }
  const lists = rows.map((row) => `(${columns.map((column) => value(row, column)).join(', ')})`)
  const next = behind ? `, ${behind.name} as (${behind.text})` : ''
  return `${name} as (insert into ${into} (${columns.join(', ')}) values ${lists.join(', ')} ${end})${next}`
}

function statementText({ name, query }: Statement, values: unknown[]): string {
  const { sql: text, parameters } = query.compile()
  const before = values.length
  values.push(...parameters)
  return `${name} as (${text.replaceAll(/\$(\d+)/g, (_, at: string) => `$${before + Number(at)}`)})`
}
