import { type Day, isDay } from '#kernel/time.ts'
import type { Search } from '#shell/table/types.ts'
import {
  type ClauseState,
  clauseStateIds,
  type DeadlineChoice,
  deadlineChoices,
  type WallLimits,
} from '../model/index.ts'

export interface WallQuestion {
  readonly limits: WallLimits
  /** Chosen on the page; the tiles of other states are left out. */
  readonly state: ClauseState | undefined
}

/** Reads the address; what somebody mistyped is left out, so that the page still shows the rest. */
export function readWall(search: Search, today: Day): WallQuestion {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  const area = /^\d{6}(\d{3})?$/.test(String(search.area ?? '')) ? String(search.area) : undefined
  const deadline = (Object.keys(deadlineChoices) as DeadlineChoice[]).find((id) => id === search.deadline)
  const limits = {
    asOf: isDay(search.asOf) && search.asOf < today ? search.asOf : undefined,
    area,
    body: text(search.body)?.slice(0, 60),
    stage: text(search.stage)?.slice(0, 20),
    deadline,
  }
  return {
    limits: Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)) as WallLimits,
    state: clauseStateIds.find((id) => id === search.state),
  }
}
