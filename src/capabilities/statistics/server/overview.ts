import { answer } from '#platform/module/module.ts'
import { type Count, cellValue, measureIds, measureOf, misfit, overview, type Rate } from '../model/index.ts'
import { countOne, filterOf, pastDay, stockUntil } from './counting.ts'

export const overviewAnswer = answer(overview, async (context, input) => {
  const { asOf, ...limits } = input
  const past = pastDay(context, asOf)
  const asked = { limits, asOf: past }
  const base = filterOf(asked)
  const counts: Record<string, Count> = {}
  const rates: Record<string, Rate> = {}
  for (const id of measureIds) {
    const measure = measureOf(id)
    if (misfit(measure, limits.level)) continue
    const numbers = await countOne(context, measure, asked)
    const count = { n: numbers.n, filter: { ...base, ...measure.filter } }
    if (measure.share || measure.mean) rates[id] = { value: cellValue(measure, numbers), count }
    else counts[id] = count
  }
  const { stock, majorOverdue } = counts
  if (!stock) throw new Error('the stock can be counted under any limits')
  return {
    asOf: past ?? context.today,
    counts,
    rates,
    stock,
    stockUntil: stockUntil(context),
    majorOverdue: majorOverdue ?? null,
  }
})
