import type { StateSpec } from '#kernel/lifecycle.ts'

export const returnStates = {
  due: { label: '待填报', type: 'open' },
  submitted: { label: '待本单位审核', type: 'waiting' },
  endorsed: { label: '待县安委办审核', type: 'waiting' },
  returned: { label: '已退回', type: 'open' },
  accepted: { label: '已审定', type: 'closed' },
} as const satisfies Record<string, StateSpec>
export type ReturnState = keyof typeof returnStates
export const returnStateIds = Object.keys(returnStates) as [ReturnState, ...ReturnState[]]

/** The body has not handed in yet, or must again; its clocks run. */
export const owingStates = ['due', 'returned'] as const satisfies readonly ReturnState[]

export const periodStates = {
  open: { label: '报送中', type: 'open' },
  locked: { label: '已锁定', type: 'closed' },
} as const satisfies Record<string, StateSpec>
export type PeriodState = keyof typeof periodStates

/** How a return stands against its day. */
export const returnLateness = {
  overdue: '逾期未报',
  missing: '缺报',
  late: '逾期报送',
  onTime: '按期报送',
} as const
export type ReturnLateness = keyof typeof returnLateness
export const returnLatenessIds = Object.keys(returnLateness) as [ReturnLateness, ...ReturnLateness[]]

/** 及时 is not a number; how long a period is, is the county's to say (parameter `progress.period`). */
export const periodLengths = { month: '每月', quarter: '每季度', halfYear: '每半年' } as const
export type PeriodLength = keyof typeof periodLengths
