import type pg from 'pg'
import type { Channel, CloseKind, HazardState, Level, ListingLevel } from '#capabilities/hazard/model/index.ts'
import type { Day } from '#kernel/time.ts'
import type { Sides } from './reading.ts'

/** A hazard as its row says it. */
export interface HazardRow {
  readonly id: string
  readonly number: string
  readonly area: string
  readonly unit_id: string | null
  readonly unit_name: string
  readonly sector: string
  readonly level: Level
  readonly channel: Channel
  readonly state: HazardState
  readonly description: string
  readonly found_on: Day
  readonly lead_body_id: string
  readonly assigned_body_id: string | null
  readonly due_on: Day | null
  readonly overdue: boolean
  readonly stopped: boolean
  readonly listing: ListingLevel
  readonly closed_on: Day | null
  readonly close_kind: CloseKind | null
  readonly closures: number
  readonly reopened: number
  readonly reinspection: string
  readonly plan_complete: boolean
  readonly interim_missing: boolean
  readonly extension_pending: boolean
  readonly stop_orders: readonly { readonly liftedOn: Day | null; readonly resumeAskedOn?: Day | null }[]
}

export interface FindingRow {
  readonly id: string
  readonly hazard_id: string
  readonly channel: Channel
  readonly area: string
  readonly sector: string
  readonly found_on: Day
}

export const sidesOf = (row: HazardRow): Sides => ({
  area: row.area,
  sectors: [row.sector],
  unitId: row.unit_id,
  bodies: [row.lead_body_id, row.assigned_body_id],
})

/**
 * What stood in the database at the end of every day, written down while it happened: the past that numbers and lists as
 * of a day are compared with, without a look at the product's own history.
 */
export class Chronicle {
  private readonly pool: pg.Pool
  private readonly turns = new Map<string, { from: Day; row: HazardRow }[]>()
  private readonly found = new Map<string, { readonly from: Day; row: FindingRow }>()

  constructor(pool: pg.Pool) {
    this.pool = pool
  }

  /** Writes down what has changed since it was last called, as having changed on this day. */
  async note(day: Day): Promise<void> {
    const hazards = await this.pool.query<HazardRow & { search?: unknown; detail?: unknown }>(
      `select id, number, area, unit_id, unit_name, sector, level, channel, state, description, found_on, lead_body_id,
         assigned_body_id, due_on, overdue, stopped, listing, closed_on, close_kind, closures, reopened, reinspection,
         plan_complete, interim_missing, extension_pending, detail -> 'stopOrders' as stop_orders from hazard`,
    )
    for (const row of hazards.rows) {
      const turns = this.turns.get(row.id) ?? []
      this.turns.set(row.id, turns)
      const last = turns.at(-1)
      if (last && JSON.stringify(last.row) === JSON.stringify(row)) continue
      if (last?.from === day) last.row = row
      else turns.push({ from: day, row })
    }
    const findings = await this.pool.query<FindingRow>(
      'select id, hazard_id, channel, area, sector, found_on from hazard_report',
    )
    for (const row of findings.rows) this.found.set(row.id, { from: this.found.get(row.id)?.from ?? day, row })
  }

  /** The hazard at the end of a day, or now; undefined when nobody knew of it then. */
  hazardAt(id: string, asOf: Day | undefined): HazardRow | undefined {
    const turns = this.turns.get(id) ?? []
    return (asOf === undefined ? turns.at(-1) : turns.findLast(({ from }) => from <= asOf))?.row
  }

  /** All hazards known at the end of a day, or now. */
  hazards(asOf?: Day): HazardRow[] {
    return [...this.turns.keys()].flatMap((id) => this.hazardAt(id, asOf) ?? [])
  }

  /** All findings on the books at the end of a day, or now. */
  findings(asOf?: Day): FindingRow[] {
    return [...this.found.values()].flatMap(({ from, row }) => (asOf === undefined || from <= asOf ? [row] : []))
  }
}
