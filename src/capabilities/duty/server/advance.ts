import type { Day } from '#kernel/time.ts'
import { addDays, yearOf } from '#kernel/time.ts'
import type { Db, Tx } from '#platform/db/tables.ts'
import { periodsOf, type Rule, ruleOf } from '../model/index.ts'
import { armPeriods } from './clock.ts'
import type { DutyDeps } from './deps.ts'
import { aloneInCounty } from './store-marks.ts'
import {
  type HeldRule,
  heldRules,
  markProjected,
  projectItems,
  subjectSlices,
  writePeriods,
  writeProgress,
  writeRules,
} from './store-projection.ts'
import { recomputeRule } from './store-recompute.ts'

export interface Advance {
  readonly db: Db
  readonly now: Date
  readonly today: Day
  /** Counts every item of every rule anew, as after a change of the calendar. */
  readonly full?: boolean | undefined
  /** False: only makes the items, for whoever is going to have everything counted right after. */
  readonly count?: boolean
  /** Subjects of one slice: what that takes, about a tenth of a second, those who record have to wait. */
  readonly together?: number
  /** The product is to stop: what has been done stays, the rest is done at the next start. */
  readonly signal?: AbortSignal
}

/** Turns are made to the end of the year; in its last month to the end of the next, so that January is there on its first day. */
export const horizonOf = (today: Day): Day => `${yearOf(addDays(today, 31))}-12-31`

/**
 * Brings duties up to the day: rules as the pack has them, turns up to the horizon, items of whoever has the duty now.
 * Rule by rule and slice by slice, each in a transaction of its own with its progress told: killed in between it begins
 * again, and what is right already costs little. The past stays, unless the rule is new or somebody had it rewritten.
 */
export async function advanceDuties(deps: DutyDeps, work: Advance): Promise<void> {
  const { county, book, environment } = deps
  const { db, today, now } = work
  const rules = [...book.rules.values()].map((rule) => ruleOf(rule, environment.parameters, today))
  await db.transaction().execute((tx) => writeRules(tx, county, rules))
  const held = new Map((await heldRules(db, county)).map((row) => [row.rule, row]))
  const tell = (done: number) =>
    writeProgress(db, county, { done, total: rules.length, at: now.toISOString(), finished: done === rules.length })
  for (const [at, rule] of rules.entries()) {
    const row = held.get(rule.id)
    if (row) await advanceRule(deps, work, rule, row)
    if (work.signal?.aborted) return
    await tell(at + 1)
  }
}

/** The first day whose turn may be written anew. */
export function floorOf(row: Pick<HeldRule, 'projected_on' | 'reproject_from' | 'from_day'>, today: Day): Day {
  if (row.reproject_from !== null) return row.reproject_from < today ? row.reproject_from : today
  return row.projected_on === null && row.from_day < today ? row.from_day : today
}

async function advanceRule(deps: DutyDeps, work: Advance, rule: Rule, row: HeldRule): Promise<void> {
  const { county, environment, population, sources } = deps
  const { db, today, now, signal, together = 1_000 } = work
  const alone = <T>(act: (tx: Tx) => Promise<T>) =>
    db.transaction().execute(async (tx) => {
      await aloneInCounty(tx, county)
      return act(tx)
    })
  const floor = floorOf(row, today)
  const recurrence = { ...rule.recurrence, from: row.from_day, until: row.until_day }
  const periods = periodsOf(recurrence, environment.years, horizonOf(today))
  const coming = await alone((tx) => writePeriods(tx, county, rule.id, periods, floor))
  for (const slice of await subjectSlices(db, county, population, rule.selector.kind, together)) {
    if (signal?.aborted) return
    await alone((tx) => projectItems(tx, county, population, { rule: rule.id, floor, slice }))
  }
  const whole = row.projected_on === null || row.reproject_from !== null || work.full === true
  if (work.count !== false && (whole || rule.sources.length > 0)) {
    const named = sources.filter(({ id }) => rule.sources.includes(id))
    await recomputeRule(db, county, {
      rule: rule.id,
      sources: named,
      days: [row.from_day, today],
      whole,
      together,
      signal,
    })
  }
  // Only what was brought to its end counts as projected.
  if (signal?.aborted) return
  await alone(async (tx) => {
    await armPeriods(tx, { county, now, environment }, coming)
    await markProjected(tx, county, rule.id, today)
  })
}
