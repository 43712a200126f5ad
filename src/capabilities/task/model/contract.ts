import { z } from 'zod'
import { AttachmentInput } from '#kernel/attachment.ts'
import { defineAction } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { Day } from '#kernel/time.ts'
import { taskErrors as e } from './errors.ts'
import { taskKindIds } from './terms.ts'

export const words = (what: string, max = 500) =>
  z.string().trim().min(2, `请写明${what}（至少2个字）`).max(max, `${what}最多${max}字`)
export const BodyId = z.string().trim().min(1, '请选择机构').max(60)
const attachments = z.array(AttachmentInput).max(20, '一次最多上传20个文件').default([])
const State = z.object({ state: z.string() })
const on = { record: 'task', output: State }

/** What a task says, however it came to be. */
const Content = {
  title: words('任务名称', 120),
  content: z.string().trim().max(2000, '任务内容最多2000字').default(''),
  evidence: z.string().trim().max(300, '佐证要求最多300字').default(''),
  assigneeBodyId: BodyId,
  coBodyIds: z.array(BodyId).max(40, '协办单位最多40个').default([]),
  dueOn: Day,
  clauses: z.array(z.string().trim().min(1).max(20)).max(20).default([]),
}

export const draftTask = defineAction({
  ...on,
  id: 'task.draft',
  title: '草拟任务',
  permission: 'task.issue',
  clauses: ['G-1', 'S2-1'],
  creates: true,
  input: z.object({ ...Content, kind: z.enum(taskKindIds).default('task') }),
  errors: [e.bodyMissing, e.bodyUnknown, e.assigneeIsCo, e.dueTooEarly],
})

export const amendTask = defineAction({
  ...on,
  id: 'task.amend',
  title: '修改草拟的任务',
  permission: 'task.issue',
  input: z.object(Content),
  errors: [e.onlyIssuer, e.bodyUnknown, e.assigneeIsCo, e.dueTooEarly],
})

export const issueTask = defineAction({
  ...on,
  id: 'task.issue',
  title: '下达任务',
  permission: 'task.issue',
  input: z.object({}),
  errors: [e.onlyIssuer, e.dueTooEarly],
})

/** What comes into being as issued: of the pack, by the system, or of a meeting, by whoever records it. */
const raised = {
  ...on,
  creates: true,
  internal: true,
  input: z.object({
    ...Content,
    coBodyIds: z.array(BodyId),
    kind: z.enum(taskKindIds),
    key: z.string().nullable(),
    period: z.string(),
    issuerBodyId: BodyId,
    issuedOn: Day,
    meetingId: Id.nullable(),
  }),
  errors: [e.bodyUnknown],
}
export const raiseTask = defineAction({ ...raised, id: 'task.raise', title: '按方案下达', permission: 'task.raise' })
export const decideTask = defineAction({
  ...raised,
  id: 'task.decide',
  title: '按会议议定下达',
  permission: 'task.issue',
})

export const receiveTask = defineAction({
  ...on,
  id: 'task.receive',
  title: '签收',
  permission: 'task.handle',
  input: z.object({}),
  errors: [e.onlyAssignee],
})

export const reportTask = defineAction({
  ...on,
  id: 'task.report',
  title: '登记进展',
  permission: 'task.handle',
  input: z.object({ text: words('进展情况', 1000), attachments }),
  errors: [e.onlyAssignee],
})

export const submitTask = defineAction({
  ...on,
  id: 'task.submit',
  title: '报送',
  permission: 'task.handle',
  clauses: ['P1-3', 'S1-10'],
  input: z.object({ statement: words('完成情况', 1000), attachments }),
  errors: [e.onlyAssignee, e.paperMissing],
})

export const acceptTask = defineAction({
  ...on,
  id: 'task.accept',
  title: '审核通过',
  permission: 'task.issue',
  clauses: ['S1-10'],
  input: z.object({ opinion: z.string().trim().max(300, '审核意见最多300字').default('') }),
  output: z.object({ state: z.string(), receipt: z.string().nullable() }),
  errors: [e.onlyIssuer, e.reviewerIsSubmitter],
})

export const returnTask = defineAction({
  ...on,
  id: 'task.return',
  title: '退回重报',
  permission: 'task.issue',
  input: z.object({ reason: words('退回的原因') }),
  errors: [e.onlyIssuer, e.reviewerIsSubmitter],
})

export const extendTask = defineAction({
  ...on,
  id: 'task.extend',
  title: '延长期限',
  permission: 'task.issue',
  input: z.object({ dueOn: Day, reason: words('延期的理由') }),
  errors: [e.onlyIssuer, e.notLater, e.dueTooEarly],
})

export const chaseTask = defineAction({
  ...on,
  id: 'task.chase',
  title: '催办',
  permission: 'task.issue',
  input: z.object({ words: words('催办的内容', 200) }),
  errors: [e.onlyIssuer],
})

export const voidTask = defineAction({
  ...on,
  id: 'task.void',
  title: '作废',
  permission: 'task.issue',
  input: z.object({ reason: words('作废的理由') }),
  errors: [e.onlyIssuer],
})

export const taskContracts = [
  draftTask,
  amendTask,
  issueTask,
  raiseTask,
  decideTask,
  receiveTask,
  reportTask,
  submitTask,
  acceptTask,
  returnTask,
  extendTask,
  chaseTask,
  voidTask,
]
