import type { ColumnType, Generated } from 'kysely'
import type {
  Belonging,
  BodyKind,
  BodyPostKind,
  MatrixRole,
  PostKind,
  Scale,
  UnitKind,
  UnitState,
  UnitTag,
} from '../model/index.ts'

type Json = ColumnType<unknown, string, string>

export interface AreaTable {
  county: string
  code: string
  id: Generated<string>
  version: Generated<number>
  name: string
  aliases: string[]
  level: 'county' | 'town' | 'village'
  parent_code: string | null
  supervised: boolean
  supervision: ColumnType<unknown, string | null | undefined, string | null>
  body_id: string | null
  note: string
  ord: number
  active: boolean
}

export interface BodyTable {
  county: string
  id: string
  name: string
  kind: BodyKind
  area: string
  note: string
  ord: number
  active: boolean
}

export interface SectorTable {
  county: string
  id: string
  name: string
  aliases: string[]
  high_risk: boolean
  note: string
  ord: number
  active: boolean
}

export interface MatrixEntryTable {
  county: string
  sector_id: string
  body_id: string
  role: MatrixRole
  source: string
  note: string
  ord: number
}

export interface MatrixGapTable {
  county: string
  id: string
  sector_id: string | null
  topic: string
  reason: string
  handling: string
  source: string
  ord: number
}

export interface PersonTable {
  county: string
  id: string
  name: string
  phone: string
  id_number: string | null
  version: number
}

export interface UnitTable {
  county: string
  id: string
  version: number
  name: string
  name_key: string
  name_grams: string[]
  credit_code: string | null
  kind: UnitKind
  area: string
  sectors: string[]
  scale: Scale
  belonging: Belonging
  tags: UnitTag[]
  high_risk_override: ColumnType<unknown, string | null, string | null>
  address: string
  contacts: Json
  lng: number | null
  lat: number | null
  state: UnitState
  state_reason: string
  registered_on: string
  updated_at: Generated<Date>
}

export interface PostTable {
  county: string
  id: string
  person_id: string
  unit_id: string
  kind: PostKind
  title: string
  from_day: string
  to_day: string | null
}

export interface BodyPostTable {
  county: string
  id: string
  version: number
  body_id: string
  person_id: string
  kind: BodyPostKind
  title: string
  office_phone: string
  from_day: string
  to_day: string | null
}

export interface UnitImportTable {
  county: string
  id: string
  version: number
  upload_id: string
  account_id: string
  first_row: number
  next_row: number
  outcomes: Json
}

/** The directory's own tables, on top of the platform's. */
export type DirectoryTables = {
  area: AreaTable
  body: BodyTable
  sector: SectorTable
  matrix_entry: MatrixEntryTable
  matrix_gap: MatrixGapTable
  person: PersonTable
  unit: UnitTable
  post: PostTable
  body_post: BodyPostTable
  unit_import: UnitImportTable
}
