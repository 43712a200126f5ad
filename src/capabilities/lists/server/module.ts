import { answer, type RegisteredQuery, type ServerModule } from '#platform/module/module.ts'
import {
  keptErrors,
  keptForList,
  listsPermissions,
  type SavedFilter,
  type SavedFilterRecord,
  savedFilterLifecycle,
} from '../model/index.ts'
import { listsActions } from './actions.ts'
import { filtersOf, layoutOf } from './store.ts'

function viewOf({ id, version, name, filter, words, sort, columns, isDefault }: SavedFilterRecord): SavedFilter {
  return { id, version, name, filter, words, sort, columns: columns && [...columns], isDefault }
}

const kept: RegisteredQuery = answer(keptForList, async ({ db, county, actor }, { list }) => {
  const filters = await filtersOf(db, county, actor.accountId, list)
  return { filters: filters.map(viewOf), layout: await layoutOf(db, county, actor.accountId, list) }
})

/** What accounts keep about the lists they look at. */
export const listsModule: ServerModule = {
  name: 'lists',
  permissions: listsPermissions,
  errors: Object.values(keptErrors),
  lifecycles: [savedFilterLifecycle],
  actions: listsActions,
  queries: [kept],
}
