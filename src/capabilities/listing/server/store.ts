import type { ColumnType } from 'kysely'
import { type SqlBool, sql } from 'kysely'
import { prefixRange } from '#kernel/area.ts'
import { inScope, type ScopeColumns } from '#platform/db/scope.ts'
import type { Reader, Tx } from '#platform/db/tables.ts'
import type { QueryContext } from '#platform/module/module.ts'
import type { Listing, ListingDetail, ListingState } from '../model/index.ts'

export type ListingTables = {
  listing: {
    county: string
    id: string
    version: number
    hazard_id: string
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
    ended_on: string | null
    detail: ColumnType<ListingDetail, string, string>
  }
}

type Row = { [K in keyof ListingTables['listing']]: K extends 'detail' ? ListingDetail : ListingTables['listing'][K] }

function fromRow(row: Row): Listing {
  return {
    county: row.county,
    id: row.id,
    version: row.version,
    hazardId: row.hazard_id,
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
  return row && fromRow(row)
}

export async function saveListing(tx: Tx, after: Listing, before: Listing | undefined): Promise<void> {
  const db = tx.withTables<ListingTables>()
  const row = {
    version: after.version,
    hazard_id: after.hazardId,
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
    .where('state', 'in', ['proposed', 'approved', 'ordered'])
    .executeTakeFirst()
  return row?.id
}

const scope: ScopeColumns = {
  area: 'l.area',
  sector: 'l.sector',
  unit: 'l.unit_id',
  bodies: ['l.proposer_body_id', 'l.listing_body_id', 'l.supervising_body_id'],
}

export interface ListingQuestion {
  readonly states?: readonly ListingState[] | undefined
  readonly level?: Listing['level'] | undefined
  readonly area?: string | undefined
  readonly sector?: string | undefined
  readonly hazardId?: string | undefined
  readonly year?: number | undefined
  readonly page: number
  readonly size: number
}

/** One page of listings the caller may see: those under way first, the newest first. */
export async function pageListings(context: QueryContext, question: ListingQuestion) {
  const parts = [sql<SqlBool>`l.county = ${context.county}`, inScope(context.boxes('listing.read'), scope)]
  if (question.states) parts.push(sql<SqlBool>`l.state = any(${[...question.states]}::text[])`)
  if (question.level) parts.push(sql<SqlBool>`l.level = ${question.level}`)
  if (question.sector) parts.push(sql<SqlBool>`l.sector = ${question.sector}`)
  if (question.hazardId) parts.push(sql<SqlBool>`l.hazard_id = ${question.hazardId}`)
  if (question.year) parts.push(sql<SqlBool>`extract(year from l.proposed_on) = ${question.year}`)
  if (question.area) {
    const { from, to } = prefixRange(question.area)
    parts.push(sql<SqlBool>`l.area >= ${from} and l.area < ${to}`)
  }
  const where = sql.join(parts, sql` and `)
  const rows = await sql<Row>`
    select l.* from listing l where ${where}
    order by (l.state in ('delisted', 'rejected', 'withdrawn')), l.proposed_on desc, l.id desc
    limit ${question.size} offset ${(question.page - 1) * question.size}`.execute(context.db)
  const total = await sql<{ n: number }>`select count(*) as n from listing l where ${where}`.execute(context.db)
  return { rows: rows.rows.map(fromRow), total: total.rows[0]?.n ?? 0 }
}
