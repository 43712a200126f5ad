import { sql } from 'kysely'
import type { Day } from '#kernel/time.ts'
import type { Write } from '#platform/actions/writes.ts'
import type { Reader, Tx } from '#platform/db/tables.ts'
import { searchTokens } from '#platform/search/tokens.ts'
import type { LedgerItem } from '../model/index.ts'
import { type ItemRow, type LedgerTables, tables } from './tables.ts'

/** Every column but the search words, which are never read back. */
export const itemColumns = [
  ...(['county', 'id', 'version', 'ledger', 'title', 'item_key', 'area', 'sector', 'body_id', 'unit_id'] as const),
  ...(['unit_name', 'state', 'state_type', 'rank', 'listed_on', 'changed_on', 'due_on', 'done_on'] as const),
  ...(['fields', 'milestones'] as const),
] as const

export function itemOf(row: ItemRow): LedgerItem {
  return {
    county: row.county,
    id: row.id,
    version: row.version,
    ledger: row.ledger,
    title: row.title,
    key: row.item_key,
    area: row.area,
    sector: row.sector,
    bodyId: row.body_id,
    unitId: row.unit_id,
    unitName: row.unit_name,
    state: row.state,
    stateType: row.state_type,
    listedOn: row.listed_on,
    changedOn: row.changed_on,
    dueOn: row.due_on,
    doneOn: row.done_on,
    fields: row.fields,
    milestones: row.milestones,
  }
}

export async function loadItem(tx: Reader, county: string, id: string, lock: boolean): Promise<LedgerItem | undefined> {
  let query = tables(tx).selectFrom('ledger_item').select(itemColumns).where('county', '=', county).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row && itemOf(row)
}

const ranks = { open: 0, waiting: 0, closed: 1, void: 2 } as const

/** What a clerk may look for: the name, the unit, and whatever was written as text. */
function wordsOf(item: LedgerItem): string {
  const texts = Object.values(item.fields).filter((value): value is string => typeof value === 'string')
  return searchTokens([item.title, item.unitName, ...texts].join(' ').slice(0, 2000))
}

function rowOf(item: LedgerItem) {
  return {
    version: item.version,
    ledger: item.ledger,
    title: item.title,
    item_key: item.key,
    area: item.area,
    sector: item.sector,
    body_id: item.bodyId,
    unit_id: item.unitId,
    unit_name: item.unitName,
    state: item.state,
    state_type: item.stateType,
    rank: ranks[item.stateType],
    listed_on: item.listedOn,
    changed_on: item.changedOn,
    due_on: item.dueOn,
    done_on: item.doneOn,
    fields: JSON.stringify(item.fields),
    milestones: JSON.stringify(item.milestones),
    search: sql`to_tsvector('simple', ${wordsOf(item)})`,
  }
}

export function saveItem(tx: Tx, after: LedgerItem, before: LedgerItem | undefined, day: Day): readonly Write[] {
  const { county, id } = after
  const row = rowOf(after)
  const db = tables(tx)
  const query = before
    ? db.updateTable('ledger_item').set(row).where('county', '=', county).where('id', '=', id)
    : db.insertInto('ledger_item').values({ county, id, ...row })
  return [{ name: 'item', query }, ...spanWrites(tx, after, before, day)]
}

/** Last day of a span that still holds. */
export const openEnd = '9999-12-31'

type Span = Omit<LedgerTables['ledger_item_span'], 'county' | 'item_id' | 'seq' | 'from_day' | 'to_day'>

/** Everything a number as of a past day looks at. */
const spanOf = (item: LedgerItem): Span => ({
  ledger: item.ledger,
  area: item.area,
  sector: item.sector,
  body_id: item.bodyId,
  unit_id: item.unitId,
  state: item.state,
  state_type: item.stateType,
  listed_on: item.listedOn,
  due_on: item.dueOn,
  done_on: item.doneOn,
})

/** Ends the span that held and begins a new one, when the item counts differently from `day` on. */
function spanWrites(tx: Tx, after: LedgerItem, before: LedgerItem | undefined, day: Day): Write[] {
  const span = spanOf(after)
  if (before && JSON.stringify(spanOf(before)) === JSON.stringify(span)) return []
  const { county, id } = after
  const db = tables(tx)
  const ended = db
    .updateTable('ledger_item_span')
    .set({ to_day: sql<string>`greatest(from_day, ${day}::date)` })
    .where('county', '=', county)
    .where('item_id', '=', id)
    // A step may be dated back behind a change made meanwhile: what had begun after its day then never held.
    .where('to_day', '>', day)
  const key = { county, item_id: id, seq: after.version }
  const begun = db.insertInto('ledger_item_span').values({ ...key, from_day: day, to_day: openEnd, ...span })
  return [...(before ? [{ name: 'span_ended', query: ended }] : []), { name: 'span_begun', query: begun }]
}

/** Which of these keys a ledger has already, void items aside. */
export async function knownKeys(
  reader: Reader,
  county: string,
  ledger: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map()
  const result = await sql<{ item_key: string; id: string }>`
    select item_key, id from ledger_item
    where county = ${county} and ledger = ${ledger} and item_key = any(${[...keys]}::text[]) and state_type <> 'void'`.execute(
    reader,
  )
  return new Map(result.rows.map((row) => [row.item_key, row.id]))
}

/** Ids of the items with a clock that may run, page after page, for arming them anew. */
export async function clockedItems(reader: Reader, county: string, after: string | null, size: number) {
  const result = await sql<{ id: string }>`
    select id from ledger_item
    where county = ${county} and rank = 0 and due_on is not null and (${after}::uuid is null or id > ${after}::uuid)
    order by id limit ${size}`.execute(reader)
  return result.rows.map((row) => row.id)
}
