import { useNavigate } from '@tanstack/react-router'
import { Card, DatePicker, Skeleton } from 'antd'
import dayjs from 'dayjs'
import { lazy, type ReactNode, Suspense, useCallback, useMemo } from 'react'
import { addDays, type Day, monthOf } from '#kernel/time.ts'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { useCan } from '#shell/session/session.tsx'
import type { Search } from '#shell/table/types.ts'
import { flow } from '../model/index.ts'
import { FlowTable } from './FlowTable.tsx'
import type { Question } from './question.ts'
import { type FlowKey, type FlowMonth, flowOption, stockOption } from './trend-option.ts'

const Chart = lazy(() => import('./Chart.tsx'))

interface TrendProps {
  readonly question: Question
  readonly today: Day
  readonly stockUntil: Day
  onChange(changes: Search): void
}

/** Inflow against outflow, and the burn-down of the stock, from the month after the stock period. */
export function Trend({ question, today, stockUntil, onChange }: TrendProps): ReactNode {
  const last = monthOf(question.asOf ?? today)
  const from = question.from ?? earlier(monthOf(addDays(stockUntil, 1)), last)
  const to = question.to ?? last
  const answer = useAsk(
    flow,
    { ...question.limits, from, to, ...(question.asOf ? { asOf: question.asOf } : {}) },
    { keepPrevious: true },
  )
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  const months = answer.data?.months
  return (
    <>
      <Card
        size="small"
        style={{ marginTop: 16 }}
        title="每月增减"
        extra={<Months from={from} to={to} today={today} onChange={onChange} />}
      >
        {!months ? (
          <Skeleton active paragraph={{ rows: 6 }} title={false} />
        ) : months.length === 0 ? (
          <EmptyState why="所选月份还没有开始" next="请选择较早的月份" />
        ) : (
          <FlowCharts months={months} stockUntil={stockUntil} />
        )}
      </Card>
      {months && months.length > 0 && <FlowTable months={months} />}
    </>
  )
}

const earlier = (a: string, b: string) => (a < b ? a : b)

function FlowCharts({ months, stockUntil }: { months: readonly FlowMonth[]; stockUntil: Day }): ReactNode {
  const navigate = useNavigate()
  const mayOpen = useCan('hazard.read')
  const year = stockUntil.slice(0, 4)
  const first = useMemo(() => flowOption(months), [months])
  const second = useMemo(() => stockOption(months), [months])
  const pick = useCallback(
    (series: string, at: number) => {
      const filter = months[at]?.[series as FlowKey]?.filter
      if (filter && mayOpen) void navigate({ to: '/hazards', search: filter as never })
    },
    [months, mayOpen, navigate],
  )
  return (
    <Suspense fallback={<Skeleton active paragraph={{ rows: 6 }} title={false} />}>
      <Chart option={first} height={280} onPick={pick} label="每月新增、销号和月末未销号的隐患数，数字见下表" />
      <h3 style={{ margin: '16px 0 4px', fontSize: 14 }}>{year}年及以前存量销号进度</h3>
      <Chart option={second} height={200} onPick={pick} label={`${year}年及以前存量隐患的月末余数，数字见下表`} />
    </Suspense>
  )
}

interface MonthsProps {
  readonly from: string
  readonly to: string
  readonly today: Day
  onChange(changes: Search): void
}

function Months({ from, to, today, onChange }: MonthsProps): ReactNode {
  return (
    <DatePicker.RangePicker
      className="zb-no-print"
      picker="month"
      size="small"
      aria-label="月份范围"
      allowClear={false}
      value={[dayjs(`${from}-01`), dayjs(`${to}-01`)]}
      maxDate={dayjs(today)}
      style={{ width: 190 }}
      onChange={(months) => onChange({ from: months?.[0]?.format('YYYY-MM'), to: months?.[1]?.format('YYYY-MM') })}
    />
  )
}
