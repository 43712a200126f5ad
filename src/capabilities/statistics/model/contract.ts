import { z } from 'zod'
import { HazardFilter } from '#capabilities/hazard/model/index.ts'
import { defineQuery } from '#kernel/contract.ts'
import { named } from '#kernel/list/filter.ts'
import { Day, Month } from '#kernel/time.ts'
import { type Dimension, dimensionIds, type MeasureId, measureIds } from './measures.ts'

const MeasureName = z.enum(measureIds as [MeasureId, ...MeasureId[]])
const DimensionName = z.enum(dimensionIds as [Dimension, ...Dimension[]])

/** Limits that hold for every number of an answer. */
const Limits = {
  area: named(
    z
      .string()
      .regex(/^\d{6}(\d{3})?$/, '请选择乡镇（开发区）')
      .optional(),
    '乡镇（开发区）',
    'area',
  ),
  sector: HazardFilter.shape.sector,
  level: HazardFilter.shape.level,
  channel: HazardFilter.shape.channel,
}

/** A number with the filter of the list that holds exactly these records. */
export const Count = z.object({ n: z.number().int(), filter: HazardFilter })
export type Count = z.infer<typeof Count>

/** A rate or a mean with the records it is told of: those of the numerator, or those the mean is over. */
export const Rate = z.object({ value: z.number().nullable(), count: Count })
export type Rate = z.infer<typeof Rate>

export const overview = defineQuery({
  id: 'statistics.overview',
  title: '总体情况',
  permission: 'statistics.read',
  clauses: ['M17-8', 'G-4', 'G-5', 'G-6'],
  input: z.object({ ...Limits, asOf: Day.optional() }),
  output: z.object({
    asOf: Day,
    /** Absent measures cannot be told under these limits. */
    counts: z.record(z.string(), Count),
    /** Closed share, reopened share and mean days, by measure. */
    rates: z.record(z.string(), Rate),
    /** Standing hazards found up to the end of the stock period. */
    stock: Count,
    stockUntil: Day,
    /** Major hazards past their deadline; none = 重大事故隐患动态清零. Null when only general hazards are asked for. */
    majorOverdue: Count.nullable(),
  }),
  errors: [],
})

/** What a table is narrowed to. */
export const TableLimits = z.object({
  ...Limits,
  monthFrom: named(Month.optional(), '自'),
  monthTo: named(Month.optional(), '至'),
  asOf: named(Day.optional(), '截至'),
})

const TableInput = TableLimits.extend({
  measure: MeasureName.default('standing'),
  rows: DimensionName.default('area'),
  columns: DimensionName.default('level'),
})
export type TableQuestion = z.output<typeof TableInput>

export const table = defineQuery({
  id: 'statistics.table',
  title: '统计表',
  permission: 'statistics.read',
  clauses: ['M17-8'],
  input: TableInput,
  output: z.object({
    asOf: Day,
    rows: z.array(z.object({ key: z.string(), label: z.string() })),
    columns: z.array(z.object({ key: z.string(), label: z.string() })),
    /** `n` records stand behind the cell; for a rate or a mean the number shown is `top / bottom`. */
    cells: z.array(
      z.object({
        row: z.string(),
        column: z.string(),
        n: z.number().int(),
        top: z.number().int(),
        bottom: z.number().int(),
      }),
    ),
    total: z.number().int(),
    /** The filter of the whole table; a cell narrows it by its row and column. */
    filter: HazardFilter,
  }),
  errors: [],
})
export type TableAnswer = z.output<typeof table.output>

/** The same table as a file, written into the export audit like any list. */
export const exportTable = defineQuery({
  id: 'statistics.exportTable',
  title: '导出统计表',
  permission: 'statistics.read',
  input: TableInput.extend({ format: z.enum(['xlsx', 'csv']).default('xlsx') }),
  output: z.unknown(),
  errors: [],
})

export const flow = defineQuery({
  id: 'statistics.flow',
  title: '增减趋势',
  permission: 'statistics.read',
  clauses: ['G-5', 'G-6'],
  input: z.object({ ...Limits, from: Month, to: Month, asOf: Day.optional() }),
  output: z.object({
    stockUntil: Day,
    /**
     * Every month adds up: opening + entered + reopened + restored + adjustedIn - adjustedOut - closed - removed =
     * standing. Each hazard counts once a month, by where it stood at its beginning and at its end.
     */
    months: z.array(
      z.object({
        month: Month,
        /** The last day counted: the end of the month, or the day asked for within it. */
        until: Day,
        opening: Count,
        entered: Count,
        reopened: Count,
        restored: Count,
        adjustedIn: Count,
        adjustedOut: Count,
        closed: Count,
        removed: Count,
        standing: Count,
        /** Of these, found up to the end of the stock period: the burn-down. */
        stock: Count,
      }),
    ),
  }),
  errors: [],
})
