import { type RawBuilder, sql } from 'kysely'
import { listDownload, listSource } from '#platform/list/list-download.ts'
import type { ExportDesk, QueryContext, RegisteredDownload } from '#platform/module/module.ts'
import { type HazardFilter, type HazardRow, hazardExport, isStanding, listHazards } from '../../model/index.ts'
import type { HazardDeps } from '../deps.ts'
import type { HazardTables } from '../tables.ts'
import { hazardWhere } from './conditions.ts'

/** What may have been different on a past day. */
const atThatTime = ['level', 'state', 'found_on', 'due_on', 'closed_on', 'overdue', 'listing']

const sortable = new Map([
  ['number', 'number'],
  ['unitName', 'unit_name'],
  ['area', 'area'],
  ['sector', 'sector'],
  ['dueOn', 'due_on'],
  ['closedOn', 'closed_on'],
  ['level', 'level'],
  ['state', 'state'],
])

/** `field` or `-field`; anything unknown falls back to newest first. The id makes pages stable. */
function orderOf(sort: string | undefined, then: 'h' | 's'): RawBuilder<unknown> {
  const down = !sort || sort.startsWith('-')
  const name = (sort ?? '-foundOn').replace(/^-/, '')
  const by = sortable.get(name) ?? 'found_on'
  const column = sql.ref(`${atThatTime.includes(by) ? then : 'h'}.${by}`)
  return down ? sql`${column} desc, h.id desc` : sql`${column} asc, h.id asc`
}

export interface ListedHazard
  extends Pick<
    HazardTables['hazard'],
    | 'id'
    | 'version'
    | 'number'
    | 'unit_id'
    | 'unit_name'
    | 'area'
    | 'sector'
    | 'level'
    | 'channel'
    | 'state'
    | 'description'
    | 'found_on'
    | 'due_on'
    | 'closed_on'
    | 'overdue'
    | 'stopped'
    | 'listing'
    | 'lead_body_id'
    | 'assigned_body_id'
    | 'plan_complete'
    | 'interim_missing'
  > {
  reports: number
}

export function toRow(deps: HazardDeps, county: string, stockUntil: string, row: ListedHazard): HazardRow {
  const { directory } = deps
  return {
    id: row.id,
    version: row.version,
    number: row.number,
    unitId: row.unit_id,
    unitName: row.unit_name,
    area: row.area,
    areaName: directory.areaName(county, row.area),
    sector: row.sector,
    sectorName: directory.sectorName(county, row.sector),
    level: row.level,
    channel: row.channel,
    state: row.state,
    description: row.description,
    foundOn: row.found_on,
    dueOn: row.due_on,
    closedOn: row.closed_on,
    overdue: row.overdue && isStanding(row.state),
    stopped: row.stopped,
    listing: row.listing,
    leadBodyName: directory.bodyName(county, row.lead_body_id),
    assignedBodyName: row.assigned_body_id ? directory.bodyName(county, row.assigned_body_id) : null,
    planComplete: row.plan_complete,
    interimMissing: row.interim_missing,
    reports: row.reports,
    stock: row.found_on <= stockUntil,
  }
}

/** The rows without an end, as of a past day with level, state, deadline and marks of that day. */
function listed(context: QueryContext, filter: HazardFilter, sort: string | undefined, permission: string) {
  const { from, where, stockUntil, then } = hazardWhere(context, filter, context.boxes(permission))
  const counted = sql.join(atThatTime.map((name) => sql.ref(`${then}.${name}`)))
  const question = sql<ListedHazard>`
    select h.id, h.version, h.number, h.unit_id, h.unit_name, h.area, h.sector, h.channel, h.description,
      ${counted}, h.stopped, h.lead_body_id, h.assigned_body_id, h.plan_complete, h.interim_missing,
      (select count(*) from hazard_report r where r.county = h.county and r.hazard_id = h.id) as reports
    from ${from} where ${where} order by ${orderOf(sort, then)}`
  return { question, stockUntil }
}

export async function pageHazards(
  deps: HazardDeps,
  context: QueryContext,
  filter: HazardFilter,
  page: { readonly size: number; readonly offset: number; readonly sort: string | undefined },
): Promise<HazardRow[]> {
  const { question, stockUntil } = listed(context, filter, page.sort, listHazards.permission)
  const result = await sql<ListedHazard>`${question} limit ${page.size} offset ${page.offset}`.execute(context.db)
  return result.rows.map((row) => toRow(deps, context.county, stockUntil, row))
}

export const hazardDownload = (deps: HazardDeps, desk: ExportDesk): RegisteredDownload =>
  listDownload(hazardExport, desk, (context, filter, sort) => {
    const { question, stockUntil } = listed(context, filter, sort, hazardExport.contract.permission)
    return listSource(question, (rows) => rows.map((row) => toRow(deps, context.county, stockUntil, row)))
  })
