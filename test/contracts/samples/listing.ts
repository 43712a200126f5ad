import type { ListingState } from '#capabilities/listing/model/index.ts'
import { act, type Crew, sector, town } from '#test/kit/hazard-acts.ts'
import { hazardIn } from '#test/kit/hazard-states.ts'
import { actOnListing, listingFillers, listingIn, storedListing } from '#test/kit/listing-acts.ts'
import type { Driver, Sample, Stage } from './stage.ts'

type By = keyof Crew
type Step = readonly [action: string, by: By]

const askEnd: Step = ['listing.askEnd', 'principal']
const publicise: Step = ['listing.publicise', 'office']
/** What is waited for before an end is asked for, and before there is one. */
const done: Step = ['hazard.applyAcceptance', 'principal']
const closed: readonly Step[] = [
  done,
  ['hazard.accept', 'town'],
  ['hazard.recordReview', 'inspector'],
  ['hazard.approveClosure', 'office2'],
]

/** From which state each action is tried, by whom, and what has to have happened besides, here or to the hazard. */
const ways: Readonly<Record<string, { from: ListingState; by: By; before?: readonly Step[] }>> = {
  'listing.approve': { from: 'proposed', by: 'leader' },
  'listing.reject': { from: 'proposed', by: 'leader' },
  'listing.withdraw': { from: 'proposed', by: 'town' },
  'listing.order': { from: 'approved', by: 'office' },
  'listing.publicise': { from: 'ordered', by: 'office' },
  'listing.askEnd': { from: 'ordered', by: 'principal', before: [done] },
  'listing.returnEnd': { from: 'ordered', by: 'office', before: [done, askEnd] },
  'listing.delist': { from: 'ordered', by: 'office', before: [publicise, ...closed] },
  // Nobody undoes their own order alone.
  'listing.revoke': { from: 'ordered', by: 'office2' },
}

const onListing =
  (action: string) =>
  async ({ product, play, crew, unitId }: Stage): Promise<Sample> => {
    const way = ways[action]
    if (!way) throw new Error(`no way to ${action}`)
    const { id, hazardId } = await listingIn(play, crew, unitId, way.from)
    for (const [step, by] of way.before ?? []) {
      if (step.startsWith('listing.')) await actOnListing(product, crew[by], id, step)
      else await act({ test: product, actor: crew[by], ...play.judgements }, hazardId, step)
    }
    const listing = await storedListing(product, id)
    const bodies = [listing.proposerBodyId, listing.listingBodyId, listing.supervisingBodyId]
    // A unit hears of a listing by its order.
    const unit = listing.orderedOn === null ? null : unitId
    return {
      by: crew[way.by],
      on: { recordId: id, version: listing.version },
      input: listingFillers[action]?.(product) ?? {},
      sides: { area: town, sectors: [sector], unitId: unit, bodies },
    }
  }

async function propose({ play, crew, unitId, leadBodyId }: Stage): Promise<Sample> {
  const hazard = await hazardIn(play, crew, unitId, 'registered')
  const input = { hazardId: hazard.id, reason: '危害较大，整改难度大' }
  const sides = { area: town, sectors: [sector], unitId, bodies: [leadBodyId] }
  return { by: crew.town, input, sides, elsewhere: 'listing.hazardUnknown' }
}

/** Every state is walked through in listing-actions.int.test.ts beside this. */
export const listingDriver: Driver = {
  record: 'listing',
  read: 'listing.read',
  samples: {
    'listing.propose': propose,
    ...Object.fromEntries(Object.keys(ways).map((action) => [action, onListing(action)])),
  },
}
