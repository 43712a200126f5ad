import { type Expression, type SqlBool, sql } from 'kysely'
import { prefixRange } from '#kernel/area.ts'
import { inScope, type ScopeColumns } from '#platform/db/scope.ts'
import { listDownload, listSource } from '#platform/list/list-download.ts'
import {
  answer,
  type ExportDesk,
  type QueryContext,
  type RegisteredDownload,
  type RegisteredQuery,
} from '#platform/module/module.ts'
import { type HazardState, listReports, type ReportFilter, type ReportRow, reportExport } from '../../model/index.ts'
import { countingPermission } from '../../model/permissions.ts'
import type { HazardDeps } from '../deps.ts'
import type { HazardReportColumns } from '../tables.ts'
import { hazardScope } from './moved.ts'

/** A finding is counted where it was made: its own area and sector, not those of the hazard it was merged into. */
const reportScope: ScopeColumns = { area: 'r.area', sector: 'r.sector', unit: 'h.unit_id' }

function conditions(context: QueryContext, filter: ReportFilter, permission: string): Expression<SqlBool>[] {
  const boxes = context.boxes(permission).filter((box) => !box.bodyId)
  const out: Expression<SqlBool>[] = [sql<SqlBool>`r.county = ${context.county}`, inScope(boxes, reportScope)]
  if (filter.scopeOnly) out.push(inScope(context.boxes(countingPermission), reportScope))
  if (filter.area) {
    const { from, to } = prefixRange(filter.area)
    out.push(sql<SqlBool>`r.area >= ${from} and r.area < ${to}`)
  }
  if (filter.sector) out.push(sql<SqlBool>`r.sector = ${filter.sector}`)
  if (filter.channel) out.push(sql<SqlBool>`r.channel = ${filter.channel}`)
  if (filter.foundFrom) out.push(sql<SqlBool>`r.found_on >= ${filter.foundFrom}`)
  if (filter.foundTo) out.push(sql<SqlBool>`r.found_on <= ${filter.foundTo}`)
  if (filter.foundMonth) {
    const from = `${filter.foundMonth}-01`
    out.push(sql<SqlBool>`r.found_on >= ${from}::date and r.found_on < (${from}::date + interval '1 month')`)
  }
  if (filter.asOf) out.push(sql<SqlBool>`r.booked_on <= ${filter.asOf}`)
  return out
}

type Row = Pick<
  HazardReportColumns,
  | 'id'
  | 'channel'
  | 'area'
  | 'sector'
  | 'found_on'
  | 'source'
  | 'description'
  | 'reporter'
  | 'hazard_id'
  | 'filed_under'
> & { reported_at: Date; number: string; unit_name: string; state: HazardState; visible: boolean }

function listed(context: QueryContext, filter: ReportFilter, permission = 'hazard.read') {
  const where = sql.join(conditions(context, filter, permission), sql` and `)
  const from = sql`hazard_report r join hazard h on h.county = r.county and h.id = r.hazard_id where ${where}`
  const question = sql<Row>`
    select r.id, r.channel, r.area, r.sector, r.found_on, r.source, r.description, r.reporter, r.reported_at,
      r.hazard_id, r.filed_under, h.number, h.unit_name, h.state,
      ${inScope(context.boxes('hazard.read'), hazardScope)} as visible
    from ${from} order by r.found_on desc, r.id desc`
  return { from, question }
}

function toRow({ directory }: HazardDeps, county: string, row: Row): ReportRow {
  return {
    id: row.id,
    channel: row.channel,
    areaName: directory.areaName(county, row.area),
    sectorName: directory.sectorName(county, row.sector),
    foundOn: row.found_on,
    reportedAt: row.reported_at.toISOString(),
    source: row.source,
    description: row.description,
    reporter: row.reporter,
    hazard: row.visible ? { id: row.hazard_id, number: row.number, unitName: row.unit_name, state: row.state } : null,
    merged: row.hazard_id !== row.filed_under,
  }
}

export const reportsQuery = (deps: HazardDeps): RegisteredQuery =>
  answer(listReports, async (context, { page, size, ...filter }) => {
    const { from, question } = listed(context, filter)
    const { rows } = await sql<Row>`${question} limit ${size} offset ${(page - 1) * size}`.execute(context.db)
    const total = await sql<{ n: number }>`select count(*) as n from ${from}`.execute(context.db)
    return { rows: rows.map((row) => toRow(deps, context.county, row)), total: total.rows[0]?.n ?? 0 }
  })

export const reportDownload = (deps: HazardDeps, desk: ExportDesk): RegisteredDownload =>
  listDownload(reportExport, desk, (context, filter) => {
    const { question } = listed(context, filter, reportExport.contract.permission)
    return listSource(question, (rows) => rows.map((row) => toRow(deps, context.county, row)))
  })
