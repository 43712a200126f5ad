import type { Directory } from '#capabilities/directory/model/index.ts'
import { type Hazards, isStanding, setListing } from '#capabilities/hazard/model/index.ts'
import { refuse } from '#kernel/errors.ts'
import type { Actor, Facets } from '#kernel/grants.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, NoticeDraft, RecordType, RegisteredAction } from '#platform/actions/types.ts'
import type { Reader } from '#platform/db/tables.ts'
import {
  approveListing,
  delistListing,
  type Listing,
  listingErrors,
  listingLifecycle,
  orderListing,
  proposeListing,
  publiciseListing,
  rejectListing,
  withdrawListing,
} from '../model/index.ts'
import { loadListing, saveListing, standingListing } from './store.ts'

export interface ListingDeps {
  readonly directory: Directory<Reader>
  readonly hazards: Hazards<Reader>
}

export function listingFacets(listing: Listing): Facets {
  const bodies = [listing.proposerBodyId, listing.listingBodyId, listing.supervisingBodyId]
  return {
    area: listing.area,
    sectors: [listing.sector],
    unitId: listing.unitId,
    bodyIds: bodies.filter((id): id is string => id !== null),
  }
}

export const listingRecord: RecordType<Listing> = {
  type: 'listing',
  title: '挂牌督办',
  readPermission: 'listing.read',
  lifecycle: listingLifecycle,
  load: loadListing,
  save: saveListing,
  facets: listingFacets,
  label: (listing) => `${listing.hazardNumber} ${listing.unitName}`,
}

const bodyOf = (actor: Actor): string | null => actor.grants.find((grant) => grant.bodyId !== null)?.bodyId ?? null

const propose = (deps: ListingDeps): RegisteredAction =>
  onCreate(proposeListing, listingRecord, async (context, input) => {
    // The lock keeps two proposals of one hazard apart: the second sees the first.
    const hazard = await deps.hazards.find(context.tx, context.county, input.hazardId, true)
    if (!hazard) return refuse(listingErrors.hazardUnknown)
    if (hazard.level !== 'major') refuse(listingErrors.majorOnly)
    if (!isStanding(hazard.state)) refuse(listingErrors.hazardNotStanding)
    if (await standingListing(context.tx, context.county, hazard.id)) refuse(listingErrors.alreadyListed)
    if (input.level !== 'county' && input.document === '') {
      refuse(listingErrors.documentMissing, {
        fields: [{ path: 'document', message: listingErrors.documentMissing.message }],
      })
    }
    const { actor, today } = context
    return {
      record: {
        county: context.county,
        id: context.recordId,
        version: 0,
        hazardId: hazard.id,
        hazardNumber: hazard.number,
        unitId: hazard.unitId,
        unitName: hazard.unitName,
        area: hazard.area,
        sector: hazard.sector,
        level: input.level,
        state: 'proposed' as const,
        proposerBodyId: bodyOf(actor),
        listingBodyId: null,
        supervisingBodyId: null,
        document: input.document,
        proposedOn: today,
        orderedOn: null,
        dueOn: hazard.dueOn,
        publicisedOn: null,
        endedOn: null,
        detail: {
          reason: input.reason,
          proposedBy: actor.name,
          proposerAccountId: actor.accountId,
          opinion: '',
          approvedBy: '',
          order: null,
          publication: null,
          ending: null,
        },
      },
      output: { state: 'proposed' },
      summary: `提请挂牌督办：${input.reason}`,
    }
  })

/** Who proposed hears what became of it. */
const answered = (context: EffectContext, listing: Listing, title: string, words: string): NoticeDraft[] => [
  {
    key: `${context.actionId}:${listing.detail.proposerAccountId}`,
    to: { kind: 'account', id: listing.detail.proposerAccountId },
    kind: 'listing',
    title,
    body: `${listing.unitName}｜${listing.hazardNumber}｜${words}`,
  },
]

const approve = onRecord(approveListing, listingRecord, (context, listing, input) => ({
  record: {
    ...listing,
    state: 'approved' as const,
    // What city or province lists is followed up by the county office; a county listing belongs to the approver's body.
    listingBodyId: listing.level === 'county' ? bodyOf(context.actor) : null,
    detail: { ...listing.detail, opinion: input.opinion, approvedBy: context.actor.name },
  },
  output: { state: 'approved' },
  summary: `批准挂牌督办：${input.opinion}`,
  notices: answered(context, listing, '挂牌督办已批准，待下达督办令', input.opinion),
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
  notices: answered(context, listing, '挂牌督办未予批准', input.reason),
}))

const withdraw = onRecord(withdrawListing, listingRecord, (context, listing, input) => ({
  ...end(context, listing, 'withdrawn', input.reason),
  summary: `撤回挂牌督办：${input.reason}`,
}))

/** The unit's principal and actual controller, and the body that supervises, are told of the order and of its end. */
async function told(
  deps: ListingDeps,
  context: EffectContext,
  listing: Listing,
  bodyId: string,
  words: { kind: string; title: string; body: string },
): Promise<NoticeDraft[]> {
  const drafts: NoticeDraft[] = [{ key: `${context.actionId}:${bodyId}`, to: { kind: 'body', id: bodyId }, ...words }]
  if (!listing.unitId) return drafts
  const contacts = await deps.directory.unitContacts(context.tx, context.county, listing.unitId)
  const people = new Set(contacts.map((contact) => contact.personId))
  return [
    ...drafts,
    ...[...people].map((id) => ({ key: `${context.actionId}:${id}`, to: { kind: 'person' as const, id }, ...words })),
  ]
}

const order = (deps: ListingDeps): RegisteredAction =>
  onRecord(orderListing, listingRecord, async (context, listing, input) => {
    const hazard = await deps.hazards.find(context.tx, context.county, listing.hazardId, true)
    if (!hazard || !isStanding(hazard.state)) return refuse(listingErrors.hazardNotStanding)
    // It may have been judged anew since it was proposed.
    if (hazard.level !== 'major') refuse(listingErrors.majorOnly)
    if (input.dueOn < context.today) {
      refuse(listingErrors.dueTooEarly, { fields: [{ path: 'dueOn', message: listingErrors.dueTooEarly.message }] })
    }
    if (deps.directory.bodyName(context.county, input.supervisingBodyId) === input.supervisingBodyId) {
      refuse(listingErrors.bodyUnknown, {
        fields: [{ path: 'supervisingBodyId', message: listingErrors.bodyUnknown.message }],
      })
    }
    const words = `挂牌督办（${input.document}），办理期限 ${input.dueOn}`
    await context.child(setListing, {
      recordId: hazard.id,
      version: hazard.version,
      input: {
        listing: listing.level,
        listingId: listing.id,
        bodyId: listing.listingBodyId,
        dueOn: input.dueOn,
        document: input.document,
        words,
      },
    })
    const { name, matters, requirements, release } = input
    return {
      record: {
        ...listing,
        state: 'ordered' as const,
        document: input.document,
        orderedOn: context.today,
        dueOn: input.dueOn,
        supervisingBodyId: input.supervisingBodyId,
        detail: { ...listing.detail, order: { name, matters, requirements, release } },
      },
      output: { state: 'ordered' },
      summary: `下达督办令${input.document}，办理期限${input.dueOn}`,
      notices: await told(deps, context, listing, input.supervisingBodyId, {
        kind: 'listed',
        title: '重大事故隐患被挂牌督办',
        body: `${listing.unitName}｜${listing.hazardNumber}｜${words}`,
      }),
    }
  })

const publicise = onRecord(publiciseListing, listingRecord, (context, listing, input) => {
  const { on, where } = input
  if (on > context.today || (listing.orderedOn !== null && on < listing.orderedOn)) {
    refuse(listingErrors.publicisedOutside, {
      fields: [{ path: 'on', message: listingErrors.publicisedOutside.message }],
    })
  }
  return {
    record: {
      ...listing,
      publicisedOn: on,
      detail: { ...listing.detail, publication: { where, by: context.actor.name } },
    },
    output: { state: listing.state },
    summary: `${on} 公示挂牌督办：${where}`,
  }
})

const delist = (deps: ListingDeps): RegisteredAction =>
  onRecord(delistListing, listingRecord, async (context, listing, input) => {
    const hazard = await deps.hazards.find(context.tx, context.county, listing.hazardId, true)
    if (hazard?.state !== 'closed') return refuse(listingErrors.stillOpen)
    if (listing.level !== 'county' && input.document === '') {
      refuse(listingErrors.documentMissing, {
        fields: [{ path: 'document', message: listingErrors.documentMissing.message }],
      })
    }
    await context.child(setListing, {
      recordId: hazard.id,
      version: hazard.version,
      input: { listing: 'none', listingId: null, bodyId: null, dueOn: null, words: `摘牌：${input.reason}` },
    })
    const body = listing.supervisingBodyId ?? hazard.leadBodyId
    return {
      record: {
        ...listing,
        state: 'delisted' as const,
        endedOn: context.today,
        detail: {
          ...listing.detail,
          ending: { reason: input.reason, by: context.actor.name, document: input.document },
        },
      },
      output: { state: 'delisted' },
      summary: `摘牌：${input.reason}`,
      notices: await told(deps, context, listing, body, {
        kind: 'delisted',
        title: '重大事故隐患已摘牌',
        body: `${listing.unitName}｜${listing.hazardNumber}｜${input.reason}`,
      }),
    }
  })

export function listingActions(deps: ListingDeps): RegisteredAction[] {
  return [propose(deps), approve, reject, withdraw, order(deps), publicise, delist(deps)]
}
