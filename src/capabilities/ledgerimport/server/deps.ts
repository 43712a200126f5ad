import type { Directory } from '#capabilities/directory/model/index.ts'
import type { Hazards } from '#capabilities/hazard/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import type { Reader } from '#platform/db/tables.ts'
import type { ExportDesk } from '#platform/module/module.ts'
import type { Vocabulary } from '../model/index.ts'

export interface LedgerImportDeps {
  readonly directory: Directory<Reader>
  readonly hazards: Hazards<Reader>
  readonly exports: ExportDesk
  /** The county's own words for areas and sectors, with the aliases of its pack. */
  readonly vocabulary: () => Vocabulary
  /** A finished upload of this account, or undefined. `kind` is sniffed from the bytes. */
  readonly readUpload: (
    uploadId: string,
    accountId: string,
  ) => Promise<{ readonly path: string; readonly name: string; readonly kind: 'xlsx' | 'csv' } | undefined>
  /** The account as it may act now; undefined when it has been disabled meanwhile. */
  readonly actorOf: (accountId: string, now: Date) => Promise<Actor | undefined>
}
