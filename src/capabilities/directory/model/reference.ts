import { z } from 'zod'
import type { AreaLevel } from '#kernel/area.ts'
import type { RecordIdentity } from '#kernel/record.ts'
import type { BodyKind, MatrixRole } from './terms.ts'

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

/**
 * The county's own word on whether an area counts among 各乡镇（开发区）; it wins over the pack's and outlives a reload of
 * the pack. `bodyId` names who answers for the area from then on, null = whom the pack names.
 */
export const Supervision = z.object({
  value: z.boolean(),
  bodyId: z.string().nullable(),
  reason: z.string(),
  by: z.string(),
  on: z.string(),
})
export type Supervision = z.infer<typeof Supervision>

/** An area as the county's word on it is written down; `planned` and `plannedBodyId` are the pack's. */
export interface SupervisedArea extends RecordIdentity {
  readonly code: string
  readonly name: string
  readonly level: AreaLevel
  readonly planned: boolean
  readonly plannedBodyId: string | null
  readonly supervision: Supervision | null
}

export interface Body {
  readonly id: string
  readonly name: string
  readonly kind: BodyKind
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
  /** The clause. */
  readonly source: string
  /** What is to be known about this entry, such as that the plan does not name the body. */
  readonly note: string
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
