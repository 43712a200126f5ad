import type { ServerModule } from '#platform/module/module.ts'
import { systemErrors, systemPermissions } from '../model/index.ts'
import { systemActions } from './actions.ts'
import { type SystemDeps, systemQueries } from './queries.ts'

/** Inbox, parameters, calendar, audit and deliveries: what belongs to the installation rather than to one subject. */
export function systemModule(deps: SystemDeps): ServerModule {
  return {
    name: 'system',
    permissions: systemPermissions,
    errors: Object.values(systemErrors),
    actions: systemActions,
    queries: systemQueries(deps),
  }
}

/** Actions after which the calendar or the parameters must be read anew and clocks armed anew. */
export const settingActions: ReadonlySet<string> = new Set(['system.setParameter', 'system.setCalendarYear'])

export { countUnread, logExport } from './store.ts'
