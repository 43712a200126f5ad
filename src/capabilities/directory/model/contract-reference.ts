import { z } from 'zod'
import { defineAction, defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { reason } from './contract-unit.ts'
import { directoryErrors as e } from './errors.ts'
import { Supervision } from './reference.ts'
import { bodyKindIds } from './terms.ts'

/** Reference data is the same for every signed-in account: forms need all areas and sectors to offer. */
const session = { permission: 'session', errors: [] } as const

export const AreaView = z.object({
  code: z.string(),
  name: z.string(),
  level: z.enum(['county', 'town', 'village']),
  parentCode: z.string().nullable(),
  supervised: z.boolean(),
  bodyId: z.string().nullable(),
  bodyName: z.string().nullable(),
  note: z.string(),
})
export type AreaView = z.infer<typeof AreaView>

export const listAreas = defineQuery({
  ...session,
  id: 'directory.listAreas',
  title: '行政区划',
  input: z.object({ supervisedOnly: z.boolean().default(false) }),
  output: z.object({ areas: z.array(AreaView) }),
})

/** Every town and zone with what the plan says of it and what the county has decided since (M01-2, requirements §6 g). */
export const listSupervision = defineQuery({
  ...session,
  id: 'directory.listSupervision',
  title: '督导单位',
  clauses: ['M01-2'],
  input: z.object({}),
  output: z.object({
    /** How many count now, and how many by the plan. */
    supervised: z.number().int(),
    planned: z.number().int(),
    areas: z.array(
      z.object({
        id: Id,
        version: z.number().int(),
        code: z.string(),
        name: z.string(),
        supervised: z.boolean(),
        planned: z.boolean(),
        supervision: Supervision.nullable(),
        bodyId: z.string().nullable(),
        bodyName: z.string().nullable(),
        note: z.string(),
      }),
    ),
  }),
})

/** `value: null` gives the area back to the plan. */
export const setSupervision = defineAction({
  id: 'directory.setSupervision',
  title: '调整督导单位',
  permission: 'directory.setSupervision',
  record: 'area',
  clauses: ['M01-2'],
  input: z.object({
    value: z.boolean('请选择是否列为督导单位').nullable(),
    bodyId: z.string().max(60).nullable().default(null),
    reason: reason('调整的依据'),
  }),
  output: z.object({ supervised: z.boolean() }),
  errors: [e.areaNotTown, e.supervisionSame, e.bodyUnknown],
})

export const BodyView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(bodyKindIds),
  area: z.string(),
  areaName: z.string(),
  note: z.string(),
  leads: z.array(z.string()),
  /** Whether the viewer keeps the list of its people. */
  managesPosts: z.boolean(),
})
export type BodyView = z.infer<typeof BodyView>

export const listBodies = defineQuery({
  ...session,
  id: 'directory.listBodies',
  title: '机构',
  input: z.object({}),
  output: z.object({ bodies: z.array(BodyView) }),
})

export const SectorView = z.object({
  id: z.string(),
  name: z.string(),
  highRisk: z.boolean(),
  note: z.string(),
  leadBodyIds: z.array(z.string()),
})
export type SectorView = z.infer<typeof SectorView>

export const listSectors = defineQuery({
  ...session,
  id: 'directory.listSectors',
  title: '行业领域',
  input: z.object({}),
  output: z.object({ sectors: z.array(SectorView) }),
})

/** The 三管三必须 matrix (S2) with what the plan leaves open. */
export const getMatrix = defineQuery({
  ...session,
  id: 'directory.getMatrix',
  title: '责任分工表',
  clauses: ['S2'],
  input: z.object({}),
  output: z.object({
    entries: z.array(
      z.object({
        sectorId: z.string(),
        sectorName: z.string(),
        bodyId: z.string(),
        bodyName: z.string(),
        role: z.enum(['lead', 'joint', 'participant']),
        source: z.string(),
        note: z.string(),
      }),
    ),
    gaps: z.array(
      z.object({
        id: z.string(),
        /** Empty when it concerns areas. */
        sectors: z.array(z.object({ id: z.string(), name: z.string() })),
        topic: z.string(),
        reason: z.string(),
        handling: z.string(),
        source: z.string(),
      }),
    ),
  }),
})

export const RouteView = z.object({
  leadBodyId: z.string(),
  leadBodyName: z.string(),
  jointBodyIds: z.array(z.string()),
  jointBodyNames: z.array(z.string()),
  townBodyId: z.string().nullable(),
  townBodyName: z.string().nullable(),
  reason: z.string().nullable(),
})
export type RouteView = z.infer<typeof RouteView>

/** Where a matter would go, asked by forms before anything is written. */
export const showRoute = defineQuery({
  ...session,
  id: 'directory.showRoute',
  title: '责任归口查询',
  input: z.object({ sector: z.string().max(40), area: z.string().regex(/^\d{6}(\d{3}){0,2}$/, '乡镇代码不正确') }),
  output: RouteView,
})
