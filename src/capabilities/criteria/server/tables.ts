import type { ColumnType, Generated } from 'kysely'

type Json = ColumnType<unknown, string, string>
type JsonOrNull = ColumnType<unknown, string | null | undefined, string | null>

export interface StandardTable {
  county: string
  id: Generated<string>
  version: Generated<number>
  code: string
  origin: 'pack' | 'county'
  content: Json
  amended: JsonOrNull
  supersedes: ColumnType<unknown, string | undefined, string>
  withdrawn: JsonOrNull
  loaded: Generated<number>
}

export type CriteriaTables = { standard: StandardTable }
