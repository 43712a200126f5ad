import { answer, type QueryContext, type RegisteredQuery } from '#platform/module/module.ts'
import {
  getItem,
  getLedger,
  type Keeper,
  type Ledger,
  ledgerOverview,
  ledgerStatistics,
  listItems,
} from '../../model/index.ts'
import { getLedgerOf, type LedgerDeps } from '../deps.ts'
import { lastFreezes } from '../store-words.ts'
import { itemView } from './detail.ts'
import { pageOfItems, stockDaysOf } from './list.ts'
import { overviewOf, statisticsOf } from './numbers.ts'

const keeperRole = {
  committeeOffice: 'office',
  department: 'department',
  town: 'town',
  inspector: 'inspector',
  unitPrincipal: 'unit',
} as const

/** Whether some grant of this person speaks for one of those the ledger names. */
function isKeeper({ actor }: QueryContext, ledger: Ledger): boolean {
  const wanted: readonly Keeper[] = ['office', ...ledger.keepers]
  return actor.grants.some(
    ({ role }) => role in keeperRole && wanted.includes(keeperRole[role as keyof typeof keeperRole]),
  )
}

const definition = (deps: LedgerDeps): RegisteredQuery =>
  answer(getLedger, async (context, input) => {
    const ledger = getLedgerOf(deps, input.ledger)
    const frozen = (await lastFreezes(context.db, context.county)).get(ledger.id)
    const keeps = context.holds('ledger.keep') && isKeeper(context, ledger)
    return {
      ledger,
      stockOn: (await stockDaysOf(deps, context)).get(ledger.id) ?? null,
      frozen: frozen ? { by: frozen.by, reason: frozen.reason } : null,
      mayAdd: keeps,
      mayImport: keeps && context.holds('ledger.import'),
      mayFreeze: context.holds('ledger.freeze'),
      mayConfirm: context.holds('ledger.confirmZero'),
    }
  })

export const ledgerQueries = (deps: LedgerDeps): RegisteredQuery[] => [
  definition(deps),
  answer(listItems, (context, input) => pageOfItems(deps, context, input)),
  answer(getItem, (context, { id }) => itemView(deps, context, id)),
  answer(ledgerOverview, (context, input) => overviewOf(deps, context, input)),
  answer(ledgerStatistics, (context, input) => statisticsOf(deps, context, input)),
]
