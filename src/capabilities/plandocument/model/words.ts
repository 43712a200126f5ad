import type { AssignmentRole, Period, ProposalKind } from '#capabilities/planreading/model/index.ts'

export const kindWords: Readonly<Record<ProposalKind, string>> = {
  task: '任务',
  duty: '履责事项',
  ledger: '台账',
  matrix: '责任分工',
}

export const sureWords = { said: '明确', inferred: '推定', open: '未定' } as const

/** What a person has made of a proposal. */
export const decisionWords = { open: '待确认', confirmed: '已确认', edited: '改后确认', rejected: '不采用' } as const
export type Decision = keyof typeof decisionWords

/** A document is decided on, then kept as a version of the plan, or put away. */
export const documentStates = { deciding: '确认中', issued: '已定稿', discarded: '已弃用' } as const
export type DocumentState = keyof typeof documentStates

export const roleWords: Readonly<Record<AssignmentRole, string>> = {
  lead: '牵头',
  responsible: '责任',
  assisting: '配合',
}

export const periodWords: Readonly<Record<Period, string>> = {
  day: '每日',
  week: '每周',
  tenDays: '每旬',
  halfMonth: '每半月',
  month: '每月',
  quarter: '每季度',
  halfYear: '每半年',
  term: '每学期',
  year: '每年',
}
