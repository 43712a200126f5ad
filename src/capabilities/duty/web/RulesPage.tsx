import { Link } from '@tanstack/react-router'
import { Alert, Skeleton, Space, Table, Tag } from 'antd'
import type { ReactNode } from 'react'
import { addDays } from '#kernel/time.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { formatInstant } from '#shell/text/format.ts'
import { adjustRule, listRules, type RuleView, reprojectRule, subjectKinds } from '../model/index.ts'

const everySecond = 2_000

/** 职责规则: what the plan asks of whom and how often, and how it stands; every number opens its items. */
export default function RulesPage(): ReactNode {
  const answer = useAsk(listRules, {}, { refetchInterval: everySecond * 15 })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const { rules, progress, mayAdminister } = answer.data
  const underWay = progress && !progress.finished
  return (
    <>
      <PageHeader title="职责规则" words={`方案中的${rules.length}项职责，随数据包装入`} printable />
      {underWay && (
        <Alert
          type="info"
          style={{ marginBottom: 12 }}
          title={`正在推算：${progress.done} / ${progress.total} 项规则，${formatInstant(progress.at)} 开始`}
        />
      )}
      {rules.length === 0 ? (
        <EmptyState why="还没有职责规则" next="系统启动后约一分钟装入；仍然没有的，检查数据包的 duties 文件夹" />
      ) : (
        <RuleTable rules={rules} mayAdminister={mayAdminister} />
      )}
    </>
  )
}

function RuleTable({ rules, mayAdminister }: { rules: readonly RuleView[]; mayAdminister: boolean }): ReactNode {
  const today = useToday()
  const number = (row: RuleView, n: number, narrowing: object) =>
    n === 0 ? (
      0
    ) : (
      <Link to={'/duties/items' as string} search={{ rule: row.rule, begunBy: today, ...narrowing } as never}>
        {n}
      </Link>
    )
  return (
    <Table<RuleView>
      size="small"
      rowKey="rule"
      dataSource={[...rules]}
      pagination={false}
      scroll={{ x: 1000 }}
      columns={[
        { title: '职责', render: (_, row) => <Rule row={row} />, width: 340 },
        { title: '对象', render: (_, row) => subjectKinds[row.subjectKind], width: 80 },
        { title: '要求', dataIndex: 'words', width: 150 },
        { title: '起止', render: (_, row) => `${row.from}至${row.until ?? '长期'}`, width: 120 },
        { title: '应履行', align: 'right', render: (_, row) => number(row, row.due, {}) },
        { title: '按期完成', align: 'right', render: (_, row) => number(row, row.met, { states: ['met'] }) },
        { title: '逾期完成', align: 'right', render: (_, row) => number(row, row.late, { states: ['metLate'] }) },
        {
          title: '未到期',
          align: 'right',
          render: (_, row) => number(row, row.open, { dueFrom: today, states: ['notDue', 'dueSoon', 'unverified'] }),
        },
        {
          title: '逾期未完成',
          align: 'right',
          render: (_, row) =>
            number(row, row.missed, { states: ['short', 'missed', 'unverified'], dueTo: addDays(today, -1) }),
        },
        ...(mayAdminister
          ? [{ title: '操作', className: 'zb-no-print', render: (_: unknown, row: RuleView) => <Govern row={row} /> }]
          : []),
      ]}
    />
  )
}

function Rule({ row }: { row: RuleView }): ReactNode {
  return (
    <>
      {row.title} {row.confidence === 'low' && <Tag style={{ margin: 0 }}>周期待确认</Tag>}{' '}
      {row.adjusted && <Tag style={{ margin: 0 }}>日期已调整</Tag>}{' '}
      {row.waiting && <Tag style={{ margin: 0 }}>等待推算</Tag>}
      <div className="zb-hint">
        {row.clauses.join('、')}
        {row.note && `　${row.note}`}
      </div>
    </>
  )
}

function Govern({ row }: { row: RuleView }): ReactNode {
  const reason = (label: string) => ({ kind: 'area' as const, name: 'reason', label, max: 500, required: true })
  return (
    <Space wrap size={4}>
      <ActionButton
        contract={adjustRule}
        recordId={row.id}
        version={row.version}
        subject={row.title}
        initial={{ from: row.from, until: row.until }}
        background={['今后的周期随之重算，已经结束的周期不变']}
        fields={[
          { kind: 'day', name: 'from', label: '开始日期', required: true },
          { kind: 'day', name: 'until', label: '结束日期', help: '不填为长期' },
          reason('调整的理由'),
        ]}
      />
      <ActionButton
        contract={reprojectRule}
        recordId={row.id}
        version={row.version}
        subject={row.title}
        background={['按现在的对象和规则，重新推算这一天以后已经结束的周期。理由记入办理记录']}
        fields={[{ kind: 'day', name: 'from', label: '从哪一天起', required: true }, reason('重新推算的理由')]}
      />
    </Space>
  )
}
