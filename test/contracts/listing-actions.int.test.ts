import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Listing,
  type ListingState,
  listingContracts,
  listingLifecycle,
  listingStateIds,
} from '#capabilities/listing/model/index.ts'
import { listingFacets } from '#capabilities/listing/server/record-type.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { testActions } from '#test/kit/action-matrix.ts'
import { type Crew, county, openCrew, otherTown, sector, stored, town, townBody } from '#test/kit/hazard-acts.ts'
import { openPlay, type Play } from '#test/kit/hazard-play.ts'
import { actOnListing, listingContractOf, listingFillers, listingIn, storedListing } from '#test/kit/listing-acts.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'

let product: TestProduct
let play: Play
let crew: Crew
let unitId: string
let auditor: Actor
let stranger: Actor
const inState = new Map<ListingState, Listing>()

beforeAll(async () => {
  product = await openTestProduct('2026-06-01T09:00:00')
  play = await openPlay(product)
  unitId = await product.unit('青阳县试验民爆器材有限公司', town, sector)
  const first = await play.register(await product.as('anwei'), { unitId, sector, channel: 'inspection', major: true })
  crew = await openCrew(product, unitId, (await stored(product, first)).leadBodyId)
  for (const state of listingStateIds) inState.set(state, await listingIn(play, crew, unitId, state))
  auditor = await product.as('auditor')
  const elsewhere = { area: otherTown, bodyId: townBody(product, otherTown) }
  stranger = await product.account('stranger', [{ role: 'town', ...elsewhere }])
}, 180_000)
afterAll(() => product?.close())

testActions<ListingState, Listing>({
  lifecycle: listingLifecycle,
  states: listingStateIds,
  contracts: listingContracts,
  readPermission: 'listing.read',
  inputs: Object.fromEntries(Object.entries(listingFillers).map(([action, fill]) => [action, () => fill(product)])),
  facets: listingFacets,
  product: () => product,
  at(state) {
    const listing = inState.get(state)
    if (!listing) throw new Error(`no listing in ${state}`)
    return listing
  },
  people: () => ({ ...crew, auditor }),
  strangers: () => ({
    otherTown: stranger,
    otherCounty: { ...crew.office, county: '341722' },
    nobody: { county, accountId: newId(0), personId: null, name: '没有授权的账号', grants: [] },
  }),
  stored: (id) => storedListing(product, id),
})

test('an action sent again answers its first result and does nothing, and its id serves no other', async () => {
  const listing = await listingIn(play, crew, unitId, 'proposed')
  const contract = listingContractOf('listing.approve')
  const call = {
    actionId: newId(product.clock.now().getTime()),
    recordId: listing.id,
    version: listing.version,
    input: listingFillers[contract.id]?.(product) ?? {},
  }
  const first = await product.run(crew.office, contract, call)
  expect(await product.run(crew.office, contract, call)).toEqual({ ...first, replayed: true })
  expect((await storedListing(product, listing.id)).version).toBe(first.version)
  const other = { ...call, input: { opinion: '改了一个意见再发' } }
  expect(await refusalOf(product.run(crew.office, contract, other))).toBe('core.replayMismatch')
  expect(await refusalOf(product.run(crew.office2, contract, call))).toBe('core.replayMismatch')
})

const outcome = (actor: Actor, action: string, { id: recordId, version }: Listing) =>
  refusalOf(
    product.run(actor, listingContractOf(action), {
      recordId,
      version,
      input: listingFillers[action]?.(product) ?? {},
    }),
  )

test('of two people who act at the same moment one is told who came first', async () => {
  const listing = await listingIn(play, crew, unitId, 'approved')
  const outcomes = await Promise.all([
    outcome(crew.office, 'listing.order', listing),
    outcome(crew.office2, 'listing.withdraw', listing),
  ])
  expect(outcomes.sort()).toEqual(['accepted', 'core.staleVersion'])
})

test('after the order only its listing body goes on, whoever else holds the permission', async () => {
  const listing = await listingIn(play, crew, unitId, 'ordered')
  for (const action of ['listing.publicise', 'listing.returnEnd', 'listing.delist', 'listing.revoke']) {
    expect(await outcome(crew.leader, action, listing), action).toBe('listing.onlyListingBody')
  }
  const published = await actOnListing(product, crew.office2, listing.id, 'listing.publicise')
  expect(published.publicisedOn).toBe(play.today())
})
