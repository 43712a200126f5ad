import { z } from 'zod'
import { AttachmentInput } from '#kernel/attachment.ts'
import { defineAction } from '#kernel/contract.ts'
import { Day } from '#kernel/time.ts'
import { reasonText } from './contract-find.ts'
import { hazardErrors as e } from './errors.ts'
import { Plan } from './record.ts'
import { type FiveElement, fiveElements } from './terms.ts'

const attachments = z.array(AttachmentInput).max(20, '一次最多上传20个文件').default([])
const State = z.object({ state: z.string() })
const note = z.string().trim().max(500, '说明最多500字').default('')
/** What is listed is extended by a paper of the body that listed it. */
const paperNumber = z.string().trim().max(80, '文号最多80字').default('')

/** Hands the hazard to the body that shall see it rectified; also moves it to another department (移送县内部门). */
export const assignHazard = defineAction({
  id: 'hazard.assign',
  title: '交办',
  permission: 'hazard.assign',
  record: 'hazard',
  clauses: ['M16-1', 'M17-7'],
  input: z.object({
    bodyId: z.string().min(1, '请选择责任部门').max(60),
    dueOn: Day,
    demand: z.string().trim().min(2, '请写明整改要求').max(1000, '整改要求最多1000字'),
    interim: z.string().trim().max(500, '临时管控措施最多500字').default(''),
  }),
  output: State,
  errors: [e.dueTooEarly, e.bodyUnknown, e.onlyIssuer, e.onlyListingBody, e.extensionLimit],
})

export const returnAssignment = defineAction({
  id: 'hazard.returnAssignment',
  title: '退回交办',
  permission: 'hazard.assign',
  record: 'hazard',
  input: z.object({ reason: reasonText('退回的理由') }),
  output: State,
  errors: [],
})

export const savePlan = defineAction({
  id: 'hazard.savePlan',
  title: '填写五落实',
  permission: 'hazard.rectify',
  record: 'hazard',
  clauses: ['G-9', 'M17-8'],
  /** `interim` spares a major hazard the second form: both are asked for before rectifying may start. */
  input: z.object({
    plan: Plan,
    interim: z.string().trim().max(500, '临时管控措施最多500字').default(''),
    attachments,
  }),
  output: z.object({
    state: z.string(),
    missing: z.array(z.enum(Object.keys(fiveElements) as [FiveElement, ...FiveElement[]])),
  }),
  errors: [e.planLate, e.fiveMissing],
})

export const setInterim = defineAction({
  id: 'hazard.setInterim',
  title: '落实临时管控',
  permission: 'hazard.rectify',
  record: 'hazard',
  input: z.object({ text: z.string().trim().min(4, '请写明临时管控措施').max(500), attachments }),
  output: State,
  errors: [],
})

export const startRectifying = defineAction({
  id: 'hazard.startRectifying',
  title: '开始整改',
  permission: 'hazard.rectify',
  record: 'hazard',
  input: z.object({ note }),
  output: State,
  errors: [e.fiveMissing, e.interimMissing],
})

export const reportProgress = defineAction({
  id: 'hazard.reportProgress',
  title: '更新整改进展',
  permission: 'hazard.rectify',
  record: 'hazard',
  clauses: ['M17-8'],
  input: z.object({
    text: z.string().trim().min(2, '请写明进展情况').max(1000, '进展情况最多1000字'),
    percent: z.number().int('请填整数').min(0, '进度在0到100之间').max(100, '进度在0到100之间'),
    measuresDone: z.array(z.number().int().min(0).max(19)).max(20).default([]),
    attachments,
  }),
  output: State,
  errors: [],
})

export const fixAtOnce = defineAction({
  id: 'hazard.fixAtOnce',
  title: '立查立改',
  permission: 'hazard.fixAtOnce',
  record: 'hazard',
  input: z.object({ note: z.string().trim().min(2, '请写明怎样改的').max(500), attachments }),
  /** `drawn`: the server's chance picked this closing for a re-inspection by others. */
  output: z.object({ state: z.string(), drawn: z.boolean() }),
  errors: [e.majorCannotFixAtOnce, e.photosMissing, e.listedCannotMerge, e.stillStopped, e.unitMayOnlyOwn],
})

export const applyAcceptance = defineAction({
  id: 'hazard.applyAcceptance',
  title: '申请验收',
  permission: 'hazard.rectify',
  record: 'hazard',
  clauses: ['M16-2'],
  input: z.object({ statement: z.string().trim().min(4, '请写明整改完成情况').max(1000), attachments }),
  output: State,
  errors: [e.fiveMissing, e.photosMissing],
})

export const requestExtension = defineAction({
  id: 'hazard.requestExtension',
  title: '申请延期',
  permission: 'hazard.rectify',
  record: 'hazard',
  input: z.object({ to: Day, reason: reasonText('延期的理由'), attachments }),
  output: State,
  errors: [e.extensionPending, e.extensionLimit, e.extensionNotLater],
})

export const decideExtension = defineAction({
  id: 'hazard.decideExtension',
  title: '审批延期申请',
  permission: 'hazard.extend',
  record: 'hazard',
  input: z.object({ grant: z.boolean(), note: reasonText('审批意见'), document: paperNumber }),
  output: State,
  errors: [
    e.noPendingExtension,
    e.onlyIssuer,
    e.onlyListingBody,
    e.extensionLimit,
    e.extensionNotLater,
    e.extensionPaperMissing,
  ],
})

/** The issuer moves the deadline on its own initiative; the number of extensions is limited by the county. */
export const extendDeadline = defineAction({
  id: 'hazard.extend',
  title: '延长时限',
  permission: 'hazard.extend',
  record: 'hazard',
  input: z.object({ to: Day, reason: reasonText('延期的理由'), document: paperNumber }),
  output: State,
  errors: [e.onlyIssuer, e.onlyListingBody, e.extensionLimit, e.extensionNotLater, e.extensionPaperMissing],
})

export const orderStop = defineAction({
  id: 'hazard.orderStop',
  title: '责令停产停业整改',
  permission: 'hazard.stop',
  record: 'hazard',
  input: z.object({
    scope: z.string().trim().min(2, '请写明停产停业的范围').max(200),
    reason: reasonText('停产停业的理由'),
    document: z.string().trim().max(80).default(''),
    attachments,
  }),
  output: State,
  errors: [e.majorOnly, e.alreadyStopped],
})

/** The unit's application to resume after a stop; the authority's on-site review is due a fixed time after it. */
export const askResume = defineAction({
  id: 'hazard.askResume',
  title: '申请恢复生产经营',
  permission: 'hazard.rectify',
  record: 'hazard',
  input: z.object({ statement: reasonText('整改完成和安全评估情况'), attachments }),
  output: State,
  errors: [e.notStopped, e.resumeAsked],
})

export const liftStop = defineAction({
  id: 'hazard.liftStop',
  title: '恢复生产经营',
  permission: 'hazard.stop',
  record: 'hazard',
  input: z.object({ opinion: reasonText('恢复生产的复查意见'), attachments }),
  output: State,
  errors: [e.notStopped, e.resumeNotAsked, e.rectifierCannotReview],
})

export const rectifyingContracts = [
  assignHazard,
  returnAssignment,
  savePlan,
  setInterim,
  startRectifying,
  reportProgress,
  fixAtOnce,
  applyAcceptance,
  requestExtension,
  decideExtension,
  extendDeadline,
  orderStop,
  askResume,
  liftStop,
]
