import { refuse } from '#kernel/errors.ts'
import type { Day } from '#kernel/time.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import { occurred, occurrenceType } from '#platform/actions/occurrence.ts'
import type { RecordType, RegisteredAction } from '#platform/actions/types.ts'
import {
  openCalendarYear,
  type ParameterValue,
  parameterMisfit,
  parameterValue,
  setCalendarYear,
  setParameter,
  systemErrors,
  withdrawParameter,
  type YearDays,
  yearRefusal,
} from '../model/index.ts'
import {
  type CalendarYearRecord,
  deleteParameter,
  listValues,
  listYears,
  loadCalendarYear,
  saveCalendarYear,
  saveParameter,
} from './store.ts'

const parameterChange = occurrenceType('parameterChange', '参数修改')

const calendarYearType: RecordType<CalendarYearRecord> = {
  type: 'calendarYear',
  title: '工作日历',
  readPermission: 'session',
  load: loadCalendarYear,
  save: saveCalendarYear,
  facets: (year) => ({ area: year.county, sectors: null, unitId: null, bodyIds: [] }),
  label: (year) => `${year.year}年工作日历`,
}

export const sameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const sameKind = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) || Array.isArray(b) ? Array.isArray(a) && Array.isArray(b) : typeof a === typeof b

/** Refuses a value of another kind than the parameter's, or beyond its range. */
export function checkValue(id: string, before: unknown, value: ParameterValue): void {
  const misfit = sameKind(before, value) ? parameterMisfit(id, value) : systemErrors.parameterKind.message
  if (misfit) refuse(systemErrors.parameterKind, { detail: misfit, fields: [{ path: 'value', message: misfit }] })
}

export function checkYear(year: number, days: YearDays): void {
  const refusal = yearRefusal(year, days)
  if (refusal) refuse(refusal.def, { detail: refusal.field.message, fields: [refusal.field] })
}

const yearSummary = (verb: string, year: number, { holidays, workdays, complete }: YearDays, reason: string) =>
  `${verb}${year}年工作日历：放假${holidays.length}天，调休上班${workdays.length}天，${complete ? '已录全' : '未录全'}（${reason}）`

const wordsOf = (value: ParameterValue) => (Array.isArray(value) ? value.join('、') : String(value))

/** Of the values of a parameter, the one that holds on a day; before the first day the earliest does. */
function holding<R extends { effective_from: Day }>(rows: readonly R[], on: Day): R | undefined {
  return rows.filter((row) => row.effective_from <= on).at(-1) ?? rows[0]
}

const setting = onCreate(setParameter, parameterChange, async (context, input) => {
  const { tx, county, today } = context
  const rows = await listValues(tx, county, input.id, true)
  const before = holding(rows, input.effectiveFrom) ?? refuse(systemErrors.parameterUnknown)
  const was = parameterValue.parse(before.value)
  checkValue(input.id, was, input.value)
  if (input.effectiveFrom < today) {
    const { message } = systemErrors.parameterPast
    refuse(systemErrors.parameterPast, { fields: [{ path: 'effectiveFrom', message }] })
  }
  if (!sameValue(was, input.instead)) {
    refuse(systemErrors.parameterMoved, {
      detail: `这个参数在${input.effectiveFrom}的值已改为${wordsOf(was)}（${before.source}），请刷新后核对再提交`,
    })
  }
  await saveParameter(tx, {
    ...before,
    value: JSON.stringify(input.value),
    effective_from: input.effectiveFrom,
    source: `${context.actor.name}：${input.reason}`,
    confidence: input.confidence,
  })
  return {
    record: occurred(context),
    output: {},
    summary: `参数“${before.title}”自${input.effectiveFrom}起由${wordsOf(was)}改为${wordsOf(input.value)}（${input.reason}）`,
  }
})

const withdrawing = onCreate(withdrawParameter, parameterChange, async (context, input) => {
  const { tx, county, today } = context
  const rows = await listValues(tx, county, input.id, true)
  const planned = rows.find((row) => row.effective_from === input.effectiveFrom)
  if (!planned) return refuse(systemErrors.parameterUnknown, { detail: '没有从这一天起的值，可能已经撤回，请刷新' })
  if (planned.effective_from <= today || rows.length === 1) refuse(systemErrors.parameterHolds)
  await deleteParameter(tx, county, input.id, input.effectiveFrom)
  const value = wordsOf(parameterValue.parse(planned.value))
  return {
    record: occurred(context),
    output: {},
    summary: `撤回参数“${planned.title}”自${input.effectiveFrom}起改为${value}的修改（${input.reason}）`,
  }
})

const opening = onCreate(openCalendarYear, calendarYearType, async (context, input) => {
  const { year, reason, ...days } = input
  const known = await listYears(context.tx, context.county)
  if (known.some((row) => row.year === year)) {
    const { message } = systemErrors.yearTaken
    refuse(systemErrors.yearTaken, { fields: [{ path: 'year', message }] })
  }
  checkYear(year, days)
  return {
    record: { county: context.county, id: context.recordId, version: 0, year, ...days, source: reason },
    output: {},
    summary: yearSummary('开立', year, days, reason),
  }
})

const changing = onRecord(setCalendarYear, calendarYearType, (_context, year, { reason, ...days }) => {
  checkYear(year.year, days)
  return {
    record: { ...year, ...days, source: reason },
    output: {},
    summary: yearSummary('修改', year.year, days, reason),
  }
})

/** What the county sets for itself: parameters with the days they hold from, and the years of the working calendar. */
export const settingActions: readonly RegisteredAction[] = [setting, withdrawing, opening, changing]
