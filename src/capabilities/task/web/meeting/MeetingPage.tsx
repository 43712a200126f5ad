import { Link, useParams } from '@tanstack/react-router'
import { Card, Descriptions, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ActionBar } from '#shell/form/ActionBar.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { HistoryCard } from '#shell/layout/HistoryCard.tsx'
import { useNarrow } from '#shell/layout/narrow.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { none } from '#shell/text/format.ts'
import { StateTag } from '#shell/text/tags.tsx'
import { Gallery } from '#shell/upload/Gallery.tsx'
import {
  addMinutes,
  getMeeting,
  type MeetingView,
  meetingKinds,
  meetingStates,
  voidMeeting,
} from '../../model/index.ts'
import { area, papers } from '../fields.ts'

const plans = {
  [addMinutes.id]: { contract: addMinutes, fields: [area('text', '补充说明', 1000), papers('照片、纪要、签到表')] },
  [voidMeeting.id]: { contract: voidMeeting, danger: true, fields: [area('reason', '作废的理由', 500)] },
}

/** One meeting: who, what, decided what, and what became of it. */
export default function MeetingPage(): ReactNode {
  const { id = '' } = useParams({ strict: false })
  const answer = useAsk(getMeeting, { id })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const meeting = answer.data
  return (
    <>
      <PageHeader
        title={meeting.title}
        marks={<StateTag state={meetingStates[meeting.state]} />}
        words={<Link to={'/meetings' as string}>会议和学习</Link>}
        actions={
          <ActionBar recordId={meeting.id} version={meeting.version} allowed={meeting.allowedActions} plans={plans} />
        }
        printable
      />
      <Facts meeting={meeting} />
      {meeting.decisionRows.length > 0 && <Decisions meeting={meeting} />}
      {meeting.attachments.length > 0 && (
        <Card size="small" title={`材料（${meeting.attachments.length}）`} style={{ marginBottom: 12 }}>
          <Gallery files={meeting.attachments} foundOn={meeting.heldOn} />
        </Card>
      )}
      <HistoryCard entries={meeting.timeline} />
    </>
  )
}

function Facts({ meeting }: { meeting: MeetingView }): ReactNode {
  const narrow = useNarrow()
  const facts: readonly (readonly [string, string])[] = [
    ['类别', meetingKinds[meeting.kind]],
    ['主办单位', meeting.bodyName],
    ['召开日期', meeting.heldOn],
    ['地点', meeting.place || none],
    ['主持人', meeting.chair || none],
    ['登记人', meeting.recordedBy],
    ['参加单位', meeting.attendeeNames.join('、') || none],
    ['参加人员', meeting.people.join('、') || none],
    ['学习材料、议题', meeting.materials || none],
    ['会议内容', meeting.minutes],
    ...(meeting.voidReason ? [['作废的理由', meeting.voidReason] as const] : []),
  ]
  return (
    <Card size="small" style={{ marginBottom: 12 }}>
      <Descriptions
        size="small"
        column={narrow ? 1 : 2}
        items={facts.map(([label, children]) => ({ key: label, label, children }))}
        styles={{ content: { whiteSpace: 'pre-wrap' } }}
      />
    </Card>
  )
}

function Decisions({ meeting }: { meeting: MeetingView }): ReactNode {
  return (
    <Card size="small" title={`议定事项（${meeting.decisionRows.length}）`} style={{ marginBottom: 12 }}>
      <ol style={{ margin: 0, paddingInlineStart: 20 }}>
        {meeting.decisionRows.map(({ text, assigneeName, dueOn, task }) => (
          <li key={text}>
            {task ? <Link to={`/tasks/${task.id}` as string}>{text}</Link> : text}
            {assigneeName && (
              <div className="zb-line">
                <span>{assigneeName}</span>
                <span>期限 {dueOn}</span>
                {task && <span>{task.state}</span>}
              </div>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
}
