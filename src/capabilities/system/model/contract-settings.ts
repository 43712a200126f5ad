import { z } from 'zod'
import { defineAction, defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { Day } from '#kernel/time.ts'
import { systemErrors as e } from './errors.ts'

const reason = z.string().trim().min(4, '请写明修改的依据（至少4个字）').max(300, '依据最多300字')
const Confidence = z.enum(['high', 'medium', 'low'])

export const parameterValue = z.union([z.number(), z.boolean(), z.string().max(200), z.array(z.number()).max(20)])
export type ParameterValue = z.infer<typeof parameterValue>

/** One value of a parameter, from a day on. */
export const ParameterEntry = z.object({
  value: parameterValue,
  effectiveFrom: Day,
  source: z.string(),
  confidence: Confidence,
})
export type ParameterEntry = z.infer<typeof ParameterEntry>

export const ParameterRow = ParameterEntry.extend({
  id: z.string(),
  title: z.string(),
  unit: z.string().nullable(),
  note: z.string().nullable(),
  /** Every value with the day it holds from, oldest first; those of days to come are planned and can be withdrawn. */
  history: z.array(ParameterEntry),
})
export type ParameterRow = z.infer<typeof ParameterRow>

export const listParameters = defineQuery({
  id: 'system.parameters',
  title: '参数',
  permission: 'system.readSettings',
  input: z.object({}),
  output: z.object({ rows: z.array(ParameterRow) }),
  errors: [],
})

const change = { id: z.string().max(80), value: parameterValue, effectiveFrom: Day }

export const setParameter = defineAction({
  id: 'system.setParameter',
  title: '修改参数',
  permission: 'system.changeSettings',
  record: 'parameterChange',
  creates: true,
  input: z.object({
    ...change,
    /** What holds on that day without this change, as the person saw it. */
    instead: parameterValue,
    confidence: Confidence,
    reason,
  }),
  output: z.object({}),
  errors: [e.parameterUnknown, e.parameterKind, e.parameterPast, e.parameterMoved],
})

/** Takes back a value that does not hold yet. */
export const withdrawParameter = defineAction({
  id: 'system.withdrawParameter',
  title: '撤回参数修改',
  permission: 'system.changeSettings',
  record: 'parameterChange',
  creates: true,
  input: z.object({ id: z.string().max(80), effectiveFrom: Day, reason }),
  output: z.object({}),
  errors: [e.parameterUnknown, e.parameterHolds],
})

/** Clocks that a change would move, gathered by what they are for and from when to when they go. */
export const ClockMoves = z.object({
  records: z.number().int(),
  rungs: z.number().int(),
  /** Of the rungs: those whose new time is past, which fire at once. */
  atOnce: z.number().int(),
  rows: z.array(
    z.object({
      kind: z.string(),
      what: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      /** The day the clock counts to, where that moves too. */
      dueFrom: Day.nullable(),
      dueTo: Day.nullable(),
      rungs: z.number().int(),
    }),
  ),
  /** Rows beyond those shown. */
  more: z.number().int(),
})
export type ClockMoves = z.infer<typeof ClockMoves>

export const previewParameter = defineQuery({
  id: 'system.previewParameter',
  title: '参数修改的影响',
  permission: 'system.changeSettings',
  input: z.object(change),
  output: z.object({ moves: ClockMoves }),
  errors: [e.parameterUnknown, e.parameterKind],
})

const yearDays = {
  holidays: z.array(Day).max(80, '一年的放假日最多80天'),
  workdays: z.array(Day).max(40, '一年的调休上班日最多40天'),
  complete: z.boolean(),
}
const yearErrors = [e.dayOutsideYear, e.dayTwice, e.workdayOnWeekday, e.yearEmpty]
const Year = z.number().int().min(2000, '年份应在2000年以后').max(2100, '年份最大为2100年')

export const CalendarYear = z.object({
  id: Id,
  year: z.number().int(),
  version: z.number().int(),
  complete: z.boolean(),
  holidays: z.array(Day),
  workdays: z.array(Day),
  /** Where its days come from; null while there are none. */
  source: z.string().nullable(),
})
export type CalendarYear = z.infer<typeof CalendarYear>

export const getCalendar = defineQuery({
  id: 'system.calendar',
  title: '工作日历',
  permission: 'session',
  input: z.object({}),
  output: z.object({
    years: z.array(CalendarYear),
    /** When all clocks were last armed anew and how many moved; `current` is false while that is still to be done. */
    projected: z
      .object({ at: z.string(), records: z.number().int(), rungs: z.number().int(), current: z.boolean() })
      .nullable(),
  }),
  errors: [],
})

/** Opens a year that the calendar does not have yet. */
export const openCalendarYear = defineAction({
  id: 'system.openCalendarYear',
  title: '开立年度日历',
  permission: 'system.changeSettings',
  record: 'calendarYear',
  creates: true,
  input: z.object({ year: Year, ...yearDays, reason }),
  output: z.object({}),
  errors: [...yearErrors, e.yearTaken],
})

export const setCalendarYear = defineAction({
  id: 'system.setCalendarYear',
  title: '修改工作日历',
  permission: 'system.changeSettings',
  record: 'calendarYear',
  input: z.object({ ...yearDays, reason }),
  output: z.object({}),
  errors: yearErrors,
})

export const previewCalendarYear = defineQuery({
  id: 'system.previewCalendarYear',
  title: '修改日历的影响',
  permission: 'system.changeSettings',
  input: z.object({ year: Year, ...yearDays }),
  output: z.object({
    workingDays: z.object({ was: z.number().int(), will: z.number().int() }),
    /** Days that become free, and days that become working days. */
    free: z.array(Day),
    worked: z.array(Day),
    doubts: z.array(z.string()),
    moves: ClockMoves,
  }),
  errors: yearErrors,
})

/** Who changed a parameter or a year of the calendar, when, and on what grounds; the latest first. */
export const listSettingChanges = defineQuery({
  id: 'system.settingChanges',
  title: '设置修改记录',
  permission: 'system.readSettings',
  input: z.union([z.object({ parameter: z.string().min(1).max(80) }), z.object({ year: Id })]),
  output: z.object({ rows: z.array(z.object({ at: z.string(), actor: z.string(), summary: z.string() })) }),
  errors: [],
})
