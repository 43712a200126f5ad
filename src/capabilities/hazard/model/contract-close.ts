import { z } from 'zod'
import { AttachmentInput } from '#kernel/attachment.ts'
import { defineAction } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { Day } from '#kernel/time.ts'
import { reasonText } from './contract-find.ts'
import { hazardErrors as e } from './errors.ts'

const attachments = z.array(AttachmentInput).max(20, '一次最多上传20个文件').default([])
const State = z.object({ state: z.string() })
/** The person looked into what is doubtful about the photos; kept with the action. */
const photosChecked = z.boolean().default(false)

const position = z
  .object({
    lng: z.number().min(-180, '经度不在合理范围').max(180, '经度不在合理范围'),
    lat: z.number().min(-90, '纬度不在合理范围').max(90, '纬度不在合理范围'),
  })
  .nullable()
  .default(null)

const reviewFields = {
  on: Day,
  reviewers: z
    .array(z.string().trim().min(2, '请填写复查人员姓名').max(20))
    .min(1, '请填写复查人员')
    .max(10, '复查人员最多10人'),
  findings: z.string().trim().min(4, '请写明现场复查情况').max(1000, '复查情况最多1000字'),
  passed: z.boolean(),
  position,
  attachments,
}

export const acceptHazard = defineAction({
  id: 'hazard.accept',
  title: '验收通过',
  permission: 'hazard.accept',
  record: 'hazard',
  clauses: ['M16-2'],
  input: z.object({ opinion: reasonText('验收意见'), photosChecked, attachments }),
  output: State,
  errors: [e.majorOnly, e.rectifierCannotReview, e.photosDoubtful],
})

export const closeGeneral = defineAction({
  id: 'hazard.closeGeneral',
  title: '验收销号',
  permission: 'hazard.accept',
  record: 'hazard',
  input: z.object({ opinion: reasonText('验收意见'), photosChecked, attachments }),
  /** `drawn`: the server's chance picked this closing for a re-inspection by others. */
  output: z.object({ state: z.string(), drawn: z.boolean() }),
  errors: [e.generalOnly, e.stillStopped, e.onlyListingBody, e.rectifierCannotReview, e.photosDoubtful],
})

export const recordReview = defineAction({
  id: 'hazard.recordReview',
  title: '记录现场复查',
  permission: 'hazard.review',
  record: 'hazard',
  clauses: ['M16-2'],
  input: z.object({ ...reviewFields, photosChecked }),
  output: State,
  errors: [e.rectifierCannotReview, e.foundLater, e.photosMissing, e.photosDoubtful],
})

export const returnForRework = defineAction({
  id: 'hazard.returnForRework',
  title: '退回整改',
  permission: 'hazard.accept',
  record: 'hazard',
  input: z.object({ reason: reasonText('退回的理由') }),
  output: State,
  errors: [e.rectifierCannotReview],
})

export const approveClosure = defineAction({
  id: 'hazard.approveClosure',
  title: '批准销号',
  permission: 'hazard.approve',
  record: 'hazard',
  clauses: ['M16-2', 'M17-9'],
  input: z.object({
    opinion: reasonText('审批意见'),
    photosChecked,
    /** Number of the approval by the city or province where they listed the hazard. */
    document: z.string().trim().max(80, '文号最多80字').default(''),
  }),
  output: z.object({ state: z.string(), drawn: z.boolean() }),
  errors: [
    e.needsReviewRecord,
    e.stillStopped,
    e.rectifierCannotReview,
    e.reviewerCannotApprove,
    e.onlyListingBody,
    e.higherDocumentMissing,
    e.photosDoubtful,
  ],
})

export const recordReinspection = defineAction({
  id: 'hazard.recordReinspection',
  title: '记录抽查复核',
  permission: 'hazard.review',
  record: 'hazard',
  clauses: ['M05-6'],
  input: z.object(reviewFields),
  output: State,
  errors: [e.notDrawn, e.rectifierCannotReview, e.closerCannotReinspect, e.foundLater, e.photosMissing],
})

export const reopenHazard = defineAction({
  id: 'hazard.reopen',
  title: '重新打开',
  permission: 'hazard.reopen',
  record: 'hazard',
  input: z.object({ reason: reasonText('重新打开的理由'), dueOn: Day, attachments }),
  output: State,
  errors: [e.dueTooEarly, e.onlyListingBody],
})

/** Written by the listing capability when an order takes effect or ends. */
export const setListing = defineAction({
  id: 'hazard.setListing',
  internal: true,
  title: '记录挂牌',
  permission: 'hazard.list',
  record: 'hazard',
  input: z.object({
    listing: z.enum(['none', 'county', 'city', 'province']),
    listingId: Id.nullable(),
    bodyId: z.string().max(60).nullable(),
    dueOn: Day.nullable(),
    document: z.string().max(80).default(''),
    words: z.string().max(700),
  }),
  output: State,
  errors: [],
})

/** The clock's own action: the deadline has passed and the work is not done. */
export const passDeadline = defineAction({
  id: 'hazard.passDeadline',
  internal: true,
  title: '超过时限',
  permission: 'hazard.clock',
  record: 'hazard',
  input: z.object({ basis: Day }),
  output: State,
  errors: [],
})

/** One row of an old ledger, taken over as it stands there, with its own dates. */
export const importHazard = defineAction({
  id: 'hazard.import',
  internal: true,
  title: '由台账导入',
  permission: 'hazard.import',
  record: 'hazard',
  creates: true,
  clauses: ['M17-1', 'M17-6'],
  input: z.object({
    unitId: Id.nullable(),
    placeName: z.string().trim().max(80),
    area: z.string().regex(/^\d{9}(\d{3})?$/, '乡镇不在名录中'),
    sector: z.string().min(1).max(40),
    channel: z.enum(['selfCheck', 'inspection', 'publicReport']),
    source: z.string().trim().max(200),
    level: z.enum(['major', 'general']),
    description: z.string().trim().min(1, '缺少隐患内容').max(2000),
    criterionText: z.string().trim().max(500),
    foundOn: Day,
    dueOn: Day.nullable(),
    responsiblePerson: z.string().trim().max(40),
    responsiblePhone: z.string().trim().max(20).default(''),
    measures: z.string().trim().max(500),
    fundsYuan: z.number().min(0).max(100_000_000_000).nullable(),
    fundsNote: z.string().trim().max(200),
    emergencyPlan: z.string().trim().max(1000),
    progress: z.enum(['open', 'rectifying', 'rectified', 'closed']),
    listing: z.enum(['none', 'county', 'city', 'province']),
    file: z.string().max(200),
    row: z.number().int().min(1),
    /** Fingerprint of the row; the same row again is refused by the database instead of coming in twice. */
    key: z.string().min(8).max(80),
    notes: z.array(z.string().max(300)).max(30),
  }),
  output: z.object({ state: z.string(), number: z.string() }),
  errors: [e.unitUnknown, e.foundLater, e.unitClosed],
})

/** What the ledger says of the closing of an imported hazard; marked as the ledger's word, not as our evidence. */
export const importClosure = defineAction({
  id: 'hazard.importClosure',
  internal: true,
  title: '台账记载销号',
  permission: 'hazard.import',
  record: 'hazard',
  input: z.object({ on: Day, words: z.string().max(200) }),
  output: State,
  errors: [e.needsReviewRecord, e.foundLater],
})

export const closingContracts = [
  acceptHazard,
  closeGeneral,
  recordReview,
  returnForRework,
  approveClosure,
  recordReinspection,
  reopenHazard,
  setListing,
  passDeadline,
  importHazard,
  importClosure,
]
