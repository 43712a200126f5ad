import type { ReactNode } from 'react'
import { ActionBar, type ActionPlan } from '#shell/form/ActionBar.tsx'
import { useToday } from '#shell/session/session.tsx'
import type { Option } from '#shell/table/types.ts'
import * as m from '../model/index.ts'
import { area, papers, taskFields } from './fields.ts'
import { useBodyOptions } from './words.tsx'

/** What may be done with the task now, and why the rest may not. */
export function TaskActions({ task }: { task: m.TaskView }): ReactNode {
  const today = useToday()
  const bodies = useBodyOptions()
  return (
    <ActionBar
      recordId={task.id}
      version={task.version}
      allowed={task.allowedActions}
      plans={{ ...handling(task), ...judging(task, today), ...drafting(task, today, bodies) }}
      subject={`${task.title}（${task.assigneeName}）`}
      sideBySide={2}
    />
  )
}

type Plans = Readonly<Record<string, ActionPlan>>

function handling(task: m.TaskView): Plans {
  const filing = task.kind === 'filing'
  const help = filing ? '上传备案件（盖章件扫描或电子件）' : task.evidence || '能证明完成情况的材料'
  return {
    [m.receiveTask.id]: { contract: m.receiveTask, primary: !filing, fields: [] },
    [m.reportTask.id]: {
      contract: m.reportTask,
      fields: [area('text', '进展情况', 1000), papers('照片、文件，可不传')],
    },
    [m.submitTask.id]: {
      contract: m.submitTask,
      primary: filing || task.state !== 'issued',
      initial: filing ? { statement: '现报送备案' } : {},
      fields: [area('statement', filing ? '报送说明' : '完成情况', 1000), papers(help)],
    },
  }
}

function judging(task: m.TaskView, today: string): Plans {
  const last = task.submissions.at(-1)
  const background = last ? [`${last.on} ${last.by}报送：${last.statement}`, `附件${task.attachments.length}个`] : []
  const accept = {
    ...m.acceptTask,
    title: task.kind === 'filing' ? '登记备案' : m.acceptTask.title,
  }
  return {
    [m.acceptTask.id]: {
      contract: accept,
      primary: true,
      background,
      fields: [area('opinion', '审核意见', 300, false)],
    },
    [m.returnTask.id]: { contract: m.returnTask, background, fields: [area('reason', '退回的原因', 500)] },
    [m.extendTask.id]: {
      contract: m.extendTask,
      background: [`现在的期限 ${task.dueOn}`],
      fields: [
        { kind: 'day', name: 'dueOn', label: '新的期限', min: today, required: true },
        area('reason', '延期的理由', 500),
      ],
    },
    [m.chaseTask.id]: {
      contract: m.chaseTask,
      initial: { words: '请抓紧办理，按期报送' },
      fields: [area('words', '催办的内容', 200)],
    },
    [m.voidTask.id]: { contract: m.voidTask, danger: true, fields: [area('reason', '作废的理由', 500)] },
  }
}

function drafting(task: m.TaskView, today: string, bodies: readonly Option[]): Plans {
  const { title, content, evidence, assigneeBodyId, coBodyIds, dueOn, clauses } = task
  return {
    [m.issueTask.id]: { contract: m.issueTask, primary: true, fields: [] },
    [m.amendTask.id]: {
      contract: m.amendTask,
      initial: { title, content, evidence, assigneeBodyId, coBodyIds, dueOn, clauses },
      fields: taskFields(bodies, today),
    },
  }
}
