import type { Reader } from '#platform/db/tables.ts'
import type { RecordSight, ServerModule } from '#platform/module/module.ts'
import { ledgerImportErrors, ledgerImportLifecycle, ledgerImportPermissions } from '../model/index.ts'
import { importFacets, ledgerImportActions } from './actions.ts'
import { ledgerImportDownloads, ledgerImportQueries } from './queries.ts'
import { loadImport, runningImports } from './store.ts'
import { ledgerImportJob, type WorkParts } from './work.ts'

const sight: RecordSight = {
  type: 'ledgerImport',
  async sight(context, id) {
    const record = await loadImport(context.db, context.county, id, false)
    if (!record || !context.can('ledgerimport.use', importFacets(record))) return undefined
    return { label: `导入“${record.fileName}”`, path: `/hazards/import/${id}` }
  },
}

/** Ledgers as offices keep them, read, corrected and taken over row by row (M17-1, M17-6). */
export function ledgerImportModule(parts: WorkParts): ServerModule {
  const { deps } = parts
  return {
    name: 'ledgerimport',
    permissions: ledgerImportPermissions,
    errors: Object.values(ledgerImportErrors),
    lifecycles: [ledgerImportLifecycle],
    actions: ledgerImportActions(deps),
    queries: ledgerImportQueries(deps),
    downloads: ledgerImportDownloads(deps),
    jobs: [ledgerImportJob(parts)],
    recordTypes: [sight],
  }
}

/** Imports a killed process left running; apps queues their work again at start-up. */
export const unfinishedImports = (reader: Reader, county: string): Promise<string[]> => runningImports(reader, county)

export { uploadsInUse } from './store.ts'
export { importJob } from './work.ts'
