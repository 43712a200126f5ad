import { addDays, addMonths, type Day, partsOfDay } from '#kernel/time.ts'
import { type PeriodLength, periodLengths } from './terms.ts'

/** One period of returns: its days, when it opens for handing in and when it is due. */
export interface Period {
  readonly name: string
  readonly from: Day
  readonly to: Day
  readonly opensOn: Day
  readonly dueOn: Day
}

interface Environment {
  readonly calendar: { addWorkingDays(day: Day, n: number): Day }
  readonly parameters: { text(id: string, on: Day): string; number(id: string, on: Day): number }
}

const months: Readonly<Record<PeriodLength, number>> = { month: 1, quarter: 3, halfYear: 6 }
const isLength = (text: string): text is PeriodLength => text in periodLengths

/** What a parameter says that is none of the known lengths is said at once, not read as something else. */
function lengthOn(on: Day, { parameters }: Environment): PeriodLength {
  const length = parameters.text('progress.period', on)
  if (isLength(length)) return length
  throw new Error(
    `parameter progress.period is ${length}; it should be one of ${Object.keys(periodLengths).join(', ')}`,
  )
}

export function periodName(from: Day, length: PeriodLength): string {
  const { year, month } = partsOfDay(from)
  if (length === 'month') return `${year}年${month}月`
  if (length === 'quarter') return `${year}年第${['一', '二', '三', '四'][Math.floor((month - 1) / 3)]}季度`
  return `${year}年${month <= 6 ? '上' : '下'}半年`
}

/**
 * The calendar period a day lies in, by the length that holds on its first day: a change of the parameter takes effect
 * with the next period and never cuts one that has begun.
 */
export function periodOf(day: Day, env: Environment): Period {
  for (const length of ['halfYear', 'quarter', 'month'] as const) {
    const { year, month } = partsOfDay(day)
    const first = Math.floor((month - 1) / months[length]) * months[length] + 1
    const from = `${year}-${String(first).padStart(2, '0')}-01`
    if (lengthOn(from, env) !== length) continue
    const to = addDays(addMonths(from, months[length]), -1)
    return {
      name: periodName(from, length),
      from,
      to,
      opensOn: addDays(to, -env.parameters.number('progress.opens.daysBefore', to)),
      dueOn: env.calendar.addWorkingDays(to, env.parameters.number('progress.due.workingDays', to)),
    }
  }
  return monthFrom(day, env)
}

/** A longer length that begins in the middle of its own period first runs by months until it can begin. */
function monthFrom(day: Day, env: Environment): Period {
  const from = `${day.slice(0, 7)}-01`
  const to = addDays(addMonths(from, 1), -1)
  return {
    name: periodName(from, 'month'),
    from,
    to,
    opensOn: addDays(to, -env.parameters.number('progress.opens.daysBefore', to)),
    dueOn: env.calendar.addWorkingDays(to, env.parameters.number('progress.due.workingDays', to)),
  }
}

/** All periods from the one a day lies in to the one another day lies in. */
export function periodsBetween(from: Day, until: Day, env: Environment): Period[] {
  const periods: Period[] = []
  for (let day = from; day <= until; ) {
    const period = periodOf(day, env)
    periods.push(period)
    day = addDays(period.to, 1)
  }
  return periods
}
