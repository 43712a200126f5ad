import type { ReminderEnv, Rung } from '#capabilities/hazard/model/index.ts'
import { type Day, startOfDay } from '#kernel/time.ts'
import type { Listing } from './record.ts'
import { type ListingStep, listingSteps } from './terms.ts'

/** Something the listing body owes, since when and until when. */
export interface RunningStep {
  readonly step: ListingStep
  readonly since: Day
  readonly dueOn: Day
}

type StepFacts = Pick<Listing, 'state' | 'orderedOn' | 'publicisedOn' | 'askedOn' | 'hazardClosedOn'>

/**
 * What the listing body owes now. 公示 runs from the order until the public has been told; 摘牌销案 from the application or
 * from the closing of the hazard, whichever came first, and stands still when the hazard is opened again.
 */
export function runningSteps(listing: StepFacts, env: ReminderEnv): RunningStep[] {
  if (listing.state !== 'ordered') return []
  const { parameters, calendar } = env
  const steps: RunningStep[] = []
  if (listing.orderedOn !== null && listing.publicisedOn === null) {
    const since = listing.orderedOn
    const days = parameters.number('listing.publicise.workingDays', since)
    steps.push({ step: 'publicise', since, dueOn: calendar.addWorkingDays(since, days) })
  }
  const since = [listing.askedOn, listing.hazardClosedOn].filter((day): day is Day => day !== null).sort()[0]
  if (since !== undefined) {
    const days = parameters.number('listing.delistReview.workingDays', since)
    steps.push({ step: 'delist', since, dueOn: calendar.addWorkingDays(since, days) })
  }
  return steps
}

/** Working days from today to the day it is due; after that day, how many have passed since, as a negative number. */
export function workingDaysLeft(dueOn: Day, today: Day, calendar: ReminderEnv['calendar']): number {
  return today <= dueOn ? calendar.workingDaysBetween(today, dueOn) : 0 - calendar.workingDaysBetween(dueOn, today)
}

/** The parameters by which the clocks below are set: changing one of them moves clocks that run. */
export const listingClockParameters = [
  'listing.publicise.workingDays',
  'listing.delistReview.workingDays',
  'listing.reminder.workingDaysBefore',
] as const

/** What a rung is for, where clocks themselves are spoken of. */
export function listingRungWords(rung: string): string {
  const step = (Object.keys(listingSteps) as ListingStep[]).find((one) => rung.startsWith(`${one}-`))
  if (!step) return rung
  const at = rung.slice(step.length + 1)
  const what = `挂牌督办${listingSteps[step]}`
  if (at === 'due') return `${what}到期`
  return at === 'overdue' ? `${what}逾期` : `${what}到期前${at.slice('before-'.length)}个工作日提醒`
}

const daysBefore = (env: ReminderEnv, on: Day) =>
  env.parameters.numbers('listing.reminder.workingDaysBefore', on).filter((days) => days > 0)

/** 09:00 in Shanghai: people read reminders when they come to work. */
const morning = (day: Day) => new Date(startOfDay(day).getTime() + 9 * 3_600_000)

/** The clocks of a listing: before each step is due, on the day, and on the first working day after it. */
export function listingDeadlines(listing: StepFacts, env: ReminderEnv): Rung[] {
  return runningSteps(listing, env).flatMap(({ step, dueOn: basis }) => [
    ...daysBefore(env, basis).map((days) => ({
      rung: `${step}-before-${days}`,
      basis,
      at: morning(env.calendar.addWorkingDays(basis, -days)),
    })),
    { rung: `${step}-due`, basis, at: morning(basis) },
    { rung: `${step}-overdue`, basis, at: morning(env.calendar.addWorkingDays(basis, 1)) },
  ])
}

export interface StepReminder {
  readonly step: ListingStep
  readonly kind: 'remind' | 'due' | 'overdue'
  readonly title: string
}

/**
 * What a rung has to say on the day it fires. Undefined when it is not true any more: the step is done or due on another
 * day, or, after downtime and for short periods, its day was over before anybody could be told.
 */
export function stepReminder(
  listing: StepFacts,
  rung: string,
  basis: Day,
  today: Day,
  env: ReminderEnv,
): StepReminder | undefined {
  const running = runningSteps(listing, env).find((one) => rung.startsWith(`${one.step}-`) && one.dueOn === basis)
  if (!running) return undefined
  const { step, since } = running
  const what = `挂牌督办${listingSteps[step]}`
  const at = rung.slice(step.length + 1)
  if (at === 'overdue') return { step, kind: 'overdue', title: `${what}已超过期限` }
  if (at === 'due') return today === basis ? { step, kind: 'due', title: `${what}今天到期` } : undefined
  const days = Number(at.slice('before-'.length))
  const closer = daysBefore(env, basis).filter((other) => other < days)
  const past = today >= basis || closer.some((other) => env.calendar.addWorkingDays(basis, -other) <= today)
  if (past || env.calendar.addWorkingDays(basis, -days) <= since) return undefined
  const left = env.calendar.workingDaysBetween(today, basis)
  return { step, kind: 'remind', title: `${what}还有${left}个工作日到期` }
}
