import { type ColumnType, sql } from 'kysely'
import type { Reader, Tx } from '#platform/db/tables.ts'
import { type Listing, type ListingDetail, type ListingState, standingListingStates } from '../model/index.ts'

export type ListingTables = {
  listing: {
    county: string
    id: string
    version: number
    hazard_id: string
    batch_id: string | null
    hazard_number: string
    unit_id: string | null
    unit_name: string
    area: string
    sector: string
    level: Listing['level']
    state: ListingState
    proposer_body_id: string | null
    listing_body_id: string | null
    supervising_body_id: string | null
    document: string
    proposed_on: string
    ordered_on: string | null
    due_on: string | null
    publicised_on: string | null
    asked_on: string | null
    hazard_closed_on: string | null
    ended_on: string | null
    detail: ColumnType<ListingDetail, string, string>
  }
}

export type ListingColumns = {
  [K in keyof ListingTables['listing']]: K extends 'detail' ? ListingDetail : ListingTables['listing'][K]
}

export function listingOf(row: ListingColumns): Listing {
  return {
    county: row.county,
    id: row.id,
    version: row.version,
    hazardId: row.hazard_id,
    batchId: row.batch_id,
    hazardNumber: row.hazard_number,
    unitId: row.unit_id,
    unitName: row.unit_name,
    area: row.area,
    sector: row.sector,
    level: row.level,
    state: row.state,
    proposerBodyId: row.proposer_body_id,
    listingBodyId: row.listing_body_id,
    supervisingBodyId: row.supervising_body_id,
    document: row.document,
    proposedOn: row.proposed_on,
    orderedOn: row.ordered_on,
    dueOn: row.due_on,
    publicisedOn: row.publicised_on,
    askedOn: row.asked_on,
    hazardClosedOn: row.hazard_closed_on,
    endedOn: row.ended_on,
    detail: row.detail,
  }
}

export async function loadListing(tx: Reader, county: string, id: string, lock: boolean): Promise<Listing | undefined> {
  let query = tx
    .withTables<ListingTables>()
    .selectFrom('listing')
    .selectAll()
    .where('county', '=', county)
    .where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row && listingOf(row)
}

export async function saveListing(tx: Tx, after: Listing, before: Listing | undefined): Promise<void> {
  const db = tx.withTables<ListingTables>()
  const row = {
    version: after.version,
    hazard_id: after.hazardId,
    batch_id: after.batchId,
    hazard_number: after.hazardNumber,
    unit_id: after.unitId,
    unit_name: after.unitName,
    area: after.area,
    sector: after.sector,
    level: after.level,
    state: after.state,
    proposer_body_id: after.proposerBodyId,
    listing_body_id: after.listingBodyId,
    supervising_body_id: after.supervisingBodyId,
    document: after.document,
    proposed_on: after.proposedOn,
    ordered_on: after.orderedOn,
    due_on: after.dueOn,
    publicised_on: after.publicisedOn,
    asked_on: after.askedOn,
    hazard_closed_on: after.hazardClosedOn,
    ended_on: after.endedOn,
    detail: JSON.stringify(after.detail),
  }
  const { county, id } = after
  if (before) await db.updateTable('listing').set(row).where('county', '=', county).where('id', '=', id).execute()
  else
    await db
      .insertInto('listing')
      .values({ county, id, ...row })
      .execute()
}

/** The listing of a hazard that is still under way, if any. */
export async function standingListing(tx: Reader, county: string, hazardId: string): Promise<string | undefined> {
  const row = await tx
    .withTables<ListingTables>()
    .selectFrom('listing')
    .select('id')
    .where('county', '=', county)
    .where('hazard_id', '=', hazardId)
    .where('state', 'in', standingListingStates)
    .executeTakeFirst()
  return row?.id
}

/** Ids of the listings with running clocks, page after page, for arming them anew. */
export async function clockedListings(reader: Reader, county: string, after: string | null, size: number) {
  const result = await sql<{ id: string }>`
    select id from listing where county = ${county} and state = 'ordered' and (${after}::uuid is null or id > ${after}::uuid)
    order by id limit ${size}`.execute(reader)
  return result.rows.map((row) => row.id)
}

/** Every listing that was ever proposed in these batches, by its id. */
export async function loadListingsOfBatches(
  reader: Reader,
  county: string,
  batchIds: readonly string[],
): Promise<Map<string, Listing>> {
  if (batchIds.length === 0) return new Map()
  const query = reader.withTables<ListingTables>().selectFrom('listing').selectAll().where('county', '=', county)
  const rows = await query.where('batch_id', 'in', [...batchIds]).execute()
  return new Map(rows.map((row) => [row.id, listingOf(row)]))
}
