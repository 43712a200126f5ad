import { z } from 'zod'
import { areaCodePattern } from '#kernel/area.ts'
import { isDay } from '#kernel/time.ts'
import { bodyKindIds } from './terms.ts'

const Day = z.string().refine(isDay, '日期应为真实存在的 年-月-日，如 2024-03-07')
const Text = z.string().trim().min(1, '不能为空')
const Note = z.string().trim().min(1, '没有说明时请删去此项').optional()
const AreaCode = z.string().regex(areaCodePattern, '行政区划代码应为6、9或12位数字，并加引号写成文本')
const BodyId = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, '机构代码应为小写英文加连字符，如 public-security')
const SectorId = z.string().regex(/^[a-z][a-zA-Z0-9]*$/, '行业领域代码应为驼峰英文，如 selfBuiltHouse')

/** 进度安排 of a plan: one stage with its first and last day. */
export const PackStage = z.strictObject({ id: Text, name: Text, from: Day, to: Day, clause: Text })

/** pack.yaml: which plan this is, of which county, issued by whom. */
export const PackManifest = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, '数据包代码应为小写英文、数字和连字符'),
  /** Raised by whoever changes the pack, so that two people on the telephone know they mean the same one. */
  version: z.string().regex(/^\d{4}\.\d{1,2}(\.\d{1,2})?$/, '数据包版本应写成 年.月 或 年.月.次，并加引号，如 2026.11'),
  title: Text,
  county: z.string().regex(/^[1-9]\d{5}$/, '县级行政区划代码应为6位数字'),
  countyName: Text,
  issuer: Text,
  issuedOn: Day,
  /** Roughly the middle of the county: where a map opens and the demo puts its units around. */
  centre: z.strictObject({ lng: z.number().min(73).max(136), lat: z.number().min(3).max(54) }).optional(),
  stages: z.array(PackStage).min(1, '至少写明一个阶段'),
  /** A sector whose typical major hazards the plan wants listed in a batch every year; `hazards` is its word for them. */
  yearlyListing: z.strictObject({ title: Text, clause: Text, sector: SectorId, hazards: Text }).optional(),
})
export type PackManifest = z.infer<typeof PackManifest>

/**
 * An administrative area. `supervised` is true only for the towns and zones the county office counts as 各乡镇（开发区）;
 * `body` answers for the area on the spot, and a village without one takes its town's. Aliases are how ledgers write it.
 */
export const PackArea = z.strictObject({
  code: AreaCode,
  name: Text,
  aliases: z.array(Text).default([]),
  level: z.enum(['county', 'town', 'zone', 'village'], '层级只能是 county、town、zone 或 village'),
  parent: AreaCode.nullable(),
  supervised: z.boolean(),
  body: BodyId.optional(),
  note: Note,
})
export type PackArea = z.infer<typeof PackArea>

export const PackBody = z.strictObject({
  id: BodyId,
  name: Text,
  aliases: z.array(Text),
  kind: z.enum(bodyKindIds, `机构类别只能是 ${bodyKindIds.join('、')}`),
  area: AreaCode,
  note: Note,
})
export type PackBody = z.infer<typeof PackBody>

/**
 * 行业领域. `planSector` marks the plan's own sectors (S2); the others have criteria or ledger names but no lead. A
 * `gb4754` entry is the beginning of an industry code; where several sectors match, the longest beginning wins.
 */
export const PackSector = z
  .strictObject({
    id: SectorId,
    name: Text,
    aliases: z.array(Text),
    planSector: z.boolean(),
    highRisk: z.boolean(),
    highRiskBasis: Note,
    gb4754: z.array(z.string().regex(/^\d{2,4}$/, '国民经济行业代码前缀应为2至4位数字')).optional(),
    note: Note,
  })
  .refine((sector) => !sector.highRisk || sector.highRiskBasis !== undefined, {
    path: ['highRiskBasis'],
    message: '标为高危的行业领域须写明依据',
  })
export type PackSector = z.infer<typeof PackSector>

/**
 * One relation of the 三管三必须 matrix. `lead` = sole lead; `joint` = one of several co-leads. Both are lead relations and
 * are counted as such (民爆 has two `joint`, no `lead`); `participant` takes part and never receives a matter by itself.
 */
export const PackMatrixEntry = z.strictObject({
  sector: SectorId,
  body: BodyId,
  role: z.enum(['lead', 'joint', 'participant'], '角色只能是 lead、joint 或 participant'),
  clause: Text,
  note: Note,
})
export type PackMatrixEntry = z.infer<typeof PackMatrixEntry>

/**
 * What the plan leaves open or says twice. Shown, never filled. `reason` is a clause without a final full stop: routing
 * continues the sentence with where the matter goes. `sectors` may be empty when it concerns areas.
 */
export const PackMatrixGap = z.strictObject({
  id: Text,
  topic: Text,
  sectors: z.array(SectorId),
  reason: Text.regex(/[^。；]$/, '原因末尾不加句号，系统会接着写明由谁接收'),
  handling: Text,
  clause: Text,
})
export type PackMatrixGap = z.infer<typeof PackMatrixGap>

/** A number or word the county may change, valid from a day on. Several rows of one id are its history. */
export const PackParameter = z.strictObject({
  id: z.string().regex(/^[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z0-9]*)+$/, '参数代码应如 hazard.deadline.majorWorkingDays'),
  title: Text,
  value: z.union([z.number(), z.boolean(), z.string(), z.array(z.union([z.number(), z.string()]))]),
  unit: Text.optional(),
  effectiveFrom: Day,
  source: Text,
  confidence: z.enum(['high', 'medium', 'low'], '可信度只能是 high、medium 或 low'),
  note: Note,
})
export type PackParameter = z.infer<typeof PackParameter>

/** One year of the holiday notice, shaped as kernel/calendar takes it. `complete` = the year's notice is loaded. */
export const PackHolidayYear = z.strictObject({
  year: z.int().min(2000).max(2100),
  complete: z.boolean(),
  source: Text,
  note: Note,
  holidays: z.array(Day),
  workdays: z.array(Day),
})
export type PackHolidayYear = z.infer<typeof PackHolidayYear>

/** The files of a pack, by name. */
export const packFiles = {
  'areas.yaml': z.strictObject({ areas: z.array(PackArea) }),
  'bodies.yaml': z.strictObject({ bodies: z.array(PackBody) }),
  'sectors.yaml': z.strictObject({ sectors: z.array(PackSector) }),
  'matrix.yaml': z.strictObject({ matrix: z.array(PackMatrixEntry), gaps: z.array(PackMatrixGap) }),
  'parameters.yaml': z.strictObject({ parameters: z.array(PackParameter) }),
} as const

export const HolidaysFile = z.strictObject({ years: z.array(PackHolidayYear) })
