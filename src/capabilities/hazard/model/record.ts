import { z } from 'zod'
import type { RecordIdentity } from '#kernel/record.ts'
import { Day } from '#kernel/time.ts'
import type { Channel, CloseKind, HazardState, Level, ListingLevel } from './terms.ts'

export const Measure = z.object({
  kind: z.enum(['people', 'technology', 'engineering', 'management'], '请选择措施类别'),
  text: z.string().trim().min(2, '请写明措施内容').max(500, '单条措施最多500字'),
  done: z.boolean().default(false),
})
export type Measure = z.infer<typeof Measure>

/** 五落实. Each element may be missing while a plan is being drawn up; the gate asks for all five. */
export const Plan = z.object({
  responsiblePerson: z.string().trim().max(40, '姓名最多40字').default(''),
  responsiblePhone: z.string().trim().max(20, '电话最多20位').default(''),
  measures: z.array(Measure).max(20, '措施最多20条').default([]),
  /** Yuan; null = not said. Zero is an answer: no money is needed. */
  fundsYuan: z
    .number()
    .min(0, '资金不能为负数')
    .max(100_000_000_000, '资金数额过大，请核对单位是否为元')
    .nullable()
    .default(null),
  fundsNote: z.string().trim().max(200, '说明最多200字').default(''),
  /** The unit's own target day; never later than the ordered deadline. */
  deadline: Day.nullable().default(null),
  emergencyPlan: z.string().trim().max(1000, '预案要点最多1000字').default(''),
})
export type Plan = z.infer<typeof Plan>

export interface InterimControl {
  readonly text: string
  readonly on: string
  readonly by: string
}

export interface Review {
  readonly on: string
  readonly reviewers: readonly string[]
  readonly findings: string
  readonly passed: boolean
  readonly accountId: string
  readonly by: string
  readonly position: { readonly lng: number; readonly lat: number } | null
  readonly kind: 'closure' | 'reinspection'
  /** How many times the hazard had been closed before: a review counts only for the closing it was made for. */
  readonly round: number
}

export interface Extension {
  /** Null when an order set the first deadline the hazard ever had. */
  readonly from: string | null
  readonly to: string
  readonly reason: string
  readonly requestedBy: string
  readonly requestedOn: string
  /** 'lapsed': the work was done or given back before anyone had decided. */
  readonly decision: 'pending' | 'granted' | 'refused' | 'lapsed'
  readonly decidedBy: string | null
  readonly decidedOn: string | null
  readonly note: string
  /** How many times the hazard had been closed before: the county's limit counts anew after a reopening. */
  readonly round?: number
  /** Number of the paper by which the deadline was moved. */
  readonly document?: string
  /** Set by the order that lists the hazard, possibly to an earlier day: nobody asked, and the county's limit does not count it. */
  readonly byListing?: true
}

export interface Closure {
  readonly on: string
  readonly kind: CloseKind
  readonly accountId: string
  readonly by: string
  readonly opinion: string
  readonly document: string
  /** Set when the hazard was opened again; the first closure stays in the history. */
  readonly reopenedOn: string | null
  readonly reopenReason: string | null
}

export interface StopOrder {
  readonly on: string
  readonly scope: string
  readonly reason: string
  readonly document: string
  readonly by: string
  readonly liftedOn: string | null
  /** Day the unit applied to resume; the on-site review is due a fixed time after it (16号令 art.23). */
  readonly resumeAskedOn?: string | null
}

/** One finding that led to this hazard. Several reports may stand on one hazard; a report stands on exactly one. */
export interface Report {
  readonly id: string
  readonly hazardId: string
  /** The hazard it was first filed under; a merge moves hazardId and leaves this. */
  readonly filedUnder: string
  readonly channel: Channel
  readonly area: string
  readonly sector: string
  readonly foundOn: string
  readonly source: string
  readonly description: string
  readonly reporter: string
  readonly accountId: string
  readonly reportedAt: string
}

/** What the judgement stands on: a criterion in the version then in force, a reasoned judgement, or an old ledger. */
export interface Judgement {
  readonly kind: 'criterion' | 'reasoned' | 'ledger' | 'none'
  readonly criterionId: string | null
  readonly documentId: string | null
  /** The criterion's text as it stood that day, kept so that a later edition cannot change it. */
  readonly text: string
  readonly reason: string
  readonly on: string
  readonly by: string
}

/** The parts of a hazard no list filters by; stored as one document beside the columns. */
export interface HazardDetail {
  readonly plan: Plan
  readonly interim: readonly InterimControl[]
  readonly progress: readonly {
    readonly on: string
    readonly by: string
    readonly text: string
    readonly percent: number
  }[]
  readonly extensions: readonly Extension[]
  readonly reviews: readonly Review[]
  readonly closures: readonly Closure[]
  readonly stopOrders: readonly StopOrder[]
  readonly judgement: Judgement
  readonly assignment: {
    readonly by: string
    readonly bodyId: string
    readonly on: string
    readonly demand: string
  } | null
  /** Account ids of whoever took part in rectifying: none of them may review or approve. */
  readonly rectifiers: readonly string[]
  readonly acceptedBy: string | null
  readonly returns: readonly {
    readonly on: string
    readonly by: string
    readonly reason: string
    readonly from: HazardState
  }[]
  readonly ending: {
    readonly reason: string
    readonly on: string
    readonly by: string
    readonly receiver: string
    /** Where the hazard stood when it was taken out, so that a mistake can be put right. */
    readonly from: HazardState
  } | null
  /** Ids of the reports a merge took along, so that undoing it brings back exactly those. */
  readonly mergedReports?: readonly string[]
  /** Instant since which after-photos count: a return or a reopening makes the older ones evidence of nothing. */
  readonly workSince?: string
  readonly routeReason: string | null
  /** Where an imported hazard stood; `key` names the row, so that the same ledger cannot come in twice. */
  readonly ledger: {
    readonly file: string
    readonly row: number
    readonly key: string
    readonly notes: readonly string[]
  } | null
}

/** 隐患: the canonical hazard with everything known of it. */
export interface Hazard extends RecordIdentity {
  readonly number: string
  readonly area: string
  readonly unitId: string | null
  readonly unitName: string
  readonly sector: string
  readonly level: Level
  readonly channel: Channel
  readonly state: HazardState
  readonly description: string
  readonly location: string
  readonly foundOn: string
  readonly registeredOn: string
  readonly leadBodyId: string
  readonly jointBodyIds: readonly string[]
  readonly townBodyId: string | null
  readonly assignedBodyId: string | null
  /** The body that set the deadline; only it may extend. */
  readonly issuerBodyId: string | null
  readonly dueOn: string | null
  readonly overdue: boolean
  readonly stopped: boolean
  readonly listing: ListingLevel
  readonly listingId: string | null
  readonly listingBodyId: string | null
  readonly closedOn: string | null
  readonly closeKind: CloseKind | null
  readonly closures: number
  readonly reopened: number
  readonly reinspection: 'none' | 'drawn' | 'passed' | 'failed'
  readonly mergedInto: string | null
  readonly progressOn: string
  readonly planComplete: boolean
  readonly reports: readonly Report[]
  readonly detail: HazardDetail
}
