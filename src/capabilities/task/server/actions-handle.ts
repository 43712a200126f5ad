import { refuse } from '#kernel/errors.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import { taskErrors as e, receiveTask, reportTask, submitTask, type Task } from '../model/index.ts'
import type { TaskDeps } from './deps.ts'
import { tellBody } from './notices.ts'
import { taskRecord } from './record-type.ts'

type Attachments = Parameters<TaskDeps['files']['bind']>[2]

/** Hangs files on a record of this capability. */
export async function bindFiles(deps: TaskDeps, context: EffectContext, recordType: string, files: Attachments) {
  const { tx, county, actionId, actor, now, recordId } = context
  await deps.files.bind(tx, { county, recordType, recordId, actionId, actor, now }, files)
}

const receive = onRecord(receiveTask, taskRecord, (context, task) => ({
  record: { ...task, state: 'received' as const, receivedOn: context.today },
  output: { state: 'received' },
  summary: '签收任务',
}))

const report = (deps: TaskDeps): RegisteredAction =>
  onRecord(reportTask, taskRecord, async (context, task, { text, attachments }) => {
    await bindFiles(deps, context, taskRecord.type, attachments)
    const one = { on: context.today, by: context.actor.name, text }
    return {
      record: { ...task, state: 'doing' as const, detail: { ...task.detail, reports: [...task.detail.reports, one] } },
      output: { state: 'doing' },
      summary: `登记进展：${text}`,
    }
  })

const submit = (deps: TaskDeps): RegisteredAction =>
  onRecord(submitTask, taskRecord, async (context, task, { statement, attachments }) => {
    await bindFiles(deps, context, taskRecord.type, attachments)
    // A filing that comes back is answered with a new paper: the one that was returned is not the one to be filed.
    if (task.kind === 'filing' && attachments.length === 0) {
      refuse(e.paperMissing, { fields: [{ path: 'attachments', message: e.paperMissing.message }] })
    }
    const { accountId, personId, name: by } = context.actor
    const one = { on: context.today, by, accountId, personId, statement, returned: null }
    const record: Task = {
      ...task,
      state: 'submitted',
      receivedOn: task.receivedOn ?? context.today,
      submittedOn: context.today,
      detail: { ...task.detail, submissions: [...task.detail.submissions, one] },
    }
    const late = context.today > task.dueOn ? `（逾期，期限${task.dueOn}）` : ''
    return {
      record,
      output: { state: record.state },
      summary: `报送${late}：${statement}`,
      notices: [
        tellBody(context.actionId, task.issuerBodyId, {
          kind: 'submitted',
          title: `待审核：${task.title}`,
          body: `${deps.directory.bodyName(context.county, task.assigneeBodyId)}${late}`,
        }),
      ],
    }
  })

/** What those do who have to fulfil the task. */
export const handlingActions = (deps: TaskDeps): RegisteredAction[] => [receive, report(deps), submit(deps)]
