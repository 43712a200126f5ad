import type { StateSpec } from '#kernel/lifecycle.ts'

export const meetingKinds = {
  mobilise: '动员部署',
  committee: '安委会会议',
  study: '学习',
  dispatch: '调度会',
  consult: '会商',
  onsite: '现场推进会',
  review: '总结会',
  other: '其他会议',
} as const
export type MeetingKind = keyof typeof meetingKinds
export const meetingKindIds = Object.keys(meetingKinds) as [MeetingKind, ...MeetingKind[]]

export const meetingStates = {
  recorded: { label: '已登记', type: 'closed' },
  void: { label: '已作废', type: 'void' },
} as const satisfies Record<string, StateSpec>
export type MeetingState = keyof typeof meetingStates
export const meetingStateIds = Object.keys(meetingStates) as [MeetingState, ...MeetingState[]]
