import type { Facets } from '#kernel/grants.ts'
import { defineLifecycle, type Lifecycle, type StateSpec } from '#kernel/lifecycle.ts'
import type { RecordIdentity } from '#kernel/record.ts'

export const savedFilterStates = {
  kept: { label: '使用中', type: 'open' },
  dropped: { label: '已删除', type: 'closed' },
} as const satisfies Record<string, StateSpec>
export type SavedFilterState = keyof typeof savedFilterStates

/** 常用筛选: a name for what a list shows, kept by one account for itself. */
export interface SavedFilterRecord extends RecordIdentity {
  readonly accountId: string
  readonly list: string
  readonly name: string
  readonly state: SavedFilterState
  readonly filter: Readonly<Record<string, unknown>>
  readonly words: string
  readonly sort: string | null
  readonly columns: readonly string[] | null
  readonly isDefault: boolean
}

/** Nobody's but the account's own, wherever in the county its grants lie. */
export const savedFilterFacets = ({ county, accountId }: SavedFilterRecord): Facets => ({
  area: county,
  sectors: null,
  unitId: null,
  bodyIds: [],
  ownerIds: [accountId],
})

export const savedFilterLifecycle: Lifecycle<SavedFilterState, SavedFilterRecord> = defineLifecycle({
  record: 'savedFilter',
  states: savedFilterStates,
  stateOf: (record) => record.state,
  transitions: [
    { action: 'lists.updateFilter', from: ['kept'], to: 'same' },
    { action: 'lists.renameFilter', from: ['kept'], to: 'same' },
    { action: 'lists.setDefaultFilter', from: ['kept'], to: 'same' },
    { action: 'lists.dropFilter', from: ['kept'], to: 'dropped' },
  ],
})
