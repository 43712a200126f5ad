import { z } from 'zod'
import { defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { named } from '#kernel/list/filter.ts'
import { Paging, pageOf } from '#kernel/paging.ts'
import { Day } from '#kernel/time.ts'
import { periodStates, returnLateness, returnLatenessIds, returnStateIds, returnStates } from './terms.ts'

export const ReturnRow = z.object({
  id: Id,
  version: z.number().int(),
  periodId: Id,
  period: z.string(),
  bodyId: z.string(),
  bodyName: z.string(),
  area: z.string(),
  state: z.enum(returnStateIds),
  opensOn: Day,
  dueOn: Day,
  submittedOn: Day.nullable(),
  acceptedOn: Day.nullable(),
  locked: z.boolean(),
  lateness: z.enum(returnLatenessIds).nullable(),
  daysLate: z.number().int(),
  progress: z.string(),
  problems: z.string(),
  next: z.string(),
  /** As corrected; empty until handed in. */
  numbers: z.record(z.string(), z.number().int()),
  corrections: z.number().int(),
})
export type ReturnRow = z.infer<typeof ReturnRow>

export const ReturnFilter = z.object({
  periodId: named(Id.optional(), '报送期'),
  bodyId: named(z.string().max(60).optional(), '填报单位', 'body'),
  states: named(
    z.array(z.enum(returnStateIds)).max(10).optional(),
    '状态',
    Object.fromEntries(returnStateIds.map((id) => [id, returnStates[id].label])),
  ),
  lateness: named(z.enum(returnLatenessIds).optional(), '时限', returnLateness),
  year: named(
    z
      .string()
      .regex(/^20\d\d$/, '年份应为四位数字')
      .optional(),
    '年度',
    Object.fromEntries(['2024', '2025', '2026', '2027'].map((year) => [year, `${year}年`])),
  ),
})
export type ReturnFilter = z.infer<typeof ReturnFilter>

export const listReturns = defineQuery({
  id: 'progress.list',
  title: '进展报送',
  permission: 'progress.read',
  clauses: ['N-1'],
  input: ReturnFilter.extend(Paging),
  output: pageOf(ReturnRow),
  errors: [],
})

const NumberView = z.object({
  id: z.string(),
  title: z.string(),
  /** As frozen when it was handed in; null until then. */
  frozen: z.number().int().nullable(),
  /** After corrections. */
  value: z.number().int().nullable(),
  /** As the records say now for the same period. */
  live: z.number().int().nullable(),
  /** The list behind it; null where one list cannot show exactly these records. */
  list: z.string().nullable(),
})

export const getReturn = defineQuery({
  id: 'progress.get',
  title: '进展报送详情',
  permission: 'progress.read',
  input: z.object({ id: Id }),
  output: ReturnRow.extend({
    fromOn: Day,
    toOn: Day,
    numberRows: z.array(NumberView),
    submission: z.object({ on: Day, by: z.string() }).nullable(),
    endorsement: z.object({ on: Day, by: z.string(), opinion: z.string() }).nullable(),
    acceptance: z.object({ on: Day, by: z.string(), opinion: z.string() }).nullable(),
    returns: z.array(z.object({ on: Day, by: z.string(), reason: z.string(), to: z.string() })),
    correctionRows: z.array(
      z.object({
        number: z.string(),
        title: z.string(),
        from: z.number().int(),
        to: z.number().int(),
        reason: z.string(),
        by: z.string(),
        on: Day,
      }),
    ),
    /** What the body said the period before: most of it still stands. */
    before: z.object({ period: z.string(), progress: z.string(), problems: z.string(), next: z.string() }).nullable(),
    timeline: z.array(
      z.object({ seq: z.number().int(), title: z.string(), at: z.string(), actor: z.string(), summary: z.string() }),
    ),
    allowedActions: z.array(z.object({ action: z.string(), blocked: z.string().optional() })),
  }),
  errors: [],
})
export type ReturnView = z.output<typeof getReturn.output>

export const PeriodRow = z.object({
  id: Id,
  version: z.number().int(),
  name: z.string(),
  fromOn: Day,
  toOn: Day,
  opensOn: Day,
  dueOn: Day,
  state: z.enum(Object.keys(periodStates) as ['open', 'locked']),
  lockedOn: Day.nullable(),
  mayLock: z.boolean(),
  /** Of the returns the viewer may see. */
  bodies: z.number().int(),
  submitted: z.number().int(),
  accepted: z.number().int(),
  late: z.number().int(),
  /** Not handed in, the latest day over. */
  overdue: z.array(z.object({ id: Id, name: z.string() })),
  /** Summed over what has been handed in, as corrected. */
  sums: z.array(z.object({ id: z.string(), title: z.string(), value: z.number().int() })),
})
export type PeriodRow = z.infer<typeof PeriodRow>

/** Every period that has begun, the newest first, with the roll-up over the bodies and who is to be chased. */
export const listPeriods = defineQuery({
  id: 'progress.periods',
  title: '报送期汇总',
  permission: 'progress.read',
  clauses: ['N-1', 'S1-2'],
  input: z.object({}),
  output: z.object({ periods: z.array(PeriodRow) }),
  errors: [],
})

export const myReturns = defineQuery({
  id: 'progress.mine',
  title: '等我办理的进展报送',
  permission: 'progress.read',
  input: z.object({}),
  output: z.object({ fill: pageOf(ReturnRow), endorse: pageOf(ReturnRow), accept: pageOf(ReturnRow) }),
  errors: [],
})
