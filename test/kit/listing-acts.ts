import * as l from '#capabilities/listing/model/index.ts'
import { loadListing } from '#capabilities/listing/server/store.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { dayOf } from '#kernel/time.ts'
import { act, type Crew, county } from './hazard-acts.ts'
import type { Play } from './hazard-play.ts'
import { hazardIn } from './hazard-states.ts'
import { orderInput } from './listings.ts'
import type { TestProduct } from './product.ts'

const today = (test: TestProduct) => dayOf(test.clock.now())

/** One sensible input for every action a person can take on a listing, by action id. */
export const listingFillers: Readonly<Record<string, (test: TestProduct) => object>> = {
  'listing.approve': () => ({ opinion: '同意县级挂牌督办' }),
  'listing.reject': () => ({ reason: '可由部门督办，不需挂牌' }),
  'listing.withdraw': () => ({ reason: '情况有变，先行核实' }),
  'listing.order': (test) => orderInput(today(test)),
  'listing.publicise': (test) => ({ on: today(test), where: '县政府门户网站' }),
  'listing.askEnd': () => ({ statement: '各项措施全部完成' }),
  'listing.returnEnd': () => ({ reason: '现场仍有遗留问题' }),
  'listing.delist': () => ({ reason: '隐患已整改销号，同意摘牌销案' }),
  'listing.revoke': () => ({ reason: '挂牌对象登记有误', document: '青政督撤〔2026〕1号' }),
}

const contracts = new Map<string, ActionContract>(l.listingContracts.map((contract) => [contract.id, contract]))
export const listingContractOf = (id: string): ActionContract => {
  const contract = contracts.get(id)
  if (!contract) throw new Error(`no action ${id}`)
  return contract
}

/** The listing as it stands, whoever asks. */
export async function storedListing(test: TestProduct, id: string): Promise<l.Listing> {
  const found = await loadListing(test.product.database.db, county, id, false)
  if (!found) throw new Error(`no listing ${id}`)
  return found
}

/** Does one action with a sensible input and answers the listing afterwards. */
export async function actOnListing(test: TestProduct, actor: Actor, id: string, action: string): Promise<l.Listing> {
  const { version } = await storedListing(test, id)
  const input = listingFillers[action]?.(test) ?? {}
  await test.run(actor, listingContractOf(action), { recordId: id, version, input })
  return storedListing(test, id)
}

type Step = readonly [action: string, by: keyof Crew]
const approve: Step = ['listing.approve', 'office']
const order: Step = ['listing.order', 'office']

/** The real actions by which a proposal of the town comes into each state. */
const ways: Readonly<Record<l.ListingState, readonly Step[]>> = {
  proposed: [],
  rejected: [['listing.reject', 'office']],
  withdrawn: [['listing.withdraw', 'town']],
  approved: [approve],
  ordered: [approve, order],
  revoked: [approve, order, ['listing.revoke', 'office2']],
  delisted: [approve, order, ['listing.publicise', 'office'], ['listing.delist', 'office']],
}

/** Brings a new listing of a new hazard of the unit into the state, by real actions of real people. */
export async function listingIn(play: Play, crew: Crew, unitId: string, state: l.ListingState): Promise<l.Listing> {
  const { test, judgements } = play
  const hazard = await hazardIn(play, crew, unitId, 'rectifying')
  const id = newId(test.clock.now().getTime())
  const input = { hazardId: hazard.id, reason: '危害较大，整改难度大' }
  await test.run(crew.town, l.proposeListing, { recordId: id, input })
  for (const [action, who] of ways[state]) {
    if (action === 'listing.delist') {
      const scene = { test, ...judgements }
      await act({ ...scene, actor: crew.principal }, hazard.id, 'hazard.applyAcceptance')
      await act({ ...scene, actor: crew.town }, hazard.id, 'hazard.accept')
      await act({ ...scene, actor: crew.inspector }, hazard.id, 'hazard.recordReview')
      await act({ ...scene, actor: crew.office2 }, hazard.id, 'hazard.approveClosure')
    }
    await actOnListing(test, crew[who], id, action)
  }
  const listing = await storedListing(test, id)
  if (listing.state !== state) throw new Error(`wanted ${state}, came to ${listing.state}`)
  return listing
}
