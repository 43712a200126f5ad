import { z } from 'zod'
import { addMonths, type Day, diffDays, isDay } from '#kernel/time.ts'
import { FieldId } from '../fields/index.ts'
import { type Found, type RuleAsked, textIn } from './rule.ts'

const dayIn = (asked: RuleAsked, field: string | undefined): Day | undefined => {
  const value = textIn(asked, field)
  return isDay(value) ? value : undefined
}

/** Whole years between two days; a birthday counts on its day. */
export function wholeYears(from: Day, to: Day): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return addMonths(from, years * 12) > to ? years - 1 : years
}

/** 证书有效期: valid until a day that stands on it, or so many months from its issue. How long differs by kind and by rule, so packs say it. */
export const certificateValidity = {
  args: z
    .strictObject({
      until: FieldId.optional(),
      issued: FieldId.optional(),
      months: z.int().min(1).max(600).optional(),
      warnDays: z.int().min(0).max(400).default(60),
    })
    .refine(({ until, issued, months }) => until !== undefined || (issued !== undefined && months !== undefined), {
      message: '证书有效期要写 until（有效期至的字段），或 issued（发证日期的字段）和 months（有效月数）',
    }),
  find(
    {
      until,
      issued,
      months,
      warnDays,
    }: { until?: string | undefined; issued?: string | undefined; months?: number | undefined; warnDays: number },
    asked: RuleAsked,
  ): Found | undefined {
    const from = dayIn(asked, issued)
    const due = dayIn(asked, until) ?? (from && months ? addMonths(from, months) : undefined)
    if (due === undefined) return undefined
    const left = diffDays(asked.today, due)
    if (left < 0) return { words: `已于 ${due} 过期`, warns: true, due, number: left }
    return left <= warnDays
      ? { words: `${left} 天后到期（${due}）`, warns: true, due, number: left }
      : { words: `有效至 ${due}`, due, number: left }
  },
}

/** How long something took, or has been going on: from one day to another, or to today. */
export const daysBetween = {
  args: z.strictObject({ from: FieldId, to: FieldId.optional(), warnAbove: z.int().min(0).optional() }),
  find(
    { from, to, warnAbove }: { from: string; to?: string | undefined; warnAbove?: number | undefined },
    asked: RuleAsked,
  ): Found | undefined {
    const [first, last] = [dayIn(asked, from), dayIn(asked, to)]
    if (first === undefined || (last === undefined && to !== undefined && textIn(asked, to) !== undefined))
      return undefined
    const number = diffDays(first, last ?? asked.today)
    return { words: `${number} 天`, number, warns: warnAbove !== undefined && number > warnAbove }
  },
}

/** 分档使用年限: how old something is, and the tier its age falls into; from `warnFrom` years on somebody should look. */
export const tierAge = {
  args: z.strictObject({
    from: FieldId,
    tiers: z.array(z.strictObject({ below: z.int().min(1).nullable(), title: z.string().min(1) })).min(1, '至少写一档'),
    warnFrom: z.int().min(0).optional(),
  }),
  find(
    {
      from,
      tiers,
      warnFrom,
    }: { from: string; tiers: { below: number | null; title: string }[]; warnFrom?: number | undefined },
    asked: RuleAsked,
  ): Found | undefined {
    const first = dayIn(asked, from)
    if (first === undefined || first > asked.today) return undefined
    const number = wholeYears(first, asked.today)
    const title = tiers.find(({ below }) => below === null || number < below)?.title ?? ''
    return {
      words: `${number} 年${title ? `（${title}）` : ''}`,
      number,
      warns: warnFrom !== undefined && number >= warnFrom,
    }
  },
}
