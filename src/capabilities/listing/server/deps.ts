import type { Directory } from '#capabilities/directory/model/index.ts'
import type { Hazards } from '#capabilities/hazard/model/index.ts'
import type { Actor, Facets } from '#kernel/grants.ts'
import type { Day } from '#kernel/time.ts'
import type { Reader } from '#platform/db/tables.ts'
import type { Files } from '#platform/files/files.ts'

/** What the county's plan asks to be listed every year (M07-11), as its pack says it. */
export interface YearlyTask {
  readonly title: string
  readonly clause: string
  readonly sector: string
  /** The plan's word for what is listed: 重大火灾隐患. */
  readonly hazards: string
  readonly years: readonly number[]
}

export interface ListingDeps {
  readonly directory: Directory<Reader>
  readonly hazards: Hazards<Reader>
  /** For the papers of a meeting. */
  readonly files: Pick<Files, 'bind' | 'list'>
  /** Undefined where the plan asks for no yearly batch. */
  readonly yearly: YearlyTask | undefined
  /** Everybody who may use a permission on a record with these facets on a day. */
  holders(reader: Reader, permission: string, facets: Facets, on: Day): Promise<readonly Actor[]>
}
