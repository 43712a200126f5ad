import { type SqlBool, sql } from 'kysely'
import { type HazardFacts, hazardStates } from '#capabilities/hazard/model/index.ts'
import { prefixRange } from '#kernel/area.ts'
import { addDays } from '#kernel/time.ts'
import { inScope, type ScopeColumns } from '#platform/db/scope.ts'
import { listDownload, listSource } from '#platform/list/list-download.ts'
import type { ExportDesk, QueryContext, RegisteredDownload } from '#platform/module/module.ts'
import {
  type Listing,
  type ListingFilter,
  type ListingLateness,
  type ListingRow,
  type ListingStep,
  listingExport,
  runningSteps,
  workingDaysLeft,
} from '../../model/index.ts'
import type { ListingDeps } from '../deps.ts'
import { type ListingColumns, listingOf } from '../store.ts'

/** What a unit may know of (`isKnownToUnit`) has its id in a column of its own. */
export const listingsTold = sql`(select *, case when ordered_on is not null then unit_id end as told_unit_id from listing) l`

export const listingScope: ScopeColumns = {
  area: 'l.area',
  sector: 'l.sector',
  unit: 'l.told_unit_id',
  bodies: ['l.proposer_body_id', 'l.listing_body_id', 'l.supervising_body_id'],
}

const soonDays = 7

/** The rectification is late, or due within a week, while the hazard stands. */
function workDue(context: QueryContext, late: ListingLateness) {
  const { today } = context
  const standing = sql`l.state = 'ordered' and l.hazard_closed_on is null`
  if (late === 'soon') return sql`(${standing} and l.due_on between ${today} and ${addDays(today, soonDays)})`
  return late === 'any' || late === 'work' ? sql`(${standing} and l.due_on < ${today})` : sql`false`
}

/**
 * Ids of the listings with a step that is late, or due within a week. The day it is due follows from calendar and
 * parameters and is therefore stored nowhere; what waits for a listing body is few rows, which an index of their own finds.
 */
async function stepsDue(context: QueryContext, late: ListingLateness): Promise<string[]> {
  if (late === 'work') return []
  const waiting = await sql<ListingColumns>`
    select l.* from listing l where l.county = ${context.county} and l.state = 'ordered'
      and (l.publicised_on is null or l.asked_on is not null or l.hazard_closed_on is not null)`.execute(context.db)
  const until = addDays(context.today, soonDays)
  const wanted = (step: ListingStep, dueOn: string) =>
    late === 'soon'
      ? dueOn >= context.today && dueOn <= until
      : dueOn < context.today && (late === 'any' || late === step)
  return waiting.rows
    .map(listingOf)
    .filter((row) => runningSteps(row, context.environment).some(({ step, dueOn }) => wanted(step, dueOn)))
    .map(({ id }) => id)
}

async function conditionOf(context: QueryContext, question: ListingFilter) {
  const parts = [sql<SqlBool>`l.county = ${context.county}`, inScope(context.boxes('listing.read'), listingScope)]
  if (question.states) parts.push(sql<SqlBool>`l.state = any(${[...question.states]}::text[])`)
  if (question.level) parts.push(sql<SqlBool>`l.level = ${question.level}`)
  if (question.sector) parts.push(sql<SqlBool>`l.sector = ${question.sector}`)
  if (question.hazardId) parts.push(sql<SqlBool>`l.hazard_id = ${question.hazardId}`)
  if (question.year) parts.push(sql<SqlBool>`extract(year from l.proposed_on) = ${question.year}`)
  if (question.area) {
    const { from, to } = prefixRange(question.area)
    parts.push(sql<SqlBool>`l.area >= ${from} and l.area < ${to}`)
  }
  if (question.late) {
    const ids = await stepsDue(context, question.late)
    parts.push(sql<SqlBool>`(${workDue(context, question.late)} or l.id = any(${ids}::uuid[]))`)
  }
  return sql.join(parts, sql` and `)
}

/** The listings the caller may see: those under way first, of these what is due first, then the newest. */
async function listed(context: QueryContext, filter: ListingFilter) {
  const where = await conditionOf(context, filter)
  const question = sql<ListingColumns>`
    select l.* from ${listingsTold} where ${where}
    order by (l.ended_on is not null), case when l.state = 'ordered' then l.due_on end, l.proposed_on desc, l.id desc`
  return { where, question }
}

export async function pageListings(context: QueryContext, filter: ListingFilter, page: number, size: number) {
  const { where, question } = await listed(context, filter)
  const rows = await sql<ListingColumns>`${question} limit ${size} offset ${(page - 1) * size}`.execute(context.db)
  const total = await sql<{ n: number }>`select count(*) as n from ${listingsTold} where ${where}`.execute(context.db)
  return { rows: rows.rows.map(listingOf), total: total.rows[0]?.n ?? 0 }
}

/** The rectification of what is listed is late: the hazard still stands and its deadline is over. */
export const isOverdue = (listing: Listing, today: string): boolean =>
  listing.state === 'ordered' && listing.hazardClosedOn === null && listing.dueOn !== null && listing.dueOn < today

export function rowOf(
  { directory }: ListingDeps,
  { county, today, environment }: QueryContext,
  listing: Listing,
  hazard: HazardFacts | undefined,
): ListingRow {
  const body = (id: string | null) => (id ? directory.bodyName(county, id) : null)
  const { state } = listing
  const dueOn = state === 'proposed' || state === 'approved' ? (hazard?.dueOn ?? null) : listing.dueOn
  const steps = runningSteps(listing, environment)
  return {
    id: listing.id,
    version: listing.version,
    hazardId: listing.hazardId,
    hazardNumber: listing.hazardNumber,
    hazardState: hazard ? hazardStates[hazard.state].label : '',
    description: hazard?.description ?? '',
    unitName: listing.unitName,
    areaName: directory.areaName(county, listing.area),
    sectorName: directory.sectorName(county, listing.sector),
    level: listing.level,
    state: listing.state,
    listingBodyName: body(listing.listingBodyId),
    supervisingBodyName: body(listing.supervisingBodyId),
    document: listing.document,
    proposedOn: listing.proposedOn,
    orderedOn: listing.orderedOn,
    dueOn,
    overdue: isOverdue(listing, today),
    publicisedOn: listing.publicisedOn,
    askedOn: listing.askedOn,
    hazardClosedOn: listing.hazardClosedOn,
    steps: steps.map((step) => ({
      ...step,
      workingDaysLeft: workingDaysLeft(step.dueOn, today, environment.calendar),
    })),
    endedOn: listing.endedOn,
  }
}

/** Listings with what the list says of their hazards. */
export async function listingRows(deps: ListingDeps, context: QueryContext, rows: readonly Listing[]) {
  const ids = rows.map(({ hazardId }) => hazardId)
  const hazards = await deps.hazards.some(context.db, context.county, ids)
  return rows.map((listing) => rowOf(deps, context, listing, hazards.get(listing.hazardId)))
}

export const listingDownload = (deps: ListingDeps, desk: ExportDesk): RegisteredDownload =>
  listDownload(listingExport, desk, async (context, filter) => {
    const { question } = await listed(context, filter)
    return listSource(question, (rows) => listingRows(deps, context, rows.map(listingOf)))
  })
