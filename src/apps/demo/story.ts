import type { Day } from '#kernel/time.ts'
import { addDays, compareDays, startOfDay } from '#kernel/time.ts'
import type { Random } from './random.ts'
import type { Finding } from './trades.ts'
import type { DemoUnit } from './units.ts'

export type Ending =
  | 'reported'
  | 'registered'
  | 'assigned'
  | 'rectifying'
  | 'awaitingAcceptance'
  | 'awaitingReview'
  | 'awaitingClosure'
  | 'closed'
  | 'fixedAtOnce'
  | 'voided'

/** One hazard of the demo county from its finding to where it stands today. */
export interface Story {
  readonly unit: DemoUnit
  readonly finding: Finding
  readonly level: 'major' | 'general'
  readonly channel: 'selfCheck' | 'inspection' | 'publicReport'
  readonly foundOn: Day
  /** Days from one step to the next. */
  readonly pace: number
  readonly allowed: number
  readonly ending: Ending
  readonly extended: boolean
  readonly returned: boolean
  readonly reopened: boolean
  readonly listed: boolean
  readonly photos: boolean
  readonly variation: number
}

const firstDay: Day = '2023-02-06'

/** What 2024 to 2026 looked like: a large first sweep, then fewer hazards, closed faster. */
function foundDay(random: Random, today: Day): Day {
  const years: readonly [Day, Day, number][] = [
    [firstDay, '2023-12-31', 0.2],
    ['2024-01-01', '2024-12-31', 0.37],
    ['2025-01-01', '2025-12-31', 0.25],
    ['2026-01-01', today, 0.18],
  ]
  let draw = random.next()
  for (const [from, to, share] of years) {
    if (draw < share) return addDays(from, random.int(0, Math.max(0, days(from, to))))
    draw -= share
  }
  return addDays(today, -random.int(0, 60))
}

const days = (from: Day, to: Day) => Math.round((startOfDay(to).getTime() - startOfDay(from).getTime()) / 86_400_000)

export function planStory(random: Random, unit: DemoUnit, today: Day, variation: number): Story {
  const foundOn = foundDay(random, today)
  const level = random.chance(0.32) ? 'major' : 'general'
  const finding = random.pick(level === 'major' ? unit.trade.major : unit.trade.general)
  const age = days(foundOn, today)
  // What stood before the plan began was cleared over its first two years, often late.
  const old = foundOn < '2024-01-01' && random.chance(0.6)
  const pace = old ? random.int(20, 180) : level === 'major' ? random.int(4, 16) : random.int(1, 6)
  return {
    unit,
    finding,
    level,
    channel: random.pick(['inspection', 'inspection', 'inspection', 'selfCheck', 'selfCheck', 'publicReport'] as const),
    foundOn,
    pace,
    allowed: level === 'major' ? random.pick([30, 45, 60, 90]) : random.pick([7, 10, 15]),
    ending: plausible(endingOf(random, level, age), level, age, pace),
    extended: level === 'major' && random.chance(0.12),
    returned: random.chance(0.08),
    reopened: level === 'major' && age > 400 && random.chance(0.04),
    listed: level === 'major' && age > 30 && random.chance(0.1),
    photos: level === 'major' && random.chance(0.55),
    variation,
  }
}

/** Old hazards are closed but for a few hard ones; the youngest stand wherever the work has come to. */
function endingOf(random: Random, level: 'major' | 'general', age: number): Ending {
  if (level === 'general' && random.chance(0.3)) return 'fixedAtOnce'
  if (age > 240)
    return random.chance(0.93) ? 'closed' : random.pick(['rectifying', 'rectifying', 'awaitingReview', 'voided'])
  if (age > 75) {
    return random.chance(0.7)
      ? 'closed'
      : random.pick(['rectifying', 'rectifying', 'awaitingAcceptance', 'awaitingReview', 'awaitingClosure'])
  }
  return random.pick([
    'reported',
    'registered',
    'assigned',
    'rectifying',
    'rectifying',
    'rectifying',
    'awaitingAcceptance',
    'awaitingReview',
    'awaitingClosure',
    'closed',
  ])
}

/** A hazard found last week cannot have gone through all the steps: it stands where its pace has brought it. */
function plausible(ending: Ending, level: 'major' | 'general', age: number, pace: number): Ending {
  const days: Partial<Record<Ending, number>> =
    level === 'major'
      ? {
          rectifying: 6,
          awaitingAcceptance: 8 + pace * 4,
          awaitingReview: 11 + pace * 4,
          awaitingClosure: 14 + pace * 4,
          closed: 18 + pace * 4,
        }
      : { rectifying: 3, awaitingAcceptance: 5 + pace * 4, closed: 8 + pace * 4 }
  const back: readonly Ending[] = [
    'closed',
    'awaitingClosure',
    'awaitingReview',
    'awaitingAcceptance',
    'rectifying',
    'assigned',
  ]
  if (!back.includes(ending)) return ending
  return back.slice(back.indexOf(ending)).find((state) => age >= (days[state] ?? 0)) ?? 'assigned'
}

/** The instant of a step: working hours, spread so that no two steps of a day fall together, never in the future. */
export function at(day: Day, step: number, now: Date): Date {
  const minutes = 8 * 60 + 30 + ((step * 47) % 500)
  const instant = new Date(startOfDay(day).getTime() + minutes * 60_000)
  return instant < now ? instant : new Date(now.getTime() - 60_000 * Math.max(1, 30 - step))
}

export const earlier = (a: Day, b: Day): Day => (compareDays(a, b) <= 0 ? a : b)
