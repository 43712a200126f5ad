import { Link } from '@tanstack/react-router'
import { Alert, Button, Collapse, Segmented, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan, useToday } from '#shell/session/session.tsx'
import { useListSearch } from '#shell/table/list-search.ts'
import { formatInstant } from '#shell/text/format.ts'
import { type CalendarYear, getCalendar, workingDaysIn } from '../../model/index.ts'
import { SettingHistory } from './SettingHistory.tsx'
import { YearMonths } from './YearMonths.tsx'

type Projected = z.output<typeof getCalendar.output>['projected']

/** 工作日历: what counts as a working day; every deadline is counted on it, and counted anew when it changes. */
export default function CalendarPage(): ReactNode {
  const today = useToday()
  const answer = useAsk(getCalendar, {})
  const manage = useCan('system.changeSettings')
  const readsHistory = useCan('system.readSettings')
  const [search, setSearch] = useListSearch()
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const { years, projected } = answer.data
  const thisYear = Number(today.slice(0, 4))
  const chosen = Number(search.year ?? thisYear)
  const year = years.find((one) => one.year === chosen) ?? years.at(-1)
  if (!year) return null
  const next = (years.at(-1)?.year ?? thisYear) + 1
  return (
    <>
      <PageHeader
        title="工作日历"
        words="放假和调休以国务院办公厅每年的通知为准；工作日期限按它计算，修改后未到的提醒自动重算"
        actions={
          manage && (
            <>
              <Link to={`/system/calendar/${year.year}` as string}>
                <Button type="primary">{year.complete ? `修改${year.year}年` : `登记${year.year}年放假安排`}</Button>
              </Link>
              <Link to={`/system/calendar/${next}` as string}>
                <Button>开立{next}年</Button>
              </Link>
            </>
          )
        }
      />
      <NextYear years={years} today={today} />
      <div style={{ overflowX: 'auto', marginBottom: 12 }}>
        <Segmented
          value={year.year}
          options={years.map((one) => ({ value: one.year, label: `${one.year}${one.complete ? '' : ' 未公布'}` }))}
          onChange={(value) => setSearch({ year: value })}
        />
      </div>
      <YearWords year={year} />
      <YearMonths year={year.year} days={year} today={today} />
      <ProjectedWords projected={projected} />
      {readsHistory && (
        <Collapse
          items={[
            {
              key: 'history',
              label: `${year.year}年修改记录`,
              children: <SettingHistory key={year.id} of={{ year: year.id }} />,
            },
          ]}
        />
      )}
    </>
  )
}

/** The notice comes in November; whoever opens the calendar then is told what is still to be done. */
function NextYear({ years, today }: { years: readonly CalendarYear[]; today: string }): ReactNode {
  const next = Number(today.slice(0, 4)) + 1
  if (today.slice(5, 7) < '11' || years.some((year) => year.year === next && year.complete)) return null
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 12 }}
      title={`${next}年放假安排还没有登记。国务院办公厅的通知一般在11月发布，发布后请粘贴登记，跨年的期限才会算准`}
    />
  )
}

function YearWords({ year }: { year: CalendarYear }): ReactNode {
  if (!year.complete) {
    return (
      <Alert
        type="warning"
        showIcon
        style={{ marginBottom: 12 }}
        title={`${year.year}年放假安排未公布`}
        description="没有登记的部分暂按周一至周五为工作日推算；落在这一年的期限在各处都标“未公布”，登记后自动重算。"
      />
    )
  }
  return (
    <p>
      全年工作日 {workingDaysIn(year.year, year)} 天；放假的周一至周五 {year.holidays.length} 天，调休上班{' '}
      {year.workdays.length} 天。{year.source && `依据：${year.source}`}
    </p>
  )
}

function ProjectedWords({ projected }: { projected: Projected }): ReactNode {
  if (!projected) return null
  if (!projected.current) return <p role="status">日历或参数刚刚改过，正在后台重算未到的提醒……</p>
  const moved =
    projected.rungs > 0 ? `移动了 ${projected.records} 件记录的 ${projected.rungs} 个提醒` : '没有提醒需要移动'
  return (
    <p>
      最近一次重算：{formatInstant(projected.at)}，{moved}。
    </p>
  )
}
