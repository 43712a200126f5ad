import type { StateSpec } from '#kernel/lifecycle.ts'

/** A filing (备案) is a task that a paper fulfils and a receipt number ends. */
export const taskKinds = { task: '任务', filing: '备案' } as const
export type TaskKind = keyof typeof taskKinds
export const taskKindIds = Object.keys(taskKinds) as [TaskKind, ...TaskKind[]]

/** Where a task came from. */
export const taskSources = { plan: '方案', hand: '交办', meeting: '会议议定' } as const
export type TaskSource = keyof typeof taskSources

export const taskStates = {
  drafted: { label: '草拟', type: 'waiting' },
  issued: { label: '待签收', type: 'open' },
  received: { label: '已签收', type: 'open' },
  doing: { label: '办理中', type: 'open' },
  submitted: { label: '待审核', type: 'waiting' },
  returned: { label: '已退回', type: 'open' },
  done: { label: '已办结', type: 'closed' },
  void: { label: '已作废', type: 'void' },
} as const satisfies Record<string, StateSpec>
export type TaskState = keyof typeof taskStates
export const taskStateIds = Object.keys(taskStates) as [TaskState, ...TaskState[]]

/** The assignee owes something; its clocks run. */
export const owedStates = ['issued', 'received', 'doing', 'returned'] as const satisfies readonly TaskState[]

/** What may be late about a task, or soon will be. */
export const taskLateness = {
  overdue: '逾期未报',
  soon: '7天内到期',
  late: '逾期办结',
  onTime: '按期办结',
} as const
export type TaskLateness = keyof typeof taskLateness
export const taskLatenessIds = Object.keys(taskLateness) as [TaskLateness, ...TaskLateness[]]

export const soonDays = 7
