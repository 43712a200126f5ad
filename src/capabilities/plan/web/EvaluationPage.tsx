import { Link } from '@tanstack/react-router'
import { Skeleton, Table } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { ListLink } from '#shell/router/ListLink.tsx'
import { useToday } from '#shell/session/session.tsx'
import { ExportButton } from '#shell/table/ExportButton.tsx'
import { useListSearch } from '#shell/table/list-search.ts'
import { withFilter } from '#shell/table/search.ts'
import { formatNumber, formatPercent } from '#shell/text/format.ts'
import {
  clauseStateIds,
  type EvaluationAnswer,
  evaluation,
  evaluationReport,
  exportEvaluation,
  type Problems,
  type Recurring,
} from '../model/index.ts'
import { LimitBar } from './LimitBar.tsx'
import { OutcomesPart } from './OutcomesPart.tsx'
import './plan.css'
import { readWall } from './question.ts'
import { ClauseStateTag } from './states.tsx'

/** 总结评估: what of the plan is met, met late and unmet, and what recurs. */
export default function EvaluationPage(): ReactNode {
  const today = useToday()
  const [search, setSearch] = useListSearch()
  const { asOf, area, body } = readWall(search, today).limits
  const limits = { ...(asOf ? { asOf } : {}), ...(area ? { area } : {}), ...(body ? { body } : {}) }
  const answer = useAsk(evaluation, limits, { keepPrevious: true })
  return (
    <>
      <PageHeader
        title="总结评估"
        words={`截至 ${asOf ?? today}。结论和数字由系统记录算出，统计您管辖范围内的事项。`}
        actions={
          <>
            <ExportButton contract={evaluationReport} input={limits} label="Word 报告" />
            <ExportButton contract={exportEvaluation} input={limits} label="Excel 表格" />
          </>
        }
        printable
      />
      <LimitBar
        limits={limits}
        stages={[]}
        allDeadlines
        onChange={(changes) => setSearch(withFilter(search, changes))}
      />
      {answer.error ? (
        <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
      ) : answer.data ? (
        <Found data={answer.data} />
      ) : (
        <Skeleton active paragraph={{ rows: 12 }} title={false} />
      )}
    </>
  )
}

function Found({ data }: { data: EvaluationAnswer }): ReactNode {
  const { clauses, tiles, problems, outcomes } = data
  if (clauses.length === 0) return <EmptyState why="没有符合条件的条款" next="请放宽或清除上面的条件" />
  return (
    <div className="plan-ready">
      <h2 className="plan-group">条款结论（共 {clauses.length} 条）</h2>
      <ul className="plan-history">
        {clauseStateIds.map((id) => (
          <li key={id}>
            <ClauseStateTag state={id} />
            <div>
              <strong>{clauses.filter(({ state }) => state === id).length}</strong> 条
            </div>
          </li>
        ))}
      </ul>
      <h2 className="plan-group">各项结论</h2>
      <Tiles tiles={tiles} />
      <CommonProblems problems={problems} />
      <OutcomesPart outcomes={outcomes} />
    </div>
  )
}

function Tiles({ tiles }: { tiles: EvaluationAnswer['tiles'] }): ReactNode {
  return (
    <Table<EvaluationAnswer['tiles'][number]>
      size="small"
      rowKey="id"
      dataSource={[...tiles]}
      pagination={false}
      columns={[
        {
          title: '项目',
          render: (_, { id, title }) => (
            <Link to={`/plan/wall/${id}`} preload={false}>
              {id} {title}
            </Link>
          ),
        },
        {
          title: '结论',
          sorter: (a, b) => clauseStateIds.indexOf(a.state) - clauseStateIds.indexOf(b.state),
          render: (_, { state }) => <ClauseStateTag state={state} />,
        },
        {
          title: '完成/应完成',
          align: 'right',
          render: (_, { numbers }) => `${formatNumber(numbers.met + numbers.late)}/${formatNumber(numbers.due)}`,
        },
        {
          title: '逾期完成',
          align: 'right',
          responsive: ['md'],
          render: (_, { numbers }) => formatNumber(numbers.late),
        },
        {
          title: '逾期未完成',
          align: 'right',
          responsive: ['md'],
          render: (_, { numbers }) => formatNumber(numbers.missed),
        },
        { title: '牵头', responsive: ['md'], render: (_, { lead }) => lead.map(({ name }) => name).join('、') },
      ]}
    />
  )
}

function CommonProblems({ problems }: { problems: Problems }): ReactNode {
  const { criteria, sectors, areas, zeroFinding } = problems
  const closed = sectors.reduce((sum, { everClosed }) => sum + everClosed, 0)
  const again = sectors.reduce((sum, { reopened }) => sum + reopened, 0)
  return (
    <>
      <h2 className="plan-group">共性问题（重大事故隐患）</h2>
      <p>
        曾销号 {formatNumber(closed)} 条，其中重新打开 {formatNumber(again)} 条，重开率{' '}
        {formatPercent(closed > 0 ? again / closed : null)}。督导检查查出重大隐患的单位{' '}
        {formatNumber(zeroFinding.inspected)} 家，其中自查从未查出重大隐患的 {formatNumber(zeroFinding.silent)} 家。
      </p>
      <Recurrings title="行业领域" rows={sectors} />
      <Recurrings title="乡镇（开发区）" rows={areas} />
      <h3 className="plan-group">反复出现的判定标准条款</h3>
      {criteria.length === 0 ? (
        <EmptyState why="没有按判定标准条款判定的重大隐患" />
      ) : (
        <Table<Problems['criteria'][number]>
          size="small"
          rowKey="key"
          dataSource={[...criteria]}
          pagination={false}
          columns={[
            { title: '判定标准条款', dataIndex: 'title' },
            { title: '次数', dataIndex: 'found', align: 'right', width: 80 },
          ]}
        />
      )}
    </>
  )
}

function Recurrings({ title, rows }: { title: string; rows: readonly Recurring[] }): ReactNode {
  if (rows.length === 0) return null
  const number = (name: 'standing' | 'overdue' | 'everClosed' | 'reopened', label: string) => ({
    title: label,
    align: 'right' as const,
    render: (_: unknown, row: Recurring) => formatNumber(row[name]),
  })
  return (
    <Table<Recurring>
      size="small"
      rowKey="key"
      style={{ marginBottom: 12 }}
      dataSource={[...rows]}
      pagination={false}
      columns={[
        { title, dataIndex: 'title' },
        {
          title: '发现',
          align: 'right',
          render: (_, row) => (
            <ListLink list={row.list} label={`${row.title} 发现${row.found}`}>
              {formatNumber(row.found)}
            </ListLink>
          ),
        },
        number('standing', '未销号'),
        number('overdue', '逾期'),
        { ...number('everClosed', '曾销号'), responsive: ['md'] },
        number('reopened', '重新打开'),
      ]}
    />
  )
}
