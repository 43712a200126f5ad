import { z } from 'zod'
import { isDay } from '#kernel/time.ts'

const Day = z.string().refine(isDay, '日期应为真实存在的 年-月-日，如 2023-05-15')
const Text = z.string().trim().min(1, '不能为空')

const Confidence = z.enum(['high', 'medium', 'low'], '可信度只能是 high、medium 或 low')

/**
 * One item of a standard. `no` is the number as printed (三（一）, 5.2.1); `catchAll` marks 其他… items, which decide
 * nothing without a reason in words. `confidence` is given where it differs from the document's; `borrowed` marks items
 * that other sectors have none of their own for (有限空间, 承包承租): offered to them, decisive only with a reason.
 */
export const CriteriaItem = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, '条目代码应为小写英文、数字和连字符，如 gongmao-2023-4-1'),
  group: Text.optional(),
  no: Text,
  text: Text,
  catchAll: z.boolean().optional(),
  confidence: Confidence.optional(),
  borrowed: z.boolean().optional(),
})
export type CriteriaItem = z.infer<typeof CriteriaItem>

/**
 * A file of `criteria/`: one 重大事故隐患判定标准. `supersededOn` is the first day it no longer holds. `verified` says that
 * the wording was compared with the published text; an unverified one must say in `note` where its wording comes from,
 * so that nobody cites it as the law. `confidence` is how sure its source is: below high the screens say 未核实.
 * `crossCutting` documents (特种设备, 消防) hold whatever the sector; `appliesTo` limits all items of a document.
 */
export const CriteriaStandard = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, '标准代码应为小写英文、数字和连字符，如 gongmao-2023'),
    title: Text,
    issuer: Text,
    documentNo: Text,
    effectiveFrom: Day,
    supersededOn: Day.optional(),
    sectors: z.array(z.string().regex(/^[a-z][a-zA-Z0-9]*$/, '行业领域代码应为驼峰英文，如 industryTrade')).min(1, {
      message: '至少写明一个行业领域，否则没有隐患能用到此标准',
    }),
    crossCutting: z.boolean().optional(),
    appliesTo: Text.optional(),
    itemised: z.boolean(),
    source: Text,
    confidence: Confidence,
    verified: z.boolean(),
    note: Text.optional(),
    items: z.array(CriteriaItem),
  })
  .superRefine((standard, context) => {
    const complain = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    if (standard.itemised !== standard.items.length > 0)
      complain(['itemised'], '逐条收录（itemised: true）须有条目，只收目录（false）则不得有条目')
    if (standard.supersededOn !== undefined && standard.supersededOn <= standard.effectiveFrom)
      complain(['supersededOn'], '失效日期应晚于施行日期')
    if (standard.itemised && !standard.verified && standard.note === undefined)
      complain(['note'], '未与原文核对的条目须在 note 写明文字来历')
    const seen = new Set<string>()
    for (const [index, item] of standard.items.entries()) {
      if (!item.id.startsWith(`${standard.id}-`))
        complain(['items', index, 'id'], `条目代码应以标准代码 ${standard.id}- 开头`)
      if (seen.has(item.id)) complain(['items', index, 'id'], `条目代码 ${item.id} 重复`)
      seen.add(item.id)
    }
  })
export type CriteriaStandard = z.infer<typeof CriteriaStandard>
