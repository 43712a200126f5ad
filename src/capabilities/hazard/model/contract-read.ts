import { z } from 'zod'
import { AttachmentView } from '#kernel/attachment.ts'
import { defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { named } from '#kernel/list/filter.ts'
import { Paging, pageOf } from '#kernel/paging.ts'
import { Day, Month } from '#kernel/time.ts'
import { Plan } from './record.ts'
import {
  type CloseKind,
  channels,
  closeKinds,
  type HazardState,
  hazardStateIds,
  hazardStates,
  levels,
  listingLevels,
  moves,
  moveWords,
} from './terms.ts'

const StateId = z.enum(hazardStateIds as [HazardState, ...HazardState[]])
const closeKindIds = Object.keys(closeKinds) as [CloseKind, ...CloseKind[]]
const AreaPrefix = z.string().regex(/^\d{6}(\d{3}){0,2}$/, '乡镇代码不正确')
const stateTypes = { standing: '未销号', open: '整改中各阶段', waiting: '待审核', closed: '已销号', void: '已移出' }
const drawings = { drawn: '已抽中复核', passed: '复核合格', failed: '复核不合格' }
const stateWords = Object.fromEntries(hazardStateIds.map((id) => [id, hazardStates[id].label]))
const flag = (label: string) => named(z.boolean().optional(), label)
const day = (label: string) => named(Day.optional(), label)

/** Every filter a list, an export or a number behind a chart can have; the URL of the list carries the same names. */
export const HazardFilter = z.object({
  text: named(z.string().trim().max(100, '检索词最多100字').optional(), '编号、单位、内容'),
  area: named(AreaPrefix.optional(), '区域', 'area'),
  sector: named(z.string().max(40).optional(), '行业领域', 'sector'),
  level: named(z.enum(['major', 'general']).optional(), '等级', levels),
  channel: named(z.enum(['selfCheck', 'inspection', 'publicReport']).optional(), '来源', channels),
  states: named(z.array(StateId).max(20).optional(), '状态', stateWords),
  stateType: named(z.enum(['open', 'waiting', 'closed', 'void', 'standing']).optional(), '办理阶段', stateTypes),
  unitId: named(Id.optional(), '单位', 'unit'),
  bodyId: named(z.string().max(60).optional(), '责任部门', 'body'),
  overdue: flag('逾期'),
  stopped: flag('停产停业整改'),
  listed: flag('挂牌督办'),
  listing: named(z.enum(['county', 'city', 'province']).optional(), '挂牌级别', listingLevels),
  /** 存量: found up to the last day of 2023. */
  stock: flag('2023年底存量'),
  foundFrom: day('发现日期自'),
  foundTo: day('发现日期至'),
  foundMonth: named(Month.optional(), '发现月份'),
  closedMonth: named(Month.optional(), '销号月份'),
  closedFrom: day('销号日期自'),
  closedTo: day('销号日期至'),
  dueFrom: day('整改时限自'),
  dueTo: day('整改时限至'),
  reinspection: named(z.enum(['drawn', 'passed', 'failed']).optional(), '抽查复核', drawings),
  reopened: flag('重新打开过'),
  /** Closed at least once, whether or not it was opened again. */
  everClosed: flag('曾经销号'),
  /** Closed now, in this way. */
  closeKind: named(z.enum(closeKindIds).optional(), '销号方式', closeKinds),
  planIncomplete: flag('五落实不齐'),
  interimMissing: flag('缺临时管控'),
  extensionPending: flag('延期待审批'),
  resumePending: flag('申请恢复生产待审查'),
  /** What the viewer's statistics count, and not what was merely given to a body or is seen in another role. */
  scopeOnly: flag('仅辖区内'),
  /** Hazards as they stood at the end of this day, instead of now. */
  asOf: day('截至'),
  /** What happened to them between the end of `since` and the end of `asOf` (or today). */
  moved: named(z.enum(moves).optional(), '期内变动', moveWords),
  since: day('变动自'),
})
export type HazardFilter = z.infer<typeof HazardFilter>

/** The states a filter leaves over; undefined when it does not limit them. */
export function statesOf(filter: HazardFilter): readonly HazardState[] | undefined {
  const type = filter.stateType
  const byType = type
    ? hazardStateIds.filter((id) => {
        const own = hazardStates[id].type
        return type === 'standing' ? own === 'open' || own === 'waiting' : own === type
      })
    : undefined
  if (!filter.states) return byType
  return byType ? filter.states.filter((state) => byType.includes(state)) : filter.states
}

/** A question to the statistics of now whose sum is the number of hazards of a filter. */
export interface CountedBy {
  readonly metric: 'hazard' | 'overdue' | 'listed'
  readonly where: Readonly<Partial<Record<'sector' | 'level' | 'channel' | 'month' | 'state', readonly string[]>>>
  readonly areaPrefix?: string
  readonly monthTo?: string
}

/** The limits that a number of the statistics can have beside its day. */
export type FlowLimits = Pick<HazardFilter, 'area' | 'sector' | 'level' | 'channel'>

export const HazardRow = z.object({
  id: Id,
  version: z.number().int(),
  number: z.string(),
  unitId: Id.nullable(),
  unitName: z.string(),
  area: z.string(),
  areaName: z.string(),
  sector: z.string(),
  sectorName: z.string(),
  level: z.enum(['major', 'general']),
  channel: z.enum(['selfCheck', 'inspection', 'publicReport']),
  state: StateId,
  description: z.string(),
  foundOn: Day,
  dueOn: Day.nullable(),
  closedOn: Day.nullable(),
  overdue: z.boolean(),
  stopped: z.boolean(),
  listing: z.enum(['none', 'county', 'city', 'province']),
  leadBodyName: z.string(),
  assignedBodyName: z.string().nullable(),
  planComplete: z.boolean(),
  interimMissing: z.boolean(),
  reports: z.number().int(),
  stock: z.boolean(),
})
export type HazardRow = z.infer<typeof HazardRow>

export const listHazards = defineQuery({
  id: 'hazard.list',
  title: '隐患库',
  permission: 'hazard.read',
  clauses: ['M17-1', 'M17-8'],
  input: HazardFilter.extend(Paging),
  output: pageOf(HazardRow),
  errors: [],
})

const review = z.object({
  on: Day,
  reviewers: z.array(z.string()),
  findings: z.string(),
  passed: z.boolean(),
  by: z.string(),
  position: z.object({ lng: z.number(), lat: z.number() }).nullable(),
  kind: z.enum(['closure', 'reinspection']),
})

const extension = z.object({
  from: Day.nullable(),
  to: Day,
  reason: z.string(),
  requestedBy: z.string(),
  requestedOn: Day,
  decision: z.enum(['pending', 'granted', 'refused', 'lapsed']),
  decidedBy: z.string().nullable(),
  decidedOn: Day.nullable(),
  note: z.string(),
  document: z.string().optional(),
  byListing: z.literal(true).optional(),
})

export const ReportView = z.object({
  id: Id,
  channel: z.enum(['selfCheck', 'inspection', 'publicReport']),
  foundOn: Day,
  source: z.string(),
  description: z.string(),
  reporter: z.string(),
  reportedAt: z.string(),
  /** Number of the hazard it was first filed under, when a merge brought it here. */
  mergedFrom: z.string().nullable(),
})

export const TimelineEntry = z.object({
  seq: z.number().int(),
  action: z.string(),
  title: z.string(),
  at: z.string(),
  effectiveOn: Day,
  actor: z.string(),
  fromState: z.string().nullable(),
  toState: z.string().nullable(),
  summary: z.string(),
})

export const HazardView = HazardRow.extend({
  location: z.string(),
  registeredOn: Day,
  progressOn: Day,
  /** Deadline to offer when it is handed out: the county's usual number of days for its level. */
  suggestedDueOn: Day,
  closeKind: z.enum(['approved', 'atOnce', 'general', 'ledger']).nullable(),
  reinspection: z.enum(['none', 'drawn', 'passed', 'failed']),
  reopened: z.number().int(),
  leadBodyId: z.string(),
  jointBodyNames: z.array(z.string()),
  townBodyName: z.string().nullable(),
  issuerBodyName: z.string().nullable(),
  listingId: Id.nullable(),
  listingBodyName: z.string().nullable(),
  routeReason: z.string().nullable(),
  judgement: z.object({
    kind: z.enum(['criterion', 'reasoned', 'ledger', 'none']),
    criterionId: z.string().nullable(),
    documentId: z.string().nullable(),
    text: z.string(),
    reason: z.string(),
    on: Day,
    by: z.string(),
  }),
  plan: Plan,
  missing: z.array(z.enum(['responsible', 'measures', 'funds', 'deadline', 'emergencyPlan'])),
  interim: z.array(z.object({ text: z.string(), on: Day, by: z.string() })),
  progress: z.array(z.object({ on: Day, by: z.string(), text: z.string(), percent: z.number() })),
  extensions: z.array(extension),
  reviews: z.array(review),
  closures: z.array(
    z.object({
      on: Day,
      kind: z.enum(['approved', 'atOnce', 'general', 'ledger']),
      by: z.string(),
      opinion: z.string(),
      document: z.string(),
      reopenedOn: Day.nullable(),
      reopenReason: z.string().nullable(),
    }),
  ),
  stopOrders: z.array(
    z.object({
      on: Day,
      scope: z.string(),
      reason: z.string(),
      document: z.string(),
      by: z.string(),
      liftedOn: Day.nullable(),
      resumeAskedOn: Day.nullish(),
    }),
  ),
  assignment: z.object({ by: z.string(), bodyName: z.string(), on: Day, demand: z.string() }).nullable(),
  returns: z.array(z.object({ on: Day, by: z.string(), reason: z.string(), from: StateId })),
  ending: z.object({ reason: z.string(), on: Day, by: z.string(), receiver: z.string() }).nullable(),
  mergedInto: z.object({ id: Id, number: z.string() }).nullable(),
  ledger: z.object({ file: z.string(), row: z.number().int(), notes: z.array(z.string()) }).nullable(),
  reportList: z.array(ReportView),
  attachments: z.array(AttachmentView),
  timeline: z.array(TimelineEntry),
  notices: z.array(
    z.object({
      to: z.string(),
      title: z.string(),
      at: z.string(),
      readAt: z.string().nullable(),
      delivery: z.string(),
    }),
  ),
  allowedActions: z.array(z.object({ action: z.string(), blocked: z.string().optional() })),
})
export type HazardView = z.infer<typeof HazardView>

export const getHazard = defineQuery({
  id: 'hazard.get',
  title: '隐患详情',
  permission: 'hazard.read',
  input: z.object({ id: Id }),
  output: HazardView,
  errors: [],
})

export const SimilarHazard = z.object({
  id: Id,
  version: z.number().int(),
  number: z.string(),
  unitName: z.string(),
  areaName: z.string(),
  state: StateId,
  level: z.enum(['major', 'general']),
  foundOn: Day,
  description: z.string(),
  /** 0..1, share of common two-character pieces. */
  score: z.number(),
  why: z.string(),
})

export type SimilarHazard = z.infer<typeof SimilarHazard>

export const findSimilar = defineQuery({
  id: 'hazard.similar',
  title: '查找疑似重复隐患',
  permission: 'hazard.read',
  clauses: ['M17-2'],
  input: z.object({
    unitId: Id.nullable().default(null),
    area: z.string().max(12).nullable().default(null),
    sector: z.string().max(40).nullable().default(null),
    description: z.string().trim().min(1).max(2000),
    except: Id.optional(),
  }),
  output: z.object({ rows: z.array(SimilarHazard) }),
  errors: [],
})

/** What waits for me: the workbench's lists, each with its count and the filter that opens it. */
export const myTasks = defineQuery({
  id: 'hazard.tasks',
  title: '我的待办',
  permission: 'hazard.read',
  input: z.object({}),
  output: z.object({
    groups: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        urgency: z.enum(['overdue', 'week', 'waiting', 'info']),
        total: z.number().int(),
        filter: HazardFilter,
        rows: z.array(HazardRow),
      }),
    ),
  }),
  errors: [],
})
