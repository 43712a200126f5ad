import { refuse } from '#kernel/errors.ts'
import { type Day, yearOf } from '#kernel/time.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import {
  acceptTask,
  amendTask,
  bodyFor,
  chaseTask,
  decideTask,
  draftTask,
  taskErrors as e,
  extendTask,
  issueTask,
  raiseTask,
  returnTask,
  type Task,
  voidTask,
} from '../model/index.ts'
import type { TaskDeps } from './deps.ts'
import { tellBody } from './notices.ts'
import { taskRecord } from './record-type.ts'
import { nextReceipt } from './store.ts'

export const field = (path: string, message: string) => ({ detail: message, fields: [{ path, message }] })

interface Content {
  readonly title: string
  readonly content: string
  readonly evidence: string
  readonly assigneeBodyId: string
  readonly coBodyIds: readonly string[]
  readonly dueOn: Day
  readonly clauses: readonly string[]
}

/** Where a body is; refuses one the directory does not know. */
export function areaOf({ directory }: TaskDeps, bodyId: string, path: string): string {
  const { areas, bodies } = directory.index.reference
  const body = bodies.find(({ id, active }) => id === bodyId && active)
  if (!body) return refuse(e.bodyUnknown, field(path, e.bodyUnknown.message))
  return areas.find((area) => area.supervised && area.bodyId === bodyId)?.code ?? body.area
}

/** The parts of a task that follow from what its form says. */
function contentOf(deps: TaskDeps, input: Content, today: Day) {
  const area = areaOf(deps, input.assigneeBodyId, 'assigneeBodyId')
  for (const body of input.coBodyIds) areaOf(deps, body, 'coBodyIds')
  if (input.coBodyIds.includes(input.assigneeBodyId)) refuse(e.assigneeIsCo, field('coBodyIds', e.assigneeIsCo.message))
  if (input.dueOn < today) refuse(e.dueTooEarly, field('dueOn', e.dueTooEarly.message))
  const { title, assigneeBodyId, coBodyIds, dueOn, clauses } = input
  return { title, assigneeBodyId, coBodyIds: [...new Set(coBodyIds)], dueOn, clauses, area }
}

const fresh = (context: EffectContext, input: Pick<Content, 'content' | 'evidence'>) => ({
  county: context.county,
  id: context.recordId,
  version: 0,
  receivedOn: null,
  submittedOn: null,
  endedOn: null,
  receipt: null,
  receiptAt: null,
  detail: {
    content: input.content,
    evidence: input.evidence,
    issuedBy: context.actor.name,
    raisedOn: context.today,
    reports: [],
    submissions: [],
    extensions: [],
    opinion: '',
    voided: null,
  },
})

const draft = (deps: TaskDeps): RegisteredAction =>
  onCreate(draftTask, taskRecord, (context, input) => {
    const issuerBodyId = bodyFor(context.actor, 'task.issue') ?? refuse(e.bodyMissing)
    const record: Task = {
      ...fresh(context, input),
      ...contentOf(deps, input, context.today),
      kind: input.kind,
      source: 'hand',
      key: null,
      period: '',
      meetingId: null,
      issuerBodyId,
      state: 'drafted',
      issuedOn: null,
    }
    return { record, output: { state: record.state }, summary: `草拟“${input.title}”，期限${input.dueOn}` }
  })

const amend = (deps: TaskDeps): RegisteredAction =>
  onRecord(amendTask, taskRecord, (context, task, input) => ({
    record: {
      ...task,
      ...contentOf(deps, input, context.today),
      detail: { ...task.detail, content: input.content, evidence: input.evidence },
    },
    output: { state: task.state },
    summary: `修改“${input.title}”，期限${input.dueOn}`,
  }))

const assigned = (context: EffectContext, task: Task) => {
  const words = {
    kind: 'issued',
    title: `收到${task.kind === 'filing' ? '备案' : ''}任务：${task.title}`,
    body: `期限 ${task.dueOn}`,
  }
  return [task.assigneeBodyId, ...task.coBodyIds].map((body) => tellBody(context.actionId, body, words))
}

const issue = onRecord(issueTask, taskRecord, (context, task) => {
  if (task.dueOn < context.today) refuse(e.dueTooEarly, { detail: '完成期限已过，请先修改期限再下达' })
  const { detail } = task
  const record: Task = {
    ...task,
    state: 'issued',
    issuedOn: context.today,
    detail: { ...detail, issuedBy: context.actor.name, raisedOn: context.today },
  }
  const notices = assigned(context, record)
  return { record, output: { state: record.state }, summary: `下达任务，期限${task.dueOn}`, notices }
})

const raise = (deps: TaskDeps, contract: typeof raiseTask): RegisteredAction =>
  onCreate(contract, taskRecord, (context, input) => {
    const area = areaOf(deps, input.assigneeBodyId, 'assigneeBodyId')
    const { title, assigneeBodyId, coBodyIds, dueOn, clauses, kind, key, period, issuerBodyId, issuedOn, meetingId } =
      input
    const record: Task = {
      ...fresh(context, input),
      ...{ title, assigneeBodyId, dueOn, clauses, kind, key, period, issuerBodyId, issuedOn, meetingId, area },
      coBodyIds: coBodyIds.filter((body) => body !== assigneeBodyId),
      source: meetingId ? 'meeting' : 'plan',
      state: 'issued',
    }
    // What was due before the system knew of it is history, not news.
    const notices = dueOn >= context.today ? assigned(context, record) : []
    const summary = `${meetingId ? '按会议议定事项' : '按方案'}下达“${title}”，期限${dueOn}`
    return { record, output: { state: record.state }, summary, effectiveOn: issuedOn, notices }
  })

const accept = onRecord(acceptTask, taskRecord, async (context, task, { opinion }) => {
  const receipt = task.kind === 'filing' ? await nextReceipt(context.tx, context.county, yearOf(context.today)) : null
  const record: Task = {
    ...task,
    state: 'done',
    endedOn: context.today,
    receipt,
    receiptAt: receipt && context.now.toISOString(),
    detail: { ...task.detail, opinion },
  }
  const title = receipt ? `已备案：${task.title}` : `任务已办结：${task.title}`
  return {
    record,
    output: { state: record.state, receipt },
    summary: [receipt ? `登记备案${receipt}` : '审核通过，任务办结', opinion].filter(Boolean).join('：'),
    notices: [tellBody(context.actionId, task.assigneeBodyId, { kind: 'done', title, body: receipt ?? opinion })],
  }
})

const sendBack = onRecord(returnTask, taskRecord, (context, task, { reason }) => {
  const { submissions } = task.detail
  const returned = { on: context.today, by: context.actor.name, reason }
  const answered = submissions.map((one, at) => (at === submissions.length - 1 ? { ...one, returned } : one))
  return {
    record: {
      ...task,
      state: 'returned' as const,
      submittedOn: null,
      detail: { ...task.detail, submissions: answered },
    },
    output: { state: 'returned' },
    summary: `退回重报：${reason}`,
    notices: [
      tellBody(context.actionId, task.assigneeBodyId, {
        kind: 'returned',
        title: `被退回：${task.title}`,
        body: reason,
      }),
    ],
  }
})

const extend = onRecord(extendTask, taskRecord, (context, task, { dueOn, reason }) => {
  if (dueOn <= task.dueOn) refuse(e.notLater, field('dueOn', `延期后的期限须晚于现在的期限${task.dueOn}`))
  if (dueOn < context.today) refuse(e.dueTooEarly, field('dueOn', e.dueTooEarly.message))
  const one = { from: task.dueOn, to: dueOn, reason, by: context.actor.name, on: context.today }
  return {
    record: { ...task, dueOn, detail: { ...task.detail, extensions: [...task.detail.extensions, one] } },
    output: { state: task.state },
    summary: `期限由${task.dueOn}延长到${dueOn}：${reason}`,
    notices: [
      tellBody(context.actionId, task.assigneeBodyId, {
        kind: 'extended',
        title: `期限延长：${task.title}`,
        body: `新期限 ${dueOn}`,
      }),
    ],
  }
})

const chase = onRecord(chaseTask, taskRecord, (context, task, { words }) => ({
  record: task,
  output: { state: task.state },
  summary: `催办：${words}`,
  notices: [
    tellBody(context.actionId, task.assigneeBodyId, {
      kind: 'chased',
      title: `催办：${task.title}`,
      body: `${words}｜期限 ${task.dueOn}`,
    }),
  ],
}))

const cancel = onRecord(voidTask, taskRecord, (context, task, { reason }) => ({
  record: {
    ...task,
    state: 'void' as const,
    endedOn: context.today,
    detail: { ...task.detail, voided: { reason, by: context.actor.name } },
  },
  output: { state: 'void' },
  summary: `作废：${reason}`,
  notices:
    task.state === 'drafted'
      ? []
      : [
          tellBody(context.actionId, task.assigneeBodyId, {
            kind: 'void',
            title: `任务作废：${task.title}`,
            body: reason,
          }),
        ],
}))

/** What the issuer does: draft, issue, judge, extend, chase and void. */
export const issuingActions = (deps: TaskDeps): RegisteredAction[] => [
  draft(deps),
  amend(deps),
  issue,
  raise(deps, raiseTask),
  raise(deps, decideTask),
  accept,
  sendBack,
  extend,
  chase,
  cancel,
]
