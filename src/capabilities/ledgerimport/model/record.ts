import type { StateSpec } from '#kernel/lifecycle.ts'
import type { RecordIdentity } from '#kernel/record.ts'
import type { ColumnMapping, HeaderColumn } from './fields.ts'
import type { PlanSettings } from './plan.ts'
import type { ValueField, ValueMapping } from './values.ts'

export const importStates = {
  preparing: { label: '核对中', type: 'open' },
  running: { label: '导入中', type: 'waiting' },
  cancelled: { label: '已暂停', type: 'open' },
  done: { label: '已完成', type: 'closed' },
} as const satisfies Record<string, StateSpec>
export type ImportState = keyof typeof importStates

/** ready = comes in; open = needs an answer; the last three are what has become of the row. */
export const rowStandings = {
  ready: '可以导入',
  open: '需要核对',
  skipped: '不导入',
  imported: '已导入',
  merged: '已合并',
  rejected: '未能导入',
} as const
export type RowStanding = keyof typeof rowStandings

export interface LedgerImport extends RecordIdentity {
  readonly accountId: string
  readonly accountName: string
  readonly fileName: string
  readonly uploadId: string
  readonly sheet: string
  readonly state: ImportState
  readonly createdAt: string
  readonly detail: {
    readonly sheets: readonly string[]
    readonly header: readonly HeaderColumn[]
    readonly headerRows: readonly [number, number]
    readonly columns: ColumnMapping
    readonly values: ValueMapping
    readonly years: PlanSettings['years']
    /** Words of the looked-up columns with how often they occur, counted whenever the rows are judged. */
    readonly words: readonly { readonly field: ValueField; readonly text: string; readonly rows: number }[]
    /** First texts of each column, so that a person sees what stands in it. */
    readonly samples: Readonly<Record<string, readonly string[]>>
    /** True when an earlier import taught the mapping. */
    readonly remembered: boolean
  }
}
