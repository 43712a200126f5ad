import { z } from 'zod'
import { AttachmentView } from '#kernel/attachment.ts'
import { defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { named } from '#kernel/list/filter.ts'
import { Paging, pageOf } from '#kernel/paging.ts'
import { Day } from '#kernel/time.ts'
import {
  deedStateIds,
  deedStates,
  exemptionStates,
  itemStateIds,
  itemStates,
  quotaUnits,
  subjectKindIds,
  subjectKinds,
} from './terms.ts'

const permission = 'duty.read'
const labels = (states: Readonly<Record<string, { readonly label: string }>>) =>
  Object.fromEntries(Object.entries(states).map(([id, { label }]) => [id, label]))
const Area = z.string().regex(/^\d{6}(\d{3}(\d{3})?)?$/, '区划代码应为6、9或12位数字')
const keys = <T extends object>(of: T) => Object.keys(of) as [Extract<keyof T, string>, ...Extract<keyof T, string>[]]

export const ItemRow = z.object({
  id: Id,
  rule: z.string(),
  title: z.string(),
  clauses: z.array(z.string()),
  subjectKind: z.enum(subjectKindIds),
  subjectId: z.string(),
  subjectName: z.string(),
  unitId: Id.nullable(),
  unitName: z.string().nullable(),
  areaName: z.string(),
  bodyName: z.string().nullable(),
  period: z.string(),
  periodLabel: z.string(),
  startOn: Day,
  endOn: Day,
  dueOn: Day,
  quota: z.number(),
  unit: z.enum(keys(quotaUnits)),
  done: z.number(),
  pending: z.number(),
  metOn: Day.nullable(),
  state: z.enum(itemStateIds),
})
export type ItemRow = z.infer<typeof ItemRow>

export const ItemFilter = z.object({
  text: named(z.string().trim().max(100, '检索词最多100字').optional(), '对象名称'),
  states: named(z.array(z.enum(itemStateIds)).max(8).optional(), '状态', labels(itemStates)),
  rule: named(z.string().max(80).optional(), '职责代码'),
  clause: named(z.string().max(10).optional(), '条款'),
  area: named(Area.optional(), '区域', 'area'),
  sector: named(z.string().max(40).optional(), '行业领域', 'sector'),
  bodyId: named(z.string().max(60).optional(), '责任机构', 'body'),
  unitId: named(Id.optional(), '单位', 'unit'),
  kind: named(z.enum(subjectKindIds).optional(), '对象类型', subjectKinds),
  period: named(z.string().max(40).optional(), '周期代码'),
  dueFrom: named(Day.optional(), '期限自'),
  dueTo: named(Day.optional(), '期限至'),
  /** How the mechanisms of the clause wall count: begun by this day. */
  begunBy: named(Day.optional(), '开始不晚于'),
})
export type ItemFilter = z.infer<typeof ItemFilter>

export const listItems = defineQuery({
  id: 'duty.items',
  title: '履责清单',
  permission,
  input: ItemFilter.extend(Paging),
  output: pageOf(ItemRow),
  errors: [],
})

export const FormView = z.object({
  id: z.string(),
  title: z.string(),
  several: z.boolean(),
  people: z.string(),
  amount: z.object({ label: z.string(), unit: z.string() }).nullable(),
  note: z.string(),
  files: z.number().int(),
  verified: z.boolean(),
})
export type FormView = z.infer<typeof FormView>

export const MarkView = z.object({
  day: Day,
  source: z.string(),
  words: z.string(),
  counted: z.boolean(),
  amount: z.number(),
  /** A weekend or a day off, which a quota of working days does not count. */
  dayOff: z.boolean(),
  /** Page of the office where the record behind it stands; null for a viewer who may not open it. */
  path: z.string().nullable(),
})
export type MarkView = z.infer<typeof MarkView>

const ExemptionView = z.object({
  id: Id,
  version: z.number().int(),
  from: Day,
  to: Day,
  reason: z.string(),
  by: z.string(),
  on: Day,
  state: z.enum(keys(exemptionStates)),
  ended: z.string().nullable(),
})

export const getItem = defineQuery({
  id: 'duty.item',
  title: '履责事项',
  permission,
  input: z.object({ id: Id }),
  output: ItemRow.extend({
    quotaWords: z.string(),
    note: z.string().nullable(),
    confidence: z.enum(['high', 'medium', 'low']),
    sources: z.array(z.string()),
    forms: z.array(FormView),
    marks: z.array(MarkView),
    exemptReason: z.string().nullable(),
    exemptions: z.array(ExemptionView),
    /** Forms this viewer may fill in for the item; the reason when they may not. */
    mayRecord: z.array(z.string()),
    notRecordable: z.string().nullable(),
    mayExempt: z.boolean(),
  }),
  errors: [],
})
export type ItemView = z.infer<typeof getItem.output>

const Cell = z.object({
  id: Id,
  period: z.string(),
  label: z.string(),
  startOn: Day,
  endOn: Day,
  dueOn: Day,
  state: z.enum(itemStateIds),
  done: z.number(),
  pending: z.number(),
  quota: z.number(),
})
export type Cell = z.infer<typeof Cell>

/** 履责日历: the items of one unit, body or area in a year, a line per rule and subject. */
export const dutyCalendar = defineQuery({
  id: 'duty.calendar',
  title: '履责日历',
  permission,
  input: z.object({
    year: z.number().int().min(2000).max(2100),
    unitId: Id.optional(),
    bodyId: z.string().max(60).optional(),
    area: Area.optional(),
  }),
  output: z.object({
    subject: z.string(),
    lines: z.array(
      z.object({
        rule: z.string(),
        title: z.string(),
        clauses: z.array(z.string()),
        unit: z.enum(keys(quotaUnits)),
        subjectName: z.string(),
        cells: z.array(Cell),
      }),
    ),
    leftOut: z.number().int(),
  }),
  errors: [],
})
export type CalendarLine = z.infer<typeof dutyCalendar.output>['lines'][number]

/** What this person has to do: overdue first, then what falls due soon, then what waits for their word. */
export const myDuties = defineQuery({
  id: 'duty.mine',
  title: '我的履责事项',
  permission,
  input: z.object({}),
  output: z.object({
    overdue: z.number().int(),
    dueSoon: z.number().int(),
    /** Deeds that wait for verification by somebody of this person's roles. */
    toVerify: z.number().int(),
    rows: z.array(ItemRow),
  }),
  errors: [],
})

/** 逾期未履行 as a feed: what a ladder of escalation starts from. In the order of ids, so that nothing is passed over. */
export const overdueFeed = defineQuery({
  id: 'duty.overdue',
  title: '逾期未履行事项',
  permission,
  input: z.object({
    /** Only what fell due after this day. */
    after: Day.optional(),
    from: Id.optional(),
    size: z.number().int().min(1).max(1000).default(200),
  }),
  output: z.object({
    rows: z.array(
      ItemRow.pick({
        id: true,
        rule: true,
        title: true,
        subjectKind: true,
        subjectId: true,
        subjectName: true,
        period: true,
        dueOn: true,
        quota: true,
        done: true,
      }).extend({ area: z.string(), bodyId: z.string().nullable(), daysLate: z.number().int() }),
    ),
    /** To be given as `from` for the rows that follow; null at the end. */
    next: Id.nullable(),
  }),
  errors: [],
})

export const DeedRow = z.object({
  id: Id,
  version: z.number().int(),
  form: z.string(),
  formTitle: z.string(),
  subjectKind: z.enum(subjectKindIds),
  subjectName: z.string(),
  areaName: z.string(),
  days: z.array(Day),
  people: z.string(),
  amount: z.number(),
  note: z.string(),
  recordedBy: z.string(),
  recordedOn: Day,
  state: z.enum(deedStateIds),
})
export type DeedRow = z.infer<typeof DeedRow>

export const DeedFilter = z.object({
  states: named(z.array(z.enum(deedStateIds)).max(4).optional(), '状态', labels(deedStates)),
  form: named(z.string().max(60).optional(), '记录表代码'),
  area: named(Area.optional(), '区域', 'area'),
  unitId: named(Id.optional(), '单位', 'unit'),
  kind: named(z.enum(subjectKindIds).optional(), '对象类型', subjectKinds),
  dayFrom: named(Day.optional(), '日期自'),
  dayTo: named(Day.optional(), '日期至'),
})
export type DeedFilter = z.infer<typeof DeedFilter>

export const listDeeds = defineQuery({
  id: 'duty.deeds',
  title: '履责记录',
  permission,
  input: DeedFilter.extend(Paging),
  output: pageOf(DeedRow),
  errors: [],
})

export const getDeed = defineQuery({
  id: 'duty.deed',
  title: '履责记录详情',
  permission,
  input: z.object({ id: Id }),
  output: DeedRow.extend({
    formView: FormView.nullable(),
    verification: z.object({ on: Day, by: z.string(), accepted: z.boolean(), opinion: z.string() }).nullable(),
    voided: z.object({ on: Day, by: z.string(), reason: z.string() }).nullable(),
    attachments: z.array(AttachmentView),
    /** The items it counts for. */
    items: z.array(z.object({ id: Id, title: z.string(), periodLabel: z.string(), state: z.enum(itemStateIds) })),
    timeline: z.array(
      z.object({ seq: z.number(), title: z.string(), at: z.string(), actor: z.string(), summary: z.string() }),
    ),
    allowedActions: z.array(z.object({ action: z.string(), blocked: z.string().optional() })),
  }),
  errors: [],
})
export type DeedView = z.infer<typeof getDeed.output>

/** 职责规则 with how each of them stands today among what this person may see. */
export const listRules = defineQuery({
  id: 'duty.rules',
  title: '职责规则',
  permission,
  input: z.object({}),
  output: z.object({
    rules: z.array(
      z.object({
        id: Id,
        version: z.number().int(),
        rule: z.string(),
        title: z.string(),
        clauses: z.array(z.string()),
        subjectKind: z.enum(subjectKindIds),
        words: z.string(),
        from: Day,
        until: Day.nullable(),
        adjusted: z.boolean(),
        confidence: z.enum(['high', 'medium', 'low']),
        note: z.string().nullable(),
        due: z.number().int(),
        met: z.number().int(),
        late: z.number().int(),
        open: z.number().int(),
        missed: z.number().int(),
        waiting: z.boolean(),
      }),
    ),
    /** The projection under way, or the last one. */
    progress: z
      .object({ done: z.number().int(), total: z.number().int(), at: z.string(), finished: z.boolean() })
      .nullable(),
    mayAdminister: z.boolean(),
  }),
  errors: [],
})
export type RuleView = z.infer<typeof listRules.output>['rules'][number]
