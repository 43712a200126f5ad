import { sql } from 'kysely'
import type { Day } from '#kernel/time.ts'
import type { TallyCell } from '../actions/types.ts'
import type { Reader } from '../db/tables.ts'
import { tallyDimensions } from './grains.ts'
import { readTally, type TallyRow } from './read.ts'

/** How a capability counts its records again from the records themselves, by a way that does not use the tally. */
export interface Recount {
  readonly metrics: readonly string[]
  /** Those of the metrics that the records can answer as of a past day, from their history. */
  readonly historic: readonly string[]
  /** All cells of `metrics` now, or of `historic` as they stood at the end of a past day. */
  cells(reader: Reader, county: string, asOf: Day | undefined): Promise<readonly TallyCell[]>
}

export interface TallyDifference {
  readonly asOf: Day | null
  readonly cell: Omit<TallyCell, 'n'>
  readonly counted: number
  readonly booked: number
  /** Set when it is a coarser sum that does not agree with the cells it is made of. */
  readonly sum?: { readonly grain: string; readonly period: string }
}

const keyOf = (cell: Omit<TallyRow, 'n'>) =>
  [cell.metric, ...tallyDimensions.map((name) => cell[name] ?? '')].join('\u001f')

/**
 * Compares the tally with a recount, now and as of each given day. The caller passes a transaction that sees one snapshot
 * (repeatable read), otherwise a write between the two reads would look like a difference.
 */
export async function verifyTally(
  reader: Reader,
  county: string,
  recounts: readonly Recount[],
  days: readonly Day[],
): Promise<{ readonly cells: number; readonly differences: TallyDifference[] }> {
  const differences: TallyDifference[] = []
  let cells = 0
  for (const recount of recounts) {
    for (const asOf of [undefined, ...days]) {
      const counted = await recount.cells(reader, county, asOf)
      const metrics = asOf ? recount.historic : recount.metrics
      const booked = await readTally(reader, county, {
        metrics,
        by: tallyDimensions,
        ...(asOf ? { asOf } : {}),
        boxes: [{ area: county }],
      })
      const sums = new Map<string, { cell: Omit<TallyCell, 'n'>; counted: number; booked: number }>()
      const add = (cell: TallyRow, side: 'counted' | 'booked') => {
        const { metric, area = '', sector = '', level = '', channel = '', state = '', month = '' } = cell
        const entry = sums.get(keyOf(cell)) ?? {
          cell: { metric, area, sector, level, channel, state, month },
          counted: 0,
          booked: 0,
        }
        entry[side] += cell.n
        sums.set(keyOf(cell), entry)
      }
      for (const cell of counted) add(cell, 'counted')
      for (const cell of booked) add(cell, 'booked')
      cells += sums.size
      for (const entry of sums.values()) {
        if (entry.counted !== entry.booked) differences.push({ asOf: asOf ?? null, ...entry })
      }
    }
  }
  differences.push(...(await sumDifferences(reader, county)))
  return { cells, differences }
}

/** Sums that do not agree with the folded cells they are made of. */
async function sumDifferences(reader: Reader, county: string): Promise<TallyDifference[]> {
  const found = await sql<Omit<TallyCell, 'n'> & { grain: string; period: string; counted: number; booked: number }>`
    with folded as (
      select metric, '' as period, area, sector, level, state, month, n from tally where county = ${county}
      union all
      select metric, to_char(day, 'YYYY-MM'), area, sector, level, state, month, n from tally_day where county = ${county}
    ), counted as (
      select g.grain, metric, period, area, g.sector, level, state, g.month, sum(n) as n from folded
      cross join lateral (values ('kind', folded.sector, ''), ('time', '', folded.month)) g (grain, sector, month)
      group by 1, 2, 3, 4, 5, 6, 7, 8
    ), booked as (
      select grain, metric, period, area, sector, level, state, month, n from tally_sum where county = ${county}
    )
    select grain, metric, period, area, sector, level, '' as channel, state, month,
      coalesce(c.n, 0)::bigint as counted, coalesce(b.n, 0)::bigint as booked
    from counted c full join booked b using (grain, metric, period, area, sector, level, state, month)
    where coalesce(c.n, 0) <> coalesce(b.n, 0)`.execute(reader)
  return found.rows.map(({ grain, period, counted, booked, ...cell }) => ({
    asOf: null,
    cell,
    counted,
    booked,
    sum: { grain, period },
  }))
}
