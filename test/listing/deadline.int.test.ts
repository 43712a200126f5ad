import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  assignHazard,
  decideExtension,
  extendDeadline,
  requestExtension,
  returnAssignment,
} from '#capabilities/hazard/model/index.ts'
import * as l from '#capabilities/listing/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { addDays } from '#kernel/time.ts'
import { type HazardStage, hazardStage } from '#test/kit/hazard-stage.ts'
import { type ListingStage, listingStage, orderInput } from '#test/kit/listings.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
let stage: HazardStage
let listings: ListingStage
let leader: Actor

beforeAll(async () => {
  test = await openTestProduct('2026-06-02T09:00:00')
  stage = await hazardStage(test)
  leader = await test.as('leader')
  listings = listingStage(test, stage, leader)
})
afterAll(() => test?.close())

const extensions = async (tale: { view: (actor: Actor) => Promise<{ extensions: unknown[] }> }) =>
  (await tale.view(stage.office)).extensions

describe('the deadline an order sets', () => {
  it('stands in the history of the hazard with who set it, from when to when, and by which paper', async () => {
    const hazard = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(hazard)
    await listings.ordered(hazard)
    expect(await extensions(hazard)).toEqual([
      expect.objectContaining({
        from: '2026-06-22',
        to: '2026-07-02',
        requestedBy: leader.name,
        requestedOn: '2026-06-02',
        decision: 'granted',
        document: '青政督〔2026〕1号',
        byListing: true,
      }),
    ])
  })

  it('says so when it is the first the hazard ever had, and nothing when it stays', async () => {
    const first = await listings.ordered()
    expect(await extensions(first.hazard)).toEqual([expect.objectContaining({ from: null, to: '2026-07-02' })])

    const hazard = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(hazard)
    const kept = await listings.approved(stage.department, 'county', hazard)
    const { dueOn } = await hazard.view(stage.office)
    await kept.act(leader, l.orderListing, orderInput(stage.today(), dueOn ?? ''))
    expect(await extensions(hazard)).toEqual([])
  })

  it('uses up none of the extensions, which the listing body alone grants and by a paper', async () => {
    const hazard = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(hazard)
    await listings.ordered(hazard)
    const later = { to: '2026-07-20', reason: '设备到货延迟' }
    await hazard.act(stage.principal, requestExtension, later)
    const grant = { grant: true, note: '情况属实同意', document: '青政督延〔2026〕1号' }
    expect(await refusalOf(hazard.act(stage.department, decideExtension, grant))).toBe('hazard.onlyListingBody')
    expect(await refusalOf(hazard.act(leader, decideExtension, { ...grant, document: '' }))).toBe(
      'hazard.extensionPaperMissing',
    )
    await hazard.act(leader, decideExtension, grant)
    expect((await extensions(hazard)).at(-1)).toMatchObject({
      from: '2026-07-02',
      to: '2026-07-20',
      requestedBy: stage.principal.name,
      decidedBy: leader.name,
      document: '青政督延〔2026〕1号',
    })
    const again = { to: '2026-08-20', reason: '仍须延长', document: '青政督延〔2026〕2号' }
    expect(await refusalOf(hazard.act(leader, extendDeadline, again))).toBe('hazard.extensionLimit')
  })

  it('is refused without a paper when the listing body extends of itself', async () => {
    const hazard = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(hazard)
    await listings.ordered(hazard)
    const later = { to: '2026-07-20', reason: '设备到货延迟' }
    expect(await refusalOf(hazard.act(leader, extendDeadline, later))).toBe('hazard.extensionPaperMissing')
    await hazard.act(leader, extendDeadline, { ...later, document: '青政督延〔2026〕3号' })
    expect((await extensions(hazard)).at(-1)).toMatchObject({ to: '2026-07-20', document: '青政督延〔2026〕3号' })
  })

  it('is not moved by giving the hazard back and handing it out again, neither later nor earlier', async () => {
    const hazard = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(hazard)
    await listings.ordered(hazard)
    await hazard.act(stage.department, returnAssignment, { reason: '不属于本单位职责' })
    const handOut = (days: number) =>
      hazard.act(stage.department, assignHazard, {
        bodyId: 'emergency-management',
        dueOn: addDays('2026-07-02', days),
        demand: '限期整改到位',
      })
    expect(await refusalOf(handOut(10))).toBe('hazard.onlyListingBody')
    expect(await refusalOf(handOut(-10))).toBe('hazard.onlyListingBody')
    await handOut(0)
    expect((await hazard.view(stage.office)).dueOn).toBe('2026-07-02')
  })
})
