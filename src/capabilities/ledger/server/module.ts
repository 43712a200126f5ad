import { clockedKind } from '#platform/clock/projection.ts'
import type { ExportDesk, ServerModule } from '#platform/module/module.ts'
import { ledgerErrors, ledgerPermissions } from '../model/index.ts'
import { itemActions } from './actions/items.ts'
import { wordActions } from './actions/words.ts'
import { idOfLedger, ledgerClock, ledgerType } from './clock.ts'
import type { LedgerDeps } from './deps.ts'
import { importDownloads } from './import/files.ts'
import { importActions, importQueries } from './import/import.ts'
import { ledgerSheetJob, type SheetJobParts } from './import/job.ts'
import { ledgerQueries } from './queries/answers.ts'
import { visibleItem } from './queries/detail.ts'
import { itemsDownload } from './queries/list.ts'
import { ledgerMechanisms } from './queries/standing.ts'
import { itemRecord } from './record-types.ts'
import { ledgerClockParameters, ledgerRungWords } from './reminding.ts'
import { clockedItems } from './store.ts'

/** 台账 as the server registers it: one engine, as many ledgers as the county's pack declares. */
export function ledgerModule(
  deps: LedgerDeps & { readonly county: string; readonly exports: ExportDesk; readonly work: SheetJobParts },
): ServerModule {
  const { county, exports } = deps
  return {
    name: 'ledger',
    permissions: ledgerPermissions,
    errors: Object.values(ledgerErrors),
    actions: [...itemActions(deps), ...wordActions(deps), ...importActions(deps)],
    queries: [...ledgerQueries(deps), ...importQueries(deps)],
    downloads: [itemsDownload(deps, exports), ...importDownloads(deps, exports)],
    jobs: [ledgerSheetJob(deps.work)],
    clocks: [ledgerClock(deps)],
    clocked: [
      clockedKind({
        county,
        recordType: itemRecord,
        parameters: ledgerClockParameters,
        rungWords: ledgerRungWords,
        standing: clockedItems,
      }),
    ],
    recordTypes: [
      {
        type: itemRecord.type,
        async sight(context, id) {
          const item = await visibleItem(context, id)
          return item && { label: item.title, path: `/ledgers/${item.ledger}/items/${item.id}`, originals: true }
        },
      },
      {
        type: ledgerType,
        async sight(context, id) {
          const ledger = deps.ledgers.find((one) => idOfLedger(one.id) === id)
          return context.holds('ledger.read')
            ? ledger && { label: ledger.title, path: `/ledgers/${ledger.id}` }
            : undefined
        },
      },
    ],
    mechanisms: [ledgerMechanisms(deps)],
  }
}

export { sheetJob } from './import/job.ts'
/** Imports a killed process left running; apps queues their work again at start-up. */
export { runningSheets, sheetsInUse } from './store-sheets.ts'
