import { sql } from 'kysely'
import type { Db } from '../db/tables.ts'

const dims = sql.raw('metric, area, sector, level, channel, state, month')

/**
 * Moves up to `limit` deltas into `tally` (now), `tally_day` (by legal day) and `tally_sum` (both, coarser; its grains are
 * those of `grains`) in one statement: a reader sees either the delta or its sum, never both or neither. Returns how many
 * deltas were folded.
 */
export async function foldTally(db: Db, county: string, limit = 50_000): Promise<number> {
  return db.transaction().execute(async (tx) => {
    // Two folders at once would only wait for each other's rows; the second leaves the work to the first.
    const lock = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(hashtext('zhiben.tally'), hashtext(${county})) as mine`.execute(tx)
    if (!lock.rows[0]?.mine) return 0
    const result = await sql<{ moved: number }>`
      with moved as (
        delete from tally_delta where (county, action_id, ord) in (
          select county, action_id, ord from tally_delta where county = ${county} limit ${limit})
        returning *
      ), now as (
        insert into tally (county, ${dims}, n)
        select county, ${dims}, sum(n) from moved group by county, ${dims}
        on conflict (county, ${dims}) do update set n = tally.n + excluded.n
      ), by_day as (
        insert into tally_day (county, day, ${dims}, n)
        select county, day, ${dims}, sum(n) from moved group by county, day, ${dims}
        on conflict (county, metric, day, area, sector, level, channel, state, month)
        do update set n = tally_day.n + excluded.n
      ), sums as (
        insert into tally_sum (county, grain, metric, period, area, sector, level, state, month, n)
        select county, g.grain, metric, p.period, area, g.sector, level, state, g.month, sum(n)
        from moved
        cross join lateral (values ('kind', moved.sector, ''), ('time', '', moved.month)) g (grain, sector, month)
        cross join lateral (values (''), (to_char(moved.day, 'YYYY-MM'))) p (period)
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9
        on conflict (county, grain, metric, period, area, sector, level, state, month)
        do update set n = tally_sum.n + excluded.n
      )
      select count(*) as moved from moved`.execute(tx)
    return result.rows[0]?.moved ?? 0
  })
}
