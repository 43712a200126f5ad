import { z } from 'zod'
import { AttachmentInput } from '#kernel/attachment.ts'
import { defineAction } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { Day } from '#kernel/time.ts'
import { hazardErrors as e } from './errors.ts'

export const LevelId = z.enum(['major', 'general'], '请选择隐患等级')
export const ChannelId = z.enum(['selfCheck', 'inspection', 'publicReport'], '请选择发现渠道')
const attachments = z.array(AttachmentInput).max(20, '一次最多上传20个文件').default([])
export const reasonText = (what: string) =>
  z.string().trim().min(4, `请写明${what}（至少4个字）`).max(500, `${what}最多500字`)

/** How the level was decided. `criterionId` names the item; `reason` alone serves where the standard has a catch-all. */
export const JudgementInput = z.object({
  level: LevelId,
  criterionId: z.string().max(120).nullable().default(null),
  reason: z.string().trim().max(500, '判定理由最多500字').default(''),
})
export type JudgementInput = z.infer<typeof JudgementInput>

const State = z.object({ state: z.string() })

/** Registers a finding from any channel as a new hazard. Officials may judge at once; what units send is verified first. */
export const reportHazard = defineAction({
  id: 'hazard.report',
  title: '登记隐患',
  permission: 'hazard.report',
  record: 'hazard',
  creates: true,
  clauses: ['M17-3', 'M17-4', 'M17-5', 'M15-1'],
  input: z.object({
    channel: ChannelId,
    unitId: Id.nullable().default(null),
    placeName: z.string().trim().max(80, '场所名称最多80字').default(''),
    area: z
      .string()
      .regex(/^\d{9}(\d{3})?$/, '请选择所在乡镇（开发区）')
      .nullable()
      .default(null),
    sector: z.string().min(1, '请选择行业领域').max(40),
    description: z.string().trim().min(5, '请写清隐患内容（至少5个字）').max(2000, '隐患内容最多2000字'),
    location: z.string().trim().max(200, '具体位置最多200字').default(''),
    foundOn: Day,
    source: z.string().trim().max(200, '来源说明最多200字').default(''),
    judgement: JudgementInput.nullable().default(null),
    interim: z.string().trim().max(500, '临时管控措施最多500字').default(''),
    attachments,
  }),
  output: z.object({ state: z.string(), number: z.string(), routeReason: z.string().nullable() }),
  errors: [
    e.unitUnknown,
    e.unitClosed,
    e.placeMissing,
    e.foundLater,
    e.judgementMissing,
    e.criterionUnknown,
    e.criterionNotInForce,
    e.reasonNotAllowed,
  ],
})

/** Files another finding of a hazard that is already known: the hazard stays one, the channel is counted. */
export const addReport = defineAction({
  id: 'hazard.addReport',
  title: '登记再次发现',
  permission: 'hazard.report',
  record: 'hazard',
  clauses: ['M17-6'],
  // The report's id is the server's: an id named by the caller could take another hazard's report along.
  input: z.object({
    channel: ChannelId,
    description: z.string().trim().min(5, '请写清发现的情况（至少5个字）').max(2000),
    foundOn: Day,
    source: z.string().trim().max(200).default(''),
    attachments,
  }),
  output: State,
  errors: [e.foundLater],
})

const judgementErrors = [e.judgementMissing, e.criterionUnknown, e.criterionNotInForce, e.reasonNotAllowed]

export const verifyHazard = defineAction({
  id: 'hazard.verify',
  title: '核实登记',
  permission: 'hazard.verify',
  record: 'hazard',
  clauses: ['M05-3', 'M17-5'],
  input: z.object({ judgement: JudgementInput, note: z.string().trim().max(500).default(''), attachments }),
  output: State,
  errors: judgementErrors,
})

export const rejectHazard = defineAction({
  id: 'hazard.reject',
  title: '核实不成立',
  permission: 'hazard.verify',
  record: 'hazard',
  input: z.object({ reason: reasonText('不成立的理由'), attachments }),
  output: State,
  errors: [],
})

export const rejudgeHazard = defineAction({
  id: 'hazard.rejudge',
  title: '重新判定',
  permission: 'hazard.verify',
  record: 'hazard',
  clauses: ['M05-3'],
  input: z.object({ judgement: JudgementInput, why: reasonText('重新判定的原因') }),
  output: State,
  errors: [...judgementErrors, e.downgradeNotAllowed, e.listedCannotDowngrade, e.stillStopped],
})

/**
 * Puts right the words of a registration. Sector and place decide who sees a hazard and where it has counted since it
 * was found, so a hazard filed under the wrong ones is voided and registered anew.
 */
export const correctHazard = defineAction({
  id: 'hazard.correct',
  title: '更正登记信息',
  permission: 'hazard.verify',
  record: 'hazard',
  clauses: ['M17-2'],
  input: z.object({
    description: z.string().trim().min(5, '请写清隐患内容（至少5个字）').max(2000, '隐患内容最多2000字'),
    location: z.string().trim().max(200, '具体位置最多200字').default(''),
    why: reasonText('更正的原因'),
  }),
  output: State,
  errors: [e.nothingCorrected],
})

export const mergeHazard = defineAction({
  id: 'hazard.merge',
  title: '合并到另一隐患',
  permission: 'hazard.merge',
  record: 'hazard',
  clauses: ['M17-2', 'M17-6'],
  input: z.object({
    into: Id,
    intoVersion: z.number().int().min(1),
    reason: reasonText('合并的理由'),
  }),
  output: State,
  errors: [
    e.mergeIntoSelf,
    e.mergeTargetClosed,
    e.mergeDifferentUnit,
    e.mergeLevel,
    e.mergeStopped,
    e.mergeUnverified,
    e.listedCannotMerge,
  ],
})

export const unmergeHazard = defineAction({
  id: 'hazard.unmerge',
  title: '撤销合并',
  permission: 'hazard.merge',
  record: 'hazard',
  input: z.object({ reason: reasonText('撤销合并的理由') }),
  output: State,
  errors: [e.mergeChain],
})

const reports = z.array(Id).max(1000)

/** The other half of a merge, carried out on the hazard that takes the reports over. */
export const absorbReports = defineAction({
  id: 'hazard.absorb',
  internal: true,
  title: '接收合并',
  permission: 'hazard.merge',
  record: 'hazard',
  input: z.object({ from: Id, fromNumber: z.string(), reports }),
  output: State,
  errors: [],
})

/** The other half of an unmerge: the reports go back to the hazard they were first filed under. */
export const releaseReports = defineAction({
  id: 'hazard.release',
  internal: true,
  title: '退还合并',
  permission: 'hazard.merge',
  record: 'hazard',
  input: z.object({ to: Id, toNumber: z.string(), reports }),
  output: State,
  errors: [],
})

export const transferOut = defineAction({
  id: 'hazard.transferOut',
  title: '移送县外处理',
  permission: 'hazard.assign',
  record: 'hazard',
  input: z.object({
    receiver: z.string().trim().min(2, '请填写接收单位').max(80),
    reason: reasonText('移送的理由'),
    attachments,
  }),
  output: State,
  errors: [e.listedCannotMerge, e.officeOnly, e.documentNeeded],
})

export const voidHazard = defineAction({
  id: 'hazard.void',
  title: '作废',
  permission: 'hazard.void',
  record: 'hazard',
  input: z.object({ reason: reasonText('作废的理由') }),
  output: State,
  errors: [e.listedCannotMerge, e.officeOnly],
})

/** Takes back a rejection, a removal or a transfer that turned out to be wrong; what was said then stays in the timeline. */
export const restoreHazard = defineAction({
  id: 'hazard.restore',
  title: '恢复办理',
  permission: 'hazard.reopen',
  record: 'hazard',
  input: z.object({ reason: reasonText('恢复办理的理由') }),
  output: State,
  errors: [],
})

export const findingContracts = [
  reportHazard,
  addReport,
  verifyHazard,
  rejectHazard,
  rejudgeHazard,
  correctHazard,
  mergeHazard,
  unmergeHazard,
  absorbReports,
  releaseReports,
  transferOut,
  voidHazard,
  restoreHazard,
]
