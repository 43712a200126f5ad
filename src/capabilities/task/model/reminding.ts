import type { Calendar } from '#kernel/calendar.ts'
import { type Day, startOfDay } from '#kernel/time.ts'
import type { Task } from './record.ts'
import { owedStates, type TaskState } from './terms.ts'

/** The working calendar and the county's numbers of days, as they stand when a clock is armed or fires. */
export interface ReminderEnv {
  readonly calendar: Calendar
  readonly parameters: { numbers(id: string, on: Day): readonly number[] }
}

export interface Rung {
  readonly rung: string
  readonly basis: Day
  readonly at: Date
}

export const taskClockParameters = ['task.reminder.workingDaysBefore'] as const

/** 09:00 in Shanghai: people read reminders when they come to work. */
const morning = (day: Day) => new Date(startOfDay(day).getTime() + 9 * 3_600_000)

/**
 * The clocks of something due on a day: before it, on it, and on the first working day after it. What came into being
 * on or after a rung's day is not reminded of it: nobody is told in 2026 what was due in 2024.
 */
export function dueRungs(dueOn: Day, raisedOn: Day, before: readonly number[], calendar: Calendar): Rung[] {
  const rungs = [
    ...before
      .filter((days) => days > 0)
      .map((days) => [`before-${days}`, calendar.addWorkingDays(dueOn, -days)] as const),
    ['due', dueOn] as const,
    ['overdue', calendar.addWorkingDays(dueOn, 1)] as const,
  ]
  return rungs.filter(([, day]) => day > raisedOn).map(([rung, day]) => ({ rung, basis: dueOn, at: morning(day) }))
}

export function taskDeadlines(task: Task, env: ReminderEnv): Rung[] {
  if (!(owedStates as readonly TaskState[]).includes(task.state)) return []
  const before = env.parameters.numbers('task.reminder.workingDaysBefore', task.dueOn)
  return dueRungs(task.dueOn, task.detail.raisedOn, before, env.calendar)
}

export function taskRungWords(rung: string): string {
  if (rung === 'due') return '任务、备案到期'
  return rung === 'overdue' ? '任务、备案逾期' : `任务、备案到期前${rung.slice('before-'.length)}个工作日提醒`
}

interface Reminder {
  readonly rung: string
  readonly kind: 'remind' | 'due' | 'overdue'
  readonly title: string
}

/**
 * What rungs that fire together have to say: after downtime several come due at once and would say the same day twice, so
 * the last one that is still true speaks for all. Undefined when none is true any more.
 */
export function lastWord(
  what: string,
  dueOn: Day,
  rungs: readonly { readonly rung: string; readonly basis: Day }[],
  today: Day,
  calendar: Calendar,
): Reminder | undefined {
  return rungs
    .filter(({ basis }) => basis === dueOn)
    .flatMap(({ rung }): Reminder[] => {
      if (rung === 'overdue') return [{ rung, kind: 'overdue', title: `${what}已超过期限` }]
      if (rung === 'due') return today === dueOn ? [{ rung, kind: 'due', title: `${what}今天到期` }] : []
      if (today >= dueOn) return []
      const left = calendar.workingDaysBetween(today, dueOn)
      return [{ rung, kind: 'remind', title: `${what}还有${left}个工作日到期` }]
    })
    .at(-1)
}
