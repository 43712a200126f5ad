import { Link, useNavigate } from '@tanstack/react-router'
import { Card } from 'antd'
import type { ReactNode } from 'react'
import { ActionForm } from '#shell/form/ActionForm.tsx'
import { useNewRecordId } from '#shell/form/use-draft.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { draftTask, taskKinds } from '../model/index.ts'
import { taskFields } from './fields.ts'
import { useBodyOptions } from './words.tsx'

/** Drafts a task or a filing by hand; it is issued from its page, once it has been read over. */
export default function TaskNewPage(): ReactNode {
  const navigate = useNavigate()
  const recordId = useNewRecordId(draftTask)
  const bodies = useBodyOptions()
  const today = useToday()
  const kinds = Object.entries(taskKinds).map(([value, label]) => ({ value, label }))
  return (
    <>
      <PageHeader title="交办任务" words={<Link to={'/tasks' as string}>任务</Link>} />
      <Card style={{ maxWidth: 760 }}>
        <ActionForm
          contract={draftTask}
          recordId={recordId}
          submitLabel="保存草稿"
          doneText="已保存，核对后点“下达任务”"
          fields={[
            { kind: 'radio', name: 'kind', label: '类别', required: true, options: kinds },
            ...taskFields(bodies, today),
          ]}
          initial={{ kind: 'task' }}
          onDone={(result) => void navigate({ to: `/tasks/${result.recordId}`, replace: true })}
          onCancel={() => window.history.back()}
        />
      </Card>
    </>
  )
}
