import { z } from 'zod'
import { formatWan } from '#kernel/chinese/money.ts'
import { FieldId } from '../fields/index.ts'
import { type Found, numberIn, type RuleAsked } from './rule.ts'

/** Up to this much (元; the last tier has none), this rate in per cent. Rates change by document, so they stand in packs. */
const Tier = z.strictObject({
  upTo: z.number().positive('档次上限应大于0').nullable(),
  percent: z.number().min(0).max(100),
})
type Tier = z.infer<typeof Tier>

const Tiers = z
  .array(Tier)
  .min(1, '至少写一档')
  .refine((tiers) => tiers.every(({ upTo }, at) => (upTo === null) === (at === tiers.length - 1)), {
    message: '只有最后一档的 upTo 写 null，前面各档写上限',
  })
  .refine((tiers) => tiers.every(({ upTo }, at) => at === 0 || upTo === null || upTo > (tiers[at - 1]?.upTo ?? 0)), {
    message: '各档上限应从小到大',
  })

/** 超额累退 of 财资〔2022〕136号: each part of the base by the rate of its own tier, as income tax is counted. Fen are exact. */
export function marginalSum(base: number, tiers: readonly Tier[]): number {
  let below = 0
  let sum = 0
  for (const { upTo, percent } of tiers) {
    const top = upTo === null ? base : Math.min(base, upTo)
    if (top > below) sum += (top - below) * percent
    below = Math.max(below, top)
  }
  return Math.round(sum) / 100
}

/** 安全生产费用提取: what is to be set aside in a year by the base of the year before, and what of it was. */
export const safetyExpense = {
  args: z.strictObject({ base: FieldId, accrued: FieldId.optional(), tiers: Tiers }),
  find(
    { base, accrued, tiers }: { base: string; accrued?: string | undefined; tiers: Tier[] },
    asked: RuleAsked,
  ): Found | undefined {
    const revenue = numberIn(asked, base)
    if (revenue === undefined) return undefined
    const due = marginalSum(revenue, tiers)
    const month = Math.round((due / 12) * 100) / 100
    const has = numberIn(asked, accrued)
    const short = has !== undefined && has < due ? `，少提 ${formatWan(Math.round((due - has) * 100) / 100)}` : ''
    return { words: `应提 ${formatWan(due)}（每月 ${formatWan(month)}）${short}`, number: due, warns: short !== '' }
  },
}

export const difference = {
  args: z.strictObject({ from: FieldId, minus: FieldId, unit: z.string().max(10).default('') }),
  find({ from, minus, unit }: { from: string; minus: string; unit: string }, asked: RuleAsked): Found | undefined {
    const [whole, part] = [numberIn(asked, from), numberIn(asked, minus)]
    if (whole === undefined || part === undefined) return undefined
    const number = Math.round((whole - part) * 1e6) / 1e6
    return { words: `${number}${unit}`, number }
  },
}

/** One number as a share of another, in per cent with one place. */
export const share = {
  args: z.strictObject({ part: FieldId, of: FieldId, atLeast: z.number().min(0).max(100).optional() }),
  find(
    { part, of, atLeast }: { part: string; of: string; atLeast?: number | undefined },
    asked: RuleAsked,
  ): Found | undefined {
    const [some, whole] = [numberIn(asked, part), numberIn(asked, of)]
    if (some === undefined || whole === undefined || whole === 0) return undefined
    const number = Math.round((some / whole) * 1000) / 10
    return { words: `${number}%`, number, warns: atLeast !== undefined && number < atLeast }
  },
}
