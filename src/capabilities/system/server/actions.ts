import { coreErrors, refuse } from '#kernel/errors.ts'
import { weekday, yearOf } from '#kernel/time.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import { type Occurrence, occurrenceType } from '#platform/actions/occurrence.ts'
import type { EffectContext, RecordType, RegisteredAction } from '#platform/actions/types.ts'
import { requeueDeliveries as requeue } from '#platform/notify/delivery.ts'
import {
  markRead,
  parameterMisfit,
  requeueDeliveries,
  setCalendarYear,
  setParameter,
  systemErrors,
} from '../model/index.ts'
import {
  type CalendarYearRecord,
  findParameter,
  loadCalendarYear,
  saveCalendarYear,
  saveParameter,
  saveReceipts,
} from './store.ts'

const reading = occurrenceType('inboxReading', '消息阅读')
const parameterChange = occurrenceType('parameterChange', '参数修改')
const deliveryRetry = occurrenceType('deliveryRetry', '通知重发')

const occurred = (context: EffectContext): Occurrence => ({
  county: context.county,
  id: context.recordId,
  version: 0,
  area: context.county,
  ownerId: context.actor.accountId,
})

interface YearInHand extends CalendarYearRecord {
  /** Why it changes; kept as the source of its days. */
  readonly source?: string
}

export const calendarYearType: RecordType<YearInHand> = {
  type: 'calendarYear',
  title: '工作日历',
  readPermission: 'session',
  load: loadCalendarYear,
  save: (tx, after) => saveCalendarYear(tx, after, after.source ?? ''),
  facets: (year) => ({ area: year.county, sectors: null, unitId: null, bodyIds: [] }),
  label: (year) => `${year.year}年工作日历`,
}

const sameKind = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) || Array.isArray(b) ? Array.isArray(a) && Array.isArray(b) : typeof a === typeof b

function checkDays(year: number, holidays: readonly string[], workdays: readonly string[]): void {
  const seen = new Set<string>()
  for (const [path, days] of [
    ['holidays', holidays],
    ['workdays', workdays],
  ] as const) {
    for (const day of days) {
      if (yearOf(day) !== year) {
        refuse(systemErrors.dayOutsideYear, { fields: [{ path, message: `${day} 不在 ${year} 年` }] })
      }
      if (seen.has(day)) refuse(systemErrors.dayTwice, { fields: [{ path, message: `${day} 重复` }] })
      seen.add(day)
    }
  }
  const wrong = workdays.find((day) => weekday(day) >= 1 && weekday(day) <= 5)
  if (wrong) {
    refuse(systemErrors.workdayOnWeekday, { fields: [{ path: 'workdays', message: `${wrong} 本来就是工作日` }] })
  }
}

export const systemActions: readonly RegisteredAction[] = [
  onCreate(markRead, reading, async (context, input) => {
    const read = await saveReceipts(context.tx, context.actor, input.noticeIds, context.now)
    return { record: occurred(context), output: { read }, summary: `阅读消息${read}条` }
  }),
  onCreate(setParameter, parameterChange, async (context, input) => {
    const current = await findParameter(context.tx, context.county, input.id)
    if (!current) return refuse(systemErrors.parameterUnknown)
    if (!sameKind(current.value, input.value)) {
      refuse(systemErrors.parameterKind, { fields: [{ path: 'value', message: systemErrors.parameterKind.message }] })
    }
    const unfit = parameterMisfit(input.id, input.value)
    if (unfit) refuse(systemErrors.parameterKind, { detail: unfit, fields: [{ path: 'value', message: unfit }] })
    if (input.effectiveFrom < context.today) {
      refuse(systemErrors.parameterPast, {
        fields: [{ path: 'effectiveFrom', message: systemErrors.parameterPast.message }],
      })
    }
    await saveParameter(context.tx, {
      ...current,
      value: JSON.stringify(input.value),
      effective_from: input.effectiveFrom,
      source: `${context.actor.name}：${input.reason}`,
    })
    const words = JSON.stringify(input.value)
    return {
      record: occurred(context),
      output: {},
      summary: `参数“${current.title}”自${input.effectiveFrom}起改为${words}：${input.reason}`,
    }
  }),
  onRecord(setCalendarYear, calendarYearType, (_context, year, input) => {
    checkDays(year.year, input.holidays, input.workdays)
    const { holidays, workdays, complete } = input
    return {
      record: { ...year, holidays, workdays, complete, source: input.reason },
      output: {},
      summary: `修改${year.year}年工作日历：放假${holidays.length}天，调休上班${workdays.length}天（${input.reason}）`,
    }
  }),
  onCreate(requeueDeliveries, deliveryRetry, async (context, input) => {
    const queued = await requeue(context.tx, context.county, input.ids, context.now)
    if (queued === 0) refuse(coreErrors.notFound)
    return { record: occurred(context), output: { queued }, summary: `重新发送外部通知${queued}条` }
  }),
]
