import { z } from 'zod'
import { AttachmentInput, AttachmentView } from '#kernel/attachment.ts'
import { defineAction, defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { named } from '#kernel/list/filter.ts'
import { Paging, pageOf } from '#kernel/paging.ts'
import { Day } from '#kernel/time.ts'
import { BodyId, words } from '../contract.ts'
import { AllowedActions, HistoryEntry } from '../contract-read.ts'
import { taskErrors as e } from '../errors.ts'
import { meetingKindIds, meetingKinds, meetingStateIds, meetingStates } from './terms.ts'

const attachments = z.array(AttachmentInput).max(20, '一次最多上传20个文件').default([])
const MeetingKindId = z.enum(meetingKindIds, '请选择会议类别')
const on = { record: 'meeting', permission: 'task.recordMeeting', output: z.object({ state: z.string() }) }

/** A decision with a body and a day becomes a task of that body at once. */
const DecisionInput = z.object({
  text: words('议定事项', 300),
  assigneeBodyId: BodyId.optional(),
  dueOn: Day.optional(),
})

export const recordMeeting = defineAction({
  ...on,
  id: 'task.recordMeeting',
  title: '登记会议、学习',
  clauses: ['S1-1', 'M02-2', 'P3-2'],
  creates: true,
  input: z.object({
    kind: MeetingKindId,
    title: words('会议名称', 120),
    /** Who held it, where the recorder acts for several bodies or for all. */
    bodyId: BodyId.optional(),
    heldOn: Day,
    place: z.string().trim().max(100, '地点最多100字').default(''),
    chair: z.string().trim().max(40, '主持人最多40字').default(''),
    attendeeBodyIds: z.array(BodyId).max(60, '参加单位最多60个').default([]),
    people: z.array(z.string().trim().min(1).max(40)).max(200, '参加人员最多200人').default([]),
    materials: z.string().trim().max(500, '学习材料、议题最多500字').default(''),
    minutes: words('会议内容', 4000),
    decisions: z.array(DecisionInput).max(30, '议定事项最多30项').default([]),
    attachments,
  }),
  errors: [
    e.bodyMissing,
    e.bodyUnknown,
    e.meetingLate,
    e.nobodyCame,
    e.decisionIncomplete,
    e.noRightToIssue,
    e.onlyHost,
  ],
})

export const addMinutes = defineAction({
  ...on,
  id: 'task.addMinutes',
  title: '补充材料',
  input: z.object({ text: words('补充说明', 1000), attachments }),
  errors: [e.onlyHost],
})

export const voidMeeting = defineAction({
  ...on,
  id: 'task.voidMeeting',
  title: '作废会议记录',
  input: z.object({ reason: words('作废的理由') }),
  errors: [e.onlyHost],
})

export const meetingContracts = [recordMeeting, addMinutes, voidMeeting]

export const MeetingRow = z.object({
  id: Id,
  version: z.number().int(),
  kind: MeetingKindId,
  state: z.enum(meetingStateIds),
  title: z.string(),
  bodyName: z.string(),
  area: z.string(),
  heldOn: Day,
  place: z.string(),
  chair: z.string(),
  attendees: z.number().int(),
  decisions: z.number().int(),
})
export type MeetingRow = z.infer<typeof MeetingRow>

export const MeetingFilter = z.object({
  kind: named(MeetingKindId.optional(), '类别', meetingKinds),
  bodyId: named(z.string().max(60).optional(), '主办单位', 'body'),
  heldFrom: named(Day.optional(), '召开日期自'),
  heldTo: named(Day.optional(), '召开日期至'),
  states: named(
    z.array(z.enum(meetingStateIds)).max(4).optional(),
    '状态',
    Object.fromEntries(meetingStateIds.map((id) => [id, meetingStates[id].label])),
  ),
  text: named(z.string().trim().max(60, '检索词最多60字').optional(), '会议名称'),
})
export type MeetingFilter = z.infer<typeof MeetingFilter>

export const listMeetings = defineQuery({
  id: 'task.meetings',
  title: '会议和学习记录',
  permission: 'task.readMeetings',
  clauses: ['S1-1', 'M02-2'],
  input: MeetingFilter.extend(Paging),
  output: pageOf(MeetingRow),
  errors: [],
})

export const getMeeting = defineQuery({
  id: 'task.getMeeting',
  title: '会议详情',
  permission: 'task.readMeetings',
  input: z.object({ id: Id }),
  output: MeetingRow.extend({
    attendeeNames: z.array(z.string()),
    people: z.array(z.string()),
    materials: z.string(),
    minutes: z.string(),
    recordedBy: z.string(),
    voidReason: z.string(),
    decisionRows: z.array(
      z.object({
        text: z.string(),
        assigneeName: z.string().nullable(),
        dueOn: Day.nullable(),
        /** Present for whoever may see the task it became. */
        task: z.object({ id: Id, state: z.string() }).nullable(),
      }),
    ),
    attachments: z.array(AttachmentView),
    timeline: z.array(HistoryEntry),
    allowedActions: AllowedActions,
  }),
  errors: [],
})
export type MeetingView = z.output<typeof getMeeting.output>
