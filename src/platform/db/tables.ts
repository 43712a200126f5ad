import type { ColumnType, Kysely, Transaction } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
type Json = ColumnType<unknown, string, string>

export interface ActionTable {
  county: string
  record_id: string
  seq: number
  id: string
  record_type: string
  name: string
  account_id: string
  actor_name: string
  cause_id: string | null
  at: Instant
  effective_on: string
  from_state: string | null
  to_state: string | null
  summary: string
  input: Json
  output: Json
  prev_hash: Buffer | null
  hash: Buffer
}

export interface RefusalTable {
  county: string
  id: string
  at: Instant
  account_id: string | null
  actor_name: string
  operation: string
  record_id: string | null
  code: string
  detail: string
}

export interface AuditBlockTable {
  county: string
  number: number
  previous: Buffer | null
  history: Buffer
  rows: number
  root: Buffer
  first_at: ColumnType<Date | null, Date | null, Date | null>
  last_at: ColumnType<Date | null, Date | null, Date | null>
  /** From then on backwards every row had been sealed: in this block or in one before. */
  complete_to: ColumnType<Date | null, Date | null, Date | null>
  sealed_at: Instant
  software: string
  hash: Buffer
  nodes: Buffer
}

export interface AuditLeafTable {
  county: string
  block: number
  position: number
  kind: 'action' | 'refusal'
  row_id: string
  record_id: string | null
  seq: number | null
  hash: Buffer
}

interface TallyCellColumns {
  county: string
  metric: string
  area: string
  sector: string
  level: string
  channel: string
  state: string
  month: string
}

export interface TallyDeltaTable extends TallyCellColumns {
  action_id: string
  ord: number
  day: string
  n: number
}

export interface TallyTable extends TallyCellColumns {
  n: number
}

export interface TallyDayTable extends TallyCellColumns {
  day: string
  n: number
}

export interface TallySumTable extends Omit<TallyCellColumns, 'channel'> {
  grain: string
  period: string
  n: number
}

export interface DeadlineTable {
  county: string
  record_id: string
  rung: string
  basis: string
  record_type: string
  area: string
  fire_at: Instant
  fired_at: ColumnType<Date | null, Date | null, Date | null>
}

export interface NoticeTable {
  county: string
  id: string
  dedupe_key: string
  recipient_kind: 'person' | 'body' | 'account'
  recipient_id: string
  kind: string
  title: string
  body: string
  record_type: string
  record_id: string
  action_id: string | null
  created_at: Instant
}

export interface NoticeReceiptTable {
  county: string
  notice_id: string
  account_id: string
  read_at: Instant
}

export interface DeliveryTable {
  county: string
  id: string
  notice_id: string
  channel: string
  address: string
  state: 'queued' | 'sent' | 'failed' | 'undeliverable' | 'inboxOnly'
  attempts: ColumnType<number, number | undefined, number>
  next_at: Instant
  last_error: string | null
  sent_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}

export interface ParameterTable {
  county: string
  id: string
  effective_from: string
  value: Json
  title: string
  unit: string | null
  source: string
  confidence: string
  note: string | null
}

export interface HolidayTable {
  county: string
  day: string
  kind: 'holiday' | 'workday'
  source: string
}

export interface CalendarYearTable {
  county: string
  year: number
  id: string
  complete: boolean
  version: number
}

export interface SettingTable {
  county: string
  key: string
  value: Json
}

/** The platform's own tables. A capability adds its tables with `db.withTables<…>()` in its store. */
export interface PlatformTables {
  action: ActionTable
  refusal: RefusalTable
  audit_block: AuditBlockTable
  audit_leaf: AuditLeafTable
  tally_delta: TallyDeltaTable
  tally: TallyTable
  tally_day: TallyDayTable
  tally_sum: TallySumTable
  deadline: DeadlineTable
  notice: NoticeTable
  notice_receipt: NoticeReceiptTable
  delivery: DeliveryTable
  parameter: ParameterTable
  holiday: HolidayTable
  calendar_year: CalendarYearTable
  setting: SettingTable
}

export type Db = Kysely<PlatformTables>
export type Tx = Transaction<PlatformTables>
/** Anything a read may run on: the pool or an open transaction. */
export type Reader = Db | Tx
