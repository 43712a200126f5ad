import type { StateSpec } from '#kernel/lifecycle.ts'

/** Whose duty it is, one item each: 生产经营单位, 人员, 机构, 区域, 行业领域. */
export const subjectKinds = { unit: '单位', person: '人员', body: '机构', area: '区域', sector: '行业领域' } as const
export type SubjectKind = keyof typeof subjectKinds
export const subjectKindIds = Object.keys(subjectKinds) as [SubjectKind, ...SubjectKind[]]

/** How often: `window` = the same days every year, `event` = days the pack names one by one, `once` = by one day. */
export const rhythms = {
  month: '每月',
  quarter: '每季度',
  halfYear: '每半年',
  year: '每年',
  window: '每年固定时段',
  holiday: '节假日',
  event: '指定时段',
  once: '一次性',
} as const
export type Rhythm = keyof typeof rhythms

/** What is counted. `days` = distinct working days; `persons` and `hours` add up; `percent` takes the highest that was reported. */
export const quotaUnits = { times: '次', days: '个工作日', persons: '人', hours: '学时', percent: '%' } as const
export type QuotaUnit = keyof typeof quotaUnits

/** State of one item on a day, worked out from its deeds and never typed. */
export const itemStates = {
  notDue: { label: '未到期', type: 'open' },
  dueSoon: { label: '即将到期', type: 'open' },
  unverified: { label: '待核验', type: 'waiting' },
  met: { label: '已完成', type: 'closed' },
  metLate: { label: '逾期完成', type: 'closed' },
  short: { label: '未达次数', type: 'open' },
  missed: { label: '未履行', type: 'open' },
  exempt: { label: '已豁免', type: 'void' },
} as const satisfies Record<string, StateSpec>
export type ItemState = keyof typeof itemStates
export const itemStateIds = Object.keys(itemStates) as [ItemState, ...ItemState[]]

export const deedStates = {
  unverified: { label: '待核验', type: 'waiting' },
  counted: { label: '已计入', type: 'closed' },
  returned: { label: '核验退回', type: 'open' },
  voided: { label: '已作废', type: 'void' },
} as const satisfies Record<string, StateSpec>
export type DeedState = keyof typeof deedStates
export const deedStateIds = Object.keys(deedStates) as [DeedState, ...DeedState[]]

export const exemptionStates = {
  inForce: { label: '生效', type: 'closed' },
  ended: { label: '已撤销', type: 'void' },
} as const satisfies Record<string, StateSpec>
export type ExemptionState = keyof typeof exemptionStates
