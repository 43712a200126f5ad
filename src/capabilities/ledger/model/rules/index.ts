import { z } from 'zod'
import { FieldId } from '../fields/index.ts'
import { accidentGrade } from './accidents.ts'
import { certificateValidity, daysBetween, tierAge } from './dates.ts'
import { difference, safetyExpense, share } from './money.ts'
import type { Found, RuleAsked } from './rule.ts'

export { gradeOf } from './accidents.ts'
export { wholeYears } from './dates.ts'
export { marginalSum } from './money.ts'
export type { Found, RuleAsked } from './rule.ts'

const base = {
  id: FieldId,
  title: z.string().trim().min(1, '不能为空').max(30, '名称最多30字'),
  list: z.boolean().optional(),
}

/** A field nobody types: a rule of this table, by its name, with the fields and numbers the pack gives it. */
export const Computed = z.discriminatedUnion(
  'rule',
  [
    z.strictObject({ ...base, rule: z.literal('certificateValidity'), with: certificateValidity.args }),
    z.strictObject({ ...base, rule: z.literal('safetyExpense'), with: safetyExpense.args }),
    z.strictObject({ ...base, rule: z.literal('accidentGrade'), with: accidentGrade.args }),
    z.strictObject({ ...base, rule: z.literal('tierAge'), with: tierAge.args }),
    z.strictObject({ ...base, rule: z.literal('daysBetween'), with: daysBetween.args }),
    z.strictObject({ ...base, rule: z.literal('difference'), with: difference.args }),
    z.strictObject({ ...base, rule: z.literal('share'), with: share.args }),
  ],
  {
    error:
      '没有这条规则；可用 certificateValidity、safetyExpense、accidentGrade、tierAge、daysBetween、difference、share',
  },
)
export type Computed = z.infer<typeof Computed>

const rules = { certificateValidity, safetyExpense, accidentGrade, tierAge, daysBetween, difference, share }

/** What the rule says of an item; undefined while what it needs is not filled in. */
export function computedOf(computed: Computed, asked: RuleAsked): Found | undefined {
  const { find } = rules[computed.rule] as { find(args: unknown, asked: RuleAsked): Found | undefined }
  return find(computed.with, asked)
}

/** The fields a rule reads. */
export function readBy({ with: args }: Computed): string[] {
  const known = new Set([
    'until',
    'issued',
    'base',
    'accrued',
    'deaths',
    'injuries',
    'loss',
    'from',
    'to',
    'minus',
    'part',
    'of',
  ])
  return Object.entries(args).flatMap(([name, value]) => (known.has(name) && typeof value === 'string' ? [value] : []))
}
