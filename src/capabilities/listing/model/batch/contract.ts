import { z } from 'zod'
import { AttachmentInput, AttachmentView } from '#kernel/attachment.ts'
import { defineAction, defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { Day } from '#kernel/time.ts'
import { HistoryEntry } from '../contract.ts'
import { listingErrors as e } from '../errors.ts'
import { type ListingState, listingStateIds } from '../terms.ts'
import { type BatchState, batchStateIds, largestBatch, type YearStatus, yearStatuses } from './terms.ts'

const words = (what: string, max = 500) =>
  z.string().trim().min(4, `请写明${what}（至少4个字）`).max(max, `${what}最多${max}字`)
const paper = (what: string) => z.string().trim().min(4, `请填写${what}的文号`).max(80, '文号最多80字')
const State = z.object({ state: z.string() })
const Year = z.number('请填写年度').int('年度是四位整数').min(2020, '年度应在2020年之后').max(2100, '请核对年度')
const on = { record: 'listingBatch', clauses: ['M07-11'] }

export const draftBatch = defineAction({
  ...on,
  id: 'listing.draftBatch',
  title: '拟定年度挂牌批次',
  permission: 'listing.draftBatch',
  creates: true,
  input: z.object({ year: Year, note: z.string().trim().max(500, '说明最多500字').default('') }),
  output: z.object({ state: z.string(), title: z.string() }),
  errors: [e.noYearlyTask, e.yearTooLate],
})

export const chooseForBatch = defineAction({
  ...on,
  id: 'listing.chooseForBatch',
  title: '选入隐患',
  permission: 'listing.draftBatch',
  input: z.object({
    hazardIds: z.array(Id).min(1, '请选择隐患').max(largestBatch, `一批最多${largestBatch}条`),
    why: words('选入的理由'),
  }),
  output: z.object({ state: z.string(), chosen: z.number().int() }),
  errors: [
    e.onlyDrafter,
    e.hazardUnknown,
    e.otherSector,
    e.majorOnly,
    e.hazardUnverified,
    e.hazardNotStanding,
    e.alreadyListed,
    e.alreadyChosen,
    e.batchFull,
  ],
})

export const dropFromBatch = defineAction({
  ...on,
  id: 'listing.dropFromBatch',
  title: '移出批次',
  permission: 'listing.draftBatch',
  input: z.object({ hazardId: Id }),
  output: State,
  errors: [e.onlyDrafter, e.notChosen],
})

/** Puts the batch before the meeting: every chosen hazard is proposed for listing, in one stroke. */
export const submitBatch = defineAction({
  ...on,
  id: 'listing.submitBatch',
  title: '提请审定',
  permission: 'listing.draftBatch',
  input: z.object({ statement: words('提请审定的说明') }),
  output: State,
  errors: [
    e.onlyDrafter,
    e.nothingChosen,
    e.hazardUnknown,
    e.majorOnly,
    e.hazardUnverified,
    e.hazardNotStanding,
    e.alreadyListed,
  ],
})

export const takeBackBatch = defineAction({
  ...on,
  id: 'listing.takeBackBatch',
  title: '撤回批次',
  permission: 'listing.draftBatch',
  input: z.object({ reason: words('撤回的理由') }),
  output: State,
  errors: [e.onlySubmitter],
})

/** One meeting and one paper for all; what the meeting leaves out is named with its reason. */
export const approveBatch = defineAction({
  ...on,
  id: 'listing.approveBatch',
  title: '会议审定',
  permission: 'listing.approve',
  input: z.object({
    meeting: words('会议名称', 100),
    meetingOn: Day,
    document: paper('审定文件'),
    opinion: words('审定意见'),
    leftOut: z
      .array(z.object({ hazardId: Id, reason: words('不列入的理由', 200) }))
      .max(largestBatch)
      .default([]),
    attachments: z.array(AttachmentInput).max(10, '一次最多上传10个文件').default([]),
  }),
  output: z.object({ state: z.string(), approved: z.number().int() }),
  errors: [e.submitterCannotApprove, e.bodyMissing, e.meetingOutside, e.notChosen, e.allLeftOut],
})

export const returnBatch = defineAction({
  ...on,
  id: 'listing.returnBatch',
  title: '退回重拟',
  permission: 'listing.approve',
  input: z.object({ reason: words('退回的理由') }),
  output: State,
  errors: [e.submitterCannotApprove],
})

/** Orders all that the meeting approved and that have no order of their own yet, by one paper with one deadline. */
export const orderBatch = defineAction({
  ...on,
  id: 'listing.orderBatch',
  title: '统一下达督办令',
  permission: 'listing.order',
  input: z.object({
    document: paper('督办文书'),
    requirements: words('整改和过程防控要求', 1000),
    dueOn: Day,
    release: words('督办解除程序和方式', 500),
  }),
  /** `passedOver`: hazards that meanwhile were closed or judged general, whose listing was taken back instead. */
  output: z.object({ state: z.string(), ordered: z.number().int(), passedOver: z.number().int() }),
  errors: [e.onlyListingBody, e.dueTooEarly, e.nothingToOrder],
})

export const publishBatch = defineAction({
  ...on,
  id: 'listing.publishBatch',
  title: '公布名单',
  permission: 'listing.order',
  input: z.object({ on: Day, where: words('公布的媒体或场所', 200) }),
  output: z.object({ state: z.string(), publicised: z.number().int() }),
  errors: [e.onlyListingBody, e.notAllOrdered, e.nothingToPublish, e.publicisedOutside],
})

export const voidBatch = defineAction({
  ...on,
  id: 'listing.voidBatch',
  title: '作废批次',
  permission: 'listing.draftBatch',
  input: z.object({ reason: words('作废的理由') }),
  output: State,
  errors: [e.onlyDrafter],
})

/** 本年度无: somebody answers for it that there is no typical major hazard to list in the year. */
export const confirmNone = defineAction({
  ...on,
  id: 'listing.confirmNone',
  title: '确认本年度无',
  permission: 'listing.approve',
  creates: true,
  input: z.object({ year: Year, reason: words('确认的依据') }),
  output: State,
  errors: [e.noYearlyTask, e.yearTooLate, e.noneConfirmed, e.yearHasBatch],
})

export const revokeNone = defineAction({
  ...on,
  id: 'listing.revokeNone',
  title: '撤销确认',
  permission: 'listing.approve',
  input: z.object({ reason: words('撤销的理由') }),
  output: State,
  errors: [],
})

export const batchContracts = [
  draftBatch,
  chooseForBatch,
  dropFromBatch,
  submitBatch,
  takeBackBatch,
  approveBatch,
  returnBatch,
  orderBatch,
  publishBatch,
  voidBatch,
  confirmNone,
  revokeNone,
]

const StateId = z.enum(batchStateIds as [BatchState, ...BatchState[]])
const ListingStateId = z.enum(listingStateIds as [ListingState, ...ListingState[]])

const progress = z.object({
  chosen: z.number().int(),
  leftOut: z.number().int(),
  ordered: z.number().int(),
  publicised: z.number().int(),
  closed: z.number().int(),
  delisted: z.number().int(),
  overdue: z.number().int(),
  dropped: z.number().int(),
})

export const BatchRow = z.object({
  id: Id,
  version: z.number().int(),
  year: z.number().int(),
  sequence: z.number().int(),
  title: z.string(),
  state: StateId,
  document: z.string(),
  meetingOn: Day.nullable(),
  publishedOn: Day.nullable(),
  progress,
})
export type BatchRow = z.infer<typeof BatchRow>

export const listBatchYears = defineQuery({
  id: 'listing.batchYears',
  title: '年度挂牌批次',
  permission: 'listing.readBatch',
  clauses: ['M07-11'],
  input: z.object({}),
  output: z.object({
    /** What the plan asks for; null in a county whose plan asks for no yearly batch. */
    task: z.object({ title: z.string(), clause: z.string(), hazards: z.string() }).nullable(),
    years: z.array(
      z.object({
        year: z.number().int(),
        target: Day,
        status: z.enum(Object.keys(yearStatuses) as [YearStatus, ...YearStatus[]]),
        /** Day the first list was published. */
        on: Day.nullable(),
        daysLate: z.number().int(),
        none: z
          .object({
            id: Id,
            version: z.number().int(),
            by: z.string(),
            on: Day,
            reason: z.string(),
            mayRevoke: z.boolean(),
          })
          .nullable(),
        batches: z.array(BatchRow),
      }),
    ),
  }),
  errors: [],
})
export type BatchYear = z.infer<typeof listBatchYears.output>['years'][number]

export const BatchItemView = z.object({
  hazardId: Id,
  hazardNumber: z.string(),
  unitName: z.string(),
  areaName: z.string(),
  description: z.string(),
  hazardState: z.string(),
  why: z.string(),
  chosenBy: z.string(),
  chosenOn: Day,
  leftOut: z.string().nullable(),
  listing: z
    .object({
      id: Id,
      state: ListingStateId,
      document: z.string(),
      supervisingBodyName: z.string().nullable(),
      dueOn: Day.nullable(),
      overdue: z.boolean(),
      publicisedOn: Day.nullable(),
      hazardClosedOn: Day.nullable(),
      endedOn: Day.nullable(),
    })
    .nullable(),
})
export type BatchItemView = z.infer<typeof BatchItemView>

export const getBatch = defineQuery({
  id: 'listing.getBatch',
  title: '年度挂牌批次详情',
  permission: 'listing.readBatch',
  clauses: ['M07-11'],
  input: z.object({ id: Id }),
  output: BatchRow.extend({
    sector: z.string(),
    sectorName: z.string(),
    /** The plan's word for what is listed. */
    hazards: z.string(),
    target: Day,
    listingBodyName: z.string().nullable(),
    drafterBodyName: z.string().nullable(),
    note: z.string(),
    draftedBy: z.string(),
    draftedOn: Day,
    submission: z.object({ on: Day, by: z.string(), statement: z.string() }).nullable(),
    returns: z.array(z.object({ on: Day, by: z.string(), reason: z.string() })),
    approval: z
      .object({ meeting: z.string(), meetingOn: Day, by: z.string(), on: Day, opinion: z.string() })
      .nullable(),
    publication: z.object({ where: z.string(), by: z.string() }).nullable(),
    none: z.object({ by: z.string(), on: Day, reason: z.string() }).nullable(),
    voided: z.object({ by: z.string(), on: Day, reason: z.string() }).nullable(),
    items: z.array(BatchItemView),
    attachments: z.array(AttachmentView),
    timeline: z.array(HistoryEntry),
    allowedActions: z.array(z.object({ action: z.string(), blocked: z.string().optional() })),
  }),
  errors: [],
})
export type BatchView = z.infer<typeof getBatch.output>

export const exportBatch = defineQuery({
  id: 'listing.exportBatch',
  title: '导出年度挂牌名单',
  permission: 'listing.readBatch',
  clauses: ['M07-11'],
  input: z.object({ id: Id, format: z.enum(['xlsx', 'csv']).default('xlsx') }),
  output: z.unknown(),
  errors: [],
})
