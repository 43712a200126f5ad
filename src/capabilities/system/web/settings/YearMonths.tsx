import type { ReactNode } from 'react'
import { addDays, type Day, isDay, makeDay, weekday } from '#kernel/time.ts'
import type { YearDays } from '../../model/index.ts'

interface YearMonthsProps {
  readonly year: number
  readonly days: Pick<YearDays, 'holidays' | 'workdays'>
  readonly today: Day
  /** Days that differ from what is kept; they are underlined. */
  readonly changed?: ReadonlySet<Day>
  /** With it a day can be pressed: a weekday becomes free, a weekend day is worked. */
  onToggle?(day: Day): void
}

const months = Array.from({ length: 12 }, (_, at) => at + 1)

/** The twelve months of a year with what is off and what is worked beyond the ordinary week. */
export function YearMonths(props: YearMonthsProps): ReactNode {
  return (
    <>
      <div className="zb-months">
        {months.map((month) => (
          <Month key={month} {...props} month={month} />
        ))}
      </div>
      <p>
        <span className="zb-day zb-day-off">休</span> 放假　<span className="zb-day zb-day-on">班</span> 调休上班
        {props.changed && (
          <>
            　<span className="zb-day-changed">12</span> 与现在的日历不同
          </>
        )}
      </p>
    </>
  )
}

function Month({ month, ...props }: YearMonthsProps & { month: number }): ReactNode {
  const first = makeDay(props.year, month, 1)
  if (!first || !isDay(first)) return null
  const lead = weekday(first) - 1
  const days: Day[] = []
  for (let day = first; day.slice(5, 7) === first.slice(5, 7); day = addDays(day, 1)) days.push(day)
  return (
    <section aria-label={`${month}月`} className="zb-panel">
      <strong>{month}月</strong>
      <div className="zb-month">
        {['一', '二', '三', '四', '五', '六', '日'].map((name) => (
          <span key={name}>{name}</span>
        ))}
        {days.map((day, at) => (
          <DayCell key={day} day={day} {...props} {...(at === 0 ? { column: lead + 1 } : {})} />
        ))}
      </div>
    </section>
  )
}

function DayCell(props: Omit<YearMonthsProps, 'year'> & { day: Day; column?: number }): ReactNode {
  const { day, days, today, changed, column, onToggle } = props
  const weekend = weekday(day) >= 6
  const off = days.holidays.includes(day)
  const on = days.workdays.includes(day)
  const kind = off ? 'zb-day-off' : on ? 'zb-day-on' : weekend ? 'zb-day-weekend' : ''
  const words = off ? '放假' : on ? '调休上班' : weekend ? '周末' : '工作日'
  const cell = {
    className: `zb-day ${kind} ${changed?.has(day) ? 'zb-day-changed' : ''}`,
    title: `${day} ${words}`,
    style: {
      ...(column ? { gridColumnStart: column } : {}),
      ...(day === today ? { outline: '2px solid #083f3b' } : {}),
    },
  }
  const text = `${Number(day.slice(8))}${off ? '休' : on ? '班' : ''}`
  if (!onToggle) return <span {...cell}>{text}</span>
  return (
    <button type="button" {...cell} aria-label={cell.title} aria-pressed={off || on} onClick={() => onToggle(day)}>
      {text}
    </button>
  )
}
