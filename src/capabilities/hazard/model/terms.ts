import type { StateSpec } from '#kernel/lifecycle.ts'

/** 隐患等级 (16号令 art.3). */
export const levels = { major: '重大', general: '一般' } as const
export type Level = keyof typeof levels

/** The three channels of the database (M17-3..5). */
export const channels = { selfCheck: '企业自查', inspection: '督导检查', publicReport: '群众举报' } as const
export type Channel = keyof typeof channels

/** 人防、技防、工程防、管理防 (G-9). */
export const measureKinds = { people: '人防', technology: '技防', engineering: '工程防', management: '管理防' } as const

/** 挂牌督办 level; 'none' = not listed. */
export const listingLevels = { none: '未挂牌', county: '县级', city: '市级', province: '省级' } as const
export type ListingLevel = keyof typeof listingLevels

/** The states of a hazard. Code asks the type; the label is what people read. */
export const hazardStates = {
  reported: { label: '待核实', type: 'open' },
  registered: { label: '已登记', type: 'open' },
  assigned: { label: '已交办', type: 'open' },
  rectifying: { label: '整改中', type: 'open' },
  awaitingAcceptance: { label: '待验收', type: 'waiting' },
  awaitingReview: { label: '待复查', type: 'waiting' },
  awaitingClosure: { label: '待销号审批', type: 'waiting' },
  closed: { label: '已销号', type: 'closed' },
  rejected: { label: '核实不成立', type: 'void' },
  transferred: { label: '已移送', type: 'void' },
  merged: { label: '已合并', type: 'void' },
  voided: { label: '已作废', type: 'void' },
} as const satisfies Record<string, StateSpec>
export type HazardState = keyof typeof hazardStates

export const hazardStateIds = Object.keys(hazardStates) as HazardState[]

/** States in which the hazard still stands and its risk must be controlled: everything neither closed nor void. */
export const standingStates = hazardStateIds.filter((id) => {
  const { type } = hazardStates[id]
  return type === 'open' || type === 'waiting'
})

export function isStanding(state: HazardState): boolean {
  return standingStates.includes(state)
}

/** How a hazard came to be closed; 'ledger' is what an imported ledger says, without evidence in this system. */
export const closeKinds = {
  approved: '审核销号',
  atOnce: '立查立改',
  general: '一般隐患验收',
  ledger: '台账记载销号',
} as const
export type CloseKind = keyof typeof closeKinds

/** What can happen to a hazard from the beginning to the end of a period; with them every month adds up. */
export const moveWords = {
  entered: '期内新增',
  reopened: '期内重新打开',
  restored: '期内恢复',
  adjustedIn: '期内改判调入',
  adjustedOut: '期内改判调出',
  closed: '期内销号',
  removed: '期内移除',
} as const
export type Move = keyof typeof moveWords
export const moves = Object.keys(moveWords) as [Move, ...Move[]]

/** The five elements of 五落实, in the order offices print them. */
export const fiveElements = {
  responsible: '责任',
  measures: '措施',
  funds: '资金',
  deadline: '时限',
  emergencyPlan: '预案',
} as const
export type FiveElement = keyof typeof fiveElements
