import { createHash } from 'node:crypto'
import { type Calendar, createCalendar, type HolidayYear } from '#kernel/calendar.ts'
import type { Reader } from '../db/tables.ts'
import { createParameters, type ParameterRow, type Parameters } from './parameters.ts'

/** The working calendar and the parameters of one county, held in memory and read anew when someone changes them. */
export interface Environment {
  readonly calendar: Calendar
  readonly parameters: Parameters
  /** The years the calendar was built from, for trying out what a change would do. */
  readonly years: readonly HolidayYear[]
  /** Every value the parameters were built from, past and future ones too. */
  readonly values: readonly ParameterRow[]
  /** Differs whenever the calendar or a parameter does: tells whether clocks were armed by what holds now. */
  readonly fingerprint: string
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
    get years() {
      return current.years
    },
    get values() {
      return current.values
    },
    get fingerprint() {
      return current.fingerprint
    },
    async reload() {
      current = await read(db, county)
    },
  }
}

async function read(db: Reader, county: string): Promise<Omit<Environment, 'reload'>> {
  const rows = await db
    .selectFrom('parameter')
    .select(['id', 'effective_from', 'value'])
    .where('county', '=', county)
    .orderBy('id')
    .orderBy('effective_from')
    .execute()
  const values = rows.map((row) => ({ id: row.id, effectiveFrom: row.effective_from, value: row.value }))
  const years = await readYears(db, county)
  return {
    calendar: createCalendar(years),
    parameters: createParameters(values),
    years,
    values,
    fingerprint: createHash('sha256')
      .update(JSON.stringify([years, values]))
      .digest('hex'),
  }
}

async function readYears(db: Reader, county: string): Promise<HolidayYear[]> {
  const days = await db.selectFrom('holiday').selectAll().where('county', '=', county).orderBy('day').execute()
  const years = await db.selectFrom('calendar_year').selectAll().where('county', '=', county).orderBy('year').execute()
  return years.map(({ year, complete }) => {
    const ofYear = days.filter((row) => row.day.startsWith(`${year}-`))
    return {
      year,
      complete,
      holidays: ofYear.filter((row) => row.kind === 'holiday').map((row) => row.day),
      workdays: ofYear.filter((row) => row.kind === 'workday').map((row) => row.day),
    }
  })
}
