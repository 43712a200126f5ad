import type { ServerModule } from '#platform/module/module.ts'
import { systemErrors, systemPermissions } from '../model/index.ts'
import { systemActions } from './actions.ts'
import { type SystemDeps, systemQueries } from './queries.ts'
import { auditDownloads, auditQueries } from './queries-audit.ts'
import { packQueries } from './queries-pack.ts'
import { settingActions } from './settings.ts'

/** Inbox, parameters, calendar, data pack, audit and deliveries: what belongs to the installation rather than to one subject. */
export function systemModule(deps: SystemDeps): ServerModule {
  return {
    name: 'system',
    permissions: systemPermissions,
    errors: Object.values(systemErrors),
    actions: systemActions,
    queries: [...systemQueries(deps), ...auditQueries(deps), ...packQueries(deps)],
    downloads: auditDownloads(deps),
  }
}

/** Actions after which the calendar or the parameters must be read anew and clocks armed anew. */
export const settingActionIds: ReadonlySet<string> = new Set(settingActions.map(({ contract }) => contract.id))

export { countUnread, logExport, type Projection, readProjection, writeProjection } from './store.ts'
