import { setListing, standingStates } from '#capabilities/hazard/model/index.ts'
import { refuse } from '#kernel/errors.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import {
  askListingEnd,
  delistListing,
  type EndRequest,
  listingErrors as e,
  type Listing,
  returnListingEnd,
  revokeListing,
} from '../../model/index.ts'
import type { ListingDeps } from '../deps.ts'
import { noticeLine, tellAccount, tellListingBody } from '../notices.ts'
import { listingRecord } from '../record-type.ts'
import { needHigherDocument } from './deciding.ts'
import { tellOrdered } from './ordering.ts'

/** States from which on the unit says itself that the work is done. */
const done = [...standingStates.slice(standingStates.indexOf('awaitingAcceptance')), 'closed']

const ask = (deps: ListingDeps): RegisteredAction =>
  onRecord(askListingEnd, listingRecord, async (context, listing, input) => {
    const hazard = await deps.hazards.find(context.tx, context.county, listing.hazardId, true)
    if (!hazard || !done.includes(hazard.state)) refuse(e.workNotDone)
    const { accountId, name: by } = context.actor
    const request: EndRequest = { on: context.today, by, accountId, statement: input.statement, returned: null }
    const endRequests = [...(listing.detail.endRequests ?? []), request]
    const record: Listing = { ...listing, askedOn: context.today, detail: { ...listing.detail, endRequests } }
    return {
      record,
      output: { state: listing.state },
      summary: `申请销案：${input.statement}`,
      notices: await tellListingBody(deps, context, context.actionId, record, {
        kind: 'askEnd',
        title: '挂牌督办申请销案，请按期办理',
        body: `${noticeLine(listing)}｜${input.statement}`,
      }),
    }
  })

/** The application that waits comes to nothing; whoever made it reads why. */
export function withRequestReturned(
  listing: Listing,
  context: Pick<EffectContext, 'today' | 'actor'>,
  reason: string,
): Listing {
  const returned = { on: context.today, by: context.actor.name, reason }
  const requests = listing.detail.endRequests ?? []
  const endRequests = requests.map((request, at) => (at === requests.length - 1 ? { ...request, returned } : request))
  return { ...listing, askedOn: null, detail: { ...listing.detail, endRequests } }
}

export const tellAsker = (context: EffectContext, listing: Listing, reason: string) => {
  const asker = listing.detail.endRequests?.at(-1)
  if (!asker) return []
  const body = `${noticeLine(listing)}｜${reason}`
  return [tellAccount(context.actionId, asker.accountId, { kind: 'endReturned', title: '销案申请被退回', body })]
}

const giveBack = onRecord(returnListingEnd, listingRecord, (context, listing, input) => ({
  record: withRequestReturned(listing, context, input.reason),
  output: { state: listing.state },
  summary: `退回销案申请：${input.reason}`,
  notices: tellAsker(context, listing, input.reason),
}))

interface Ending {
  readonly state: 'delisted' | 'revoked'
  readonly kind: string
  readonly title: string
  readonly words: string
}

/** Ends the listing here and on the hazard. */
async function finish(
  deps: ListingDeps,
  context: EffectContext,
  listing: Listing,
  input: { readonly reason: string; readonly document: string },
  { state, kind, title, words }: Ending,
) {
  const hazard = await deps.hazards.find(context.tx, context.county, listing.hazardId, true)
  // Under the lock of the hazard: it may have been opened again a moment ago.
  if (!hazard || (state === 'delisted') !== (hazard.state === 'closed')) {
    return refuse(state === 'delisted' ? e.stillOpen : e.hazardClosed)
  }
  const { reason, document } = input
  const said = `${words}${document ? `（${document}）` : ''}：${reason}`
  await context.child(setListing, {
    recordId: hazard.id,
    version: hazard.version,
    input: { listing: 'none', listingId: null, bodyId: null, dueOn: null, words: said },
  })
  const record: Listing = {
    ...listing,
    state,
    askedOn: null,
    endedOn: context.today,
    detail: { ...listing.detail, ending: { reason, by: context.actor.name, document } },
  }
  const body = `${noticeLine(listing)}｜${reason}`
  return {
    record,
    output: { state },
    summary: said,
    notices: await tellOrdered(deps, context, record, hazard, { kind, title, body }),
  }
}

const delist = (deps: ListingDeps): RegisteredAction =>
  onRecord(delistListing, listingRecord, (context, listing, input) => {
    needHigherDocument(listing.level, input.document)
    const title = '重大事故隐患挂牌督办已摘牌销案'
    return finish(deps, context, listing, input, { state: 'delisted', kind: 'delisted', title, words: '摘牌销案' })
  })

const revoke = (deps: ListingDeps): RegisteredAction =>
  onRecord(revokeListing, listingRecord, (context, listing, input) => {
    const title = '重大事故隐患挂牌督办已撤销，隐患仍须按期整改'
    return finish(deps, context, listing, input, { state: 'revoked', kind: 'revoked', title, words: '撤销挂牌督办' })
  })

/** How a listing ends, and the asking for it. */
export const endingActions = (deps: ListingDeps): RegisteredAction[] => [
  ask(deps),
  giveBack,
  delist(deps),
  revoke(deps),
]
