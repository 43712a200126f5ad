import { PlusOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan } from '#shell/session/session.tsx'
import { taskExport, taskList } from '../model/index.ts'
import { StandingsCard } from './StandingsCard.tsx'
import { TaskTable } from './TaskTable.tsx'

/** 任务: what each body has to do until when, and who is to be chased. */
export default function TaskListPage(): ReactNode {
  const navigate = useNavigate()
  const mayIssue = useCan('task.issue')
  return (
    <>
      <PageHeader
        title="任务"
        words="方案分解的任务和交办、会议议定的任务：签收、办理、报送、审核办结。"
        actions={
          mayIssue && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate({ to: '/tasks/new' })}>
              交办任务
            </Button>
          )
        }
      />
      {mayIssue && <StandingsCard kind="task" />}
      <TaskTable
        kind="task"
        list={taskList}
        exporting={taskExport}
        empty={{ why: '没有您可以看到的任务', next: '任务由县安委办按方案下达或交办' }}
      />
    </>
  )
}
