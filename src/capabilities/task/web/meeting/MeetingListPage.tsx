import { PlusOutlined } from '@ant-design/icons'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan } from '#shell/session/session.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { StateTag } from '#shell/text/tags.tsx'
import { type MeetingRow, meetingExport, meetingKinds, meetingList, meetingStates } from '../../model/index.ts'
import { useBodyOptions } from '../words.tsx'

const cells = { state: (row: MeetingRow) => <StateTag state={meetingStates[row.state]} /> }

/** 会议、学习记录: what was held when, by whom, and what was decided. */
export default function MeetingListPage(): ReactNode {
  const navigate = useNavigate()
  const mayRecord = useCan('task.recordMeeting')
  return (
    <>
      <PageHeader
        title="会议和学习"
        words="动员部署、学习、调度、会商、现场推进会；议定事项可以直接转为任务。"
        actions={
          mayRecord && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate({ to: '/meetings/new' })}>
              登记会议、学习
            </Button>
          )
        }
      />
      <RecordTable
        list={meetingList}
        cells={cells}
        controls={['kind', 'bodyId', ['heldFrom', 'heldTo', '召开日期'], 'text']}
        choices={{ body: useBodyOptions() }}
        rowKey={(row) => row.id}
        href={(row) => `/meetings/${row.id}`}
        card={(row) => (
          <>
            <Link to={`/meetings/${row.id}` as string}>{row.title}</Link>
            <div className="zb-line">
              <span>{meetingKinds[row.kind]}</span>
              <span>{row.bodyName}</span>
              <span>{row.heldOn}</span>
              {row.decisions > 0 && <span>议定{row.decisions}项</span>}
            </div>
          </>
        )}
        exporting={meetingExport}
        empty={{ why: '还没有会议和学习记录', next: '召开会议或组织学习后，点右上方“登记会议、学习”' }}
      />
    </>
  )
}
