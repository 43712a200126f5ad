import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Listing,
  type ListingState,
  listingLifecycle,
  listingStateIds,
} from '#capabilities/listing/model/index.ts'
import { listingFacets } from '#capabilities/listing/server/record-type.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
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
let otherCounty: Actor
let bare: Actor
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
  otherCounty = { ...crew.office, county: '341722' }
  bare = { county, accountId: newId(0), personId: null, name: '没有授权的账号', grants: [] }
}, 180_000)
afterAll(() => product?.close())

const at = (state: ListingState | undefined): Listing => {
  const listing = state && inState.get(state)
  if (!listing) throw new Error(`no listing in ${state}`)
  return listing
}

const refused = (actor: Actor, action: string, listing: Listing, version = listing.version): Promise<string> => {
  const input = listingFillers[action]?.(product) ?? {}
  return refusalOf(product.run(actor, listingContractOf(action), { recordId: listing.id, version, input }))
}

const may = (actor: Actor, action: string, listing: Listing) =>
  product.context(actor).can(listingContractOf(action).permission, listingFacets(listing))

/** Somebody of the crew who may do it, so that nothing but the state or the version can be the reason. */
function permitted(action: string, listing: Listing): Actor {
  const found = Object.values(crew).find((actor: Actor) => may(actor, action, listing))
  if (!found) throw new Error(`nobody may ${action}`)
  return found
}

const rows = listingLifecycle.transitions.filter(({ action }) => action in listingFillers)

test('every action a person can take on a listing stands in the lifecycle and has an input here', () => {
  const actions = product.product.modules.all.flatMap((module) => module.actions ?? [])
  const personal = actions.filter(
    ({ contract }) => contract.record === 'listing' && !contract.internal && !contract.creates,
  )
  expect(personal.map(({ contract }) => contract.id).sort()).toEqual(rows.map(({ action }) => action).sort())
})

describe.each(rows)('$action', ({ action, from }) => {
  test('is refused as wrong state in every state its table does not name', async () => {
    for (const state of listingStateIds.filter((id) => !from.includes(id))) {
      const listing = at(state)
      expect(await refused(permitted(action, listing), action, listing), state).toBe('core.wrongState')
    }
  })

  test('is refused to everybody whose role does not hold the permission', async () => {
    for (const state of from) {
      const listing = at(state)
      const others = Object.entries({ ...crew, auditor }).filter(([, actor]) => !may(actor, action, listing))
      expect(others.length, state).toBeGreaterThan(1)
      for (const [who, actor] of others) {
        const seen = product.context(actor).can('listing.read', listingFacets(listing))
        expect(await refused(actor, action, listing), `${state} ${who}`).toBe(
          seen ? 'core.notAllowed' : 'core.notFound',
        )
      }
    }
  })

  test('is unknown to another town, another county and somebody without grants', async () => {
    const listing = at(from[0])
    expect(await refused(stranger, action, listing)).toBe('core.notFound')
    expect(await refused(otherCounty, action, listing)).toBe('core.notFound')
    expect(await refused(bare, action, listing)).toBe('core.notFound')
  })

  test('is refused on an old version, and on a record that is not there', async () => {
    const listing = at(from[0])
    expect(await refused(permitted(action, listing), action, listing, listing.version - 1)).toBe('core.staleVersion')
    const nowhere = { ...listing, id: newId(product.clock.now().getTime()) }
    expect(await refused(crew.office, action, nowhere)).toBe('core.notFound')
  })
})

test('nothing that was refused left a trace on the records', async () => {
  for (const [state, listing] of inState) {
    expect((await storedListing(product, listing.id)).version, state).toBe(listing.version)
  }
})

test('an action sent again answers its first result and does nothing, and its id serves no other', async () => {
  const listing = await listingIn(play, crew, unitId, 'proposed')
  const call = {
    actionId: newId(product.clock.now().getTime()),
    recordId: listing.id,
    version: listing.version,
    input: listingFillers['listing.approve']?.(product) ?? {},
  }
  const first = await product.run(crew.office, listingContractOf('listing.approve'), call)
  const again = await product.run(crew.office, listingContractOf('listing.approve'), call)
  expect(again).toEqual({ ...first, replayed: true })
  expect((await storedListing(product, listing.id)).version).toBe(first.version)
  const other = { ...call, input: { opinion: '改了一个意见再发' } }
  expect(await refusalOf(product.run(crew.office, listingContractOf('listing.approve'), other))).toBe(
    'core.replayMismatch',
  )
  expect(await refusalOf(product.run(crew.office2, listingContractOf('listing.approve'), call))).toBe(
    'core.replayMismatch',
  )
})

test('of two people who act at the same moment one is told who came first', async () => {
  const listing = await listingIn(play, crew, unitId, 'approved')
  const outcomes = await Promise.all([
    refused(crew.office, 'listing.order', listing),
    refused(crew.office2, 'listing.withdraw', listing),
  ])
  expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === 'core.staleVersion')).toHaveLength(1)
})

test('after the order only its listing body goes on, whoever else holds the permission', async () => {
  const listing = await listingIn(play, crew, unitId, 'ordered')
  for (const action of ['listing.publicise', 'listing.returnEnd', 'listing.delist', 'listing.revoke']) {
    expect(await refused(crew.leader, action, listing), action).toBe('listing.onlyListingBody')
  }
  const published = await actOnListing(product, crew.office2, listing.id, 'listing.publicise')
  expect(published.publicisedOn).toBe(play.today())
})
