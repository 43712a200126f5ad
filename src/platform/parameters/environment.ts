import { type Calendar, createCalendar, type HolidayYear } from '#kernel/calendar.ts'
import type { Reader } from '../db/tables.ts'
import { createParameters, type Parameters } from './parameters.ts'

/** The working calendar and the parameters of one county, held in memory and read anew when someone changes them. */
export interface Environment {
  readonly calendar: Calendar
  readonly parameters: Parameters
  reload(): Promise<void>
}

/** Reads both from the database. Actions read `environment.calendar`, so a reload takes effect at the next action. */
export async function loadEnvironment(db: Reader, county: string): Promise<Environment> {
  let current = await read(db, county)
  return {
    get calendar() {
      return current.calendar
    },
    get parameters() {
      return current.parameters
    },
    async reload() {
      current = await read(db, county)
    },
  }
}

async function read(db: Reader, county: string): Promise<{ calendar: Calendar; parameters: Parameters }> {
  const rows = await db.selectFrom('parameter').selectAll().where('county', '=', county).execute()
  const days = await db.selectFrom('holiday').selectAll().where('county', '=', county).orderBy('day').execute()
  const years = await db.selectFrom('calendar_year').selectAll().where('county', '=', county).execute()
  const table: HolidayYear[] = years.map(({ year, complete }) => {
    const ofYear = days.filter((row) => row.day.startsWith(`${year}-`))
    return {
      year,
      complete,
      holidays: ofYear.filter((row) => row.kind === 'holiday').map((row) => row.day),
      workdays: ofYear.filter((row) => row.kind === 'workday').map((row) => row.day),
    }
  })
  return {
    calendar: createCalendar(table),
    parameters: createParameters(
      rows.map((row) => ({ id: row.id, effectiveFrom: row.effective_from, value: row.value })),
    ),
  }
}
