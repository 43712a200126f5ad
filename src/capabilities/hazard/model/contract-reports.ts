import { z } from 'zod'
import { defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { Paging, pageOf } from '#kernel/paging.ts'
import { Day } from './record.ts'
import { type HazardState, hazardStateIds } from './terms.ts'

export const ReportFilter = z.object({
  area: z
    .string()
    .regex(/^\d{6}(\d{3}){0,2}$/, '乡镇代码不正确')
    .optional(),
  sector: z.string().max(40).optional(),
  channel: z.enum(['selfCheck', 'inspection', 'publicReport']).optional(),
  foundFrom: Day.optional(),
  foundTo: Day.optional(),
  foundMonth: z
    .string()
    .regex(/^\d{4}-\d{2}$/, '月份格式应为 年-月')
    .optional(),
  /** Findings on the books at the end of this day. */
  asOf: Day.optional(),
})
export type ReportFilter = z.infer<typeof ReportFilter>

export const ReportRow = z.object({
  id: Id,
  channel: z.enum(['selfCheck', 'inspection', 'publicReport']),
  areaName: z.string(),
  sectorName: z.string(),
  foundOn: Day,
  reportedAt: z.string(),
  source: z.string(),
  description: z.string(),
  reporter: z.string(),
  /** The hazard the finding stands on now; null when it lies outside the viewer's scope. */
  hazard: z
    .object({
      id: Id,
      number: z.string(),
      unitName: z.string(),
      state: z.enum(hazardStateIds as [HazardState, ...HazardState[]]),
    })
    .nullable(),
  /** True when a merge brought it to the hazard it stands on now. */
  merged: z.boolean(),
})
export type ReportRow = z.infer<typeof ReportRow>

/** Every finding as it came in. Merging hazards moves findings between hazards and changes no number of findings. */
export const listReports = defineQuery({
  id: 'hazard.reports',
  title: '发现记录',
  permission: 'hazard.read',
  clauses: ['M17-2', 'M17-6'],
  input: ReportFilter.extend(Paging),
  output: pageOf(ReportRow),
  errors: [],
})
