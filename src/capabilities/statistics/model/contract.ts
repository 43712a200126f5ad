import { z } from 'zod'
import { HazardFilter } from '#capabilities/hazard/model/index.ts'
import { defineQuery } from '#kernel/contract.ts'
import { isDay } from '#kernel/time.ts'
import { type Dimension, dimensionIds, type MeasureId, measureIds } from './measures.ts'

const Day = z.string().refine(isDay, '日期应为真实存在的 年-月-日')
const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '月份格式应为 年-月')
const MeasureName = z.enum(measureIds as [MeasureId, ...MeasureId[]])
const DimensionName = z.enum(dimensionIds as [Dimension, ...Dimension[]])

/** Limits that hold for every number of an answer. */
const Limits = {
  area: z
    .string()
    .regex(/^\d{6}(\d{3})?$/, '请选择乡镇（开发区）')
    .optional(),
  sector: z.string().max(40).optional(),
  level: z.enum(['major', 'general']).optional(),
  channel: z.enum(['selfCheck', 'inspection', 'publicReport']).optional(),
}

/** A number with the filter of the list that holds exactly these records. */
export const Count = z.object({ n: z.number().int(), filter: HazardFilter })
export type Count = z.infer<typeof Count>

export const overview = defineQuery({
  id: 'statistics.overview',
  title: '总体情况',
  permission: 'statistics.read',
  clauses: ['M17-8', 'G-4', 'G-5', 'G-6'],
  input: z.object({ ...Limits, asOf: Day.optional() }),
  output: z.object({
    asOf: Day,
    /** Absent measures have no history and cannot be told for a past day. */
    counts: z.record(z.string(), Count),
    /** Standing hazards found up to the end of the stock period. */
    stock: Count,
    stockUntil: Day,
    /** Major hazards past their deadline; none = 重大事故隐患动态清零. Null for a past day. */
    majorOverdue: Count.nullable(),
    meanDaysToClose: z.number().nullable(),
    /** Closed share of what was found, 0..1. */
    closureRate: z.number().nullable(),
    reopenRate: z.number().nullable(),
  }),
  errors: [],
})

export const table = defineQuery({
  id: 'statistics.table',
  title: '统计表',
  permission: 'statistics.read',
  clauses: ['M17-8'],
  input: z.object({
    measure: MeasureName.default('standing'),
    rows: DimensionName.default('area'),
    columns: DimensionName.default('level'),
    ...Limits,
    monthFrom: Month.optional(),
    monthTo: Month.optional(),
    asOf: Day.optional(),
  }),
  output: z.object({
    asOf: Day,
    rows: z.array(z.object({ key: z.string(), label: z.string() })),
    columns: z.array(z.object({ key: z.string(), label: z.string() })),
    cells: z.array(z.object({ row: z.string(), column: z.string(), n: z.number().int() })),
    total: z.number().int(),
    /** The filter of the whole table; a cell narrows it by its row and column. */
    filter: HazardFilter,
  }),
  errors: [],
})

export const flow = defineQuery({
  id: 'statistics.flow',
  title: '增减趋势',
  permission: 'statistics.read',
  clauses: ['G-5', 'G-6'],
  input: z.object({ ...Limits, from: Month, to: Month }),
  output: z.object({
    stockUntil: Day,
    months: z.array(
      z.object({
        month: Month,
        found: Count,
        closed: Count,
        /** Standing at the end of the month. */
        standing: Count,
        /** Of these, found up to the end of the stock period: the burn-down. */
        stock: Count,
      }),
    ),
  }),
  errors: [],
})
