import { z } from 'zod'
import { defineQuery } from '#kernel/contract.ts'
import { Day } from '#kernel/time.ts'

/** How something a stage must have produced stands. */
export const productStates = {
  produced: '已完成',
  late: '逾期完成',
  underway: '推进中',
  missing: '逾期未完成',
  ahead: '未开始',
  unknown: '无数据',
} as const
export type ProductState = keyof typeof productStates
const ProductStateId = z.enum(Object.keys(productStates) as [ProductState, ...ProductState[]])

interface Stands {
  readonly due: number
  readonly met: number
  readonly late: number
  readonly open: number
  readonly missed: number
  readonly zeroConfirmed: boolean
  readonly metOn: Day | null
}

/**
 * Worked out from what its mechanisms count, never typed: produced when nothing is left to do, late when some of it came
 * after its day or the whole after the stage, missing when the stage or a day has passed with something left.
 */
export function productState(stands: readonly Stands[], window: { from: Day; to: Day }, asOf: Day): ProductState {
  if (stands.length === 0) return 'unknown'
  const sum = (pick: (one: Stands) => number) => stands.reduce((total, one) => total + pick(one), 0)
  const due = sum(({ due: n }) => n)
  if (due === 0) {
    if (stands.every(({ zeroConfirmed }) => zeroConfirmed)) return 'produced'
    return asOf < window.from ? 'ahead' : 'unknown'
  }
  const left = sum(({ open, missed }) => open + missed)
  if (left > 0) return asOf > window.to || sum(({ missed }) => missed) > 0 ? 'missing' : 'underway'
  const after = stands.some(({ metOn }) => metOn !== null && metOn > window.to)
  return after || sum(({ late }) => late) > 0 ? 'late' : 'produced'
}

export const planStages = defineQuery({
  id: 'task.stages',
  title: '阶段进度',
  permission: 'task.read',
  clauses: ['P1-1', 'P2-1', 'P3-5', 'P4-5'],
  input: z.object({ asOf: Day.optional() }),
  output: z.object({
    asOf: Day,
    stages: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        from: Day,
        to: Day,
        clause: z.string(),
        current: z.boolean(),
        products: z.array(
          z.object({
            title: z.string(),
            clauses: z.array(z.string()),
            state: ProductStateId,
            due: z.number().int(),
            done: z.number().int(),
            late: z.number().int(),
            missed: z.number().int(),
            metOn: Day.nullable(),
            list: z.string().nullable(),
          }),
        ),
      }),
    ),
  }),
  errors: [],
})
export type PlanStages = z.output<typeof planStages.output>
