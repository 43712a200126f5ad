import { type HazardFacts, hazardPermissions, isStanding } from '#capabilities/hazard/model/index.ts'
import { refuse } from '#kernel/errors.ts'
import { type Actor, can } from '#kernel/grants.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, NoticeDraft, RegisteredAction } from '#platform/actions/types.ts'
import {
  approveListing,
  bodyFor,
  listingErrors as e,
  type Listing,
  proposeListing,
  rejectListing,
  withdrawListing,
} from '../../model/index.ts'
import type { ListingDeps } from '../deps.ts'
import { noticeLine, tellAccount, tellApprovers, tellListingBody } from '../notices.ts'
import { listingRecord } from '../record-type.ts'
import { standingListing } from '../store.ts'

/** Only who may see a hazard may ask for its listing; to others it does not exist. */
function sees(actor: Actor, hazard: HazardFacts): boolean {
  const bodyIds = [hazard.leadBodyId, hazard.assignedBodyId].filter((id): id is string => id !== null)
  const facets = { area: hazard.area, sectors: [hazard.sector], unitId: hazard.unitId, bodyIds }
  return can(actor, 'hazard.read', facets, hazardPermissions)
}

/** Refuses what cannot be listed: general hazards, unverified reports, and what is closed or gone. */
export function needListable(hazard: HazardFacts): void {
  if (!isStanding(hazard.state)) refuse(e.hazardNotStanding)
  if (hazard.state === 'reported') refuse(e.hazardUnverified)
  if (hazard.level !== 'major') refuse(e.majorOnly)
}

const missing = (path: string, def: typeof e.documentMissing) => ({ fields: [{ path, message: def.message }] })

export function needHigherDocument(level: Listing['level'], document: string): void {
  if (level !== 'county' && document === '') refuse(e.documentMissing, missing('document', e.documentMissing))
}

function fresh(context: EffectContext, hazard: HazardFacts): Omit<Listing, 'level' | 'document' | 'detail'> {
  return {
    county: context.county,
    id: context.recordId,
    version: 0,
    hazardId: hazard.id,
    hazardNumber: hazard.number,
    unitId: hazard.unitId,
    unitName: hazard.unitName,
    area: hazard.area,
    sector: hazard.sector,
    state: 'proposed',
    proposerBodyId: bodyFor(context.actor, 'listing.propose'),
    listingBodyId: null,
    supervisingBodyId: null,
    proposedOn: context.today,
    orderedOn: null,
    dueOn: null,
    publicisedOn: null,
    askedOn: null,
    hazardClosedOn: null,
    endedOn: null,
  }
}

const propose = (deps: ListingDeps): RegisteredAction =>
  onCreate(proposeListing, listingRecord, async (context, input) => {
    // The lock keeps two proposals of one hazard apart: the second sees the first.
    const hazard = await deps.hazards.find(context.tx, context.county, input.hazardId, true)
    if (!hazard || !sees(context.actor, hazard)) return refuse(e.hazardUnknown, missing('hazardId', e.hazardUnknown))
    needListable(hazard)
    if (await standingListing(context.tx, context.county, hazard.id)) refuse(e.alreadyListed)
    needHigherDocument(input.level, input.document)
    const { accountId, personId, name } = context.actor
    const record: Listing = {
      ...fresh(context, hazard),
      level: input.level,
      document: input.document,
      detail: {
        reason: input.reason,
        proposedBy: name,
        proposerAccountId: accountId,
        proposerPersonId: personId,
        opinion: '',
        approvedBy: '',
        order: null,
        publication: null,
        ending: null,
      },
    }
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

/** Who proposed hears what became of it. */
const answered = (context: EffectContext, listing: Listing, title: string, words: string): NoticeDraft =>
  tellAccount(context.actionId, listing.detail.proposerAccountId, {
    kind: 'listing',
    title,
    body: `${noticeLine(listing)}｜${words}`,
  })

const approve = (deps: ListingDeps): RegisteredAction =>
  onRecord(approveListing, listingRecord, async (context, listing, input) => {
    const record: Listing = {
      ...listing,
      state: 'approved',
      // What city or province lists is followed up by the county office; a county listing belongs to the approver's body.
      listingBodyId: listing.level === 'county' ? bodyFor(context.actor, 'listing.approve') : null,
      detail: { ...listing.detail, opinion: input.opinion, approvedBy: context.actor.name },
    }
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

/** Whether a hazard shall be listed: asked, and answered by somebody else. */
export const decidingActions = (deps: ListingDeps): RegisteredAction[] => [
  propose(deps),
  approve(deps),
  reject,
  withdraw,
]
