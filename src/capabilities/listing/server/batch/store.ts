import { type ColumnType, sql } from 'kysely'
import type { Reader, Tx } from '#platform/db/tables.ts'
import type { BatchDetail, BatchItem, BatchState, ListingBatch } from '../../model/index.ts'

export type BatchTables = {
  listing_batch: {
    county: string
    id: string
    version: number
    area: string
    sector: string
    year: number
    sequence: number
    title: string
    state: BatchState
    drafter_body_id: string | null
    listing_body_id: string | null
    document: string
    published_on: string | null
    detail: ColumnType<BatchDetail, string, string>
  }
  listing_batch_item: {
    county: string
    batch_id: string
    hazard_id: string
    ord: number
    hazard_number: string
    unit_name: string
    area: string
    why: string
    chosen_by: string
    chosen_on: string
    listing_id: string | null
    left_out: string | null
  }
}

type Row = {
  [K in keyof BatchTables['listing_batch']]: K extends 'detail' ? BatchDetail : BatchTables['listing_batch'][K]
}
type ItemRow = BatchTables['listing_batch_item']

const tables = (db: Reader) => db.withTables<BatchTables>()

function batchOf(row: Row, items: readonly ItemRow[]): ListingBatch {
  return {
    county: row.county,
    id: row.id,
    version: row.version,
    area: row.area,
    sector: row.sector,
    year: row.year,
    sequence: row.sequence,
    title: row.title,
    state: row.state,
    drafterBodyId: row.drafter_body_id,
    listingBodyId: row.listing_body_id,
    document: row.document,
    publishedOn: row.published_on,
    items: items.map(itemOf),
    detail: row.detail,
  }
}

function itemOf(row: ItemRow): BatchItem {
  return {
    hazardId: row.hazard_id,
    hazardNumber: row.hazard_number,
    unitName: row.unit_name,
    area: row.area,
    why: row.why,
    chosenBy: row.chosen_by,
    chosenOn: row.chosen_on,
    listingId: row.listing_id,
    leftOut: row.left_out,
  }
}

async function itemsOf(db: Reader, county: string, batchIds: readonly string[]): Promise<ItemRow[]> {
  if (batchIds.length === 0) return []
  return tables(db)
    .selectFrom('listing_batch_item')
    .selectAll()
    .where('county', '=', county)
    .where('batch_id', 'in', [...batchIds])
    .orderBy('ord')
    .execute()
}

export async function loadBatch(
  db: Reader,
  county: string,
  id: string,
  lock: boolean,
): Promise<ListingBatch | undefined> {
  let query = tables(db).selectFrom('listing_batch').selectAll().where('county', '=', county).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  // Asked in any case: whether a record is there at all must not show in the time an answer takes.
  const items = await itemsOf(db, county, [id])
  return row && batchOf(row, items)
}

/** Every batch of the county, voided ones left out: a handful a year. */
export async function loadBatches(db: Reader, county: string): Promise<ListingBatch[]> {
  const rows = await tables(db)
    .selectFrom('listing_batch')
    .selectAll()
    .where('county', '=', county)
    .where('state', '<>', 'voided')
    .orderBy('year')
    .orderBy('sequence')
    .execute()
  const items = await itemsOf(
    db,
    county,
    rows.map(({ id }) => id),
  )
  const of = Map.groupBy(items, (item) => item.batch_id)
  return rows.map((row) => batchOf(row, of.get(row.id) ?? []))
}

/** Which of the hazards another batch that is still being prepared has chosen. */
export async function chosenElsewhere(
  db: Reader,
  county: string,
  batchId: string,
  hazardIds: readonly string[],
): Promise<string[]> {
  const result = await sql<{ hazard_number: string }>`
    select i.hazard_number from listing_batch_item i
    join listing_batch b on b.county = i.county and b.id = i.batch_id and b.state in ('drafting', 'submitted')
    where i.county = ${county} and i.batch_id <> ${batchId} and i.hazard_id = any(${[...hazardIds]}::uuid[])`.execute(
    db,
  )
  return result.rows.map((row) => row.hazard_number)
}

/** Puts those who begin something for the same county's years at the same moment in a line. */
async function lockYears(tx: Tx, county: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('listing.batchYears'), hashtext(${county}))`.execute(tx)
}

/** The number of the next batch of a year. */
export async function nextSequence(tx: Tx, county: string, year: number): Promise<number> {
  await lockYears(tx, county)
  const result = await sql<{ n: number }>`
    select coalesce(max(sequence), 0) + 1 as n from listing_batch where county = ${county} and year = ${year}`.execute(
    tx,
  )
  return result.rows[0]?.n ?? 1
}

/** States of the year's batches that were not voided. */
export async function statesInYear(tx: Tx, county: string, year: number): Promise<BatchState[]> {
  await lockYears(tx, county)
  const rows = await tables(tx)
    .selectFrom('listing_batch')
    .select('state')
    .where('county', '=', county)
    .where('year', '=', year)
    .where('state', '<>', 'voided')
    .execute()
  return rows.map(({ state }) => state)
}

export async function saveBatch(tx: Tx, after: ListingBatch, before: ListingBatch | undefined): Promise<void> {
  const row = {
    version: after.version,
    area: after.area,
    sector: after.sector,
    year: after.year,
    sequence: after.sequence,
    title: after.title,
    state: after.state,
    drafter_body_id: after.drafterBodyId,
    listing_body_id: after.listingBodyId,
    document: after.document,
    published_on: after.publishedOn,
    detail: JSON.stringify(after.detail),
  }
  const { county, id } = after
  const db = tables(tx)
  if (before) await db.updateTable('listing_batch').set(row).where('county', '=', county).where('id', '=', id).execute()
  else
    await db
      .insertInto('listing_batch')
      .values({ county, id, ...row })
      .execute()
  if (before?.items === after.items) return
  await db.deleteFrom('listing_batch_item').where('county', '=', county).where('batch_id', '=', id).execute()
  if (after.items.length === 0) return
  await db
    .insertInto('listing_batch_item')
    .values(
      after.items.map((item, ord) => ({
        county,
        batch_id: id,
        hazard_id: item.hazardId,
        ord,
        hazard_number: item.hazardNumber,
        unit_name: item.unitName,
        area: item.area,
        why: item.why,
        chosen_by: item.chosenBy,
        chosen_on: item.chosenOn,
        listing_id: item.listingId,
        left_out: item.leftOut,
      })),
    )
    .execute()
}
