/** What kind of thing a clause orders; decides nothing, people filter by it. */
export const clauseKinds = {
  hazard: '隐患闭环',
  recurring: '周期义务',
  coverage: '覆盖台账',
  inspection: '检查执法',
  monitoring: '监测预警',
  tipoff: '举报奖励',
  training: '培训证照',
  team: '专家队伍',
  letter: '公文',
  assessment: '考核评价',
  publicity: '宣传',
  tracking: '任务跟踪',
  responsibility: '责任分工',
} as const
export type ClauseKind = keyof typeof clauseKinds

/** What a clause may wait for while the product has nothing yet that fulfils it. */
export const awaited = {
  duty: '履责',
  ledger: '台账',
  task: '任务和报送',
  escalation: '督办升级',
  letter: '公文',
  inspection: '检查执法',
  tipoff: '举报',
  monitoring: '监测预警',
  assessment: '考核评价',
  publicity: '宣传公开',
} as const
export type Awaited = keyof typeof awaited

/** How often a clause wants something done. */
export const rhythms = {
  month: '每月',
  quarter: '每季度',
  halfYear: '每半年',
  year: '每年',
  festival: '重要节日',
} as const
export type Rhythm = keyof typeof rhythms

/** Words that stand for many bodies at once. Units are not bodies: what they owe is seen under no body. */
export const collectives = { supervised: '各乡镇（开发区）', departments: '各部门', units: '生产经营单位' } as const
export type Collective = keyof typeof collectives

export const sectionGroups = {
  notice: '印发报送',
  goal: '总体目标',
  measure: '措施',
  stage: '阶段',
  safeguard: '保障措施',
} as const
export type SectionGroup = keyof typeof sectionGroups

/** How a clause stands. The order is how much it asks for attention. */
export const clauseStates = {
  unmet: { label: '未达成', meaning: '有到期没有完成的' },
  dueSoon: { label: '将到期', meaning: '没有完成，期限就在近日' },
  underway: { label: '推进中', meaning: '没有全部完成，期限未到或没有期限' },
  metLate: { label: '逾期达成', meaning: '全部完成，其中有超过期限的' },
  met: { label: '达成', meaning: '全部按期完成，或已确认为零' },
  noData: { label: '无数据', meaning: '有落实机制，还没有任何记录' },
  waiting: { label: '待条件', meaning: '时间未到，或所需的功能尚未建设' },
} as const
export type ClauseState = keyof typeof clauseStates
export const clauseStateIds = Object.keys(clauseStates) as [ClauseState, ...ClauseState[]]
