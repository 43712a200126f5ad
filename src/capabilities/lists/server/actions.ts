import { refuse } from '#kernel/errors.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import { occurrenceType } from '#platform/actions/occurrence.ts'
import type { EffectContext, RecordType, RegisteredAction } from '#platform/actions/types.ts'
import * as contracts from '../model/index.ts'
import {
  keptErrors,
  mostFilters,
  type SavedFilterRecord,
  savedFilterFacets,
  savedFilterLifecycle,
} from '../model/index.ts'
import { filtersOf, loadFilter, saveFilterRow, saveLayout } from './store.ts'

export const savedFilterType: RecordType<SavedFilterRecord> = {
  type: 'savedFilter',
  title: '常用筛选',
  readPermission: 'lists.keep',
  lifecycle: savedFilterLifecycle,
  load: loadFilter,
  save: saveFilterRow,
  facets: savedFilterFacets,
  label: (filter) => filter.name,
}

const columnLayout = occurrenceType('columnLayout', '显示的列')

/** Refuses a name that another filter of the same list has. */
async function checkName(context: EffectContext, list: string, name: string): Promise<readonly SavedFilterRecord[]> {
  const kept = await filtersOf(context.tx, context.county, context.actor.accountId, list)
  if (kept.some((one) => one.name === name && one.id !== context.recordId)) {
    const { message } = keptErrors.filterNameTaken
    refuse(keptErrors.filterNameTaken, { fields: [{ path: 'name', message }] })
  }
  return kept
}

const naming: readonly RegisteredAction[] = [
  onCreate(contracts.saveFilter, savedFilterType, async (context, input) => {
    const { county, recordId: id, actor } = context
    const kept = await checkName(context, input.list, input.name)
    if (kept.length >= mostFilters) refuse(keptErrors.tooManyFilters)
    const identity = { county, id, version: 0, accountId: actor.accountId }
    const record: SavedFilterRecord = { ...identity, ...input, state: 'kept', isDefault: false }
    return { record, output: {}, summary: `保存常用筛选“${input.name}”${input.words ? `：${input.words}` : ''}` }
  }),
  onRecord(contracts.renameFilter, savedFilterType, async (context, filter, { name }) => {
    await checkName(context, filter.list, name)
    return { record: { ...filter, name }, output: {}, summary: `常用筛选“${filter.name}”改名为“${name}”` }
  }),
]

const changing: readonly RegisteredAction[] = [
  onRecord(contracts.updateFilter, savedFilterType, (_context, filter, content) => ({
    record: { ...filter, ...content },
    output: {},
    summary: `更新常用筛选“${filter.name}”${content.words ? `：${content.words}` : ''}`,
  })),
  onRecord(contracts.setDefaultFilter, savedFilterType, async (context, filter, { isDefault }) => {
    const kept = await filtersOf(context.tx, context.county, context.actor.accountId, filter.list)
    for (const other of kept) {
      if (!isDefault || !other.isDefault || other.id === filter.id) continue
      const { id: recordId, version } = other
      await context.child(contracts.setDefaultFilter, { recordId, version, input: { isDefault: false } })
    }
    const summary = isDefault ? `列表默认按“${filter.name}”打开` : `列表不再默认按“${filter.name}”打开`
    return { record: { ...filter, isDefault }, output: {}, summary }
  }),
  onRecord(contracts.dropFilter, savedFilterType, (_context, filter) => ({
    record: { ...filter, state: 'dropped' as const, isDefault: false },
    output: {},
    summary: `删除常用筛选“${filter.name}”`,
  })),
]

const columns = onCreate(contracts.keepColumns, columnLayout, async (context, { list, layout }) => {
  const { county, actor, recordId: id } = context
  await saveLayout(context.tx, { county, account_id: actor.accountId, list }, layout)
  return {
    record: { county, id, version: 0, area: county, ownerId: actor.accountId },
    output: {},
    summary: layout ? `调整列表“${list}”显示的列` : `恢复列表“${list}”原来的列`,
  }
})

export const listsActions: readonly RegisteredAction[] = [...naming, ...changing, columns]
