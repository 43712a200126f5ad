import type { Directory, ReferenceIndex } from '#capabilities/directory/model/index.ts'
import { refuse } from '#kernel/errors.ts'
import type { Reader } from '#platform/db/tables.ts'
import type { Files } from '#platform/files/files.ts'
import { ledgerErrors as e, type Ledger } from '../model/index.ts'

/** A table of an uploaded file: the heading and the rows below it, with their row numbers in the sheet. */
export interface UploadedSheet {
  readonly name: string
  readonly header: readonly string[]
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[]
}

export interface LedgerDeps {
  readonly directory: Directory<Reader> & { readonly index: ReferenceIndex }
  readonly files: Pick<Files, 'bind' | 'list'>
  /** The ledgers of the county's pack. */
  readonly ledgers: readonly Ledger[]
  /** Reads the table of an upload of this account; `knows` counts the columns of the ledger a row names. */
  readSheet(
    uploadId: string,
    accountId: string,
    expected: { readonly maxRows: number; knows(cells: readonly string[]): number; tooLong(): never },
  ): Promise<UploadedSheet | undefined>
}

export const findLedger = ({ ledgers }: LedgerDeps, id: string): Ledger | undefined =>
  ledgers.find((one) => one.id === id)

export function getLedgerOf(deps: LedgerDeps, id: string): Ledger {
  return findLedger(deps, id) ?? refuse(e.unknownLedger)
}
