import type { StateSpec } from '#kernel/lifecycle.ts'
import type { RecordIdentity } from '#kernel/record.ts'
import type { ColumnMapping, HeaderColumn } from './fields.ts'
import { headingOf, hintsOf } from './hints.ts'
import type { Assumed, PlanSettings } from './reading.ts'
import type { ValueField, ValueMapping, Vocabulary } from './values.ts'

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
    /** Rows of the sheet the header takes; [0, 0] while nobody has found it. */
    readonly headerRows: readonly [number, number]
    readonly titles: readonly string[]
    /** The first rows as they stand, for a person to point at the header. */
    readonly preview: readonly { readonly row: number; readonly texts: readonly string[] }[]
    readonly date1904: boolean
    readonly columns: ColumnMapping
    readonly values: ValueMapping
    readonly years: PlanSettings['years']
    /** Words of the looked-up columns with how often they occur, counted whenever the rows are judged. */
    readonly words: readonly { readonly field: ValueField; readonly text: string; readonly rows: number }[]
    /** First texts of each column, so that a person sees what stands in it. */
    readonly samples: Readonly<Record<string, readonly string[]>>
    readonly assumed: Assumed
    /** True when an earlier import of this office taught the columns. */
    readonly remembered: boolean
    /** Words whose meaning an earlier import of this office taught. */
    readonly recalled: ValueMapping
  }
}

/** What an import made before a part of its detail existed holds in its place. */
export const emptyDetail: LedgerImport['detail'] = {
  sheets: [],
  header: [],
  headerRows: [0, 0],
  titles: [],
  preview: [],
  date1904: false,
  columns: {},
  values: {},
  years: {},
  words: [],
  samples: {},
  assumed: {},
  remembered: false,
  recalled: {},
}

/** How the rows of an import are to be read: what the sheet says, overruled by what the person has said. */
export function settingsOf(
  sheet: string,
  detail: LedgerImport['detail'],
  vocabulary: Vocabulary,
  today: string,
): PlanSettings {
  const { columns, values, years, titles, header, date1904, assumed } = detail
  const hints = hintsOf({ name: sheet, titles, header }, columns)
  return {
    columns,
    values,
    years,
    assumed: { level: assumed.level ?? hints.level, fundsUnit: assumed.fundsUnit ?? hints.fundsUnit },
    closedHeading: headingOf(header, columns, 'closedOn'),
    date1904,
    vocabulary,
    today,
  }
}
