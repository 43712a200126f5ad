import { Link, useNavigate } from '@tanstack/react-router'
import { Card } from 'antd'
import type { ReactNode } from 'react'
import { ActionForm } from '#shell/form/ActionForm.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import { useNewRecordId } from '#shell/form/use-draft.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan, useToday } from '#shell/session/session.tsx'
import type { Option } from '#shell/table/types.ts'
import { meetingKinds, recordMeeting } from '../../model/index.ts'
import { area, papers } from '../fields.ts'
import { useBodyOptions } from '../words.tsx'

const kinds = Object.entries(meetingKinds).map(([value, label]) => ({ value, label }))

function fieldsOf(bodies: readonly Option[], today: string, mayIssue: boolean): FieldSpec[] {
  const options = [...bodies]
  const decision: FieldSpec[] = [{ kind: 'area', name: 'text', label: '议定事项', max: 300, required: true }]
  const task: FieldSpec[] = [
    { kind: 'select', name: 'assigneeBodyId', label: '承办单位', options, help: '与期限一起填写的，登记后即成为任务' },
    { kind: 'day', name: 'dueOn', label: '完成期限', min: today },
  ]
  return [
    { kind: 'select', name: 'kind', label: '类别', required: true, options: kinds },
    { kind: 'text', name: 'title', label: '会议名称', max: 120, required: true },
    ...(mayIssue
      ? [{ kind: 'select' as const, name: 'bodyId', label: '主办单位', options, help: '不选即为本单位' }]
      : []),
    { kind: 'day', name: 'heldOn', label: '召开日期', max: today, required: true },
    { kind: 'text', name: 'place', label: '地点', max: 100 },
    { kind: 'text', name: 'chair', label: '主持人', max: 40 },
    { kind: 'multi', name: 'attendeeBodyIds', label: '参加单位', options },
    { kind: 'words', name: 'people', label: '参加人员', help: '输入姓名后回车；单位和人员至少填一项' },
    area('materials', '学习材料、议题', 500, false),
    area('minutes', '会议内容', 4000, true, '学习会写学了什么，其他会议写纪要要点'),
    {
      kind: 'list',
      name: 'decisions',
      label: '议定事项',
      addLabel: '增加一项',
      fields: mayIssue ? [...decision, ...task] : decision,
    },
    papers('签到表、照片、纪要'),
  ]
}

/** Writes a meeting down; what was decided becomes tasks with it. */
export default function MeetingNewPage(): ReactNode {
  const navigate = useNavigate()
  const recordId = useNewRecordId(recordMeeting)
  const bodies = useBodyOptions()
  const today = useToday()
  const mayIssue = useCan('task.issue')
  return (
    <>
      <PageHeader title="登记会议、学习" words={<Link to={'/meetings' as string}>会议和学习</Link>} />
      <Card style={{ maxWidth: 760 }}>
        <ActionForm
          contract={recordMeeting}
          recordId={recordId}
          fields={fieldsOf(bodies, today, mayIssue)}
          initial={{ heldOn: today }}
          submitLabel="登记"
          onDone={(result) => void navigate({ to: `/meetings/${result.recordId}`, replace: true })}
          onCancel={() => window.history.back()}
        />
      </Card>
    </>
  )
}
