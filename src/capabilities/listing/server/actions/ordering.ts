import { type HazardFacts, setListing } from '#capabilities/hazard/model/index.ts'
import { refuse } from '#kernel/errors.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import { listingErrors as e, type Listing, orderListing, publiciseListing } from '../../model/index.ts'
import type { ListingDeps } from '../deps.ts'
import { noticeLine, tellBody, tellUnit } from '../notices.ts'
import { listingRecord } from '../record-type.ts'
import { needListable } from './deciding.ts'

const field = (path: string, message: string) => ({ fields: [{ path, message }] })

/** The body that supervises and the unit are told of the order and of what becomes of it. */
export async function tellOrdered(
  deps: ListingDeps,
  context: EffectContext,
  listing: Listing,
  hazard: HazardFacts,
  words: { kind: string; title: string; body: string },
) {
  const { leadBodyId, townBodyId } = hazard
  return [
    tellBody(context.actionId, listing.supervisingBodyId ?? leadBodyId, words),
    ...(await tellUnit(deps, context, context.actionId, listing, townBodyId ?? leadBodyId, words)),
  ]
}

const order = (deps: ListingDeps): RegisteredAction =>
  onRecord(orderListing, listingRecord, async (context, listing, input) => {
    const hazard = await deps.hazards.find(context.tx, context.county, listing.hazardId, true)
    if (!hazard) return refuse(e.hazardNotStanding)
    // It may have been judged anew, closed or given back since it was proposed.
    needListable(hazard)
    if (input.dueOn < context.today) refuse(e.dueTooEarly, field('dueOn', e.dueTooEarly.message))
    // The directory answers an unknown id with the id itself.
    if (deps.directory.bodyName(context.county, input.supervisingBodyId) === input.supervisingBodyId) {
      refuse(e.bodyUnknown, field('supervisingBodyId', e.bodyUnknown.message))
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
    const { accountId, name: by } = context.actor
    const record: Listing = {
      ...listing,
      state: 'ordered',
      document: input.document,
      orderedOn: context.today,
      dueOn: input.dueOn,
      unitId: hazard.unitId,
      unitName: hazard.unitName,
      supervisingBodyId: input.supervisingBodyId,
      detail: { ...listing.detail, order: { name, matters, requirements, release, by, accountId } },
    }
    return {
      record,
      output: { state: 'ordered' },
      summary: `下达督办令${input.document}，办理期限${input.dueOn}`,
      notices: await tellOrdered(deps, context, record, hazard, {
        kind: 'listed',
        title: '重大事故隐患被挂牌督办',
        body: `${noticeLine(record)}｜${words}`,
      }),
    }
  })

const publicise = onRecord(publiciseListing, listingRecord, (context, listing, input) => {
  const { on, where } = input
  if (on > context.today || (listing.orderedOn !== null && on < listing.orderedOn)) {
    refuse(e.publicisedOutside, field('on', e.publicisedOutside.message))
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

/** The order itself and its publication. */
export const orderingActions = (deps: ListingDeps): RegisteredAction[] => [order(deps), publicise]
