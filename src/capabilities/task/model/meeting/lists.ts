import { defineExport, defineList, type ListColumn } from '#kernel/list/list.ts'
import { listMeetings, MeetingFilter, type MeetingRow } from './contract.ts'
import { meetingKinds, meetingStates } from './terms.ts'

const columns: readonly ListColumn<MeetingRow>[] = [
  { key: 'title', title: '会议', text: (row) => row.title, hideable: false },
  { key: 'kind', title: '类别', text: (row) => meetingKinds[row.kind], width: 110 },
  { key: 'body', title: '主办单位', text: (row) => row.bodyName, width: 180 },
  { key: 'held', title: '召开日期', text: (row) => row.heldOn, width: 110 },
  { key: 'place', title: '地点', text: (row) => row.place || null, width: 150, hiddenAtFirst: true },
  { key: 'chair', title: '主持人', text: (row) => row.chair || null, width: 130 },
  { key: 'attendees', title: '参加单位', text: (row) => row.attendees, width: 90, align: 'right' },
  { key: 'decisions', title: '议定事项', text: (row) => row.decisions, width: 90, align: 'right' },
  { key: 'state', title: '状态', text: (row) => meetingStates[row.state].label, width: 100 },
]

export const meetingList = defineList({
  id: 'meetings',
  title: '会议和学习记录',
  contract: listMeetings,
  filter: MeetingFilter,
  columns,
})
export const meetingExport = defineExport(meetingList, { id: 'task.exportMeetings' })
