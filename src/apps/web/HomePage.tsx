import { Link } from '@tanstack/react-router'
import { Button, Card, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { MyDuties } from '#capabilities/duty/web/MyDuties.tsx'
import { type HazardRow, hazardStates, myTasks } from '#capabilities/hazard/model/index.ts'
import { listNotices } from '#capabilities/system/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { useNarrow } from '#shell/layout/narrow.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordPanels } from '#shell/router/panels.tsx'
import { useCan, useSession, useToday } from '#shell/session/session.tsx'
import { whoWords } from '#shell/session/who.ts'
import { formatInstant } from '#shell/text/format.ts'
import { DueText, LevelTag, StateTag } from '#shell/text/tags.tsx'
import { KeyNumbers } from './KeyNumbers.tsx'

/** The first page after signing in: what waits for this person, most urgent first, and the numbers of their scope. */
export default function HomePage(): ReactNode {
  const session = useSession()
  const mayHazards = useCan('hazard.read')
  const mayCount = useCan('statistics.read')
  const mayDuties = useCan('duty.read')
  return (
    <>
      <PageHeader title="工作台" words={whoWords(session)} actions={<Quick />} />
      {session.grants.length === 0 && (
        <EmptyState why="您的账号还没有授权范围" next="请联系县安委办管理员授权后再使用" />
      )}
      {mayCount && <KeyNumbers />}
      {mayHazards && <Tasks />}
      {mayDuties && <MyDuties />}
      <RecordPanels record="workbench" id="" />
      <Inbox />
    </>
  )
}

function Quick(): ReactNode {
  const report = useCan('hazard.report')
  if (!report) return null
  return (
    <Link to={'/hazards/new' as string}>
      <Button type="primary">登记隐患</Button>
    </Link>
  )
}

function Tasks(): ReactNode {
  const answer = useAsk(myTasks, {})
  const narrow = useNarrow()
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const groups = answer.data.groups.filter((group) => group.total > 0)
  if (groups.length === 0) {
    return (
      <Card title="我的待办" style={{ marginBottom: 12 }}>
        <EmptyState why="目前没有等您办理的隐患" next="检查或自查发现隐患后，点“登记隐患”" />
      </Card>
    )
  }
  return (
    <div className="zb-columns">
      {groups.map((group) => (
        <Card
          key={group.id}
          title={`${group.title}（${group.total}）`}
          size="small"
          extra={
            <Link to={'/hazards' as string} search={group.filter as never}>
              全部
            </Link>
          }
        >
          <ul className="zb-plain">
            {group.rows.slice(0, narrow ? 3 : 5).map((row) => (
              <Task key={row.id} row={row} />
            ))}
          </ul>
        </Card>
      ))}
    </div>
  )
}

function Task({ row }: { row: HazardRow }): ReactNode {
  const today = useToday()
  return (
    <li>
      <Link to={`/hazards/${row.id}` as string}>{row.description}</Link>
      <div className="zb-line">
        <LevelTag risk={row.level === 'major' ? 'red' : 'blue'} label={row.level === 'major' ? '重大' : '一般'} />
        <StateTag state={hazardStates[row.state]} />
        <span>
          {row.unitName}（{row.areaName}）
        </span>
        {row.dueOn && <DueText due={row.dueOn} today={today} done={row.state === 'closed'} />}
      </div>
    </li>
  )
}

function Inbox(): ReactNode {
  const { data } = useAsk(listNotices, { unreadOnly: true, size: 5 })
  if (!data || data.rows.length === 0) return null
  return (
    <Card
      size="small"
      title={`未读消息（${data.total}）`}
      style={{ marginTop: 12 }}
      extra={<Link to={'/inbox' as string}>全部</Link>}
    >
      <ul className="zb-plain">
        {data.rows.map((row) => (
          <li key={row.id}>
            {row.path ? <Link to={row.path as string}>{row.title}</Link> : row.title}
            <div className="zb-line">
              <span>{formatInstant(row.at)}</span>
              <span>{row.body}</span>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
