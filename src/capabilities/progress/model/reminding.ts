import { dueRungs, type Rung } from '#capabilities/task/model/index.ts'
import type { Calendar } from '#kernel/calendar.ts'
import type { Day } from '#kernel/time.ts'
import type { ProgressReturn } from './record.ts'

interface ReminderEnv {
  readonly calendar: Calendar
  readonly parameters: { numbers(id: string, on: Day): readonly number[] }
}

export const returnClockParameters = ['progress.reminder.workingDaysBefore'] as const

/** Before the day, on it and after it, until the return is handed in or the period locked. */
export function returnDeadlines(one: ProgressReturn, env: ReminderEnv): Rung[] {
  if ((one.state !== 'due' && one.state !== 'returned') || one.lockedOn !== null) return []
  const before = env.parameters.numbers('progress.reminder.workingDaysBefore', one.dueOn)
  return dueRungs(one.dueOn, one.detail.raisedOn, before, env.calendar)
}

export function returnRungWords(rung: string): string {
  if (rung === 'due') return '进展报送到期'
  return rung === 'overdue' ? '进展报送逾期' : `进展报送到期前${rung.slice('before-'.length)}个工作日提醒`
}
