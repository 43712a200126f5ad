import { z } from 'zod'
import { defineQuery } from '#kernel/contract.ts'

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

export const BodyView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  area: z.string(),
  areaName: z.string(),
  note: z.string(),
  leads: z.array(z.string()),
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
      }),
    ),
    gaps: z.array(
      z.object({
        id: z.string(),
        sectorId: z.string().nullable(),
        sectorName: z.string().nullable(),
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
