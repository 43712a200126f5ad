import { z } from 'zod'
import { defineQuery } from '#kernel/contract.ts'
import { Day } from '#kernel/time.ts'
import { ClauseView, Tile, WallLimits } from './contract.ts'

/** How often something came up among the major hazards; every number is of the same day and limits. */
const Recurring = z.object({
  key: z.string(),
  title: z.string(),
  found: z.number().int(),
  standing: z.number().int(),
  overdue: z.number().int(),
  everClosed: z.number().int(),
  reopened: z.number().int(),
  /** The list with the hazards found. */
  list: z.string(),
})
export type Recurring = z.output<typeof Recurring>

/** 共性问题: what recurs by criterion, sector and area, and units whose own checks find nothing where others do. */
export const Problems = z.object({
  criteria: z.array(z.object({ key: z.string(), title: z.string(), found: z.number().int() })),
  sectors: z.array(Recurring),
  areas: z.array(Recurring),
  /** Units with major hazards that inspections found; of these, those whose own checks found none. */
  zeroFinding: z.object({ inspected: z.number().int(), silent: z.number().int() }),
})
export type Problems = z.output<typeof Problems>

/** How something stands to its day, as the final evaluation says it. */
export const outcomeStates = { met: '按期完成', late: '逾期完成', open: '未到期', missed: '逾期未完成' } as const
const count = z.number().int()

/** 制度成果: what of the rules and systems to be built there is, register by register and one by one. */
export const Outcomes = z.object({
  registers: z.array(
    z.object({
      title: z.string(),
      list: z.string(),
      ...{ due: count, met: count, late: count, open: count, missed: count },
      states: z.array(z.object({ title: z.string(), n: count })),
    }),
  ),
  items: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      register: z.string(),
      body: z.string(),
      /** The clause of the plan that orders it, in words. */
      clause: z.string(),
      state: z.string(),
      lateness: z.enum(Object.keys(outcomeStates) as [keyof typeof outcomeStates, ...(keyof typeof outcomeStates)[]]),
      dueOn: Day.nullable(),
      doneOn: Day.nullable(),
      /** 文号, 印发日期 and what else its register shows in lists. */
      facts: z.string(),
      path: z.string(),
    }),
  ),
})
export type Outcomes = z.output<typeof Outcomes>

/** How many items there are and how many of them are named; more than a thousand nobody reads here. */
export const outcomeTotals = ({ registers, items }: Outcomes) => ({
  total: registers.reduce((sum, { due }) => sum + due, 0),
  named: items.length,
})

/** The final evaluation is told for a day, an area and a body, like the wall it sums up. */
export const EvaluationLimits = WallLimits.pick({ asOf: true, area: true, body: true })
export type EvaluationLimits = z.output<typeof EvaluationLimits>

export const evaluation = defineQuery({
  id: 'plan.evaluation',
  title: '总结评估',
  permission: 'plan.read',
  clauses: ['P4-1', 'P4-2', 'P4-3', 'P4-4', 'P4-5', 'G-12'],
  input: EvaluationLimits,
  output: z.object({
    asOf: Day,
    plan: z.string(),
    actions: z.array(z.object({ id: z.string(), title: z.string() })),
    tiles: z.array(Tile),
    clauses: z.array(ClauseView),
    problems: Problems,
    outcomes: Outcomes,
  }),
  errors: [],
})
export type EvaluationAnswer = z.output<typeof evaluation.output>

export const exportEvaluation = defineQuery({
  id: 'plan.exportEvaluation',
  title: '导出总结评估表',
  permission: 'plan.read',
  clauses: ['P4-5'],
  input: EvaluationLimits.extend({ format: z.enum(['xlsx', 'csv']).default('xlsx') }),
  output: z.unknown(),
  errors: [],
})

export const evaluationReport = defineQuery({
  id: 'plan.evaluationReport',
  title: '下载总结评估报告',
  permission: 'plan.read',
  clauses: ['P4-5'],
  input: EvaluationLimits,
  output: z.unknown(),
  errors: [],
})
