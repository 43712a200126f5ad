import { sql } from 'kysely'
import {
  countingPermission,
  type HazardState,
  hazardStateIds,
  hazardStates,
  isStanding,
  standingStates,
} from '#capabilities/hazard/model/index.ts'
import { isWithin } from '#kernel/area.ts'
import type { ScopeBox } from '#kernel/grants.ts'
import { type Day, monthOf } from '#kernel/time.ts'
import { inScope } from '#platform/db/scope.ts'
import type { QueryContext } from '#platform/module/module.ts'
import type { TallyDimension } from '#platform/tally/grains.ts'
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

/** What of the viewer's boxes lies within the limits. */
export function narrowedBoxes(boxes: readonly ScopeBox[], { areas = [], sectors }: Narrowed): ScopeBox[] {
  const placed = areas.reduce<readonly ScopeBox[]>(withinAreas, boxes)
  if (!sectors) return [...placed]
  return placed.flatMap((box) => {
    const both = box.sectors ? box.sectors.filter((id) => sectors.includes(id)) : sectors
    return both.length > 0 ? [{ ...box, sectors: both }] : []
  })
}

/** States of what was found and not taken out again. */
export const validStates = hazardStateIds.filter((id) => hazardStates[id].type !== 'void')
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

/** Counts of the viewer's hazards for one day; what several mechanisms ask for is asked of the database once. */
export class HazardCounts {
  readonly late: readonly LateCell[]
  private readonly context: QueryContext
  private readonly asOf: Day
  private readonly boxes: readonly ScopeBox[]
  private readonly cells: readonly TallyRow[]
  private channels: Promise<ReadonlyMap<string, Omit<Sums, 'late'>>> | undefined
  private months: Promise<ReadonlyMap<string, Day>> | undefined

  private constructor(
    context: QueryContext,
    asOf: Day,
    boxes: readonly ScopeBox[],
    cells: readonly TallyRow[],
    late: readonly LateCell[],
  ) {
    this.context = context
    this.asOf = asOf
    this.boxes = boxes
    this.cells = cells
    this.late = late
  }

  static async of(context: QueryContext, narrowed: Narrowed): Promise<HazardCounts> {
    const { asOf } = narrowed
    const boxes = narrowedBoxes(context.boxes(countingPermission), narrowed)
    const past = asOf < context.today ? { asOf } : {}
    const by = ['area', 'sector', 'level', 'state'] as const
    const question = { boxes, ...past, metrics: ['hazard', 'overdue'], by }
    const [cells, late] = await Promise.all([
      readTally(context.db, context.county, question),
      lateCells(context, boxes, asOf),
    ])
    return new HazardCounts(context, asOf, boxes, cells, late)
  }

  /** Whether any of the viewer's boxes reaches into the area. */
  reaches(area: string): boolean {
    return this.boxes.some((box) => isWithin(area, box.area) || isWithin(box.area, area))
  }

  sums(wanted: (cell: Cell) => boolean): Sums {
    const chosen = this.cells.filter(({ area = '', sector = '', level = '' }) => wanted({ area, sector, level }))
    return { ...addUp(chosen), late: this.late.filter(wanted).reduce((sum, { n }) => sum + n, 0) }
  }

  private majors(
    metrics: readonly string[],
    by: readonly TallyDimension[],
    { day = this.asOf, monthTo }: { readonly day?: Day; readonly monthTo?: string } = {},
  ): Promise<TallyRow[]> {
    const { db, county, today } = this.context
    return readTally(db, county, {
      boxes: this.boxes,
      metrics,
      by,
      where: { level: ['major'] },
      ...(day < today ? { asOf: day } : {}),
      ...(monthTo ? { monthTo } : {}),
    })
  }

  /** Major hazards found up to the end of the stock period, as they stood on a day. */
  async stock(day: Day) {
    return addUp(await this.majors(['hazard'], ['state'], { day, monthTo: monthOf(stockUntil(this.context)) }))
  }

  /** How many major hazards were found within an area in some months. */
  async foundByMonth() {
    const rows = (await this.majors(['hazard'], ['area', 'state', 'month'])).filter(({ state }) => valid(state))
    return (within: string, from: string, until: string) =>
      rows
        .filter(({ area = '', month = '' }) => isWithin(area, within) && month >= from && month <= until)
        .reduce((sum, { n }) => sum + n, 0)
  }

  byChannel() {
    this.channels ??= this.majors(['hazard', 'overdue'], ['channel', 'state']).then((rows) => {
      const ids = new Set(rows.filter(({ state }) => valid(state)).map(({ channel = '' }) => channel))
      return new Map([...ids].map((id) => [id, addUp(rows.filter(({ channel }) => channel === id))]))
    })
    return this.channels
  }

  /** Major hazards ever closed, and those of them that were opened again. */
  async closings() {
    const rows = await this.majors(['everClosed', 'reopened'], [])
    const of = (metric: string) => rows.find((row) => row.metric === metric)?.n ?? 0
    return { everClosed: of('everClosed'), reopened: of('reopened') }
  }

  /** The end of the month in which each area had its first hazard, or the day asked for within it. */
  firstMonths() {
    const { db, county, today } = this.context
    const past = this.asOf < today ? { asOf: this.asOf } : {}
    const question = { boxes: this.boxes, ...past, metrics: ['hazard'], by: ['area'] as const }
    this.months ??= readTallyChanges(db, county, question).then((changes) => {
      const first = new Map<string, Day>()
      for (const { area = '', period } of changes) {
        first.set(area, earlierDay(first.get(area) ?? this.asOf, lastDay(period)))
      }
      return first
    })
    return this.months
  }

  /** Standing major hazards, and those whose 五落实 is whole; undefined for a past day, of which it is not kept. */
  async plans(): Promise<{ readonly standing: number; readonly complete: number } | undefined> {
    const { db, county, today } = this.context
    if (this.asOf < today) return undefined
    const found = await sql<{ standing: number; complete: number }>`
      select count(*) as standing, count(*) filter (where h.plan_complete) as complete
      from hazard h where h.county = ${county} and h.level = 'major' and h.state = any(${[...standingStates]}::text[])
        and ${inScope(this.boxes, { area: 'h.area', sector: 'h.sector' })}`.execute(db)
    return found.rows[0] ?? { standing: 0, complete: 0 }
  }
}

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
