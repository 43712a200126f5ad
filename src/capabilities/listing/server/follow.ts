import { type HazardFacts, hazardStates } from '#capabilities/hazard/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { Followed } from '#platform/actions/follow.ts'
import type { EffectContext, NoticeDraft, RegisteredAction } from '#platform/actions/types.ts'
import { followHazard, type Listing } from '../model/index.ts'
import { tellAsker, withRequestReturned } from './actions/ending.ts'
import type { ListingDeps } from './deps.ts'
import { noticeLine, tellListingBody, tellUnit } from './notices.ts'
import { listingRecord } from './record-type.ts'
import { loadListing, standingListing } from './store.ts'

/** The hazard went back to work: what was asked for has come to nothing. */
const isBackAtWork = (hazard: HazardFacts) => hazardStates[hazard.state].type === 'open'

/**
 * What the listing keeps of its hazard, as the hazard now stands. Until the order its deadline is none of the listing's,
 * and the order itself sets both.
 */
function mirrored(listing: Listing, hazard: HazardFacts): Listing {
  const { unitId, unitName } = hazard
  if (listing.state !== 'ordered') return { ...listing, unitId, unitName }
  return {
    ...listing,
    unitId,
    unitName,
    dueOn: hazard.dueOn,
    hazardClosedOn: hazard.state === 'closed' ? hazard.closedOn : null,
  }
}

function differs(listing: Listing, hazard: HazardFacts): boolean {
  const next = mirrored(listing, hazard)
  const same =
    next.unitId === listing.unitId && next.dueOn === listing.dueOn && next.hazardClosedOn === listing.hazardClosedOn
  return !same || (listing.askedOn !== null && isBackAtWork(hazard))
}

/** In words, what has happened to the hazard, for the listing's own history. */
function whatChanged(listing: Listing, hazard: HazardFacts): string[] {
  const next = mirrored(listing, hazard)
  const words: string[] = []
  if (next.unitId !== listing.unitId) words.push(`隐患已关联名录单位“${hazard.unitName}”`)
  if (next.dueOn !== listing.dueOn) {
    const moved = hazard.detail.extensions.findLast(({ to, decision }) => to === next.dueOn && decision === 'granted')
    const paper = moved?.document ? `（${moved.document}）` : ''
    const why = moved ? `：${moved.reason}，${moved.decidedBy ?? ''}同意` : ''
    words.push(`办理期限由 ${listing.dueOn ?? '未定'} 改为 ${next.dueOn ?? '未定'}${paper}${why}`)
  }
  if (next.hazardClosedOn !== null && listing.hazardClosedOn === null) words.push('隐患已销号，等待摘牌销案')
  if (next.hazardClosedOn === null && listing.hazardClosedOn !== null) words.push('隐患重新打开，继续挂牌督办')
  if (listing.askedOn !== null && isBackAtWork(hazard)) words.push('隐患退回整改，销案申请失效')
  return words
}

async function told(
  deps: ListingDeps,
  context: EffectContext,
  before: Listing,
  after: Listing,
  hazard: HazardFacts,
): Promise<NoticeDraft[]> {
  if (after.state !== 'ordered') return []
  const line = noticeLine(after)
  const key = context.actionId
  const drafts: NoticeDraft[] = []
  if (before.unitId === null && after.unitId !== null) {
    const words = { kind: 'listed', title: '重大事故隐患被挂牌督办', body: `${line}｜${after.document}` }
    drafts.push(...(await tellUnit(deps, context, key, after, hazard.townBodyId ?? hazard.leadBodyId, words)))
  }
  if (before.hazardClosedOn === null && after.hazardClosedOn !== null) {
    const words = { kind: 'ending', title: '挂牌督办的隐患已销号，请摘牌销案', body: line }
    drafts.push(...(await tellListingBody(deps, context, key, after, words)))
  }
  return drafts
}

export const followingActions = (deps: ListingDeps): RegisteredAction[] => [
  onRecord(followHazard, listingRecord, async (context, listing) => {
    const hazard = await deps.hazards.find(context.tx, context.county, listing.hazardId, false)
    if (!hazard) throw new Error(`listing ${listing.id} has no hazard`)
    const lapsed = listing.askedOn !== null && isBackAtWork(hazard)
    const reason = '隐患退回整改，完成后请重新申请'
    const kept = lapsed ? withRequestReturned(listing, context, reason) : listing
    const record = mirrored(kept, hazard)
    return {
      record,
      output: { state: listing.state },
      summary: whatChanged(listing, hazard).join('；'),
      notices: [
        ...(await told(deps, context, listing, record, hazard)),
        ...(lapsed ? tellAsker(context, listing, reason) : []),
      ],
    }
  }),
]

/** After every action on a hazard: when its listing does not say the same any more, the system brings it up to date. */
export function followingHazards(deps: ListingDeps, systemActor: (county: string) => Actor) {
  return async ({ tx, actor, recordId, created, options, host }: Followed): Promise<void> => {
    // Nobody can have listed what was not there.
    if (created) return
    const { county } = actor
    const listingId = await standingListing(tx, county, recordId)
    if (!listingId) return
    const hazard = await deps.hazards.find(tx, county, recordId, false)
    const seen = await loadListing(tx, county, listingId, false)
    if (!hazard || !seen || !differs(seen, hazard)) return
    const listing = await loadListing(tx, county, listingId, true)
    if (!listing || !differs(listing, hazard)) return
    const envelope = {
      actionId: newId(options.now.getTime()),
      recordId: listing.id,
      version: listing.version,
      input: {},
    }
    await host.runChild(tx, systemActor(county), followHazard.id, envelope, options)
  }
}
