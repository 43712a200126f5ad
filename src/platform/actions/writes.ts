import { type Compilable, CompiledQuery } from 'kysely'
import type { Tx } from '../db/tables.ts'
import { ahead } from '../db/wire.ts'

/** A statement that has been put together and not yet sent, for what cannot be said as data. */
interface Statement {
  readonly name: string
  readonly query: Compilable
}

export type Row = Readonly<Record<string, unknown>>

/** Rows to be inserted, as data: rows of several actions for one table go out as one list. */
export interface Insert<R extends Row = Row> {
  readonly name: string
  readonly into: string
  /** All with the same keys, which are the columns. */
  readonly rows: readonly R[]
  /** What stands around the value of a column, where it is not stored as it is given: `to_tsvector('simple', ?)`. */
  readonly around?: Readonly<Record<string, string>>
  /** Columns whose values are JSON that has been written out already. */
  readonly json?: readonly string[]
  /** What follows the values: `on conflict …`, `returning …`. */
  readonly end?: string
  /** A statement without values that reads what this one returned, by its name. */
  readonly behind?: { readonly name: string; readonly text: string }
}

/** New values of the rows that have all of `key`. */
export interface Update<R extends Row = Row> {
  readonly name: string
  readonly update: string
  readonly key: R
  readonly set: R
  readonly around?: Readonly<Record<string, string>>
}

/** Deletes the rows that have all of `key` (null: nothing there) but those that have all of one of `except`. */
export interface Removal<R extends Row = Row> {
  readonly name: string
  readonly remove: string
  readonly key: R
  readonly except?: readonly R[]
}

export type Write = Statement | Insert | Update | Removal

/**
 * Sends several writes as one statement, so that an action does not wait a dozen times for the network, the parser and
 * the planner. They see the database as it was before all of them, and none may touch a row that another one touches.
 * `last`: nothing but the end of the transaction follows, so the answer is not waited for; a failure is then that of the
 * statement that follows.
 */
export async function sendWrites(tx: Tx, writes: readonly Write[], { last = false } = {}): Promise<void> {
  if (writes.length === 0) return
  const values: unknown[] = []
  const text = writes.map((write) => textOf(write, values))
  await tx.executeQuery(CompiledQuery.raw(`with ${text.join(', ')} select${last ? ahead : ''}`, values))
}

// Written by hand: a statement of a hundred and sixty values takes the query builder as long as the database.
function textOf(write: Write, values: unknown[]): string {
  if ('into' in write) return insertText(write, values)
  if ('update' in write) return updateText(write, values)
  if ('remove' in write) return removalText(write, values)
  return statementText(write, values)
}

function parameter(value: unknown, values: unknown[]): string {
  values.push(value)
  return `$${values.length}`
}

function insertText({ name, into, rows, around = {}, end = '', behind }: Insert, values: unknown[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const value = (row: Row, column: string) => {
    const given = parameter(row[column], values)
    return around[column]?.replace('?', given) ?? given
  }
  const lists = rows.map((row) => `(${columns.map((column) => value(row, column)).join(', ')})`)
  const next = behind ? `, ${behind.name} as (${behind.text})` : ''
  return `${name} as (insert into ${into} (${columns.join(', ')}) values ${lists.join(', ')} ${end})${next}`
}

const allOf = (key: Row, values: unknown[]) =>
  Object.entries(key)
    .map(([column, value]) => (value === null ? `${column} is null` : `${column} = ${parameter(value, values)}`))
    .join(' and ')

function updateText({ name, update, key, set, around = {} }: Update, values: unknown[]): string {
  const changes = Object.entries(set).map(([column, value]) => {
    const given = parameter(value, values)
    return `${column} = ${around[column]?.replace('?', given) ?? given}`
  })
  return `${name} as (update ${update} set ${changes.join(', ')} where ${allOf(key, values)})`
}

function removalText({ name, remove, key, except = [] }: Removal, values: unknown[]): string {
  const kept = except.map((row) => ` and not (${allOf(row, values)})`)
  return `${name} as (delete from ${remove} where ${allOf(key, values)}${kept.join('')})`
}

function statementText({ name, query }: Statement, values: unknown[]): string {
  const { sql: text, parameters } = query.compile()
  const before = values.length
  values.push(...parameters)
  return `${name} as (${text.replaceAll(/\$(\d+)/g, (_, at: string) => `$${before + Number(at)}`)})`
}
