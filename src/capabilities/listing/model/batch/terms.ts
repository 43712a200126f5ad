import type { StateSpec } from '#kernel/lifecycle.ts'

export const batchStates = {
  drafting: { label: '拟定中', type: 'open' },
  submitted: { label: '待审定', type: 'waiting' },
  approved: { label: '已审定，待公布', type: 'open' },
  published: { label: '已公布', type: 'closed' },
  none: { label: '确认本年度无', type: 'closed' },
  voided: { label: '已作废', type: 'void' },
} as const satisfies Record<string, StateSpec>
export type BatchState = keyof typeof batchStates
export const batchStateIds = Object.keys(batchStates) as BatchState[]

/** How a year stands: whether a list was published, and when. */
export const yearStatuses = {
  met: '按期完成',
  late: '逾期完成',
  pending: '未到期',
  unmet: '超期未完成',
  none: '确认本年度无',
} as const
export type YearStatus = keyof typeof yearStatuses

/** The most hazards one meeting can look at one by one. */
export const largestBatch = 60
