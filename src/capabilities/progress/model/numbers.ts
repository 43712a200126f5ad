/** The numbers of a return that come from the hazards of the body's scope, in the order they are read. */
export const hazardNumbers = {
  'hazard.found': '本期发现隐患',
  'hazard.closed': '本期销号隐患',
  'hazard.standing': '期末未销号',
  'hazard.overdue': '期末逾期未销号',
  'hazard.majorFound': '本期发现重大隐患',
  'hazard.majorStanding': '期末未销号重大隐患',
  'hazard.majorOverdue': '期末逾期重大隐患',
  'hazard.listed': '期末挂牌督办',
} as const
export type HazardNumber = keyof typeof hazardNumbers

/** What the other mechanisms of the plan count for the body, by the kind of mechanism. */
export const mechanismKinds: Readonly<Record<string, string>> = {
  task: '任务、备案、会议',
  duty: '履责事项',
  ledger: '台账事项',
}

export const mechanismNumbers = { due: '应完成', met: '已完成', late: '逾期完成', missed: '逾期未完成' } as const
export type MechanismNumber = keyof typeof mechanismNumbers

/** Those that the county's table shows in columns. */
export const headNumbers: Readonly<Record<string, string>> = {
  'hazard.found': '发现隐患',
  'hazard.closed': '销号',
  'hazard.standing': '未销号',
  'hazard.overdue': '逾期',
  'hazard.majorStanding': '重大未销号',
  'task.missed': '任务逾期',
}
