import { type HazardFacts, hazardPermissions, isStanding } from '#capabilities/hazard/model/index.ts'
import { coreErrors, type ErrorDef, refuse } from '#kernel/errors.ts'
import { type Actor, can } from '#kernel/grants.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, NoticeDraft, RegisteredAction } from '#platform/actions/types.ts'
import {
  approveInBatch,
  approveListing,
  bodyFor,
  listingErrors as e,
  type Listing,
  listingPermissions,
  proposeInBatch,
  proposeListing,
  rejectInBatch,
  rejectListing,
  withdrawInBatch,
  withdrawListing,
} from '../../model/index.ts'
import type { ListingDeps } from '../deps.ts'
import { noticeLine, tellAccount, tellApprovers, tellListingBody } from '../notices.ts'
import { listingRecord } from '../record-type.ts'
import { standingListing } from '../store.ts'

/** Whether the actor may do it with the hazard itself: the listing will be its proposer's, the hazard need not be. */
function mayWith(actor: Actor, hazard: HazardFacts, permission: string): boolean {
  const bodyIds = [hazard.leadBodyId, hazard.assignedBodyId].filter((id): id is string => id !== null)
  const facets = { area: hazard.area, sectors: [hazard.sector], unitId: hazard.unitId, bodyIds }
  return can(actor, permission, facets, { ...hazardPermissions, ...listingPermissions })
}

/** Only who may see a hazard may ask for its listing; to others it does not exist. */
export const sees = (actor: Actor, hazard: HazardFacts): boolean => mayWith(actor, hazard, 'hazard.read')

/** Why a hazard cannot be listed: it is closed or gone, an unverified report, or a general one. */
function unlistable(hazard: HazardFacts): ErrorDef | undefined {
  if (!isStanding(hazard.state)) return e.hazardNotStanding
  if (hazard.state === 'reported') return e.hazardUnverified
  return hazard.level === 'major' ? undefined : e.majorOnly
}

export const isListable = (hazard: HazardFacts): boolean => unlistable(hazard) === undefined

export function needListable(hazard: HazardFacts): void {
  const def = unlistable(hazard)
  if (def) refuse(def, { detail: `${hazard.number}：${def.message}` })
}

const missing = (path: string, def: typeof e.documentMissing) => ({ fields: [{ path, message: def.message }] })

export function needHigherDocument(level: Listing['level'], document: string): void {
  if (level !== 'county' && document === '') refuse(e.documentMissing, missing('document', e.documentMissing))
}

interface Proposal {
  readonly hazardId: string
  readonly level: Listing['level']
  readonly reason: string
  readonly document: string
  readonly batchId: string | null
}

/** A proposal as it is when nothing has been decided yet. */
async function proposed(deps: ListingDeps, context: EffectContext, input: Proposal): Promise<Listing> {
  const { county, actor, today } = context
  // The lock keeps two proposals of one hazard apart: the second sees the first.
  const hazard = await deps.hazards.find(context.tx, county, input.hazardId, true)
  if (!hazard || !sees(actor, hazard)) return refuse(e.hazardUnknown, missing('hazardId', e.hazardUnknown))
  if (!mayWith(actor, hazard, proposeListing.permission)) refuse(coreErrors.notAllowed)
  needListable(hazard)
  if (await standingListing(context.tx, county, hazard.id)) refuse(e.alreadyListed)
  needHigherDocument(input.level, input.document)
  return {
    county,
    id: context.recordId,
    version: 0,
    hazardId: hazard.id,
    batchId: input.batchId,
    hazardNumber: hazard.number,
    unitId: hazard.unitId,
    unitName: hazard.unitName,
    area: hazard.area,
    sector: hazard.sector,
    level: input.level,
    state: 'proposed',
    proposerBodyId: bodyFor(actor, 'listing.propose'),
    listingBodyId: null,
    supervisingBodyId: null,
    document: input.document,
    proposedOn: today,
    orderedOn: null,
    dueOn: null,
    publicisedOn: null,
    askedOn: null,
    hazardClosedOn: null,
    endedOn: null,
    detail: {
      reason: input.reason,
      proposedBy: actor.name,
      proposerAccountId: actor.accountId,
      proposerPersonId: actor.personId,
      opinion: '',
      approvedBy: '',
      order: null,
      publication: null,
      ending: null,
    },
  }
}

const propose = (deps: ListingDeps): RegisteredAction =>
  onCreate(proposeListing, listingRecord, async (context, input) => {
    const record = await proposed(deps, context, { ...input, batchId: null })
    return {
      record,
      output: { state: 'proposed' },
      summary: `提请挂牌督办：${input.reason}`,
      notices: await tellApprovers(deps, context, context.actionId, record, {
        kind: 'listing',
        title: '有隐患提请挂牌督办，待批准',
        body: `${noticeLine(record)}｜${input.reason}`,
      }),
    }
  })

/** Of a batch those concerned hear once, by the batch itself. */
const proposeTogether = (deps: ListingDeps): RegisteredAction =>
  onCreate(proposeInBatch, listingRecord, async (context, input) => ({
    record: await proposed(deps, context, { ...input, level: 'county', document: '' }),
    output: { state: 'proposed' },
    summary: `随年度批次提请挂牌督办：${input.reason}`,
  }))

/** Who proposed hears what became of it. */
const answered = (context: EffectContext, listing: Listing, title: string, words: string): NoticeDraft =>
  tellAccount(context.actionId, listing.detail.proposerAccountId, {
    kind: 'listing',
    title,
    body: `${noticeLine(listing)}｜${words}`,
  })

function approved({ actor }: EffectContext, listing: Listing, opinion: string, document = listing.document): Listing {
  return {
    ...listing,
    state: 'approved',
    // What city or province lists is followed up by the county office; a county listing belongs to the approver's body.
    listingBodyId: listing.level === 'county' ? bodyFor(actor, 'listing.approve') : null,
    document,
    detail: { ...listing.detail, opinion, approvedBy: actor.name },
  }
}

const approve = (deps: ListingDeps): RegisteredAction =>
  onRecord(approveListing, listingRecord, async (context, listing, input) => {
    const record = approved(context, listing, input.opinion)
    const words = { kind: 'order', title: '挂牌督办已批准，请下达督办令', body: noticeLine(listing) }
    return {
      record,
      output: { state: 'approved' },
      summary: `批准挂牌督办：${input.opinion}`,
      notices: [
        answered(context, listing, '挂牌督办已批准，待下达督办令', input.opinion),
        ...(await tellListingBody(deps, context, context.actionId, record, words)),
      ],
    }
  })

const approveTogether = onRecord(approveInBatch, listingRecord, (context, listing, input) => ({
  record: approved(context, listing, input.opinion, input.document),
  output: { state: 'approved' },
  summary: `随年度批次批准挂牌督办（${input.document}）：${input.opinion}`,
}))

const end = (context: EffectContext, listing: Listing, state: 'rejected' | 'withdrawn', reason: string) => ({
  record: {
    ...listing,
    state,
    endedOn: context.today,
    detail: { ...listing.detail, ending: { reason, by: context.actor.name, document: '' } },
  },
  output: { state },
})

const reject = onRecord(rejectListing, listingRecord, (context, listing, input) => ({
  ...end(context, listing, 'rejected', input.reason),
  summary: `不予批准挂牌督办：${input.reason}`,
  notices: [answered(context, listing, '挂牌督办未予批准', input.reason)],
}))

const withdraw = onRecord(withdrawListing, listingRecord, (context, listing, input) => ({
  ...end(context, listing, 'withdrawn', input.reason),
  summary: `撤回挂牌督办：${input.reason}`,
  notices:
    context.actor.accountId === listing.detail.proposerAccountId
      ? []
      : [answered(context, listing, '挂牌督办的提请已撤回', input.reason)],
}))

const rejectTogether = onRecord(rejectInBatch, listingRecord, (context, listing, input) => ({
  ...end(context, listing, 'rejected', input.reason),
  summary: `会议不予列入：${input.reason}`,
}))

const withdrawTogether = onRecord(withdrawInBatch, listingRecord, (context, listing, input) => ({
  ...end(context, listing, 'withdrawn', input.reason),
  summary: `随年度批次撤回：${input.reason}`,
}))

/** Whether a hazard shall be listed: asked, and answered by somebody else. */
export const decidingActions = (deps: ListingDeps): RegisteredAction[] => [
  propose(deps),
  approve(deps),
  reject,
  withdraw,
  proposeTogether(deps),
  approveTogether,
  rejectTogether,
  withdrawTogether,
]
