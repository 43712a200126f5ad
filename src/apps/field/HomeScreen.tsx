import type { ReactNode } from 'react'
import { myTasks } from '#capabilities/hazard/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { Card, EmptyNote, ErrorNote, Loading } from '#shell/phone/parts.tsx'
import { Link } from '#shell/phone/router.tsx'
import { useCan, useSession } from '#shell/session/session.tsx'
import { whoWords } from '#shell/session/who.ts'
import { DutyCard } from './duties/DutyCard.tsx'
import { HazardItem } from './hazards/HazardItem.tsx'
import { listAddress } from './hazards/list-address.ts'

/** What waits for this person, most urgent first; each item opens at the place where it is done. */
export function HomeScreen(): ReactNode {
  const session = useSession()
  const mayHazards = useCan('hazard.read')
  const mayDuties = useCan('duty.read')
  const { unread } = session
  return (
    <>
      <p className="p-hint">{whoWords(session)}</p>
      {session.grants.length === 0 && (
        <EmptyNote why="您的账号还没有授权范围" next="请联系县安委办管理员授权后再使用" />
      )}
      {unread > 0 && (
        <Link to="/inbox" className="p-button">
          有 {unread} 条未读消息
        </Link>
      )}
      {mayHazards && <Tasks />}
      {mayDuties && <DutyCard />}
    </>
  )
}

const urgencies = ['overdue', 'week', 'waiting', 'info'] as const

function Tasks(): ReactNode {
  const answer = useAsk(myTasks, {})
  if (answer.error) return <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Loading />
  const { groups } = answer.data
  const shown = urgencies.flatMap((urgency) => groups.filter((group) => group.urgency === urgency && group.total > 0))
  if (shown.length === 0) {
    return (
      <Card title="我的待办">
        <EmptyNote why="目前没有等您办理的隐患" next="检查或自查发现隐患后，点下面的“登记”" />
      </Card>
    )
  }
  return shown.map((group) => (
    <Card
      key={group.id}
      title={`${group.title}（${group.total}）`}
      extra={group.total > 3 && <Link to={listAddress(group.filter)}>全部</Link>}
    >
      <ul className="p-items">
        {group.rows.slice(0, 3).map((row) => (
          <HazardItem key={row.id} row={row} />
        ))}
      </ul>
    </Card>
  ))
}
