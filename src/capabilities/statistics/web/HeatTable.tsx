import { SwapOutlined } from '@ant-design/icons'
import { Button, Card, Select, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { ExportButton } from '#shell/table/ExportButton.tsx'
import type { Search } from '#shell/table/types.ts'
import { type Dimension, dimensions, dimensionsOf, exportTable, measureIds, measureOf, table } from '../model/index.ts'
import { gridOf } from './grid.ts'
import { HeatGrid } from './HeatGrid.tsx'
import type { Question } from './question.ts'

interface HeatTableProps {
  readonly question: Question
  onChange(changes: Search): void
}

/** Any measure by any two dimensions; the darker, the more. Every number opens its list. */
export function HeatTable({ question, onChange }: HeatTableProps): ReactNode {
  const { limits, asOf, measure, rows, columns } = question
  const asked = { ...limits, measure, rows, columns, ...(asOf ? { asOf } : {}) }
  const answer = useAsk(table, asked, { keepPrevious: true })
  const counted = measureOf(measure)
  // An answer kept from before belongs to other rows and columns; its cells would link to the wrong lists.
  const fresh = answer.data && !answer.isPlaceholderData ? answer.data : undefined
  const grid = fresh && gridOf(fresh, counted, rows, columns)
  return (
    <Card
      size="small"
      style={{ marginTop: 16 }}
      title={`${counted.title}：${dimensions[rows]} × ${dimensions[columns]}`}
      extra={grid && <ExportButton contract={exportTable} input={asked} label="下载表格" />}
    >
      <Controls question={question} onChange={onChange} />
      {answer.error ? (
        <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
      ) : !grid ? (
        <Skeleton active paragraph={{ rows: 8 }} title={false} />
      ) : grid.foot.total.n === 0 && !counted.share ? (
        <EmptyState why="在所选范围内没有这类隐患" next="可以换一个指标，或清除上面的条件" />
      ) : (
        <HeatGrid grid={grid} corner={dimensions[rows]} measure={counted.title} list={counted.list} />
      )}
    </Card>
  )
}

function Controls({ question, onChange }: HeatTableProps): ReactNode {
  const { measure, rows, columns } = question
  const dimensionOptions = dimensionsOf(measureOf(measure)).map((value) => ({ value, label: dimensions[value] }))
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
        options={measureIds.map((id) => ({ value: id, label: measureOf(id).title }))}
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
