import { proposeListing } from '#capabilities/listing/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { addDays, type Day, dayOf } from '#kernel/time.ts'
import { act, county } from '#test/kit/hazard-acts.ts'
import { hazardIn } from '#test/kit/hazard-states.ts'
import { listingContractOf, listingFillers, storedListing } from '#test/kit/listing-acts.ts'
import { type Builder, bodies, sectors, type UnitFacts } from './world.ts'

type Step = readonly [action: string, by: 'leader' | 'second' | 'proposer']

const approve: Step = ['listing.approve', 'leader']
const order: Step = ['listing.order', 'leader']
const publicise: Step = ['listing.publicise', 'leader']

/** One listing in every state, and some more under way, proposed by this body and that. */
const ways: readonly (readonly Step[])[] = [
  [],
  [approve],
  [approve, order],
  [approve, order, publicise],
  [approve, order, publicise, ['hazard.approveClosure', 'leader'], ['listing.delist', 'leader']],
  [approve, order, ['listing.revoke', 'second']],
  [['listing.reject', 'leader']],
  [['listing.withdraw', 'proposer']],
  [approve, ['listing.withdraw', 'leader']],
  [approve, order],
]

/** Brings hazards into listings, and listings along their ways; answers the day on which it was done. */
export async function fillListings({ product, play, people, units, note }: Builder): Promise<Day> {
  const { office, office2, leader } = people
  const today = () => dayOf(product.clock.now())
  const ofLeader = { role: 'countyLeader' as const, area: county, bodyId: leader.grants[0]?.bodyId ?? null }
  const second = await product.account('world-leader', [ofLeader])
  for (const [at, steps] of ways.entries()) {
    const unit = units[(at * 7) % units.length] as UnitFacts
    const crew = { office, office2, leader, town: office2, department: office, inspector: office2 }
    const own = { ...crew, principal: unit.principal, worker: unit.principal }
    const hazard = await hazardIn(play, own, unit.id, 'awaitingClosure', sectors[at % sectors.length])
    const bodyId = bodies[at % bodies.length] ?? ''
    const grant = { role: 'department' as const, area: county, bodyId, sectors: [...sectors] }
    const actors: Record<Step[1], Actor> = { leader, second, proposer: await product.account(`world-${at}`, [grant]) }
    const recordId = newId(product.clock.now().getTime())
    const proposal = { hazardId: hazard.id, reason: '危害较大，整改难度大' }
    await product.run(actors.proposer, proposeListing, { recordId, input: proposal })
    for (const [action, by] of steps) {
      if (action.startsWith('hazard.')) {
        await act({ test: product, actor: actors[by], ...play.judgements }, hazard.id, action)
        continue
      }
      const supervisor = { supervisingBodyId: bodies[(at + 1) % bodies.length], dueOn: addDays(today(), 5) }
      const input = { ...listingFillers[action]?.(product), ...(action === 'listing.order' ? supervisor : {}) }
      const { version } = await storedListing(product, recordId)
      await product.run(actors[by], listingContractOf(action), { recordId, version, input })
    }
    await note()
  }
  return today()
}
