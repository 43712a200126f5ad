import type { Day } from '#kernel/time.ts'
import { addDays, compareDays } from '#kernel/time.ts'
import { daysBetween as days } from './days.ts'
import { createRandom, type Random } from './random.ts'
import type { Finding } from './trades/index.ts'
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
  | 'rejected'
  | 'transferred'

/** One hazard of the demo county from its finding to where it stands today. */
export interface Story {
  readonly unit: DemoUnit
  readonly finding: Finding
  readonly sector: string
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
  readonly listed: 'none' | 'county' | 'city'
  /** How far the listing of its own has come; the yearly batch lists by itself. */
  readonly listing: 'proposed' | 'approved' | 'ordered' | 'publicised'
  /** The year whose batch lists it, if any. */
  readonly yearly: number | null
  /** Production is stopped while the hazard is put right. */
  readonly stopped: boolean
  /** Somebody else finds it too: as a report filed under it, or as a hazard of its own that is merged. */
  readonly echo: 'none' | 'report' | 'merge'
  /** What a re-inspection finds, should the closing be drawn for one. */
  readonly holds: boolean
  readonly photos: boolean
  readonly variation: number
}

const firstDay: Day = '2023-02-06'

/** What 2024 to 2026 looked like: a large first sweep, then fewer hazards, closed faster. */
function foundDay(random: Random, today: Day): Day {
  const years: readonly [Day, Day, number][] = [
    [firstDay, '2023-12-31', 0.2],
    ['2024-01-01', '2024-12-31', 0.36],
    ['2025-01-01', '2025-12-31', 0.25],
    ['2026-01-01', today, 0.13],
  ]
  let draw = random.next()
  for (const [from, to, share] of years) {
    if (draw < share) return addDays(from, random.int(0, Math.max(0, days(from, to))))
    draw -= share
  }
  return addDays(today, -random.int(0, 60))
}

/** All hazards of the county by the day they were found; the same for the same units and day. */
export function planStories(seed: number, units: readonly DemoUnit[], today: Day, count: number): Story[] {
  const stories = Array.from({ length: count }, (_, variation) => {
    const random = createRandom(seed + 1 + variation)
    const foundOn = foundDay(random, today)
    const known = units.filter((unit) => compareDays(addDays(unit.since, 10), foundOn) <= 0)
    return planStory(random, random.pick(known), foundOn, today, variation)
  })
  return withListings(
    stories.sort((a, b) => compareDays(a.foundOn, b.foundOn) || a.variation - b.variation),
    today,
  )
}

/** Found in these days, a fire hazard may stand on the list of the year; the list of the last year waits to be ordered. */
const yearlyWindows: readonly (readonly [year: number, from: Day, to: Day, ending: Ending])[] = [
  [2024, '2024-04-01', '2024-10-31', 'closed'],
  [2025, '2024-11-01', '2025-05-10', 'closed'],
  [2026, '2025-07-01', '2026-08-20', 'rectifying'],
]
const perYear = 4

/** Puts some stories on the list of their year, and lets the youngest listings stand at every step before the public. */
function withListings(stories: readonly Story[], today: Day): Story[] {
  const told = new Map(stories.map((story) => [story, story]))
  for (const [year, from, to, ending] of yearlyWindows) {
    const fit = ({ level, sector, listed, ending: end, foundOn, echo }: Story) =>
      level === 'major' &&
      sector === 'fire' &&
      listed === 'none' &&
      end === 'closed' &&
      echo === 'none' &&
      foundOn >= from &&
      foundOn <= to &&
      addDays(to, 60) < today
    for (const story of stories.filter(fit).slice(-perYear)) {
      told.set(story, { ...story, yearly: year, ending, extended: false, reopened: false })
    }
  }
  const young = stories.filter(
    ({ level, listed, ending, foundOn }) =>
      level === 'major' && listed === 'none' && ending === 'rectifying' && foundOn > addDays(today, -60),
  )
  for (const [at, listing] of (['proposed', 'approved', 'ordered'] as const).entries()) {
    const story = young.at(-1 - at)
    if (story) told.set(story, { ...story, listed: 'county', listing, extended: false })
  }
  return [...told.values()]
}

function planStory(random: Random, unit: DemoUnit, foundOn: Day, today: Day, variation: number): Story {
  const level = random.chance(0.32) ? 'major' : 'general'
  const finding = random.pick(level === 'major' ? unit.trade.major : unit.trade.general)
  const age = days(foundOn, today)
  // What stood before the plan began was cleared over its first year, some of it late.
  const old = foundOn < '2024-01-01' && random.chance(0.35)
  const pace = old ? random.int(18, 70) : level === 'major' ? random.int(3, 13) : random.int(1, 5)
  const channel = random.pick([
    'inspection',
    'inspection',
    'inspection',
    'selfCheck',
    'selfCheck',
    'publicReport',
  ] as const)
  const ending = plausible(endingOf(random, { level, age, channel, variation }), level, age, pace)
  const work = !['fixedAtOnce', 'voided', 'rejected', 'transferred'].includes(ending)
  const listed = level === 'major' && work && age > 30 && random.chance(0.11)
  return {
    unit,
    finding,
    sector: finding.sector ?? unit.trade.sector,
    level,
    channel,
    foundOn,
    pace,
    allowed: level === 'major' ? random.pick([30, 45, 60, 90]) : random.pick([7, 10, 15]),
    ending,
    extended: level === 'major' && random.chance(0.12),
    returned: random.chance(0.08),
    reopened: level === 'major' && age > 400 && random.chance(0.05),
    listed: listed || stubborn(level, age, variation) ? (variation % 5 === 0 ? 'city' : 'county') : 'none',
    listing: 'publicised',
    yearly: null,
    stopped: level === 'major' && random.chance(0.14),
    echo: work && age > 20 && ending !== 'reported' ? echoOf(variation) : 'none',
    holds: random.chance(0.75),
    photos: level === 'major' ? random.chance(0.4) : random.chance(0.03),
    variation,
  }
}

/** The few that nobody has got rid of: far past their deadline and listed. */
const stubborn = (level: 'major' | 'general', age: number, variation: number): boolean =>
  level === 'major' && age > 150 && variation % 29 === 9

const echoOf = (variation: number): Story['echo'] =>
  variation % 23 === 3 ? 'merge' : variation % 19 === 5 ? 'report' : 'none'

interface Facts {
  readonly level: 'major' | 'general'
  readonly age: number
  readonly channel: Story['channel']
  readonly variation: number
}

/** In the last stage nearly all is closed: a few hard old ones stand, the youngest wherever the work has come to. */
function endingOf(random: Random, { level, age, channel, variation }: Facts): Ending {
  if (stubborn(level, age, variation)) return 'rectifying'
  if (variation % 89 === 7) return 'transferred'
  if (variation % 71 === 11) return 'voided'
  if (channel === 'selfCheck' && variation % 17 === 4) return 'rejected'
  if (level === 'general' && random.chance(0.3)) return 'fixedAtOnce'
  if (age > 240) return random.chance(0.985) ? 'closed' : random.pick(['rectifying', 'rectifying', 'awaitingReview'])
  if (age > 75) {
    const late = ['rectifying', 'rectifying', 'awaitingAcceptance', 'awaitingReview', 'awaitingClosure'] as const
    return random.chance(0.84) ? 'closed' : random.pick(late)
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
    'closed',
    'closed',
  ])
}

/** A hazard found last week cannot have gone through all the steps: it stands where its pace has brought it. */
function plausible(ending: Ending, level: 'major' | 'general', age: number, pace: number): Ending {
  const needed: Partial<Record<Ending, number>> =
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
  return back.slice(back.indexOf(ending)).find((state) => age >= (needed[state] ?? 0)) ?? 'assigned'
}
