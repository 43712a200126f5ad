import { type OperationNodeSource, sql } from 'kysely'
import type { Tx } from '../db/tables.ts'

/** A write that has been put together and not yet sent: a query builder or `sql`. Later ones may read its RETURNING by name. */
export interface Write {
  readonly name: string
  readonly query: OperationNodeSource
}

/**
 * Sends several writes as one statement, so that an action does not wait a dozen times for the network, the parser and
 * the planner. They see the database as it was before all of them, and none may touch a row that another one touches.
 */
export async function sendWrites(tx: Tx, writes: readonly Write[]): Promise<void> {
  if (writes.length === 0) return
  const parts = writes.map(({ name, query }) => sql`${sql.ref(name)} as (${query})`)
  await sql`with ${sql.join(parts)} select`.execute(tx)
}
