import { refuse } from '#kernel/errors.ts'
import { newId } from '#kernel/ids.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import {
  actsAs,
  addMinutes,
  bodyFor,
  type Decision,
  decideTask,
  taskErrors as e,
  type Meeting,
  recordMeeting,
  voidMeeting,
} from '../../model/index.ts'
import { bindFiles } from '../actions-handle.ts'
import { areaOf, field } from '../actions-issue.ts'
import type { TaskDeps } from '../deps.ts'
import { meetingRecord } from './record-type.ts'

interface Decided {
  readonly text: string
  readonly assigneeBodyId?: string | undefined
  readonly dueOn?: string | undefined
}

/** Refuses a decision that says half of what a task needs, or that this person cannot give to others. */
function checkDecisions(deps: TaskDeps, context: EffectContext, decisions: readonly Decided[]): void {
  for (const [at, { assigneeBodyId, dueOn }] of decisions.entries()) {
    if ((assigneeBodyId === undefined) !== (dueOn === undefined)) {
      refuse(
        e.decisionIncomplete,
        field(`decisions.${at}.${dueOn ? 'assigneeBodyId' : 'dueOn'}`, e.decisionIncomplete.message),
      )
    }
    if (assigneeBodyId === undefined) continue
    if (!bodyFor(context.actor, 'task.issue'))
      refuse(e.noRightToIssue, field(`decisions.${at}.assigneeBodyId`, e.noRightToIssue.message))
    areaOf(deps, assigneeBodyId, `decisions.${at}.assigneeBodyId`)
  }
}

/** What was decided becomes a task in the transaction of its meeting; answers the id it has. */
async function taskFrom(context: EffectContext, decided: Required<Decided>, title: string, deps: TaskDeps) {
  const { text, assigneeBodyId, dueOn } = decided
  const recordId = newId(context.now.getTime())
  await context.child(decideTask, {
    recordId,
    input: {
      title: text.slice(0, 120),
      content: `“${title}”议定：${text}`,
      evidence: '办理结果的书面材料',
      kind: 'task',
      key: null,
      period: '',
      clauses: [],
      coBodyIds: [],
      assigneeBodyId: assigneeBodyId ?? '',
      dueOn: dueOn ?? '',
      issuerBodyId: bodyFor(context.actor, 'task.issue') ?? deps.directory.index.reference.officeBodyId,
      issuedOn: context.today,
      meetingId: context.recordId,
    },
  })
  return recordId
}

const record = (deps: TaskDeps): RegisteredAction =>
  onCreate(recordMeeting, meetingRecord, async (context, input) => {
    const { actor, today } = context
    const bodyId = input.bodyId ?? bodyFor(actor, 'task.recordMeeting') ?? refuse(e.bodyMissing)
    const area = areaOf(deps, bodyId, 'bodyId')
    // The committee office may write down any body's meeting; everybody else only their own.
    if (!actsAs(actor, 'task.recordMeeting', bodyId) && !bodyFor(actor, 'task.issue'))
      refuse(e.onlyHost, field('bodyId', e.onlyHost.message))
    if (input.heldOn > today) refuse(e.meetingLate, field('heldOn', e.meetingLate.message))
    if (input.attendeeBodyIds.length + input.people.length === 0)
      refuse(e.nobodyCame, field('attendeeBodyIds', e.nobodyCame.message))
    for (const body of input.attendeeBodyIds) areaOf(deps, body, 'attendeeBodyIds')
    checkDecisions(deps, context, input.decisions)
    await bindFiles(deps, context, meetingRecord.type, input.attachments)
    const decisions: Decision[] = []
    for (const { text, assigneeBodyId = null, dueOn = null } of input.decisions) {
      const decided = assigneeBodyId && dueOn ? { text, assigneeBodyId, dueOn } : undefined
      const taskId = decided ? await taskFrom(context, decided, input.title, deps) : null
      decisions.push({ text, assigneeBodyId, dueOn, taskId })
    }
    const { place, chair, people, materials, minutes, kind, title, heldOn } = input
    const meeting: Meeting = {
      ...{ county: context.county, id: context.recordId, version: 0, kind, title, bodyId, area, heldOn },
      state: 'recorded',
      recordedOn: today,
      voidedOn: null,
      attendeeBodyIds: [...new Set(input.attendeeBodyIds)],
      detail: { place, chair, people, materials, minutes, decisions, recordedBy: actor.name, voidReason: '' },
    }
    const tasks = decisions.filter(({ taskId }) => taskId !== null).length
    const summary = `登记${heldOn}召开的“${title}”${tasks > 0 ? `，${tasks}项议定事项转为任务` : ''}`
    return { record: meeting, output: { state: meeting.state }, summary }
  })

const addTo = (deps: TaskDeps): RegisteredAction =>
  onRecord(addMinutes, meetingRecord, async (context, meeting, { text, attachments }) => {
    await bindFiles(deps, context, meetingRecord.type, attachments)
    const minutes = `${meeting.detail.minutes}\n${context.today} 补充：${text}`
    return {
      record: { ...meeting, detail: { ...meeting.detail, minutes } },
      output: { state: meeting.state },
      summary: `补充材料：${text}`,
    }
  })

const cancel = onRecord(voidMeeting, meetingRecord, (context, meeting, { reason }) => ({
  record: {
    ...meeting,
    state: 'void' as const,
    voidedOn: context.today,
    detail: { ...meeting.detail, voidReason: reason },
  },
  output: { state: 'void' },
  summary: `作废会议记录：${reason}`,
}))

export const meetingActions = (deps: TaskDeps): RegisteredAction[] => [record(deps), addTo(deps), cancel]
