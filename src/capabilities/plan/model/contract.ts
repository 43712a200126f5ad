import { z } from 'zod'
import { defineQuery } from '#kernel/contract.ts'
import { named } from '#kernel/list/filter.ts'
import { Day } from '#kernel/time.ts'
import {
  type Awaited,
  awaited,
  type ClauseKind,
  clauseKinds,
  clauseStateIds,
  clauseStates,
  type Rhythm,
  rhythms,
  type SectionGroup,
  sectionGroups,
} from './terms.ts'

const keys = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]]
const labels = Object.fromEntries(clauseStateIds.map((id) => [id, clauseStates[id].label]))
const deadlines = { passed: '期限已过', soon: '近期到期', thisYear: '今年内到期', none: '没有期限' } as const
export type DeadlineChoice = keyof typeof deadlines
export const deadlineChoices = deadlines

/** What the wall, a clause and the evaluation are narrowed to. */
export const WallLimits = z.object({
  asOf: named(Day.optional(), '截至'),
  area: named(
    z
      .string()
      .regex(/^\d{6}(\d{3})?$/, '请选择乡镇（开发区）')
      .optional(),
    '乡镇（开发区）',
    'area',
  ),
  body: named(z.string().max(60, '请选择机构').optional(), '责任机构', 'body'),
  /** Id of a section that is a stage: clauses whose days touch it. */
  stage: named(z.string().max(20, '请选择阶段').optional(), '阶段'),
  deadline: named(z.enum(keys(deadlines)).optional(), '期限', deadlines),
})
export type WallLimits = z.output<typeof WallLimits>

const StateId = z.enum(clauseStateIds)
const Named = z.object({ id: z.string(), name: z.string() })
const Sums = z.object({
  due: z.number().int(),
  met: z.number().int(),
  late: z.number().int(),
  open: z.number().int(),
  missed: z.number().int(),
})

export const Tile = z.object({
  id: z.string(),
  group: z.enum(keys(sectionGroups) as [SectionGroup, ...SectionGroup[]]),
  action: z.string().nullable(),
  title: z.string(),
  from: Day.nullable(),
  to: Day.nullable(),
  lead: z.array(Named),
  state: StateId,
  numbers: Sums,
  /** Fulfilled in whole percent; null when nothing is due. */
  share: z.number().int().nullable(),
  /** Points of percent more than thirty days before; null when one of both cannot be told. */
  trend: z.number().int().nullable(),
  nextDue: Day.nullable(),
  clauses: z.number().int(),
  live: z.number().int(),
})
export type Tile = z.output<typeof Tile>

export const wall = defineQuery({
  id: 'plan.wall',
  title: '条款墙',
  permission: 'plan.read',
  clauses: ['G-1', 'S2-1'],
  input: WallLimits,
  output: z.object({
    asOf: Day,
    actions: z.array(z.object({ id: z.string(), title: z.string() })),
    stages: z.array(Named),
    tiles: z.array(Tile),
  }),
  errors: [],
})
export type WallAnswer = z.output<typeof wall.output>

/** One mechanism of a clause with its numbers; `standing` null: it cannot tell under these limits or for this day. */
export const MechanismView = z.object({
  id: z.string(),
  title: z.string(),
  path: z.string(),
  standing: Sums.extend({
    nextDue: Day.nullable(),
    metOn: Day.nullable(),
    zeroConfirmed: z.boolean(),
    list: z.string(),
  }).nullable(),
})
export type MechanismView = z.output<typeof MechanismView>

export const ClauseView = z.object({
  id: z.string(),
  section: z.string(),
  kind: z.enum(keys(clauseKinds) as [ClauseKind, ...ClauseKind[]]),
  text: z.string(),
  bodies: z.array(Named),
  from: Day.nullable(),
  by: Day.nullable(),
  every: z.enum(keys(rhythms) as [Rhythm, ...Rhythm[]]).nullable(),
  evidence: z.string(),
  later: z.enum(keys(awaited) as [Awaited, ...Awaited[]]).nullable(),
  state: StateId,
  mechanisms: z.array(MechanismView),
})
export type ClauseView = z.output<typeof ClauseView>

export const clause = defineQuery({
  id: 'plan.clause',
  title: '条款详情',
  permission: 'plan.read',
  input: WallLimits.extend({ id: z.string().max(20, '条款编号不正确') }),
  output: z.object({
    asOf: Day,
    tile: Tile,
    action: z.string().nullable(),
    clauses: z.array(ClauseView),
    /** How it stood at the ends of the last months, the earliest first. */
    history: z.array(z.object({ day: Day, state: StateId, share: z.number().int().nullable() })),
  }),
  errors: [],
})
export type ClauseAnswer = z.output<typeof clause.output>

const CoverageRow = ClauseView.omit({ mechanisms: true, state: true }).extend({
  sectionTitle: z.string(),
  mechanisms: z.array(z.object({ id: z.string(), title: z.string(), path: z.string() })),
})
export type CoverageRow = z.output<typeof CoverageRow>

/** What the table of coverage is narrowed to. */
export const CoverageLimits = z.object({
  live: named(z.enum(['live', 'later']).optional(), '落实', { live: '已有机制', later: '等待功能' }),
  kind: named(z.enum(keys(clauseKinds)).optional(), '类型', clauseKinds),
  later: named(z.enum(keys(awaited)).optional(), '等待', awaited),
  text: named(z.string().trim().max(60, '检索词最多60字').optional(), '编号、内容'),
})
export type CoverageLimits = z.output<typeof CoverageLimits>

export const coverage = defineQuery({
  id: 'plan.coverage',
  title: '条款落实情况',
  permission: 'plan.read',
  input: CoverageLimits,
  output: z.object({
    total: z.number().int(),
    live: z.number().int(),
    later: z.number().int(),
    waitsFor: z.array(z.object({ id: z.string(), title: z.string(), rows: z.number().int() })),
    rows: z.array(CoverageRow),
  }),
  errors: [],
})
export type CoverageAnswer = z.output<typeof coverage.output>

export const exportCoverage = defineQuery({
  id: 'plan.exportCoverage',
  title: '导出条款落实情况',
  permission: 'plan.read',
  input: CoverageLimits.extend({ format: z.enum(['xlsx', 'csv']).default('xlsx') }),
  output: z.unknown(),
  errors: [],
})

export const stateLabels: Readonly<Record<string, string>> = labels
