import { z } from 'zod'
import { areaCodePattern } from '#kernel/area.ts'
import type { Role } from '#kernel/grants.ts'
import { isDay } from '#kernel/time.ts'
import { festivalIds } from './holidays.ts'

const Text = z.string().trim().min(1, '不能为空')
const PackDay = z.string().refine(isDay, '日期应为真实存在的 年-月-日，并加引号，如 "2024-03-29"')
const MonthDay = z
  .string()
  .refine((text) => /^\d\d-\d\d$/.test(text) && isDay(`2024-${text}`), '应为 月-日，并加引号，如 "06-16"')
const Name = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, '代码应为小写英文加连字符，如 town-supervision')
const Codes = z.array(Text).min(1, '不限定时请删去此项').optional()
/** A value, or the parameter that holds it: what the plan left open is for the county to say. */
const orParameter = <T extends z.ZodType>(value: T) => z.union([value, z.strictObject({ parameter: Text })])

const verifierRoles = ['committeeOffice', 'department', 'town', 'countyLeader'] as const satisfies readonly Role[]

/** 履责记录表: what a person is asked for when a deed is recorded. */
export const PackForm = z.strictObject({
  id: Name,
  title: Text,
  /** Who may record it: the unit itself, or the body that answers for it. */
  by: z.enum(['unit', 'body'], '填报人 by 只能是 unit（单位）或 body（机构）'),
  /** Whether one record may cover several days. */
  days: z.enum(['one', 'several'], '日期 days 只能是 one（一天）或 several（几天）').default('one'),
  /** What the people who did it are called, such as 督导组成员. */
  people: Text,
  /** Where a number is asked for: how many took part, or the percentage reached. */
  amount: z.strictObject({ label: Text, unit: Text }).optional(),
  /** What is to be written down. */
  note: Text,
  /** How many photos or papers are required at least. */
  files: z.int().min(0).max(10).default(0),
  /** Whose word makes it count; nobody's when left out. Never the one who recorded it. */
  verify: z
    .array(z.enum(verifierRoles, `核验 verify 只能是 ${verifierRoles.join('、')}`))
    .min(1)
    .optional(),
})
export type PackForm = z.infer<typeof PackForm>

const unitLimits = {
  sectors: Codes,
  tags: Codes,
  scales: Codes,
  belongings: Codes,
  kinds: Codes,
  highRisk: z.boolean().optional(),
}

/** Whose duty it is. Exactly one of the five. */
export const PackPopulation = z.union(
  [
    z.strictObject({ units: z.strictObject(unitLimits) }),
    z.strictObject({ people: z.strictObject({ post: Text, ...unitLimits }) }),
    z.strictObject({ bodies: z.strictObject({ kinds: Codes, ids: Codes }) }),
    z.strictObject({
      areas: z.strictObject({
        /** 各乡镇（开发区）: those the county supervises. */
        supervised: z.boolean().optional(),
        codes: z.array(z.string().regex(areaCodePattern, '行政区划代码应为6、9或12位数字，并加引号')).min(1).optional(),
        /** The body that must act; left out, the area's own. */
        responsible: Name.optional(),
      }),
    }),
    z.strictObject({ sectors: z.strictObject({ ids: Codes }) }),
  ],
  '对象 population 应写明 units、people、bodies、areas、sectors 中的一种，其下只写该种可用的条件',
)
export type PackPopulation = z.infer<typeof PackPopulation>

const Regular = z.enum(['month', 'quarter', 'halfYear', 'year'])

const PackPeriod = z.union(
  [
    Regular,
    z.strictObject({ parameter: Text }),
    z.strictObject({ window: z.strictObject({ from: MonthDay, to: MonthDay }) }),
    z.strictObject({
      holidays: z.array(z.enum(festivalIds, `节日只能是 ${festivalIds.join('、')}`)).min(1),
      daysBefore: orParameter(z.int().min(0).max(60)),
    }),
    z.strictObject({
      events: z.array(z.strictObject({ key: Name, title: Text, from: PackDay, to: PackDay })).min(1),
    }),
    z.literal('once'),
  ],
  '周期 period 应为 month、quarter、halfYear、year、once，或 window、holidays、events、parameter 之一',
)

const Fulfilment = z.union(
  [z.strictObject({ form: Name }), z.strictObject({ source: Text })],
  '履行方式 fulfilledBy 的每一项应为 form（填报的记录表）或 source（系统中已有的记录）',
)

/** One obligation: who, how often, how much, by what it counts as done. */
export const PackRule = z
  .strictObject({
    id: Name,
    title: Text,
    clauses: z.array(z.string().regex(/^[A-Z]\d{0,2}(-\d+)?$/, '条款编号应如 M04-13')).min(1, '写明依据的条款'),
    population: PackPopulation,
    period: PackPeriod,
    quota: z.strictObject({
      n: orParameter(z.number().positive('次数应大于0')),
      unit: z.enum(
        ['times', 'days', 'persons', 'hours', 'percent'],
        '单位 unit 只能是 times、days、persons、hours 或 percent',
      ),
    }),
    fulfilledBy: z.array(Fulfilment).min(1, '至少写明一种履行方式'),
    graceDays: orParameter(z.int().min(0).max(366)).default(0),
    from: PackDay,
    until: PackDay.optional(),
    /** Subjects the rule leaves out, with the reason people are shown. */
    exempt: z.array(z.strictObject({ ids: z.array(Text).min(1), reason: Text })).default([]),
    /** How sure it is that the plan means this; low where it says only 定期. */
    confidence: z.enum(['high', 'medium', 'low'], '可信度只能是 high、medium 或 low'),
    note: Text.optional(),
  })
  .refine(({ from, until }) => until === undefined || from <= until, {
    path: ['until'],
    message: '结束日期早于开始日期，请改正其中一个',
  })
  .refine(({ period, until }) => period !== 'once' || until !== undefined, {
    path: ['until'],
    message: '一次性的职责须写明期限 until',
  })
  .refine(({ period }) => eventsApart(period), {
    path: ['period'],
    message: '指定时段须有先有后、互不重叠，代码不重复',
  })
export type PackRule = z.infer<typeof PackRule>

function eventsApart(period: z.infer<typeof PackPeriod>): boolean {
  if (typeof period === 'string' || !('events' in period)) return true
  const events = [...period.events].sort((a, b) => (a.from < b.from ? -1 : 1))
  const keys = new Set(events.map(({ key }) => key))
  return (
    keys.size === events.length &&
    events.every((event, at) => event.from <= event.to && (at === 0 || (events[at - 1]?.to ?? '') < event.from))
  )
}

/** A file of a pack's duties folder. */
export const DutyFile = z.strictObject({
  forms: z.array(PackForm).default([]),
  rules: z.array(PackRule).default([]),
})
export type DutyFile = z.infer<typeof DutyFile>

/** All duties of a pack. */
export interface PackDuties {
  readonly forms: readonly PackForm[]
  readonly rules: readonly PackRule[]
}
