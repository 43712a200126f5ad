import { Alert, Segmented, Skeleton } from 'antd'
import { type ReactNode, useState } from 'react'
import { addDays, type Day, isDay, makeDay, weekday } from '#kernel/time.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan, useToday } from '#shell/session/session.tsx'
import { type CalendarYear, getCalendar, setCalendarYear } from '../model/index.ts'

const fields: readonly FieldSpec[] = [
  {
    kind: 'words',
    name: 'holidays',
    label: '放假日',
    help: '逐日填写，如 2027-01-01；周末不必填写，除非与放假连在一起',
  },
  { kind: 'words', name: 'workdays', label: '调休上班日', help: '周六、周日中要上班的日子' },
  { kind: 'switch', name: 'complete', label: '当年放假通知已录全' },
  {
    kind: 'area',
    name: 'reason',
    label: '依据',
    required: true,
    max: 300,
    placeholder: '例如：国务院办公厅关于2027年部分节假日安排的通知',
  },
]

/** 工作日历: what counts as a working day; every deadline is counted on it, and counted anew when it changes. */
export default function CalendarPage(): ReactNode {
  const today = useToday()
  const answer = useAsk(getCalendar, {})
  const manage = useCan('system.changeSettings')
  const [chosen, setChosen] = useState(Number(today.slice(0, 4)))
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const { years } = answer.data
  const year = years.find((candidate) => candidate.year === chosen) ?? years[0]
  if (!year) return null
  return (
    <>
      <PageHeader
        title="工作日历"
        actions={
          manage && (
            <ActionButton
              key={year.id}
              contract={setCalendarYear}
              recordId={year.id}
              version={year.version}
              fields={fields}
              initial={{ holidays: year.holidays, workdays: year.workdays, complete: year.complete }}
              doneText="已修改，未到期的时限正在重新计算"
            />
          )
        }
      />
      <Segmented
        value={year.year}
        options={years.map((candidate) => candidate.year)}
        onChange={setChosen}
        style={{ marginBottom: 12 }}
      />
      {!year.complete && (
        <Alert
          type="warning"
          style={{ marginBottom: 12 }}
          title={`${year.year}年的放假通知还没有录全，暂按周一至周五为工作日计算`}
        />
      )}
      <div className="zb-months">
        {months.map((month) => (
          <Month key={month} year={year} month={month} today={today} />
        ))}
      </div>
      <p>
        <span className="zb-day zb-day-off">休</span> 放假　<span className="zb-day zb-day-on">班</span> 调休上班
      </p>
    </>
  )
}

const months = Array.from({ length: 12 }, (_, at) => at + 1)

function Month({ year, month, today }: { year: CalendarYear; month: number; today: Day }): ReactNode {
  const first = makeDay(year.year, month, 1)
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
          <DayCell key={day} day={day} year={year} today={today} {...(at === 0 ? { column: lead + 1 } : {})} />
        ))}
      </div>
    </section>
  )
}

function DayCell(props: { day: Day; year: CalendarYear; today: Day; column?: number }): ReactNode {
  const { day, year, today, column } = props
  const weekend = weekday(day) >= 6
  const off = year.holidays.includes(day)
  const on = year.workdays.includes(day)
  const kind = off ? 'zb-day-off' : on ? 'zb-day-on' : weekend ? 'zb-day-weekend' : ''
  const words = off ? '放假' : on ? '调休上班' : weekend ? '周末' : '工作日'
  return (
    <span
      className={`zb-day ${kind}`}
      title={`${day} ${words}`}
      style={{
        ...(column ? { gridColumnStart: column } : {}),
        ...(day === today ? { outline: '2px solid #083f3b' } : {}),
      }}
    >
      {Number(day.slice(8))}
      {off ? '休' : on ? '班' : ''}
    </span>
  )
}
