import { sql } from 'kysely'
import type { Day } from '#kernel/time.ts'
import type { Reader, Tx } from '#platform/db/tables.ts'
import type { ConfirmedZero, Freeze } from '../model/index.ts'
import { type LedgerTables, tables } from './tables.ts'

/*
 * What people say of a ledger as a whole: that it is empty somewhere, which day's items are its stock.
 */

const zeroOf = (row: LedgerTables['ledger_zero']): ConfirmedZero => ({
  county: row.county,
  id: row.id,
  version: row.version,
  ledger: row.ledger,
  area: row.area,
  bodyId: row.body_id,
  confirmedOn: row.confirmed_on,
  by: row.by_name,
  statement: row.statement,
  liftedOn: row.lifted_on,
})

export async function loadZero(
  tx: Reader,
  county: string,
  id: string,
  lock: boolean,
): Promise<ConfirmedZero | undefined> {
  let query = tables(tx).selectFrom('ledger_zero').selectAll().where('county', '=', county).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row && zeroOf(row)
}

export async function saveZero(tx: Tx, after: ConfirmedZero, before: ConfirmedZero | undefined): Promise<void> {
  const { county, id } = after
  const row = {
    version: after.version,
    ledger: after.ledger,
    area: after.area,
    body_id: after.bodyId,
    confirmed_on: after.confirmedOn,
    by_name: after.by,
    statement: after.statement,
    lifted_on: after.liftedOn,
  }
  const db = tables(tx)
  if (before) await db.updateTable('ledger_zero').set(row).where('county', '=', county).where('id', '=', id).execute()
  else
    await db
      .insertInto('ledger_zero')
      .values({ county, id, ...row })
      .execute()
}

/** Confirmations that held at the end of a day, of some ledgers or of all. */
export async function zerosAsOf(reader: Reader, county: string, asOf: Day, ledgers?: readonly string[]) {
  let query = tables(reader)
    .selectFrom('ledger_zero')
    .selectAll()
    .where('county', '=', county)
    .where('confirmed_on', '<=', asOf)
    .where((eb) => eb.or([eb('lifted_on', 'is', null), eb('lifted_on', '>', asOf)]))
  if (ledgers) query = query.where('ledger', 'in', [...ledgers, ''])
  return (await query.orderBy('confirmed_on').execute()).map(zeroOf)
}

/** Whether a ledger has an item, void ones aside, in an area. */
export async function hasItems(
  reader: Reader,
  county: string,
  ledger: string,
  from: string,
  to: string,
): Promise<boolean> {
  const result = await sql<{ n: number }>`
    select 1 as n from ledger_item
    where county = ${county} and ledger = ${ledger} and area >= ${from} and area < ${to} and state_type <> 'void'
    limit 1`.execute(reader)
  return result.rows.length > 0
}

const freezeOf = (row: {
  county: string
  id: string
  version: number
  ledger: string
  frozen_on: string
  by_name: string
  at: Date
  reason: string
}): Freeze => ({
  county: row.county,
  id: row.id,
  version: row.version,
  ledger: row.ledger,
  frozenOn: row.frozen_on,
  by: row.by_name,
  at: row.at.toISOString(),
  reason: row.reason,
})

export async function loadFreeze(tx: Reader, county: string, id: string): Promise<Freeze | undefined> {
  const row = await tables(tx)
    .selectFrom('ledger_freeze')
    .selectAll()
    .where('county', '=', county)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && freezeOf(row)
}

export async function saveFreeze(tx: Tx, after: Freeze): Promise<void> {
  const { county, id, version, ledger, reason } = after
  const row = { county, id, version, ledger, frozen_on: after.frozenOn, by_name: after.by, at: after.at, reason }
  await tables(tx).insertInto('ledger_freeze').values(row).execute()
}

/** The last word on the stock of each ledger. */
export async function lastFreezes(reader: Reader, county: string): Promise<ReadonlyMap<string, Freeze>> {
  const rows = await tables(reader)
    .selectFrom('ledger_freeze')
    .selectAll()
    .where('county', '=', county)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return new Map(rows.map((row) => [row.ledger, freezeOf(row)]))
}

export async function countListedUntil(reader: Reader, county: string, ledger: string, day: Day): Promise<number> {
  const result = await sql<{ n: number }>`
    select count(*)::int as n from ledger_item
    where county = ${county} and ledger = ${ledger} and state_type <> 'void' and listed_on <= ${day}`.execute(reader)
  return result.rows[0]?.n ?? 0
}
