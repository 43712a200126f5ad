import { z } from 'zod'
import { AttachmentView } from '#kernel/attachment.ts'
import { defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { named } from '#kernel/list/filter.ts'
import { Paging, pageOf } from '#kernel/paging.ts'
import { Day } from '#kernel/time.ts'
import { taskKindIds, taskLateness, taskLatenessIds, taskSources, taskStateIds, taskStates } from './terms.ts'

const stateWords = Object.fromEntries(taskStateIds.map((id) => [id, taskStates[id].label]))

export const TaskRow = z.object({
  id: Id,
  version: z.number().int(),
  kind: z.enum(taskKindIds),
  source: z.enum(['plan', 'hand', 'meeting']),
  key: z.string().nullable(),
  period: z.string(),
  title: z.string(),
  clauses: z.array(z.string()),
  area: z.string(),
  issuerName: z.string(),
  assigneeBodyId: z.string(),
  assigneeName: z.string(),
  coNames: z.array(z.string()),
  state: z.enum(taskStateIds),
  issuedOn: Day.nullable(),
  dueOn: Day,
  submittedOn: Day.nullable(),
  endedOn: Day.nullable(),
  receipt: z.string().nullable(),
  lateness: z.enum(taskLatenessIds).nullable(),
  /** Calendar days after the day it was due, of what is late or was handed in late. */
  daysLate: z.number().int(),
})
export type TaskRow = z.infer<typeof TaskRow>

export const TaskFilter = z.object({
  kind: named(z.enum(taskKindIds).optional(), '类别', { task: '任务', filing: '备案' }),
  states: named(z.array(z.enum(taskStateIds)).max(10).optional(), '状态', stateWords),
  lateness: named(z.enum(taskLatenessIds).optional(), '时限', taskLateness),
  bodyId: named(z.string().max(60).optional(), '承办单位', 'body'),
  source: named(z.enum(['plan', 'hand', 'meeting']).optional(), '来源', taskSources),
  year: named(
    z
      .string()
      .regex(/^20\d\d$/, '年份应为四位数字')
      .optional(),
    '年度',
    Object.fromEntries(['2024', '2025', '2026', '2027'].map((year) => [year, `${year}年`])),
  ),
  clause: named(z.string().max(20).optional(), '方案条款'),
  key: named(z.string().max(60).optional(), '方案任务'),
  text: named(z.string().trim().max(60, '检索词最多60字').optional(), '任务名称'),
})
export type TaskFilter = z.infer<typeof TaskFilter>

export const listTasks = defineQuery({
  id: 'task.list',
  title: '任务',
  permission: 'task.read',
  clauses: ['G-1'],
  input: TaskFilter.extend(Paging),
  output: pageOf(TaskRow),
  errors: [],
})

/** One thing that was done, as the page of a record tells it. */
export const HistoryEntry = z.object({
  seq: z.number().int(),
  title: z.string(),
  at: z.string(),
  actor: z.string(),
  summary: z.string(),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>
export const AllowedActions = z.array(z.object({ action: z.string(), blocked: z.string().optional() }))

export const getTask = defineQuery({
  id: 'task.get',
  title: '任务详情',
  permission: 'task.read',
  input: z.object({ id: Id }),
  output: TaskRow.extend({
    content: z.string(),
    evidence: z.string(),
    issuedBy: z.string(),
    receivedOn: Day.nullable(),
    receiptAt: z.string().nullable(),
    coBodyIds: z.array(z.string()),
    opinion: z.string(),
    voided: z.object({ reason: z.string(), by: z.string() }).nullable(),
    reports: z.array(z.object({ on: Day, by: z.string(), text: z.string() })),
    submissions: z.array(
      z.object({
        on: Day,
        by: z.string(),
        statement: z.string(),
        returned: z.object({ on: Day, by: z.string(), reason: z.string() }).nullable(),
      }),
    ),
    extensions: z.array(z.object({ from: Day, to: Day, reason: z.string(), by: z.string(), on: Day })),
    meeting: z.object({ id: Id, title: z.string() }).nullable(),
    attachments: z.array(AttachmentView),
    timeline: z.array(HistoryEntry),
    allowedActions: AllowedActions,
  }),
  errors: [],
})
export type TaskView = z.output<typeof getTask.output>

const Numbers = z.object({
  due: z.number().int(),
  met: z.number().int(),
  late: z.number().int(),
  open: z.number().int(),
  missed: z.number().int(),
})

/** How every task or filing of the plan stands over the bodies that owe it, and who has not handed in: the chase list. */
export const taskStandings = defineQuery({
  id: 'task.standings',
  title: '任务完成情况',
  permission: 'task.read',
  input: z.object({ kind: z.enum(taskKindIds), asOf: Day.optional() }),
  output: z.object({
    asOf: Day,
    rows: z.array(
      Numbers.extend({
        key: z.string(),
        title: z.string(),
        clauses: z.array(z.string()),
        nextDue: Day.nullable(),
        metOn: Day.nullable(),
        missing: z.array(z.object({ id: Id, name: z.string(), period: z.string(), dueOn: Day })),
      }),
    ),
  }),
  errors: [],
})
export type TaskStandings = z.output<typeof taskStandings.output>

/** What waits for the bodies the caller acts for, or for the issuer to judge. */
export const myPlanTasks = defineQuery({
  id: 'task.mine',
  title: '等我办理的任务和备案',
  permission: 'task.read',
  input: z.object({}),
  output: z.object({ handle: pageOf(TaskRow), judge: pageOf(TaskRow) }),
  errors: [],
})
