import { z } from 'zod'
import { HazardFilter } from '#capabilities/hazard/model/index.ts'
import { defineAction, defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { named } from '#kernel/list/filter.ts'
import { Paging, pageOf } from '#kernel/paging.ts'
import { Day } from '#kernel/time.ts'
import { listingErrors as e } from './errors.ts'
import {
  type ListingLateness,
  type ListingState,
  type ListingStep,
  listingLateness,
  listingStateIds,
  listingStates,
  listingSteps,
} from './terms.ts'

const words = (what: string, max = 500) =>
  z.string().trim().min(4, `请写明${what}（至少4个字）`).max(max, `${what}最多${max}字`)
const document = z.string().trim().max(80, '文号最多80字').default('')
const State = z.object({ state: z.string() })
const StateId = z.enum(listingStateIds as [ListingState, ...ListingState[]])
const LevelId = z.enum(['county', 'city', 'province'], '请选择挂牌级别')
const StepId = z.enum(Object.keys(listingSteps) as [ListingStep, ...ListingStep[]])
const LatenessId = z.enum(Object.keys(listingLateness) as [ListingLateness, ...ListingLateness[]])
const on = { record: 'listing', clauses: ['M16-1', 'M07-10'] }

export const proposeListing = defineAction({
  ...on,
  id: 'listing.propose',
  title: '提请挂牌督办',
  permission: 'listing.propose',
  creates: true,
  input: z.object({ hazardId: Id, level: LevelId.default('county'), reason: words('提请的理由'), document }),
  output: State,
  errors: [e.hazardUnknown, e.majorOnly, e.hazardUnverified, e.hazardNotStanding, e.alreadyListed, e.documentMissing],
})

export const approveListing = defineAction({
  ...on,
  id: 'listing.approve',
  title: '批准挂牌',
  permission: 'listing.approve',
  input: z.object({ opinion: words('批准意见') }),
  output: State,
  errors: [e.proposerCannotApprove, e.bodyMissing, e.inBatch],
})

export const rejectListing = defineAction({
  ...on,
  id: 'listing.reject',
  title: '不予批准',
  permission: 'listing.approve',
  input: z.object({ reason: words('不予批准的理由') }),
  output: State,
  errors: [e.proposerCannotApprove, e.inBatch],
})

export const withdrawListing = defineAction({
  ...on,
  id: 'listing.withdraw',
  title: '撤回提请',
  permission: 'listing.withdraw',
  input: z.object({ reason: words('撤回的理由') }),
  output: State,
  errors: [e.onlyProposer, e.onlyListingBody, e.inBatch],
})

/** What a batch does to each of its hazards: only ever a consequence of what is done to the batch. */
const inBatch = { ...on, internal: true, output: State }

export const proposeInBatch = defineAction({
  ...inBatch,
  id: 'listing.proposeInBatch',
  title: '随批次提请',
  permission: 'listing.propose',
  creates: true,
  input: z.object({ hazardId: Id, reason: words('提请的理由'), batchId: Id }),
  errors: [e.hazardUnknown, e.majorOnly, e.hazardUnverified, e.hazardNotStanding, e.alreadyListed],
})

export const approveInBatch = defineAction({
  ...inBatch,
  id: 'listing.approveInBatch',
  title: '随批次批准',
  permission: 'listing.approve',
  input: z.object({ opinion: words('审定意见'), document: z.string().max(80) }),
  errors: [e.proposerCannotApprove, e.bodyMissing],
})

export const rejectInBatch = defineAction({
  ...inBatch,
  id: 'listing.rejectInBatch',
  title: '会议不予列入',
  permission: 'listing.approve',
  input: z.object({ reason: words('不列入的理由', 600) }),
  errors: [e.proposerCannotApprove],
})

export const withdrawInBatch = defineAction({
  ...inBatch,
  id: 'listing.withdrawInBatch',
  title: '随批次撤回',
  permission: 'listing.withdraw',
  input: z.object({ reason: words('撤回的理由', 600) }),
  errors: [e.onlyProposer, e.onlyListingBody],
})

/** 督办令 with its five contents; the period of handling becomes the deadline of the hazard. */
export const orderListing = defineAction({
  ...on,
  id: 'listing.order',
  title: '下达督办令',
  permission: 'listing.order',
  input: z.object({
    document: z.string().trim().min(4, '请填写督办文书的文号').max(80, '文号最多80字'),
    name: words('督办名称', 100),
    matters: words('督办事项', 1000),
    requirements: words('整改和过程防控要求', 1000),
    dueOn: Day,
    release: words('督办解除程序和方式', 500),
    supervisingBodyId: z.string().min(1, '请选择督办责任部门').max(60),
  }),
  output: State,
  errors: [e.onlyListingBody, e.dueTooEarly, e.bodyUnknown, e.hazardUnverified, e.hazardNotStanding, e.majorOnly],
})

export const publiciseListing = defineAction({
  ...on,
  id: 'listing.publicise',
  title: '登记公示',
  permission: 'listing.order',
  input: z.object({ on: Day, where: words('公示的媒体或场所', 200) }),
  output: State,
  errors: [e.onlyListingBody, e.alreadyPublicised, e.publicisedOutside],
})

/** Says to the listing body that the work is done; from then on it has the county's number of days to end the listing. */
export const askListingEnd = defineAction({
  ...on,
  id: 'listing.askEnd',
  title: '申请销案',
  permission: 'listing.askEnd',
  input: z.object({ statement: words('整改完成的情况') }),
  output: State,
  errors: [e.workNotDone, e.endAsked],
})

export const returnListingEnd = defineAction({
  ...on,
  id: 'listing.returnEnd',
  title: '退回销案申请',
  permission: 'listing.order',
  input: z.object({ reason: words('退回的理由') }),
  output: State,
  errors: [e.onlyListingBody, e.endNotAsked, e.hazardClosed],
})

/** 摘牌销案: the hazard is closed (销号), and with it the case of the listing. */
export const delistListing = defineAction({
  ...on,
  id: 'listing.delist',
  title: '摘牌销案',
  permission: 'listing.order',
  input: z.object({ reason: words('摘牌销案的依据'), document }),
  output: State,
  errors: [e.onlyListingBody, e.notPublicised, e.stillOpen, e.documentMissing],
})

/** Takes back an order given by mistake. The hazard stands as before, with the deadline of the order. */
export const revokeListing = defineAction({
  ...on,
  id: 'listing.revoke',
  title: '撤销挂牌督办',
  permission: 'listing.order',
  input: z.object({
    reason: words('撤销的理由'),
    document: z.string().trim().min(4, '请填写撤销文书的文号').max(80, '文号最多80字'),
  }),
  output: State,
  errors: [e.onlyListingBody, e.hazardClosed, e.ordererCannotRevoke],
})

/** Takes over what has happened to the hazard: its unit, its deadline, that it was closed or opened again. */
export const followHazard = defineAction({
  ...on,
  id: 'listing.follow',
  internal: true,
  title: '随隐患变动',
  permission: 'listing.follow',
  input: z.object({}),
  output: State,
  errors: [],
})

/** One thing that was done, as the page of a listing or of a batch tells it. */
export const HistoryEntry = z.object({
  seq: z.number().int(),
  title: z.string(),
  at: z.string(),
  actor: z.string(),
  summary: z.string(),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

export const listingContracts = [
  proposeListing,
  approveListing,
  rejectListing,
  withdrawListing,
  orderListing,
  publiciseListing,
  askListingEnd,
  returnListingEnd,
  delistListing,
  revokeListing,
  followHazard,
  proposeInBatch,
  approveInBatch,
  rejectInBatch,
  withdrawInBatch,
]

export const ListingRow = z.object({
  id: Id,
  version: z.number().int(),
  hazardId: Id,
  hazardNumber: z.string(),
  hazardState: z.string(),
  description: z.string(),
  unitName: z.string(),
  areaName: z.string(),
  sectorName: z.string(),
  level: LevelId,
  state: StateId,
  listingBodyName: z.string().nullable(),
  supervisingBodyName: z.string().nullable(),
  document: z.string(),
  proposedOn: Day,
  orderedOn: Day.nullable(),
  dueOn: Day.nullable(),
  overdue: z.boolean(),
  publicisedOn: Day.nullable(),
  askedOn: Day.nullable(),
  hazardClosedOn: Day.nullable(),
  /** What the listing body owes, counted in working days; negative when the day is over. */
  steps: z.array(z.object({ step: StepId, since: Day, dueOn: Day, workingDaysLeft: z.number().int() })),
  endedOn: Day.nullable(),
})
export type ListingRow = z.infer<typeof ListingRow>

const stateWords = Object.fromEntries(listingStateIds.map((id) => [id, listingStates[id].label]))

export const ListingFilter = z.object({
  states: named(z.array(StateId).max(10).optional(), '状态', stateWords),
  level: named(LevelId.optional(), '挂牌级别', { county: '县级', city: '市级', province: '省级' }),
  area: HazardFilter.shape.area,
  sector: HazardFilter.shape.sector,
  hazardId: named(Id.optional(), '隐患'),
  year: named(z.number().int().min(2000).max(2100).optional(), '提请年份'),
  late: named(LatenessId.optional(), '时限', listingLateness),
})
export type ListingFilter = z.infer<typeof ListingFilter>

export const listListings = defineQuery({
  id: 'listing.list',
  title: '挂牌督办',
  permission: 'listing.read',
  clauses: ['M16-1'],
  input: ListingFilter.extend(Paging),
  output: pageOf(ListingRow),
  errors: [],
})

export const getListing = defineQuery({
  id: 'listing.get',
  title: '挂牌督办详情',
  permission: 'listing.read',
  input: z.object({ id: Id }),
  output: ListingRow.extend({
    proposerBodyName: z.string().nullable(),
    /** The yearly batch it belongs to. */
    batch: z.object({ id: Id, title: z.string() }).nullable(),
    /** The body that leads the hazard's sector: whom an order usually makes supervise. */
    leadBodyId: z.string().nullable(),
    reason: z.string(),
    proposedBy: z.string(),
    opinion: z.string(),
    approvedBy: z.string(),
    order: z
      .object({ name: z.string(), matters: z.string(), requirements: z.string(), release: z.string(), by: z.string() })
      .nullable(),
    publication: z.object({ where: z.string(), by: z.string() }).nullable(),
    endRequests: z.array(
      z.object({
        on: Day,
        by: z.string(),
        statement: z.string(),
        returned: z.object({ on: Day, by: z.string(), reason: z.string() }).nullable(),
      }),
    ),
    ending: z.object({ reason: z.string(), by: z.string(), document: z.string() }).nullable(),
    timeline: z.array(HistoryEntry),
    /** The reader acts for the listing body, and so may see who was told and who has read it. */
    mine: z.boolean(),
    allowedActions: z.array(z.object({ action: z.string(), blocked: z.string().optional() })),
  }),
  errors: [],
})
export type ListingDetailView = z.infer<typeof getListing.output>
