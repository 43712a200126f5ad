import type { Selectable } from 'kysely'
import type { Day } from '#kernel/time.ts'
import type { Write } from '#platform/actions/writes.ts'
import type { Reader, Tx } from '#platform/db/tables.ts'
import { searchTokens } from '#platform/search/tokens.ts'
import { type Hazard, lacksInterimControl, pendingExtension, type Report } from '../model/index.ts'
import { spanWrites } from './store-spans.ts'
import type { HazardTables } from './tables.ts'

/** Loads a hazard with its reports; `lock` makes other writers of the same hazard wait. */
export async function loadHazard(tx: Reader, county: string, id: string, lock: boolean): Promise<Hazard | undefined> {
  const db = tx.withTables<HazardTables>()
  let query = db.selectFrom('hazard').selectAll().where('county', '=', county).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  // Asked in any case: whether a record is there at all must not show in the time an answer takes.
  const reports = await db
    .selectFrom('hazard_report')
    .selectAll()
    .where('county', '=', county)
    .where('hazard_id', '=', id)
    .orderBy('reported_at')
    .execute()
  return row && hazardOf(row, reports.map(toReport))
}

/** Several hazards at once, as other capabilities know them: without their reports. */
export async function loadFacts(reader: Reader, county: string, ids: readonly string[]): Promise<Map<string, Hazard>> {
  if (ids.length === 0) return new Map()
  const query = reader.withTables<HazardTables>().selectFrom('hazard').selectAll().where('county', '=', county)
  const rows = await query.where('id', 'in', [...ids]).execute()
  return new Map(rows.map((row) => [row.id, hazardOf(row, [])]))
}

function hazardOf(row: Selectable<HazardTables['hazard']>, reports: readonly Report[]): Hazard {
  return {
    county: row.county,
    id: row.id,
    version: row.version,
    number: row.number,
    area: row.area,
    unitId: row.unit_id,
    unitName: row.unit_name,
    sector: row.sector,
    level: row.level,
    channel: row.channel,
    state: row.state,
    description: row.description,
    location: row.location,
    foundOn: row.found_on,
    registeredOn: row.registered_on,
    leadBodyId: row.lead_body_id,
    jointBodyIds: row.joint_body_ids,
    townBodyId: row.town_body_id,
    assignedBodyId: row.assigned_body_id,
    issuerBodyId: row.issuer_body_id,
    dueOn: row.due_on,
    overdue: row.overdue,
    stopped: row.stopped,
    listing: row.listing,
    listingId: row.listing_id,
    listingBodyId: row.listing_body_id,
    closedOn: row.closed_on,
    closeKind: row.close_kind,
    closures: row.closures,
    reopened: row.reopened,
    reinspection: row.reinspection,
    mergedInto: row.merged_into,
    progressOn: row.progress_on,
    planComplete: row.plan_complete,
    reports,
    detail: row.detail,
  }
}

function toReport(row: Selectable<HazardTables['hazard_report']>): Report {
  return {
    id: row.id,
    hazardId: row.hazard_id,
    filedUnder: row.filed_under,
    channel: row.channel,
    area: row.area,
    sector: row.sector,
    foundOn: row.found_on,
    source: row.source,
    description: row.description,
    reporter: row.reporter,
    accountId: row.account_id,
    reportedAt: row.reported_at.toISOString(),
  }
}

function columnsOf(hazard: Hazard) {
  return {
    version: hazard.version,
    number: hazard.number,
    area: hazard.area,
    unit_id: hazard.unitId,
    unit_name: hazard.unitName,
    sector: hazard.sector,
    level: hazard.level,
    channel: hazard.channel,
    state: hazard.state,
    description: hazard.description,
    location: hazard.location,
    found_on: hazard.foundOn,
    registered_on: hazard.registeredOn,
    lead_body_id: hazard.leadBodyId,
    joint_body_ids: [...hazard.jointBodyIds],
    town_body_id: hazard.townBodyId,
    assigned_body_id: hazard.assignedBodyId,
    issuer_body_id: hazard.issuerBodyId,
    due_on: hazard.dueOn,
    overdue: hazard.overdue,
    stopped: hazard.stopped,
    listing: hazard.listing,
    listing_id: hazard.listingId,
    listing_body_id: hazard.listingBodyId,
    closed_on: hazard.closedOn,
    close_kind: hazard.closeKind,
    closures: hazard.closures,
    reopened: hazard.reopened,
    reinspection: hazard.reinspection,
    merged_into: hazard.mergedInto,
    progress_on: hazard.progressOn,
    plan_complete: hazard.planComplete,
    interim_missing: lacksInterimControl(hazard),
    extension_pending: pendingExtension(hazard.detail) !== undefined,
    detail: JSON.stringify(hazard.detail),
  }
}

const searchWords = (hazard: Hazard) => `${hazard.number} ${hazard.unitName} ${hazard.description} ${hazard.location}`
const searchOf = (hazard: Hazard) => searchTokens(searchWords(hazard))

/** Writes the state row, its reports and, when it counts differently from now on, its span. */
export function saveHazard(_tx: Tx, after: Hazard, before: Hazard | undefined, day: Day): Write[] {
  return [
    before ? updated(after, before) : inserted(after),
    ...reportWrites(after, before, day),
    ...spanWrites(after, before, day),
  ]
}

const around = { search: "to_tsvector('simple', ?)" }

function inserted(after: Hazard): Write {
  const key = { county: after.county, id: after.id }
  const row = { ...key, ...columnsOf(after), source_key: after.detail.ledger?.key ?? null, search: searchOf(after) }
  return { name: 'hazard_row', into: 'hazard', rows: [row], around, json: ['detail'] }
}

function updated(after: Hazard, before: Hazard): Write {
  const key = { county: after.county, id: after.id }
  // The index over the text is the dearest part of a write; most actions leave the text alone.
  const search = searchWords(after) === searchWords(before) ? {} : { search: searchOf(after) }
  return { name: 'hazard_row', update: 'hazard', key, set: { ...columnsOf(after), ...search }, around }
}

const moved = 'on conflict (county, id) do update set hazard_id = excluded.hazard_id'

function reportWrites(after: Hazard, before: Hazard | undefined, day: Day): Write[] {
  const known = new Set(before?.reports.map((report) => report.id))
  const fresh = after.reports.filter((report) => !known.has(report.id))
  if (fresh.length === 0) return []
  const rows = fresh.map((report) => ({
    county: after.county,
    id: report.id,
    hazard_id: after.id,
    filed_under: report.filedUnder,
    channel: report.channel,
    area: report.area,
    sector: report.sector,
    found_on: report.foundOn,
    source: report.source,
    description: report.description,
    reporter: report.reporter,
    account_id: report.accountId,
    reported_at: report.reportedAt,
    booked_on: day,
  }))
  return [{ name: 'report_rows', into: 'hazard_report', rows, end: moved }]
}
