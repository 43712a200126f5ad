import type { CriteriaLibrary } from '#capabilities/criteria/model/index.ts'
import type { Directory } from '#capabilities/directory/model/index.ts'
import type { AttachmentInput, AttachmentPurpose, AttachmentView } from '#kernel/attachment.ts'
import type { Actor } from '#kernel/grants.ts'
import type { Day } from '#kernel/time.ts'
import type { Reader, Tx } from '#platform/db/tables.ts'
import type { Viewer } from '#platform/files/files.ts'
import type { CountedBy, HazardFilter } from '../model/index.ts'

/** The files of records, as a capability uses them. */
export interface RecordFiles {
  bind(
    tx: Tx,
    target: {
      readonly county: string
      readonly recordType: string
      readonly recordId: string
      readonly actionId: string
      readonly actor: Actor
      readonly now: Date
    },
    inputs: readonly AttachmentInput[],
  ): Promise<void>
  /** How many files with these purposes hang on the record, received after the instant. */
  count(
    reader: Reader,
    target: { readonly county: string; readonly recordType: string; readonly recordId: string },
    purposes: readonly AttachmentPurpose[],
    after?: Date,
  ): Promise<number>
  list(reader: Reader, county: string, recordType: string, id: string, viewer: Viewer): Promise<AttachmentView[]>
}

export interface HazardDeps {
  readonly directory: Directory<Reader>
  /** The criteria library as it is stored now, whichever process has changed it. */
  readonly criteria: (reader: Reader) => Promise<CriteriaLibrary>
  readonly files: RecordFiles
  /** Which question to the statistics has the number of a list's rows for an answer; undefined when none has. */
  readonly countedBy: (filter: HazardFilter, stockUntil: Day) => CountedBy | undefined
}
