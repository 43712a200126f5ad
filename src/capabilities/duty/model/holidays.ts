import { type Calendar, createCalendar, type HolidayYear } from '#kernel/calendar.ts'
import { addDays, type Day, diffDays, makeDay } from '#kernel/time.ts'

/** The festivals of the State Council's notice, in the order of the year. */
export const festivals = {
  newYear: '元旦',
  spring: '春节',
  qingming: '清明节',
  labour: '劳动节',
  dragonBoat: '端午节',
  midAutumn: '中秋节',
  national: '国庆节',
} as const
export type Festival = keyof typeof festivals
export const festivalIds = Object.keys(festivals) as [Festival, ...Festival[]]

/** The days off around a festival, weekends beside it included. */
export interface HolidayWindow {
  readonly year: number
  readonly festival: Festival
  readonly from: Day
  readonly to: Day
}

/**
 * The festivals of the years whose notice is known. The notice names days and not festivals; which one a run of days off
 * belongs to follows from where it lies, the longest where several lie there: a day off that the province adds is none of its
 * own. A festival that falls on a weekend altogether leaves no trace in the table.
 */
export function holidayWindows(years: readonly HolidayYear[]): HolidayWindow[] {
  const calendar = createCalendar(years)
  return years
    .filter(({ complete }) => complete)
    .flatMap(({ year, holidays }) => {
      const found = new Map<Festival, HolidayWindow>()
      for (const { from, to } of runsOff(holidays, calendar)) {
        const festival = festivalOf(year, from, to)
        const known = festival && found.get(festival)
        if (festival && (!known || diffDays(from, to) > diffDays(known.from, known.to))) {
          found.set(festival, { year, festival, from, to })
        }
      }
      return [...found.values()]
    })
    .sort((a, b) => (a.from < b.from ? -1 : 1))
}

function runsOff(holidays: readonly Day[], calendar: Calendar): { from: Day; to: Day }[] {
  const runs: { from: Day; to: Day }[] = []
  for (const day of [...holidays].sort()) {
    const last = runs.at(-1)
    if (last && day <= last.to) continue
    let [from, to] = [day, day]
    while (!calendar.isWorkingDay(addDays(from, -1))) from = addDays(from, -1)
    while (!calendar.isWorkingDay(addDays(to, 1))) to = addDays(to, 1)
    runs.push({ from, to })
  }
  return runs
}

/** First and last day of the year between which a festival of the lunar calendar, or 清明, can lie. */
const spans: readonly (readonly [Festival, from: string, to: string])[] = [
  ['newYear', '01-01', '01-03'],
  ['spring', '01-19', '02-28'],
  ['qingming', '04-02', '04-07'],
  ['labour', '05-01', '05-03'],
  ['dragonBoat', '05-20', '06-30'],
  ['national', '10-01', '10-03'],
  ['midAutumn', '09-05', '10-09'],
]

function festivalOf(year: number, from: Day, to: Day): Festival | undefined {
  const touches = ([, first, last]: (typeof spans)[number]) => from <= `${year}-${last}` && to >= `${year}-${first}`
  return spans.find(touches)?.[0]
}

/** A day of the year such as 06-16, in a year that may lack it: 02-29 is then the last day of February. */
export function dayInYear(year: number, monthDay: string): Day {
  const [month, day] = [Number(monthDay.slice(0, 2)), Number(monthDay.slice(3))]
  return makeDay(year, month, day) ?? makeDay(year, month, 28) ?? `${year}-${monthDay}`
}
