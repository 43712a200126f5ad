import type { Calendar } from '#kernel/calendar.ts'
import { addDays, type Day, endOfDay, startOfDay } from '#kernel/time.ts'
import type { Hazard } from './record.ts'
import { standingStop } from './rules.ts'
import { type HazardState, isStanding } from './terms.ts'

/** The working calendar and the county's numbers of days, as they stand when a clock is armed or fires. */
export interface ReminderEnv {
  readonly calendar: Calendar
  readonly parameters: { number(id: string, on: Day): number; numbers(id: string, on: Day): readonly number[] }
}

export interface ClockWords {
  readonly kind: string
  readonly title: string
  /** Who must act: the unit and the body it was given to, or the office where the matter lies. */
  readonly to: 'work' | 'office'
}

const words: Record<string, ClockWords> = {
  due: { kind: 'due', title: '隐患整改今天到期', to: 'work' },
  stale: { kind: 'stale', title: '重大隐患长时间没有更新整改进展', to: 'work' },
  verify: { kind: 'review', title: '上报的隐患已到核实期限', to: 'office' },
  assign: { kind: 'review', title: '登记的隐患已到交办期限', to: 'office' },
  review: { kind: 'review', title: '隐患验收复查已到办理期限', to: 'office' },
  approve: { kind: 'review', title: '隐患销号审批已到办理期限', to: 'office' },
  reinspect: { kind: 'review', title: '抽中的隐患已到复核期限', to: 'office' },
  resume: { kind: 'review', title: '恢复生产申请已到现场审查期限', to: 'office' },
}

/** The parameters by which the clocks below are set: changing one of them moves clocks that run. */
export const hazardClockParameters = [
  'hazard.reminder.workingDaysBefore',
  'hazard.review.workingDays',
  'hazard.progress.staleDays',
] as const

/** What a rung is for, where clocks themselves are spoken of. */
export function hazardRungWords(rung: string): string {
  if (rung === 'overdue') return '超过整改时限'
  return rung.startsWith('before-') ? `到期前${rung.slice(7)}个工作日提醒` : (words[rung]?.title ?? rung)
}

/** The day since which the present deadline has been known: a reminder meant for an earlier day comes too late. */
function deadlineKnownSince(hazard: Hazard): Day {
  const { assignment, extensions, closures } = hazard.detail
  const days = [
    hazard.registeredOn,
    assignment?.on,
    ...extensions.map((extension) => extension.decidedOn),
    closures.at(-1)?.reopenedOn,
    hazard.detail.ledger ? hazard.progressOn : null,
  ]
  return days.reduce<Day>((last, day) => (day && day > last ? day : last), '')
}

/**
 * What a rung has to say on the day it fires, or undefined when that day is past: after downtime, or when a hazard came
 * in late, nobody is told "seven days left" about a deadline that is tomorrow.
 */
export function clockWords(
  hazard: Hazard,
  rung: string,
  basis: Day,
  today: Day,
  env: ReminderEnv,
): ClockWords | undefined {
  const before = rung.startsWith('before-') ? Number(rung.slice('before-'.length)) : null
  if (before === null) return rung === 'due' && basis !== today ? undefined : words[rung]
  const meant = env.calendar.addWorkingDays(basis, -before)
  if (today >= basis || meant < deadlineKnownSince(hazard)) return undefined
  const laterRungs = env.parameters.numbers('hazard.reminder.workingDaysBefore', basis)
  if (laterRungs.some((days) => days > 0 && days < before && env.calendar.addWorkingDays(basis, -days) <= today)) {
    return undefined
  }
  const left = env.calendar.workingDaysBetween(today, basis)
  const title = left > 0 ? `隐患整改还有${left}个工作日到期` : `隐患整改 ${basis} 到期，到期前没有别的工作日`
  return { kind: 'remind', title, to: 'work' }
}

/** One rung of a clock: it fires once at the instant, for the deadline it belongs to. */
export interface Rung {
  readonly rung: string
  readonly basis: Day
  readonly at: Date
}

/** 09:00 in Shanghai: people read reminders when they come to work. */
const morning = 9 * 3_600_000

const at = (on: Day, hours: number) => new Date(startOfDay(on).getTime() + hours)

/** Reminders while the work is being done, and the passing of the deadline until the hazard is closed. */
function workDeadlines(hazard: Hazard, dueOn: Day, env: ReminderEnv): Rung[] {
  const armed: Rung[] = []
  const working = hazard.state === 'assigned' || hazard.state === 'rectifying'
  if (working) {
    for (const days of env.parameters.numbers('hazard.reminder.workingDaysBefore', dueOn)) {
      if (days <= 0) continue
      armed.push({ rung: `before-${days}`, basis: dueOn, at: at(env.calendar.addWorkingDays(dueOn, -days), morning) })
    }
    armed.push({ rung: 'due', basis: dueOn, at: at(dueOn, morning) })
  }
  // 未销号即逾期: applying for acceptance the day before does not stop this clock.
  if (isStanding(hazard.state) && !hazard.overdue) {
    armed.push({ rung: 'overdue', basis: dueOn, at: new Date(endOfDay(dueOn).getTime() + 1) })
  }
  return armed
}

/** What offices owe: each waiting state must be dealt with within the county's number of working days. */
function officeDeadline(hazard: Hazard, env: ReminderEnv): Rung | undefined {
  const rung = officeRungs[hazard.state] ?? (hazard.reinspection === 'drawn' ? 'reinspect' : undefined)
  const since = hazard.state === 'closed' ? hazard.closedOn : hazard.progressOn
  if (!rung || !since) return undefined
  const until = env.calendar.addWorkingDays(since, env.parameters.number('hazard.review.workingDays', since))
  return { rung, basis: until, at: at(until, morning) }
}

const officeRungs: Partial<Record<HazardState, string>> = {
  reported: 'verify',
  registered: 'assign',
  awaitingAcceptance: 'review',
  awaitingReview: 'review',
  awaitingClosure: 'approve',
}

/** The clocks of a hazard: of the work, of stale progress, of what offices owe, and of a stop waiting to be lifted. */
export function hazardDeadlines(hazard: Hazard, env: ReminderEnv): Rung[] {
  const armed = hazard.dueOn ? workDeadlines(hazard, hazard.dueOn, env) : []
  if (hazard.state === 'rectifying' && hazard.level === 'major') {
    const stale = addDays(hazard.progressOn, env.parameters.number('hazard.progress.staleDays', hazard.progressOn))
    armed.push({ rung: 'stale', basis: stale, at: at(stale, morning) })
  }
  const office = officeDeadline(hazard, env)
  if (office) armed.push(office)
  const asked = standingStop(hazard.detail)?.resumeAskedOn
  if (asked && isStanding(hazard.state)) {
    const until = env.calendar.addWorkingDays(asked, env.parameters.number('hazard.review.workingDays', asked))
    armed.push({ rung: 'resume', basis: until, at: at(until, morning) })
  }
  return armed
}
