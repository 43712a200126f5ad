import { addDays, addMonths, type Day, monthOf, partsOfDay } from '#kernel/time.ts'
import type { PackMeeting } from '../pack.ts'

export interface Window {
  readonly from: Day
  readonly to: Day
}

const monthsIn = { quarter: 3, halfYear: 6, year: 12 } as const

/** The periods in each of which a meeting must be held: whole calendar quarters, half-years or years, cut by from and to. */
export function windowsOf({ every, from, to }: Pick<PackMeeting, 'every' | 'from' | 'to'>): Window[] {
  if (every === 'once') return [{ from, to }]
  const months = monthsIn[every]
  const { year, month } = partsOfDay(from)
  const first = `${year}-${String(Math.floor((month - 1) / months) * months + 1).padStart(2, '0')}-01`
  const windows: Window[] = []
  for (let start: Day = first; start <= to; start = addMonths(start, months)) {
    const end = addDays(addMonths(start, months), -1)
    windows.push({ from: start < from ? from : start, to: end > to ? to : end })
  }
  return windows
}

/**
 * The day a window was satisfied: of the meeting that made up the number, undefined when there were too few. A meeting
 * held after a window has closed belongs to the next one and never makes the old one good.
 */
export function satisfiedOn(held: readonly Day[], { from, to }: Window, times: number): Day | undefined {
  const within = held.filter((day) => day >= from && day <= to).sort()
  return within[times - 1]
}

/** How a window is called: 2024-01 至 2024-04. */
export const windowWords = ({ from, to }: Window): string => `${monthOf(from)} 至 ${monthOf(to)}`
