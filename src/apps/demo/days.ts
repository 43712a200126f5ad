import { compareDays, type Day, startOfDay } from '#kernel/time.ts'

export const daysBetween = (from: Day, to: Day): number =>
  Math.round((startOfDay(to).getTime() - startOfDay(from).getTime()) / 86_400_000)

/**
 * The instant of a step: working hours, spread so that no two steps of a day fall together, and never after `now`, the
 * instant the county was first made. A county made soon after midnight has its steps of today within that first hour.
 */
export function at(day: Day, step: number, now: Date | null): Date {
  const minutes = 8 * 60 + 30 + ((step * 47) % 500)
  const start = startOfDay(day).getTime()
  const instant = new Date(start + minutes * 60_000)
  if (now === null || instant < now) return instant
  const back = Math.min(60_000 * Math.max(1, 40 - step), Math.max(0, now.getTime() - start) / (step + 2))
  return new Date(now.getTime() - back)
}

export const earlier = (a: Day, b: Day): Day => (compareDays(a, b) <= 0 ? a : b)
