import { z } from 'zod'
import { Population } from '#capabilities/task/model/index.ts'
import { isDay } from '#kernel/time.ts'

const Day = z.string().refine(isDay, '日期应为真实存在的 年-月-日，如 2024-04-01')

/** Who returns its progress, from which day on and until when. */
export const PackReturns = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, '代码应为小写英文加连字符，如 progress-return'),
  title: z.string().trim().min(1, '不能为空'),
  clauses: z.array(z.string().trim().min(1)).min(1, '至少写明一条方案条款，如 N-1'),
  who: Population,
  from: Day,
  to: Day,
})
export type PackReturns = z.infer<typeof PackReturns>

export const ReturnsFile = z.strictObject({ returns: PackReturns })
