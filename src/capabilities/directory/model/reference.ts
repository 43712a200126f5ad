import type { AreaLevel } from '#kernel/area.ts'
import type { MatrixRole } from './terms.ts'

/** An administrative area. `bodyId` answers for it when it is not the lead of a sector; `note` says what is special. */
export interface Area {
  readonly code: string
  readonly name: string
  /** What lists call it besides its name. */
  readonly aliases: readonly string[]
  readonly level: AreaLevel
  readonly parentCode: string | null
  readonly supervised: boolean
  readonly bodyId: string | null
  readonly note: string
  readonly active: boolean
}

export interface Body {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly area: string
  readonly note: string
  readonly active: boolean
}

export interface Sector {
  readonly id: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly highRisk: boolean
  readonly note: string
  readonly active: boolean
}

export interface MatrixEntry {
  readonly sectorId: string
  readonly bodyId: string
  readonly role: MatrixRole
  readonly source: string
}

/** Something the plan leaves open; `sectorId` when it concerns one sector. */
export interface MatrixGap {
  readonly id: string
  readonly sectorId: string | null
  /** What it is about, in a few words: several gaps may concern one sector. */
  readonly topic: string
  readonly reason: string
  readonly handling: string
  readonly source: string
}

/** The county's reference data as held in memory, in the order offices print it. */
export interface Reference {
  readonly county: string
  /** The committee office: where a matter lands that nobody leads. */
  readonly officeBodyId: string
  readonly areas: readonly Area[]
  readonly bodies: readonly Body[]
  readonly sectors: readonly Sector[]
  readonly matrix: readonly MatrixEntry[]
  readonly gaps: readonly MatrixGap[]
}
