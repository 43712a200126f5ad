import { z } from 'zod'
import type { Facets } from '#kernel/grants.ts'
import type { RecordIdentity } from '#kernel/record.ts'
import type { Position } from './position.ts'
import type { Belonging, BodyPostKind, PostKind, Scale, UnitKind, UnitState, UnitTag } from './terms.ts'

export const Contact = z.object({
  name: z.string().trim().min(1, '请填写联系人姓名').max(40, '联系人姓名最多40字'),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[\d\s()-]{5,20}$/, '联系电话应为5至20位数字，可含区号和分机'),
  duty: z.string().trim().max(40, '职务最多40字').default(''),
})
export type Contact = z.infer<typeof Contact>

/** One holding of a post at a unit; `toDay` is its last day, null while it lasts. */
export interface Post {
  readonly id: string
  readonly personId: string
  readonly personName: string
  readonly kind: PostKind
  readonly title: string
  readonly fromDay: string
  readonly toDay: string | null
}

/** An official's decision that the flag shall differ from what the sectors say; the reason stays visible. */
export const HighRiskOverride = z.object({
  value: z.boolean(),
  reason: z.string(),
  by: z.string(),
  on: z.string(),
})
export type HighRiskOverride = z.infer<typeof HighRiskOverride>

/** 生产经营单位 or 场所, with everybody who holds or held a post there. */
export interface Unit extends RecordIdentity {
  readonly name: string
  readonly creditCode: string | null
  readonly kind: UnitKind
  readonly area: string
  readonly sectors: readonly string[]
  readonly scale: Scale
  readonly belonging: Belonging
  readonly tags: readonly UnitTag[]
  readonly highRiskOverride: HighRiskOverride | null
  readonly address: string
  readonly contacts: readonly Contact[]
  readonly position: Position | null
  readonly state: UnitState
  readonly stateReason: string
  readonly registeredOn: string
  readonly posts: readonly Post[]
}

export interface Person {
  readonly county: string
  readonly id: string
  readonly name: string
  readonly phone: string
  readonly idNumber: string | null
  readonly version: number
}

/** One holding of a post at a body of the county; a record of its own. */
export interface BodyPost extends RecordIdentity {
  readonly bodyId: string
  readonly personId: string
  readonly name: string
  readonly phone: string
  readonly officePhone: string
  readonly kind: BodyPostKind
  readonly title: string
  readonly fromDay: string
  readonly toDay: string | null
}

/** The sides of a unit a grant looks at; the server's SQL predicate names the same columns. */
export function unitFacets(unit: Pick<Unit, 'id' | 'area' | 'sectors'>): Facets {
  return { area: unit.area, sectors: unit.sectors, unitId: unit.id, bodyIds: [] }
}

/** Who changes a body's posts is decided by the body, wherever it sits; the county office reaches them all. */
export const bodyPostFacets = ({ county, bodyId }: Pick<BodyPost, 'county' | 'bodyId'>): Facets => ({
  area: county,
  sectors: null,
  unitId: null,
  bodyIds: [bodyId],
})
