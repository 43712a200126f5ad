import { Link } from '@tanstack/react-router'
import { Alert, Skeleton, Space, Table, Tag } from 'antd'
import type { ReactNode } from 'react'
import { addDays } from '#kernel/time.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { useNarrow } from '#shell/layout/narrow.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { formatInstant } from '#shell/text/format.ts'
import { adjustRule, listRules, type RuleView, reprojectRule, subjectKinds } from '../model/index.ts'

const everySecond = 2_000

/** 职责规则: what the plan asks of whom and how often, and how it stands; every number opens its items. */
export default function RulesPage(): ReactNode {
  const narrow = useNarrow()
  const answer = useAsk(listRules, {}, { refetchInterval: everySecond * 15 })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const { rules, progress, mayAdminister } = answer.data
  const Shown = narrow ? RuleCards : RuleTable
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
        <Shown rules={rules} mayAdminister={mayAdminister} />
      )}
    </>
  )
}

interface RulesProps {
  readonly rules: readonly RuleView[]
  readonly mayAdminister: boolean
}

/** How a rule stands, each number with the filter that opens its items. */
const counts = (row: RuleView, today: string) =>
  [
    { title: '应履行', n: row.due, filter: {} },
    { title: '按期完成', n: row.met, filter: { states: ['met'] } },
    { title: '逾期完成', n: row.late, filter: { states: ['metLate'] } },
    { title: '未到期', n: row.open, filter: { dueFrom: today, states: ['notDue', 'dueSoon', 'unverified'] } },
    {
      title: '逾期未完成',
      n: row.missed,
      filter: { states: ['short', 'missed', 'unverified'], dueTo: addDays(today, -1) },
    },
  ] as const

function Count({ row, at }: { row: RuleView; at: number }): ReactNode {
  const today = useToday()
  const count = counts(row, today)[at]
  if (!count || count.n === 0) return 0
  return (
    <Link
      to={'/duties/items' as string}
      search={{ rule: row.rule, begunBy: today, ...count.filter } as never}
      aria-label={`${row.title}${count.title}${count.n}条，打开清单`}
    >
      {count.n}
    </Link>
  )
}

const span = (row: RuleView) => `${row.from}至${row.until ?? '长期'}`

function RuleTable({ rules, mayAdminister }: RulesProps): ReactNode {
  const number = (title: string, at: number) => ({
    title,
    align: 'right' as const,
    width: title.length > 4 ? 100 : 84,
    onHeaderCell: () => ({ style: { whiteSpace: 'nowrap' as const } }),
    render: (_: unknown, row: RuleView) => <Count row={row} at={at} />,
  })
  return (
    <Table<RuleView>
      size="small"
      rowKey="rule"
      dataSource={[...rules]}
      pagination={false}
      scroll={{ x: 1100 }}
      columns={[
        { title: '职责', render: (_, row) => <Rule row={row} />, width: 320 },
        { title: '对象', render: (_, row) => subjectKinds[row.subjectKind], width: 80 },
        { title: '要求', dataIndex: 'words', width: 130 },
        { title: '起止', render: (_, row) => span(row), width: 110 },
        ...['应履行', '按期完成', '逾期完成', '未到期', '逾期未完成'].map(number),
        ...(mayAdminister
          ? [{ title: '操作', className: 'zb-no-print', render: (_: unknown, row: RuleView) => <Govern row={row} /> }]
          : []),
      ]}
    />
  )
}

/** The rules on a phone, one below the other. */
function RuleCards({ rules, mayAdminister }: RulesProps): ReactNode {
  const today = useToday()
  return (
    <ul className="zb-cards" aria-label="职责规则">
      {rules.map((row) => (
        <li key={row.rule} className="zb-card">
          <Rule row={row} />
          <div className="zb-line">
            <span>{subjectKinds[row.subjectKind]}</span>
            <span>{row.words}</span>
            <span>{span(row)}</span>
          </div>
          <div className="zb-line" style={{ margin: '4px 0' }}>
            {counts(row, today).map(({ title }, at) => (
              <span key={title}>
                {title} <Count row={row} at={at} />
              </span>
            ))}
          </div>
          {mayAdminister && <Govern row={row} />}
        </li>
      ))}
    </ul>
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
