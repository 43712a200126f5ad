import type { RecordIdentity } from '#kernel/record.ts'

/**
 * One batch of rows of a sheet that was brought in; written once. A record of its own: were it a step of the import, the
 * import would have another version every moment, and nobody could pause it.
 */
export interface LedgerBatch extends RecordIdentity {
  readonly ledger: string
  readonly uploadId: string
  readonly accountId: string
  readonly firstRow: number
  readonly nextRow: number
  readonly added: number
  readonly known: number
  readonly rejected: readonly RowOutcome[]
}

export interface RowOutcome {
  readonly row: number
  readonly name: string
  readonly reason: string
}
