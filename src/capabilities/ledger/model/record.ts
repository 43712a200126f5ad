import type { StateType } from '#kernel/lifecycle.ts'
import type { RecordIdentity } from '#kernel/record.ts'
import type { Day } from '#kernel/time.ts'

/** A milestone that was reached. */
export interface Reached {
  readonly on: Day
  readonly by: string
  readonly note: string
}

/** One thing a ledger keeps: a place, a vehicle, a unit, whatever its pack says. */
export interface LedgerItem extends RecordIdentity {
  readonly ledger: string
  readonly title: string
  /** What tells it from the others of its ledger; two that stand never share one. */
  readonly key: string
  readonly area: string
  readonly sector: string | null
  readonly bodyId: string
  readonly unitId: string | null
  readonly unitName: string
  readonly state: string
  readonly stateType: StateType
  /** The day it came into the population; until the frozen day it is stock, later an addition. */
  readonly listedOn: Day
  /** Since when it is in its state. */
  readonly changedOn: Day
  readonly dueOn: Day | null
  readonly doneOn: Day | null
  readonly fields: Readonly<Record<string, unknown>>
  readonly milestones: Readonly<Record<string, Reached>>
}

/** Somebody's word that a ledger has nothing to list in an area: an empty population that is not missing. */
export interface ConfirmedZero extends RecordIdentity {
  readonly ledger: string
  readonly area: string
  readonly bodyId: string | null
  readonly confirmedOn: Day
  readonly by: string
  readonly statement: string
  readonly liftedOn: Day | null
}

/** The county's word on which day's items are the stock of a ledger; the last word holds. */
export interface Freeze extends RecordIdentity {
  readonly ledger: string
  readonly frozenOn: Day
  readonly by: string
  readonly at: string
  readonly reason: string
}

export const sheetStates = { running: '导入中', paused: '已暂停', finished: '已完成' } as const
export type SheetState = keyof typeof sheetStates
export const sheetStateIds = Object.keys(sheetStates) as [SheetState, ...SheetState[]]

/** A sheet on its way into a ledger; the rows before `next` are accounted for. */
export interface SheetImport extends RecordIdentity {
  readonly ledger: string
  readonly uploadId: string
  readonly accountId: string
  readonly accountName: string
  readonly fileName: string
  readonly startedAt: string
  readonly total: number
  readonly next: number
  readonly added: number
  /** Rows that stood in the ledger already. */
  readonly known: number
  readonly state: SheetState
}
