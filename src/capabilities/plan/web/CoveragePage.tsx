import { Link } from '@tanstack/react-router'
import { Input, Skeleton, Table } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { useNarrow } from '#shell/layout/narrow.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { ListLink } from '#shell/router/ListLink.tsx'
import { ExportButton } from '#shell/table/ExportButton.tsx'
import { useListSearch } from '#shell/table/list-search.ts'
import { withFilter } from '#shell/table/search.ts'
import type { Search } from '#shell/table/types.ts'
import {
  awaited,
  type CoverageLimits,
  type CoverageRow,
  clauseKinds,
  coverage,
  exportCoverage,
  rhythms,
} from '../model/index.ts'
import { Choice } from './LimitBar.tsx'
import './plan.css'

const choices = (entries: Readonly<Record<string, string>>) =>
  Object.entries(entries).map(([value, label]) => ({ value, label }))
const liveWords = { live: '已有机制', later: '等待功能' } as const

function readLimits(search: Search): CoverageLimits {
  const one = <T extends string>(table: Readonly<Record<T, unknown>>, value: unknown) =>
    (Object.keys(table) as T[]).find((key) => key === value)
  const text = typeof search.text === 'string' && search.text !== '' ? search.text.slice(0, 60) : undefined
  const limits = {
    live: one(liveWords, search.live),
    kind: one(clauseKinds, search.kind),
    later: one(awaited, search.later),
    text,
  }
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined))
}

/** Every row of the plan with what fulfils it, or what it still waits for. */
export default function CoveragePage(): ReactNode {
  const [search, setSearch] = useListSearch()
  const limits = readLimits(search)
  const answer = useAsk(coverage, limits, { keepPrevious: true })
  const change = (changes: Search) => setSearch(withFilter(search, changes))
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active paragraph={{ rows: 10 }} />
  const { total, live, later, waitsFor, rows } = answer.data
  const waits = waitsFor.map(({ title, rows: n }) => `${title} ${n}`).join('，')
  return (
    <>
      <PageHeader
        title="条款落实"
        words={`方案共 ${total} 条，已有落实机制 ${live} 条，等待功能 ${later} 条${waits ? `（${waits}）` : ''}。`}
        actions={<ExportButton contract={exportCoverage} input={limits} label="导出" />}
        printable
      />
      <search className="zb-filters">
        <Input.Search
          defaultValue={limits.text}
          placeholder="条款编号或内容"
          aria-label="条款编号或内容"
          allowClear
          maxLength={60}
          style={{ width: 220 }}
          onSearch={(text) => change({ text: text.trim() || undefined })}
        />
        <Choice
          label="落实情况"
          value={limits.live}
          options={choices(liveWords)}
          onChange={(next) => change({ live: next })}
        />
        <Choice label="类型" value={limits.kind} options={choices(clauseKinds)} onChange={(kind) => change({ kind })} />
        <Choice
          label="等待的功能"
          value={limits.later}
          options={choices(awaited)}
          onChange={(next) => change({ later: next })}
        />
        <span role="status">{rows.length} 条</span>
      </search>
      <Rows rows={rows} />
    </>
  )
}

const when = ({ from, by, every }: CoverageRow) =>
  [every && rhythms[every], from && by ? `${from} 至 ${by}` : by && `${by} 前`].filter(Boolean).join('，') || '持续'

function Rows({ rows }: { rows: readonly CoverageRow[] }): ReactNode {
  const narrow = useNarrow()
  if (rows.length === 0) return <EmptyState why="没有符合条件的条款" next="请放宽或清除上面的条件" />
  return (
    <Table<CoverageRow>
      size="small"
      rowKey="id"
      dataSource={[...rows]}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        {
          title: '条款',
          width: narrow ? 74 : 90,
          render: (_, row) => (
            <Link to={`/plan/wall/${row.id}`} preload={false}>
              {row.id}
            </Link>
          ),
        },
        { title: '所属', width: 120, dataIndex: 'sectionTitle', responsive: ['md'] },
        {
          title: '内容',
          render: (_, row) => (
            <>
              {row.text}
              {narrow && <Serving row={row} />}
            </>
          ),
        },
        {
          title: '责任单位',
          width: 180,
          responsive: ['md'],
          render: (_, row) => row.bodies.map(({ name }) => name).join('、'),
        },
        { title: '期限', width: 130, responsive: ['md'], render: (_, row) => when(row) },
        { title: '落实机制', width: '34%', responsive: ['md'], render: (_, row) => <Serving row={row} /> },
      ]}
    />
  )
}

function Serving({ row }: { row: CoverageRow }): ReactNode {
  if (row.later) return <div className="plan-hint">等待{awaited[row.later]}</div>
  return row.mechanisms.map(({ id, title, path }) => (
    <div key={id}>
      <ListLink list={path} label={title}>
        {title}
      </ListLink>
    </div>
  ))
}
