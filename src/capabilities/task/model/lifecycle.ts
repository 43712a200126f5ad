import { defineLifecycle, type Guard, type Lifecycle } from '#kernel/lifecycle.ts'
import { taskErrors } from './errors.ts'
import type { Task } from './record.ts'
import { actsAs, samePerson } from './rules.ts'
import { owedStates, type TaskState, taskStates } from './terms.ts'

const byIssuer: Guard<Task> = ({ record, actor }) =>
  actor.system || actsAs(actor, 'task.issue', record.issuerBodyId) ? undefined : { def: taskErrors.onlyIssuer }

const byAssignee: Guard<Task> = ({ record, actor }) =>
  actor.system || actsAs(actor, 'task.handle', record.assigneeBodyId) ? undefined : { def: taskErrors.onlyAssignee }

/** Assignee and co-assignees alike tell how it goes. */
const byHandler: Guard<Task> = ({ record, actor }) =>
  actor.system || [record.assigneeBodyId, ...record.coBodyIds].some((body) => actsAs(actor, 'task.handle', body))
    ? undefined
    : { def: taskErrors.onlyAssignee }

const notSubmitter: Guard<Task> = ({ record, actor }) => {
  const last = record.detail.submissions.at(-1)
  return last && samePerson(last, actor) ? { def: taskErrors.reviewerIsSubmitter } : undefined
}

/** 草拟 → 下达 → 签收 → 办理 → 报送 → 办结（备案）或退回; only the issuer extends, voids and judges. */
export const taskLifecycle: Lifecycle<TaskState, Task> = defineLifecycle({
  record: 'task',
  states: taskStates,
  stateOf: (task) => task.state,
  transitions: [
    { action: 'task.amend', from: ['drafted'], to: 'same', guards: [byIssuer] },
    { action: 'task.issue', from: ['drafted'], to: 'issued', guards: [byIssuer] },
    { action: 'task.receive', from: ['issued'], to: 'received', guards: [byAssignee] },
    { action: 'task.report', from: ['received', 'doing', 'returned'], to: 'doing', guards: [byHandler] },
    { action: 'task.submit', from: owedStates, to: 'submitted', guards: [byAssignee] },
    { action: 'task.accept', from: ['submitted'], to: 'done', guards: [byIssuer, notSubmitter] },
    { action: 'task.return', from: ['submitted'], to: 'returned', guards: [byIssuer, notSubmitter] },
    { action: 'task.extend', from: owedStates, to: 'same', guards: [byIssuer] },
    { action: 'task.chase', from: owedStates, to: 'same', guards: [byIssuer] },
    { action: 'task.void', from: ['drafted', ...owedStates, 'submitted'], to: 'void', guards: [byIssuer] },
  ],
})
