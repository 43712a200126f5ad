import type { Reader, Tx } from '#platform/db/tables.ts'
import { type ColumnLayout, ColumnLayout as Layout, type SavedFilterRecord } from '../model/index.ts'

type ListsTables = {
  saved_filter: {
    county: string
    id: string
    version: number
    account_id: string
    list: string
    name: string
    state: SavedFilterRecord['state']
    filter: unknown
    words: string
    sort: string | null
    columns: string[] | null
    is_default: boolean
  }
  column_layout: { county: string; account_id: string; list: string; layout: unknown }
}

const tables = (reader: Reader) => reader.withTables<ListsTables>()

function fromRow(row: ListsTables['saved_filter']): SavedFilterRecord {
  const { account_id: accountId, is_default: isDefault, filter, ...rest } = row
  return { ...rest, accountId, isDefault, filter: filter as SavedFilterRecord['filter'] }
}

export async function loadFilter(
  tx: Reader,
  county: string,
  id: string,
  lock: boolean,
): Promise<SavedFilterRecord | undefined> {
  let query = tables(tx).selectFrom('saved_filter').selectAll().where('county', '=', county).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row && fromRow(row)
}

export async function saveFilterRow(tx: Tx, after: SavedFilterRecord): Promise<void> {
  const { accountId, isDefault, filter, columns, ...rest } = after
  const row = {
    ...rest,
    account_id: accountId,
    is_default: isDefault,
    filter: JSON.stringify(filter),
    columns: columns && [...columns],
  }
  await tables(tx)
    .insertInto('saved_filter')
    .values(row)
    .onConflict((conflict) => conflict.columns(['county', 'id']).doUpdateSet(row))
    .execute()
}

/** The filters an account keeps for a list, by name. */
export async function filtersOf(
  reader: Reader,
  county: string,
  accountId: string,
  list: string,
): Promise<SavedFilterRecord[]> {
  const rows = await tables(reader)
    .selectFrom('saved_filter')
    .selectAll()
    .where('county', '=', county)
    .where('account_id', '=', accountId)
    .where('list', '=', list)
    .where('state', '=', 'kept')
    .orderBy('name')
    .execute()
  return rows.map(fromRow)
}

export async function layoutOf(
  reader: Reader,
  county: string,
  accountId: string,
  list: string,
): Promise<ColumnLayout | null> {
  const row = await tables(reader)
    .selectFrom('column_layout')
    .select('layout')
    .where('county', '=', county)
    .where('account_id', '=', accountId)
    .where('list', '=', list)
    .executeTakeFirst()
  return row ? Layout.parse(row.layout) : null
}

export async function saveLayout(
  tx: Tx,
  key: { county: string; account_id: string; list: string },
  layout: ColumnLayout | null,
): Promise<void> {
  if (layout === null) {
    await tables(tx)
      .deleteFrom('column_layout')
      .where('county', '=', key.county)
      .where('account_id', '=', key.account_id)
      .where('list', '=', key.list)
      .execute()
    return
  }
  const text = JSON.stringify(layout)
  await tables(tx)
    .insertInto('column_layout')
    .values({ ...key, layout: text })
    .onConflict((conflict) => conflict.columns(['county', 'account_id', 'list']).doUpdateSet({ layout: text }))
    .execute()
}
