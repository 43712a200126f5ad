import { formatWan } from '#kernel/chinese/money.ts'
import { type Day, diffDays, isDay, minuteOf } from '#kernel/time.ts'

/** What stands where a value is missing; an empty cell leaves people guessing whether it failed to load. */
export const none = '—'

const numberFormat = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 })
const percentFormat = new Intl.NumberFormat('zh-CN', { style: 'percent', maximumFractionDigits: 1 })

/** 2024-07-01, as ledgers write it. */
export function formatDay(day: Day | null | undefined): string {
  return day ? day : none
}

/** 2024年7月1日, for headings and letters. */
export function formatLongDay(day: Day | null | undefined): string {
  if (!day || !isDay(day)) return none
  return `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
}

/** An instant as clocks in the county show it, whatever zone the PC is set to: 2024-07-01 09:30. */
export function formatInstant(instant: string | Date | null | undefined): string {
  if (!instant) return none
  const at = typeof instant === 'string' ? new Date(instant) : instant
  return Number.isNaN(at.getTime()) ? none : minuteOf(at)
}

/** 还有3天, 今天到期, 逾期5天; `today` is the server's legal day, because the clock of an office PC may be wrong. */
export function formatDaysLeft(due: Day, today: Day): string {
  const left = diffDays(today, due)
  if (left === 0) return '今天到期'
  return left > 0 ? `还有${left}天` : `逾期${-left}天`
}

/** The same counted in working days, which the server has counted; negative when the day is over. */
export function formatWorkingDaysLeft(left: number, due: Day, today: Day): string {
  if (due === today) return '今天到期'
  // On a weekend right after the day no working day has passed, and yet it is late.
  if (due < today) return left === 0 ? '已逾期' : `逾期${-left}个工作日`
  return `还有${left}个工作日`
}

/** Amounts are yuan; shown in 万元. */
export function formatMoney(yuan: number | null | undefined): string {
  return yuan === null || yuan === undefined ? none : formatWan(yuan)
}

export function formatNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? none : numberFormat.format(value)
}

/** `ratio` from 0 to 1; a rate over nothing is not 0% but unknown. */
export function formatPercent(ratio: number | null | undefined): string {
  return ratio === null || ratio === undefined || !Number.isFinite(ratio) ? none : percentFormat.format(ratio)
}

/** Bytes as people name file sizes: 820 KB, 3.4 MB. */
export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
