import { z } from 'zod'
import { defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { named } from '#kernel/list/filter.ts'
import { ExportChoice } from '#kernel/list/list.ts'
import { Paging, pageOf } from '#kernel/paging.ts'
import { BelongingId, PostKindId, ScaleId, TagId, UnitKindId } from './contract-unit.ts'
import { Contact, HighRiskOverride } from './record.ts'
import { belongings, postKinds, scales, unitKinds, unitStates, unitTags } from './terms.ts'

const UnitStateId = z.enum(['active', 'suspended', 'closed'])
const AreaPrefix = z.string().regex(/^\d{6}(\d{3}){0,2}$/, '乡镇代码不正确')
const stateWords = Object.fromEntries(Object.entries(unitStates).map(([id, state]) => [id, state.label]))
const area = named(AreaPrefix.optional(), '区域', 'area')
const sector = named(z.string().max(40).optional(), '行业领域', 'sector')

/** Every filter of the unit list, its export and its counts; the list's URL carries the same names. */
export const UnitFilter = z.object({
  text: named(z.string().trim().max(100, '检索词最多100字').optional(), '名称、信用代码'),
  area,
  sector,
  tag: named(TagId.optional(), '标签', unitTags),
  kind: named(UnitKindId.optional(), '类别', unitKinds),
  scale: named(ScaleId.optional(), '规模', scales),
  belonging: named(BelongingId.optional(), '隶属', belongings),
  highRisk: named(z.boolean().optional(), '高危'),
  states: named(z.array(UnitStateId).max(3).optional(), '状态', stateWords),
  /** Units nobody is named for: what is found there cannot be told to anyone (M17-7). */
  withoutPrincipal: named(z.boolean().optional(), '未登记负责人'),
})
export type UnitFilter = z.infer<typeof UnitFilter>

export const UnitRow = z.object({
  id: Id,
  version: z.number().int(),
  name: z.string(),
  creditCode: z.string().nullable(),
  kind: UnitKindId,
  area: z.string(),
  areaName: z.string(),
  sectors: z.array(z.string()),
  sectorNames: z.array(z.string()),
  scale: ScaleId,
  belonging: BelongingId,
  tags: z.array(TagId),
  highRisk: z.boolean(),
  state: UnitStateId,
  principalName: z.string().nullable(),
  address: z.string(),
  /** In WGS-84. */
  position: z.object({ lng: z.number(), lat: z.number() }).nullable(),
})
export type UnitRow = z.infer<typeof UnitRow>

export const listUnits = defineQuery({
  id: 'directory.listUnits',
  title: '单位名录',
  permission: 'directory.readUnit',
  input: UnitFilter.extend(Paging),
  output: pageOf(UnitRow),
  errors: [],
})

export const PostView = z.object({
  id: Id,
  personId: Id,
  personName: z.string(),
  /** Masked unless the viewer may read personal numbers of this unit. */
  phone: z.string(),
  idNumber: z.string().nullable(),
  kind: PostKindId,
  title: z.string(),
  fromDay: z.string(),
  toDay: z.string().nullable(),
})
export type PostView = z.infer<typeof PostView>

export const UnitView = UnitRow.extend({
  contacts: z.array(Contact),
  stateReason: z.string(),
  registeredOn: z.string(),
  /** What the sectors alone say, beside the override that may differ from it. */
  highRiskBySector: z.boolean(),
  highRiskOverride: HighRiskOverride.nullable(),
  /** The sectors that make it high-risk, and what that stands on. */
  highRiskSectors: z.array(z.object({ name: z.string(), basis: z.string() })),
  /** Hazards that stand, by the town that handles them: where they were found, whether or not the unit has moved since. */
  standingHazards: z.array(
    z.object({
      area: z.string(),
      areaName: z.string(),
      bodyName: z.string().nullable(),
      n: z.number().int(),
      /** How many of them the viewer may open. */
      seen: z.number().int(),
      /** Whether the unit stands in that town now. */
      here: z.boolean(),
    }),
  ),
  posts: z.array(PostView),
  /** Who leads each sector of the unit, so that a person sees where a matter would go. */
  routes: z.array(
    z.object({
      sector: z.string(),
      sectorName: z.string(),
      leadBodyName: z.string(),
      jointBodyNames: z.array(z.string()),
      townBodyName: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  allowedActions: z.array(z.object({ action: z.string(), blocked: z.string().optional() })),
})
export type UnitView = z.infer<typeof UnitView>

export const getUnit = defineQuery({
  id: 'directory.getUnit',
  title: '单位详情',
  permission: 'directory.readUnit',
  input: z.object({ id: Id }),
  output: UnitView,
  errors: [],
})

/** Units in the viewer's scope that may be the one described; `score` as in `likeness`. */
export const findSimilarUnits = defineQuery({
  id: 'directory.findSimilarUnits',
  title: '查找相近单位',
  permission: 'directory.readUnit',
  input: z.object({
    name: z.string().trim().min(2, '请填写单位名称（至少2个字）').max(120, '单位名称最多120字'),
    area: AreaPrefix.nullable().default(null),
    creditCode: z.string().trim().max(60).nullable().default(null),
    exceptId: Id.optional(),
  }),
  output: z.object({
    units: z.array(z.object({ unit: UnitRow, score: z.number(), why: z.string(), probable: z.boolean() })),
  }),
  errors: [],
})

/**
 * The area × sector table. A unit with two sectors counts in both of its cells and columns, once in its row and in
 * `total`; each number is the total of the list with the same filter and that area and sector.
 */
export const countUnits = defineQuery({
  id: 'directory.countUnits',
  title: '单位分布（乡镇×行业）',
  permission: 'directory.readUnit',
  input: UnitFilter,
  output: z.object({
    total: z.number().int(),
    highRisk: z.number().int(),
    /** Towns with units and the supervised ones the viewer answers for, in the order offices print them. */
    areas: z.array(z.object({ area: z.string(), name: z.string(), supervised: z.boolean(), n: z.number().int() })),
    /** Sectors with units, in the order of the plan. */
    sectors: z.array(z.object({ sector: z.string(), name: z.string(), n: z.number().int() })),
    cells: z.array(z.object({ area: z.string(), sector: z.string(), n: z.number().int() })),
  }),
  errors: [],
})
export type UnitCounts = z.output<typeof countUnits.output>

const HistoryRow = z.object({
  seq: z.number().int(),
  title: z.string(),
  at: z.string(),
  effectiveOn: z.string(),
  actor: z.string(),
  summary: z.string(),
})
export type HistoryRow = z.infer<typeof HistoryRow>

/** What was done with a record of the directory, by whom and why, the latest first. */
export const listHistory = defineQuery({
  id: 'directory.listHistory',
  title: '名录变更记录',
  permission: 'session',
  clauses: ['M17-2'],
  input: z.object({ recordType: z.enum(['unit', 'area', 'bodyPost']), recordId: Id }),
  output: z.object({ rows: z.array(HistoryRow) }),
  errors: [],
})

export const PersonRow = z.object({
  personId: Id,
  name: z.string(),
  phone: z.string(),
  idNumber: z.string().nullable(),
  postId: Id,
  kind: PostKindId,
  title: z.string(),
  fromDay: z.string(),
  toDay: z.string().nullable(),
  unitId: Id,
  unitName: z.string(),
  area: z.string(),
  areaName: z.string(),
})
export type PersonRow = z.infer<typeof PersonRow>

export const PeopleFilter = z.object({
  text: named(z.string().trim().max(60, '检索词最多60字').optional(), '姓名'),
  area,
  sector,
  unitId: named(Id.optional(), '单位', 'unit'),
  kind: named(PostKindId.optional(), '职务', postKinds),
  current: named(z.boolean().default(true), '只看在任'),
})
export type PeopleFilter = z.infer<typeof PeopleFilter>

/** People by the posts they hold at units of the viewer's scope: one row per post. */
export const listPeople = defineQuery({
  id: 'directory.listPeople',
  title: '单位人员',
  permission: 'directory.readUnit',
  input: PeopleFilter.extend(Paging),
  output: pageOf(PersonRow),
  errors: [],
})

export const exportUnitCounts = defineQuery({
  id: 'directory.exportUnitCounts',
  title: '导出单位分布',
  permission: 'directory.exportUnits',
  input: UnitFilter.extend({ format: ExportChoice.shape.format }),
  output: z.object({}),
  errors: [],
})
