import { Link, useParams } from '@tanstack/react-router'
import { Card, Descriptions, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { HistoryCard } from '#shell/layout/HistoryCard.tsx'
import { useNarrow } from '#shell/layout/narrow.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { formatDay, formatInstant, none } from '#shell/text/format.ts'
import { DueText } from '#shell/text/tags.tsx'
import { Gallery } from '#shell/upload/Gallery.tsx'
import { getTask, type TaskView, taskSources } from '../model/index.ts'
import { TaskActions } from './TaskActions.tsx'
import { TaskMarks } from './words.tsx'

/** One task or filing: what is asked, how it went, and what may be done now. */
export default function TaskPage(): ReactNode {
  const { id = '' } = useParams({ strict: false })
  const answer = useAsk(getTask, { id })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const task = answer.data
  const filing = task.kind === 'filing'
  return (
    <>
      <PageHeader
        title={task.title}
        marks={<TaskMarks row={task} />}
        words={<Link to={(filing ? '/filings' : '/tasks') as string}>{filing ? '备案' : '任务'}</Link>}
        actions={<TaskActions task={task} />}
        printable
      />
      <Facts task={task} />
      {task.attachments.length > 0 && (
        <Card size="small" title={`材料（${task.attachments.length}）`} style={{ marginBottom: 12 }}>
          <Gallery files={task.attachments} foundOn={task.issuedOn ?? task.dueOn} />
        </Card>
      )}
      <HistoryCard entries={task.timeline} />
    </>
  )
}

function Facts({ task }: { task: TaskView }): ReactNode {
  const narrow = useNarrow()
  const today = useToday()
  const running = ['issued', 'received', 'doing', 'returned'].includes(task.state)
  const last = task.submissions.at(-1)
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['承办单位', task.assigneeName],
    ['协办单位', task.coNames.join('、') || none],
    ['完成期限', <DueText key="due" due={task.dueOn} today={today} done={!running} />],
    ['下达', `${task.issuerName}，${formatDay(task.issuedOn)}（${taskSources[task.source]}）`],
    ['签收', formatDay(task.receivedOn)],
    ['方案条款', task.clauses.join('、') || none],
    ['内容和要求', task.content || none],
    ['需要的佐证', task.evidence || none],
    ...(last ? [['报送', `${last.on} ${last.by}：${last.statement}`] as const] : []),
    ...(last?.returned ? [['退回', `${last.returned.on} ${last.returned.by}：${last.returned.reason}`] as const] : []),
    ...task.extensions.map(
      ({ from, to, reason, by, on }) => ['延期', `${on} ${by}：${from} → ${to}，${reason}`] as const,
    ),
    ...(task.receipt ? [['备案', `${task.receipt}，${formatInstant(task.receiptAt)}`] as const] : []),
    ...(task.opinion ? [['审核意见', task.opinion] as const] : []),
    ...(task.voided ? [['作废', `${task.voided.by}：${task.voided.reason}`] as const] : []),
    ...(task.meeting
      ? [
          [
            '议定会议',
            <Link key="m" to={`/meetings/${task.meeting.id}` as string}>
              {task.meeting.title}
            </Link>,
          ] as const,
        ]
      : []),
  ]
  return (
    <Card size="small" style={{ marginBottom: 12 }}>
      <Descriptions
        size="small"
        column={narrow ? 1 : 2}
        items={facts.map(([label, children], at) => ({ key: at, label, children }))}
      />
    </Card>
  )
}
