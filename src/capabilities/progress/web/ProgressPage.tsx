import { Link } from '@tanstack/react-router'
import { Card, Collapse, Skeleton, Tag } from 'antd'
import type { ReactNode } from 'react'
import { listBodies } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { formatDay } from '#shell/text/format.ts'
import {
  listPeriods,
  lockPeriod,
  type PeriodRow,
  periodStates,
  type ReturnRow,
  returnExport,
  returnList,
} from '../model/index.ts'
import { ReturnCard, ReturnDue, ReturnMarks } from './words.tsx'

const cells = {
  state: (row: ReturnRow) => <ReturnMarks row={row} />,
  due: (row: ReturnRow) => <ReturnDue row={row} />,
  submitted: (row: ReturnRow) => formatDay(row.submittedOn),
}

/** 进展报送: the latest period with who has not returned, the earlier ones folded, and the table by body below. */
export default function ProgressPage(): ReactNode {
  const bodies = useAsk(listBodies, {}, { staleTime: 600_000 }).data?.bodies ?? []
  return (
    <>
      <PageHeader
        title="进展报送"
        words="每期由各单位报送，数字由系统从记录中取，填报人只写说明；本单位审核后报县安委办审定。"
      />
      <Periods />
      <RecordTable
        list={returnList}
        cells={cells}
        controls={['states', 'lateness', 'bodyId', 'year']}
        choices={{ body: bodies.map(({ id, name }) => ({ value: id, label: name })) }}
        rowKey={(row) => row.id}
        href={(row) => `/progress/${row.id}`}
        card={(row) => <ReturnCard row={row} />}
        exporting={returnExport}
        empty={{ why: '没有您可以看到的报送', next: '报送期开始后自动建立' }}
      />
    </>
  )
}

function Periods(): ReactNode {
  const answer = useAsk(listPeriods, {})
  const today = useToday()
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const { periods } = answer.data
  if (periods.length === 0) return <EmptyState why="还没有开始的报送期" next="报送期按参数 progress.period 自动开始" />
  const items = periods.map((period) => ({
    key: period.id,
    label: (
      <span>
        {period.name} <Tag>{stateWords(period, today)}</Tag> 已报 {period.submitted}/{period.bodies}，已审定{' '}
        {period.accepted}
        {period.late > 0 && `，逾期报送 ${period.late}`}
        {period.overdue.length > 0 && <strong>，未报 {period.overdue.length}</strong>}
      </span>
    ),
    children: <Period period={period} />,
  }))
  const current = periods.find(({ state, submitted }) => state === 'open' && submitted > 0) ?? periods[0]
  return (
    <Collapse size="small" style={{ marginBottom: 12 }} items={items} defaultActiveKey={current ? [current.id] : []} />
  )
}

/** A period runs before it can be returned for; until then nobody is behind. */
const stateWords = ({ state, opensOn }: PeriodRow, today: string) =>
  state === 'open' && today < opensOn ? `${opensOn}起报送` : periodStates[state].label

function Period({ period }: { period: PeriodRow }): ReactNode {
  return (
    <>
      <p>
        {period.fromOn} 至 {period.toOn}，{period.opensOn} 起报送，期限 {period.dueOn}
        {period.lockedOn && `，${period.lockedOn} 锁定`}{' '}
        <Link to={'/progress' as string} search={{ periodId: period.id } as never}>
          本期各单位
        </Link>
      </p>
      {period.overdue.length > 0 && (
        <p>
          未报：
          {period.overdue.map(({ id, name }) => (
            <span key={id}>
              <Link to={`/progress/${id}` as string}>{name}</Link>{' '}
            </span>
          ))}
        </p>
      )}
      {period.sums.length > 0 && (
        <Card size="small" title="已报单位汇总" style={{ marginBottom: 8 }}>
          <p className="zb-hint">有乡镇报送的按乡镇合计，不与部门重复计算</p>
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 24px' }}>
            {period.sums.map(({ id, title, value }) => (
              <span key={id}>
                {title} <strong>{value}</strong>
              </span>
            ))}
          </div>
        </Card>
      )}
      {period.mayLock && (
        <ActionButton
          contract={lockPeriod}
          recordId={period.id}
          version={period.version}
          fields={[]}
          subject={period.name}
        >
          <p>锁定后本期不能再报送或退回，未报的记为缺报；数字有误的逐条更正并留下理由。</p>
        </ActionButton>
      )}
    </>
  )
}
