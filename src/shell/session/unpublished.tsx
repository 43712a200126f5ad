import type { ReactNode } from 'react'
import { type Day, isDay, yearOf } from '#kernel/time.ts'
import { useSession } from './session.tsx'

/** Why a day to come is not sure to be a working day; undefined when its year's holiday notice is in the calendar. */
function useUnpublished(day: Day | null | undefined): string | undefined {
  const { publishedYears, today } = useSession()
  if (!day || !isDay(day) || day < today || publishedYears.includes(yearOf(day))) return undefined
  return `${yearOf(day)}年放假安排尚未公布（登记），是否工作日、提前几个工作日提醒暂按周一至周五推算`
}

/** Beside a deadline in a year without its notice: it may turn out to be a holiday, and its reminders may move. */
export function UnpublishedMark({ day }: { day: Day | null | undefined }): ReactNode {
  const why = useUnpublished(day)
  if (!why) return null
  return (
    <span title={why} className="zb-unpublished">
      未公布<span className="zb-spoken">：{why}</span>
    </span>
  )
}

/** The same in words below the field in which such a day is being chosen. */
export function UnpublishedHint({ day }: { day: Day | null | undefined }): ReactNode {
  const why = useUnpublished(day)
  return why ? (
    <div role="status" className="zb-hint">
      {why}
    </div>
  ) : null
}
