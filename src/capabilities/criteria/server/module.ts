import type { ExportDesk, ServerModule } from '#platform/module/module.ts'
import { criteriaErrors, criteriaPermissions, standardIn } from '../model/index.ts'
import { type CriteriaActionParts, criteriaActions } from './actions.ts'
import { itemSheet, standardPreview } from './items.ts'
import { criteriaSource } from './mechanisms.ts'
import { itemExport, libraryQueries } from './queries.ts'

/** The library of 重大事故隐患判定标准: catalogue, search, suggestions with their reasons, and how it is kept (M05). */
export function criteriaModule(parts: CriteriaActionParts & { readonly exports: ExportDesk }): ServerModule {
  return {
    name: 'criteria',
    permissions: criteriaPermissions,
    errors: Object.values(criteriaErrors),
    actions: criteriaActions(parts),
    queries: [...libraryQueries(parts.shelf), standardPreview(parts)],
    downloads: [itemSheet(parts), itemExport(parts.shelf, parts.exports)],
    mechanisms: [criteriaSource(parts.shelf)],
    recordTypes: [
      {
        type: 'standard',
        async sight(context, recordId) {
          const { records } = await parts.shelf.current(context.db)
          const record = records.find((one) => one.id === recordId)
          return record && { label: `判定标准《${standardIn(record).title}》`, path: `/criteria/${record.code}` }
        },
      },
    ],
  }
}
