import type { LedgerOverview } from '../../model/index.ts'

/** One ledger of the overview with how it stands. */
export type LedgerLine = LedgerOverview['ledgers'][number]
