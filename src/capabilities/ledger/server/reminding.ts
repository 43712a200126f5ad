import type { Calendar } from '#kernel/calendar.ts'
import { addDays, type Day, diffDays, startOfDay } from '#kernel/time.ts'
import type { LedgerItem } from '../model/index.ts'

/** The parameters by which the clocks of items are set: changing one of them moves clocks that run. */
export const ledgerClockParameters: readonly string[] = ['ledger.reminder.daysBefore']

interface ClockEnv {
  readonly calendar: Calendar
  readonly parameters: { numbers(id: string, on: Day): readonly number[] }
}

interface Rung {
  readonly rung: string
  readonly basis: Day
  readonly at: Date
}

/** 09:00 in Shanghai: people read reminders when they come to work. */
const morning = (day: Day) => new Date(startOfDay(day).getTime() + 9 * 3_600_000)
const daysBefore = (env: ClockEnv, on: Day) =>
  env.parameters.numbers('ledger.reminder.daysBefore', on).filter((days) => days > 0)
const isRunning = ({ stateType }: Pick<LedgerItem, 'stateType'>) => stateType === 'open' || stateType === 'waiting'

/** The clocks of an item that is not done: some days before, on the day, and on the first working day after it. */
export function itemDeadlines(item: Pick<LedgerItem, 'stateType' | 'dueOn'>, env: ClockEnv): Rung[] {
  const { dueOn: basis } = item
  if (basis === null || !isRunning(item)) return []
  return [
    ...daysBefore(env, basis).map((days) => ({ rung: `before-${days}`, basis, at: morning(addDays(basis, -days)) })),
    { rung: 'due', basis, at: morning(basis) },
    { rung: 'overdue', basis, at: morning(env.calendar.addWorkingDays(basis, 1)) },
  ]
}

/** What a rung is for, where clocks themselves are spoken of. */
export function ledgerRungWords(rung: string): string {
  if (rung === 'due') return '台账事项到期'
  return rung === 'overdue' ? '台账事项逾期' : `台账事项到期前${rung.slice('before-'.length)}天提醒`
}

export interface ItemReminder {
  readonly kind: 'ledgerSoon' | 'ledgerDue' | 'ledgerOverdue'
  readonly words: string
}

/** What a rung has to say on the day it fires; undefined when it is not true any more. */
export function itemReminder(
  item: Pick<LedgerItem, 'stateType' | 'dueOn'>,
  rung: string,
  basis: Day,
  today: Day,
): ItemReminder | undefined {
  if (item.dueOn !== basis || !isRunning(item)) return undefined
  if (rung === 'overdue') return { kind: 'ledgerOverdue', words: `已超过期限（${basis}）` }
  if (rung === 'due') return today === basis ? { kind: 'ledgerDue', words: `今天到期` } : undefined
  const left = diffDays(today, basis)
  return left > 0 ? { kind: 'ledgerSoon', words: `还有 ${left} 天到期（${basis}）` } : undefined
}
