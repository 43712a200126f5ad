import type { ColumnType } from 'kysely'
import type { StateType } from '#kernel/lifecycle.ts'
import type { Reader } from '#platform/db/tables.ts'
import type { Reached, SheetState } from '../model/index.ts'
import type { RowOutcome } from './batch.ts'

interface ItemColumns {
  county: string
  id: string
  version: number
  ledger: string
  title: string
  item_key: string
  area: string
  sector: string | null
  body_id: string
  unit_id: string | null
  unit_name: string
  state: string
  state_type: StateType
  rank: number
  listed_on: string
  changed_on: string
  due_on: string | null
  done_on: string | null
}

/** A row as it is read. */
export interface ItemRow extends ItemColumns {
  fields: Record<string, unknown>
  milestones: Record<string, Reached>
}

export type LedgerTables = {
  ledger_item: ItemColumns & {
    fields: ColumnType<Record<string, unknown>, string, string>
    milestones: ColumnType<Record<string, Reached>, string, string>
    search: ColumnType<string, unknown, unknown>
  }
  ledger_item_span: {
    county: string
    item_id: string
    seq: number
    from_day: string
    to_day: string
    ledger: string
    area: string
    sector: string | null
    body_id: string
    unit_id: string | null
    state: string
    state_type: StateType
    listed_on: string
    due_on: string | null
    done_on: string | null
  }
  ledger_zero: {
    county: string
    id: string
    version: number
    ledger: string
    area: string
    body_id: string | null
    confirmed_on: string
    by_name: string
    statement: string
    lifted_on: string | null
  }
  ledger_freeze: {
    county: string
    id: string
    version: number
    ledger: string
    frozen_on: string
    by_name: string
    at: ColumnType<Date, Date | string, Date | string>
    reason: string
  }
  ledger_sheet: {
    county: string
    id: string
    version: number
    ledger: string
    upload_id: string
    account_id: string
    account_name: string
    file_name: string
    started_at: Date
    total: number
    next_row: number
    added: number
    known: number
    state: SheetState
  }
  ledger_batch: {
    county: string
    id: string
    version: number
    ledger: string
    upload_id: string
    account_id: string
    first_row: number
    next_row: number
    added: number
    known: number
    rejected: ColumnType<RowOutcome[], string, string>
  }
}

export const tables = (reader: Reader) => reader.withTables<LedgerTables>()
