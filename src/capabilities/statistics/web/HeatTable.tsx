import { DownloadOutlined, SwapOutlined } from '@ant-design/icons'
import { Alert, Button, Card, Select, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { Day } from '#kernel/time.ts'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import type { Search } from '#shell/table/types.ts'
import { type Dimension, dimensions, measureIds, measures, table } from '../model/index.ts'
import { csvOf, type Grid, gridOf } from './grid.ts'
import { HeatGrid } from './HeatGrid.tsx'
import type { Question } from './question.ts'

interface HeatTableProps {
  readonly question: Question
  onChange(changes: Search): void
}

/** Any measure by any two dimensions; the darker, the more. Every number opens its list. */
export function HeatTable({ question, onChange }: HeatTableProps): ReactNode {
  const { limits, asOf, measure, rows, columns } = question
  const answer = useAsk(table, { ...limits, measure, rows, columns, ...(asOf ? { asOf } : {}) }, { keepPrevious: true })
  // An answer kept from before belongs to other rows and columns; its cells would link to the wrong lists.
  const fresh = answer.data && !answer.isPlaceholderData ? answer.data : undefined
  const grid = fresh && gridOf(fresh, measures[measure], rows, columns)
  return (
    <Card
      size="small"
      style={{ marginTop: 16 }}
      title={`${measures[measure].title}：${dimensions[rows]} × ${dimensions[columns]}`}
      extra={grid && <SaveButton grid={grid} question={question} day={fresh?.asOf ?? ''} />}
    >
      <Controls question={question} onChange={onChange} />
      {asOf && !measures[measure].historic && (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 8 }}
          title={`“${measures[measure].title}”只有当前数，下表是 ${fresh?.asOf ?? '今天'} 的情况，不是 ${asOf} 的`}
        />
      )}
      {answer.error ? (
        <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
      ) : !grid ? (
        <Skeleton active paragraph={{ rows: 8 }} title={false} />
      ) : grid.foot.total.n === 0 ? (
        <EmptyState why="在所选范围内没有这类隐患" next="可以换一个指标，或清除上面的条件" />
      ) : (
        <HeatGrid grid={grid} corner={dimensions[rows]} measure={measures[measure].title} />
      )}
    </Card>
  )
}

const dimensionOptions = Object.entries(dimensions).map(([value, label]) => ({ value: value as Dimension, label }))

function Controls({ question, onChange }: HeatTableProps): ReactNode {
  const { measure, rows, columns } = question
  const set = (name: 'rows' | 'columns', next: Dimension) => {
    const other = name === 'rows' ? columns : rows
    // Choosing what the other side shows means that the two change places.
    if (next === other) onChange({ rows: columns, columns: rows })
    else onChange({ [name]: next })
  }
  return (
    <div className="zb-filters">
      <Select
        value={measure}
        aria-label="指标"
        options={measureIds.map((id) => ({ value: id, label: measures[id].title }))}
        popupMatchSelectWidth={false}
        style={{ minWidth: 130 }}
        onChange={(next) => onChange({ measure: next })}
      />
      <Select
        value={rows}
        aria-label="行"
        prefix="行"
        options={dimensionOptions}
        popupMatchSelectWidth={false}
        style={{ minWidth: 150 }}
        onChange={(next) => set('rows', next)}
      />
      <Button
        icon={<SwapOutlined />}
        aria-label="交换行和列"
        title="交换行和列"
        onClick={() => onChange({ rows: columns, columns: rows })}
      />
      <Select
        value={columns}
        aria-label="列"
        prefix="列"
        options={dimensionOptions}
        popupMatchSelectWidth={false}
        style={{ minWidth: 150 }}
        onChange={(next) => set('columns', next)}
      />
    </div>
  )
}

function SaveButton({ grid, question, day }: { grid: Grid; question: Question; day: Day }): ReactNode {
  const { measure, rows, columns } = question
  const name = `${measures[measure].title}-${dimensions[rows]}-${dimensions[columns]}-${day}.csv`
  const save = () => {
    // Excel takes a text file for GBK unless it begins with this mark.
    const address = URL.createObjectURL(new Blob(['\ufeff', csvOf(grid, dimensions[rows])], { type: 'text/csv' }))
    const link = document.createElement('a')
    link.href = address
    link.download = name
    link.click()
    URL.revokeObjectURL(address)
  }
  return (
    <Button className="zb-no-print" size="small" icon={<DownloadOutlined />} onClick={save}>
      下载表格
    </Button>
  )
}
