import { sql } from 'kysely'
import {
  countingPermission,
  type HazardState,
  hazardStates,
  isStanding,
  standingStates,
} from '#capabilities/hazard/model/index.ts'
import { isWithin } from '#kernel/area.ts'
import type { ScopeBox } from '#kernel/grants.ts'
import { type Day, monthOf } from '#kernel/time.ts'
import { inScope } from '#platform/db/scope.ts'
import type { QueryContext } from '#platform/module/module.ts'
import { readTally, readTallyChanges, type TallyRow } from '#platform/tally/read.ts'
import { lastDay, stockUntil } from './counting.ts'

/** What of the hazards is counted: as of a day, within each of the lists of areas, of these sectors. */
export interface Narrowed {
  readonly asOf: Day
  readonly areas?: readonly (readonly string[])[]
  readonly sectors?: readonly string[]
}

export interface Cell {
  readonly area: string
  readonly sector: string
  readonly level: string
}

/** `valid`: found and not taken out again; `late`: closed after the day they were due. */
export interface Sums {
  readonly valid: number
  readonly standing: number
  readonly overdue: number
  readonly late: number
}

interface LateCell extends Cell {
  readonly channel: string
  readonly n: number
}

/** Days are text; the earlier one is found by comparing. */
export const earlierDay = (a: Day, b: Day): Day => [a, b].sort()[0] ?? a

/** The part of each box that lies in one of these areas. */
const withinAreas = (boxes: readonly ScopeBox[], areas: readonly string[]): ScopeBox[] =>
  boxes.flatMap((box) =>
    areas.flatMap((area) => {
      if (isWithin(area, box.area)) return [{ ...box, area }]
      return isWithin(box.area, area) ? [box] : []
    }),
  )

function narrowedBoxes(boxes: readonly ScopeBox[], { areas = [], sectors }: Narrowed): ScopeBox[] {
  const placed = areas.reduce<readonly ScopeBox[]>(withinAreas, boxes)
  if (!sectors) return [...placed]
  return placed.flatMap((box) => {
    const both = box.sectors ? box.sectors.filter((id) => sectors.includes(id)) : sectors
    return both.length > 0 ? [{ ...box, sectors: both }] : []
  })
}

const valid = (state: string | undefined) => hazardStates[state as HazardState]?.type !== 'void'
const stands = (state: string | undefined) => isStanding(state as HazardState)

/** Sums of tally rows: what counts as found, what stands, what stands beyond its day. */
function addUp(rows: readonly TallyRow[]): Omit<Sums, 'late'> {
  const sum = { valid: 0, standing: 0, overdue: 0 }
  for (const { metric, state, n } of rows) {
    if (metric === 'overdue') sum.overdue += n
    else if (valid(state)) {
      sum.valid += n
      if (stands(state)) sum.standing += n
    }
  }
  return sum
}

const once = <T>(make: () => Promise<T>) => {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** Counts of the viewer's hazards for one day, each asked of the database at most once and only when it is needed. */
export async function countsOf(context: QueryContext, narrowed: Narrowed) {
  const { db, county, today } = context
  const boxes = narrowedBoxes(context.boxes(countingPermission), narrowed)
  const past = (day: Day) => (day < today ? { asOf: day } : {})
  const asked = { boxes, ...past(narrowed.asOf) }
  const late = await lateCells(context, boxes, narrowed.asOf)
  const cells = await readTally(db, county, {
    ...asked,
    metrics: ['hazard', 'overdue'],
    by: ['area', 'sector', 'level', 'state'],
  })
  const majorOnly = { where: { level: ['major'] } }
  return {
    /** Whether any of the viewer's boxes reaches into the area. */
    reaches: (area: string) => boxes.some((box) => isWithin(area, box.area) || isWithin(box.area, area)),
    sums(wanted: (cell: Cell) => boolean): Sums {
      const chosen = cells.filter(({ area = '', sector = '', level = '' }) => wanted({ area, sector, level }))
      return { ...addUp(chosen), late: late.filter(wanted).reduce((sum, { n }) => sum + n, 0) }
    },
    late,
    /** Major hazards found up to the end of the stock period, as they stood on a day. */
    stock: async (day: Day) =>
      addUp(
        await readTally(db, county, {
          boxes,
          ...past(day),
          ...majorOnly,
          metrics: ['hazard'],
          by: ['state'],
          monthTo: monthOf(stockUntil(context)),
        }),
      ),
    /** Major hazards by area and month found. */
    foundByMonth: once(async () => {
      const rows = await readTally(db, county, {
        ...asked,
        ...majorOnly,
        metrics: ['hazard'],
        by: ['area', 'state', 'month'],
      })
      return (within: string, after: string, until: string) =>
        rows
          .filter(({ area = '', state, month = '' }) => {
            return valid(state) && isWithin(area, within) && month >= after && month <= until
          })
          .reduce((sum, { n }) => sum + n, 0)
    }),
    byChannel: once(async () => {
      const by = ['channel', 'state'] as const
      const rows = await readTally(db, county, { ...asked, ...majorOnly, metrics: ['hazard', 'overdue'], by })
      const channels = new Set(rows.map(({ channel = '' }) => channel))
      return new Map([...channels].map((id) => [id, addUp(rows.filter(({ channel }) => channel === id))]))
    }),
    /** Hazards ever closed, and those of them that were opened again. */
    closings: once(async () => {
      const rows = await readTally(db, county, { ...asked, ...majorOnly, metrics: ['everClosed', 'reopened'], by: [] })
      const of = (metric: string) => rows.find((row) => row.metric === metric)?.n ?? 0
      return { everClosed: of('everClosed'), reopened: of('reopened') }
    }),
    /** The last day of the month in which each area had its first hazard, or the day asked for within it. */
    firstMonths: once(async () => {
      const changes = await readTallyChanges(db, county, { ...asked, metrics: ['hazard'], by: ['area'] })
      const first = new Map<string, Day>()
      for (const { area = '', period } of changes) {
        const day = lastDay(period)
        const known = first.get(area)
        if (!known || day < known) first.set(area, earlierDay(day, narrowed.asOf))
      }
      return first
    }),
    /** Standing major hazards, and those whose 五落实 is whole; undefined for a past day, of which it is not kept. */
    plans: once(async () => {
      if (narrowed.asOf < today) return undefined
      const found = await sql<{ standing: number; complete: number }>`
        select count(*) as standing, count(*) filter (where h.plan_complete) as complete
        from hazard h where h.county = ${county} and h.level = 'major' and h.state = any(${[...standingStates]}::text[])
          and ${inScope(boxes, { area: 'h.area', sector: 'h.sector' })}`.execute(db)
      return found.rows[0] ?? { standing: 0, complete: 0 }
    }),
  }
}
export type HazardCounts = Awaited<ReturnType<typeof countsOf>>

/** What was closed after its day, as the history of the hazards tells it; the tally does not keep this apart. */
async function lateCells(context: QueryContext, boxes: readonly ScopeBox[], asOf: Day): Promise<LateCell[]> {
  const found = await sql<LateCell>`
    select left(s.area, 9) as area, s.sector, s.level, s.channel, count(*) as n
    from hazard_span s
    where s.county = ${context.county} and s.state = 'closed' and s.closed_on > s.due_on
      and s.from_day <= ${asOf} and s.to_day > ${asOf} and ${inScope(boxes, { area: 's.area', sector: 's.sector' })}
    group by 1, 2, 3, 4`.execute(context.db)
  return found.rows
}
