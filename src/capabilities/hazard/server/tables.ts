import type { ColumnType } from 'kysely'
import type { Channel, CloseKind, HazardDetail, HazardState, Level, ListingLevel } from '../model/index.ts'

export type HazardColumns = {
  county: string
  id: string
  version: number
  number: string
  area: string
  unit_id: string | null
  unit_name: string
  sector: string
  level: Level
  channel: Channel
  state: HazardState
  description: string
  location: string
  found_on: string
  registered_on: string
  lead_body_id: string
  joint_body_ids: string[]
  town_body_id: string | null
  assigned_body_id: string | null
  issuer_body_id: string | null
  due_on: string | null
  overdue: boolean
  stopped: boolean
  listing: ListingLevel
  listing_id: string | null
  listing_body_id: string | null
  closed_on: string | null
  close_kind: CloseKind | null
  closures: number
  reopened: number
  reinspection: 'none' | 'drawn' | 'passed' | 'failed'
  merged_into: string | null
  progress_on: string
  plan_complete: boolean
  interim_missing: boolean
  extension_pending: boolean
  source_key: string | null
  search: ColumnType<string, unknown, unknown>
  detail: ColumnType<HazardDetail, string, string>
}

export type HazardReportColumns = {
  county: string
  id: string
  hazard_id: string
  filed_under: string
  channel: Channel
  area: string
  sector: string
  found_on: string
  source: string
  description: string
  reporter: string
  account_id: string
  reported_at: ColumnType<Date, Date | string, Date | string>
  /** The day from which the finding counts; it stays when a merge moves the finding. */
  booked_on: string
}

export type HazardSpanColumns = {
  county: string
  hazard_id: string
  seq: number
  from_day: string
  to_day: string
  area: string
  sector: string
  level: Level
  channel: Channel
  state: HazardState
  month: string
  found_on: string
  due_on: string | null
  overdue: boolean
  listing: ListingLevel
  reopened: number
  closures: number
  closed_on: string | null
  close_kind: CloseKind | null
}

export type HazardTables = {
  hazard: HazardColumns
  hazard_report: HazardReportColumns
  hazard_span: HazardSpanColumns
}
