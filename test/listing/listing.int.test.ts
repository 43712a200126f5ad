import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rejudgeHazard, reopenHazard } from '#capabilities/hazard/model/index.ts'
import * as l from '#capabilities/listing/model/index.ts'
import { listNotices, listReceipts, markRead } from '#capabilities/system/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { addDays } from '#kernel/time.ts'
import { type HazardStage, hazardStage } from '#test/kit/hazard-stage.ts'
import { type ListingStage, listingStage, opinion, orderInput } from '#test/kit/listings.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
let stage: HazardStage
let listings: ListingStage
let leader: Actor

beforeAll(async () => {
  test = await openTestProduct()
  stage = await hazardStage(test)
  leader = await test.as('leader')
  listings = listingStage(test, stage, leader)
})
afterAll(() => test?.close())

const reason = { reason: '情况有变，先行核实' }
const order = () => orderInput(stage.today())
const on = (days: number) => ({ on: addDays(stage.today(), days), where: '县政府门户网站' })

const inbox = async (actor: Actor) => (await test.ask(actor, listNotices, { size: 100 })).rows
const titles = async (actor: Actor, recordId: string) =>
  (await inbox(actor)).filter((row) => row.recordId === recordId).map((row) => row.title)

describe('a proposal', () => {
  it('is taken back by who made it, not by others who might have', async () => {
    const { act } = await listings.proposed()
    expect(await refusalOf(act(stage.clerk, l.withdrawListing, reason))).toBe('listing.onlyProposer')
    await act(stage.department, l.withdrawListing, reason)
  })

  it('belongs to the body that approved it from then on', async () => {
    const { act } = await listings.approved()
    expect(await refusalOf(act(stage.department, l.withdrawListing, reason))).toBe('listing.onlyListingBody')
    expect(await refusalOf(act(stage.office, l.orderListing, order()))).toBe('listing.onlyListingBody')
    await act(leader, l.withdrawListing, reason)
    expect(await refusalOf(act(leader, l.orderListing, order()))).toBe('core.wrongState')
  })

  it('is not approved in the name of nobody, nor of a body the approver has from another role', async () => {
    const { act } = await listings.proposed()
    const alone = await test.account('leader-alone', [{ role: 'countyLeader', area: '341723' }])
    expect(await refusalOf(act(alone, l.approveListing, opinion))).toBe('listing.bodyMissing')
    const both = await test.account('leader-inspector', [
      { role: 'inspector', area: '341723', bodyId: 'emergency-management' },
      { role: 'countyLeader', area: '341723' },
    ])
    expect(await refusalOf(act(both, l.approveListing, opinion))).toBe('listing.bodyMissing')
  })

  it('is neither approved nor rejected by who made it', async () => {
    const { act } = await listings.proposed(stage.office)
    expect(await refusalOf(act(stage.office, l.approveListing, opinion))).toBe('listing.proposerCannotApprove')
    expect(await refusalOf(act(stage.office, l.rejectListing, reason))).toBe('listing.proposerCannotApprove')
    await act(stage.office2, l.approveListing, opinion)
  })

  it('of a higher level names its paper and is followed up by the committee office', async () => {
    const hazard = await stage.found(stage.inspector, { judgement: stage.major })
    const input = { hazardId: hazard.id, level: 'province' as const, reason: '省级挂牌督办件' }
    const propose = test.run(stage.office, l.proposeListing, { recordId: newId(0), input })
    expect(await refusalOf(propose)).toBe('listing.documentMissing')
    const { act } = await listings.proposed(stage.department, 'city')
    await act(leader, l.approveListing, { opinion: '按市级文件办理' })
    expect(await refusalOf(act(leader, l.orderListing, order()))).toBe('listing.onlyListingBody')
    await act(stage.office, l.orderListing, order())
  })

  it('tells those who may approve it, and who made it what became of it', async () => {
    const { id, act } = await listings.proposed(stage.office2)
    expect(await titles(leader, id)).toEqual(['有隐患提请挂牌督办，待批准'])
    expect(await titles(stage.office, id)).toEqual(['有隐患提请挂牌督办，待批准'])
    expect(await titles(stage.department, id)).toEqual([])
    expect((await inbox(leader)).find((row) => row.recordId === id)?.path).toBe(`/listings/${id}`)
    await act(stage.office, l.rejectListing, { reason: '可由部门督办，不需挂牌' })
    expect(await titles(stage.office2, id)).toContain('挂牌督办未予批准')
  })

  it('asks only those who could approve it: not its proposer, and by account who acts for no body', async () => {
    const solo = await test.account('solo-leader', [{ role: 'countyLeader', area: '341723' }])
    const { id } = await listings.proposed(stage.department, 'city')
    expect(await titles(solo, id)).toEqual(['有隐患提请挂牌督办，待批准'])
    const county = await listings.proposed()
    expect(await titles(solo, county.id)).toEqual([])
  })

  it('is not for a hazard that has not been verified, nor one that is general or closed', async () => {
    const propose = (hazardId: string) =>
      refusalOf(
        test.run(stage.office, l.proposeListing, {
          recordId: newId(0),
          input: { hazardId, reason: '危害较大，整改难度大' },
        }),
      )
    const claimed = await stage.found(stage.principal, { judgement: stage.major })
    expect(await propose(claimed.id)).toBe('listing.hazardUnverified')
    const general = await stage.found(stage.inspector, { judgement: { level: 'general' } })
    expect(await propose(general.id)).toBe('listing.majorOnly')
    const done = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.closed(done)
    expect(await propose(done.id)).toBe('listing.hazardNotStanding')
    const taken = await listings.proposed()
    expect(await propose(taken.hazard.id)).toBe('listing.alreadyListed')
  })

  it('is not for a hazard the proposer may not see, of whatever kind', async () => {
    const elsewhere = await test.as('town-muzhen')
    const foreign = await test.as('fire-rescue')
    const seen = await stage.found(stage.inspector, { judgement: stage.major })
    const general = await stage.found(stage.inspector, { judgement: { level: 'general' } })
    for (const actor of [elsewhere, foreign]) {
      for (const hazardId of [seen.id, general.id, newId(0)]) {
        const input = { hazardId, reason: '危害较大，整改难度大' }
        const propose = test.run(actor, l.proposeListing, { recordId: newId(0), input })
        expect(await refusalOf(propose)).toBe('listing.hazardUnknown')
      }
    }
  })
})

describe('an order', () => {
  it('is not given once the hazard is no longer a major one', async () => {
    const { act, hazard } = await listings.approved()
    await hazard.act(stage.office, rejudgeHazard, { judgement: { level: 'general' }, why: '复核后不符合判定标准' })
    expect(await refusalOf(act(leader, l.orderListing, order()))).toBe('listing.majorOnly')
  })

  it('says all five contents and names a body that is there', async () => {
    const { act } = await listings.approved()
    for (const field of ['document', 'name', 'matters', 'requirements', 'release', 'supervisingBodyId'] as const) {
      expect(await refusalOf(act(leader, l.orderListing, { ...order(), [field]: '' })), field).toBe('core.invalidInput')
    }
    const past = { ...order(), dueOn: addDays(stage.today(), -1) }
    expect(await refusalOf(act(leader, l.orderListing, past))).toBe('listing.dueTooEarly')
    const nobody = { ...order(), supervisingBodyId: 'no-such-body' }
    expect(await refusalOf(act(leader, l.orderListing, nobody))).toBe('listing.bodyUnknown')
    await act(leader, l.orderListing, order())
  })

  it('is publicised once, between the day it was given and today', async () => {
    const { act } = await listings.ordered()
    expect(await refusalOf(act(leader, l.publiciseListing, on(1)))).toBe('listing.publicisedOutside')
    expect(await refusalOf(act(leader, l.publiciseListing, on(-1)))).toBe('listing.publicisedOutside')
    await act(leader, l.publiciseListing, on(0))
    expect(await refusalOf(act(leader, l.publiciseListing, on(0)))).toBe('listing.alreadyPublicised')
  })

  it('is what the unit hears of first: the proposal before it is none of its business', async () => {
    const tale = await listings.approved()
    expect(await refusalOf(tale.view(stage.principal))).toBe('core.notFound')
    const own = async () => (await test.ask(stage.principal, l.listListings, { hazardId: tale.hazard.id })).total
    expect(await own()).toBe(0)
    await tale.act(leader, l.orderListing, order())
    expect(await own()).toBe(1)
    expect((await tale.view(stage.principal)).state).toBe('ordered')
  })

  it('shows to the listing body alone whom it reached, when they read it, and by which way it went', async () => {
    const { id } = await listings.ordered()
    const told = await inbox(stage.department)
    const notice = told.find((row) => row.recordId === id && row.title === '重大事故隐患被挂牌督办')
    if (!notice) throw new Error('the supervising body was not told')
    await test.run(stage.department, markRead, { input: { noticeIds: [notice.id] } })
    const { rows } = await test.ask(leader, listReceipts, { recordType: 'listing', recordId: id })
    const served = rows.find((row) => row.noticeId === notice.id)
    expect(served).toMatchObject({ recipient: '县应急管理局', title: '重大事故隐患被挂牌督办' })
    expect(served?.readers.map((reader) => reader.name)).toEqual([stage.department.name])
    expect(rows.filter((row) => row.title === '重大事故隐患被挂牌督办')).toHaveLength(3)
    for (const actor of [stage.department, stage.principal, stage.office]) {
      const asked = test.ask(actor, listReceipts, { recordType: 'listing', recordId: id })
      expect(await refusalOf(asked)).toBe('core.notAllowed')
    }
  })

  it('is taken back by another of the listing body, with a paper, and leaves the hazard with its deadline', async () => {
    const tale = await listings.ordered()
    const colleague = await test.account('leader2', [
      { role: 'countyLeader', area: '341723', bodyId: 'county-government' },
    ])
    const given = { reason: '挂牌对象登记有误，撤销', document: '青政督撤〔2026〕1号' }
    expect(await refusalOf(tale.act(leader, l.revokeListing, given))).toBe('listing.ordererCannotRevoke')
    expect(await refusalOf(tale.act(stage.office, l.revokeListing, given))).toBe('listing.onlyListingBody')
    await tale.act(colleague, l.revokeListing, given)
    expect(await tale.hazard.view(stage.office)).toMatchObject({ listing: 'none', dueOn: order().dueOn })
    expect((await tale.view(leader)).state).toBe('revoked')
  })
})

describe('the end of a listing', () => {
  const ending = { reason: '隐患已整改销号，同意摘牌销案' }

  it('waits for the hazard to be closed by the listing body, and for the public to have been told', async () => {
    const hazard = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(hazard)
    const tale = await listings.ordered(hazard)
    await stage.applied(hazard)
    await stage.reviewed(hazard)
    await tale.act(leader, l.publiciseListing, on(0))
    expect(await refusalOf(tale.act(leader, l.delistListing, ending))).toBe('listing.stillOpen')
    expect(await refusalOf(stage.approved(hazard, stage.office))).toBe('hazard.onlyListingBody')
    await stage.approved(hazard, leader)
    expect(await titles(leader, tale.id)).toContain('挂牌督办的隐患已销号，请摘牌销案')
    await tale.view(leader)
    expect(await refusalOf(tale.act(stage.office, l.delistListing, ending))).toBe('listing.onlyListingBody')
    await tale.act(leader, l.delistListing, { reason: '依'.repeat(500) })
    expect((await hazard.view(stage.office)).listing).toBe('none')
  })

  it('is not there before the public has been told, and goes back when the hazard is opened again', async () => {
    const hazard = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(hazard)
    const tale = await listings.ordered(hazard)
    await stage.applied(hazard)
    await stage.reviewed(hazard)
    await stage.approved(hazard, leader)
    await tale.view(leader)
    expect(await refusalOf(tale.act(leader, l.delistListing, ending))).toBe('listing.notPublicised')
    const again = { reason: '复核发现问题反弹', dueOn: addDays(stage.today(), 15) }
    expect(await refusalOf(hazard.act(stage.department, reopenHazard, again))).toBe('hazard.onlyListingBody')
    expect((await tale.view(leader)).hazardClosedOn).toBe(stage.today())
    await hazard.act(leader, reopenHazard, again)
    const view = await tale.view(leader)
    expect(view).toMatchObject({ hazardClosedOn: null, dueOn: again.dueOn, state: 'ordered' })
    expect(view.timeline[0]?.summary).toContain('隐患重新打开，继续挂牌督办')
  })

  it('is asked for once the work is said to be done, answered by the listing body, and lapses with a return', async () => {
    const hazard = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(hazard)
    const tale = await listings.ordered(hazard)
    const asked = { statement: '各项措施全部完成，申请销案' }
    expect(await refusalOf(tale.act(stage.principal, l.askListingEnd, asked))).toBe('listing.workNotDone')
    await stage.applied(hazard)
    await tale.act(stage.principal, l.askListingEnd, asked)
    expect(await titles(leader, tale.id)).toContain('挂牌督办申请销案，请按期办理')
    expect(await refusalOf(tale.act(stage.department, l.askListingEnd, asked))).toBe('listing.endAsked')
    expect(await refusalOf(tale.act(stage.office, l.returnListingEnd, reason))).toBe('listing.onlyListingBody')
    await tale.act(leader, l.returnListingEnd, reason)
    expect(await refusalOf(tale.act(leader, l.returnListingEnd, reason))).toBe('listing.endNotAsked')
    expect(await titles(stage.principal, tale.id)).toContain('销案申请被退回')
    await tale.act(stage.department, l.askListingEnd, asked)
    await stage.reviewed(hazard, false)
    const view = await tale.view(leader)
    expect(view).toMatchObject({ askedOn: null, steps: [expect.objectContaining({ step: 'publicise' })] })
    expect(view.endRequests.map((request) => request.returned?.by)).toEqual([leader.name, '系统'])
    expect(view.timeline[0]?.summary).toBe('隐患退回整改，销案申请失效')
  })
})
