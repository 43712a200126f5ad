import { armDeadlines } from '#platform/actions/effects.ts'
import type { ClockEnv } from '#platform/actions/types.ts'
import type { Db } from '#platform/db/tables.ts'
import { hazardDeadlines } from '../model/index.ts'
import { clockedHazards } from './queries/recount.ts'
import { hazardRecord } from './record-type.ts'

const page = 500

/** Arms the clocks of every hazard under way anew; what has fired stays fired. Returns how many hazards were touched. */
export function reprojectHazards(county: string) {
  return async (env: ClockEnv, db: Db): Promise<number> => {
    let touched = 0
    for (let after: string | null = null; ; ) {
      const ids: string[] = await clockedHazards(db, county, after, page)
      for (const id of ids) {
        await db.transaction().execute(async (tx) => {
          const hazard = await hazardRecord.load(tx, county, id, true)
          if (!hazard) return
          const owner = { county, recordId: id, recordType: hazardRecord.type, area: hazard.area }
          await armDeadlines(tx, owner, hazardDeadlines(hazard, env))
        })
        touched += 1
      }
      after = ids.at(-1) ?? null
      if (ids.length < page) return touched
    }
  }
}
