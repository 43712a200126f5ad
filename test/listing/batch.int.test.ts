import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getHazard, rejudgeHazard } from '#capabilities/hazard/model/index.ts'
import * as l from '#capabilities/listing/model/index.ts'
import { listNotices, listReceipts } from '#capabilities/system/model/index.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { addDays } from '#kernel/time.ts'
import { type BatchStage, batchStage } from '#test/kit/batches.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
let stage: BatchStage

beforeAll(async () => {
  test = await openTestProduct('2026-06-02T09:00:00')
  stage = await batchStage(test)
})
afterAll(() => test?.close())

const view = (actor: Actor, id: string) => test.ask(actor, l.getBatch, { id })
const yearOf = async (year: number) => {
  const { years } = await test.ask(stage.office, l.listBatchYears, {})
  return years.find((one) => one.year === year)
}
const listingsOf = async (id: string) => (await view(stage.office, id)).items.map(({ listing }) => listing)
const titles = async (actor: Actor, recordId: string) =>
  (await test.ask(actor, listNotices, { size: 200 })).rows
    .filter((row) => row.recordId === recordId)
    .map((row) => row.title)

describe('a batch of a year', () => {
  it('is drafted by who leads the sector, numbered within its year, and goes by one meeting and one paper', async () => {
    const id = await stage.submitted(3)
    expect((await view(stage.office, id)).title).toMatch(/^2026年度第\d+批典型重大火灾隐患挂牌督办$/)
    expect(await titles(stage.leader, id)).toEqual(['年度挂牌批次待会议审定'])
    expect(await titles(stage.office, id)).toEqual(['年度挂牌批次待会议审定'])
    const [first] = (await stage.stored(id)).items
    if (!first) throw new Error('nothing chosen')
    const leftOut = [{ hazardId: first.hazardId, reason: '正在拆除，不再列入' }]
    await stage.act(stage.leader, id, l.approveBatch, { ...stage.inputs.approve(), leftOut })
    expect(await titles(stage.drafter, id)).toContain('年度挂牌批次已审定')
    expect((await listingsOf(id)).map((listing) => listing?.state)).toEqual(['rejected', 'approved', 'approved'])

    await stage.act(stage.leader, id, l.orderBatch, stage.inputs.order())
    await stage.act(stage.leader, id, l.publishBatch, stage.inputs.publish())
    const batch = await view(stage.auditor, id)
    expect(batch).toMatchObject({
      state: 'published',
      document: '青政办〔2026〕5号',
      listingBodyName: '县人民政府',
      publishedOn: stage.today(),
      progress: { chosen: 2, leftOut: 1, ordered: 2, publicised: 2, closed: 0, delisted: 0, overdue: 0, dropped: 0 },
    })
    expect(batch.items[0]).toMatchObject({ leftOut: '正在拆除，不再列入' })
    const listed = batch.items[1]?.listing
    expect(listed).toMatchObject({ document: '青政督〔2026〕1号', supervisingBodyName: '县消防救援大队' })
    const listing = await test.ask(stage.leader, l.getListing, { id: listed?.id ?? '' })
    expect(listing).toMatchObject({ listingBodyName: '县人民政府', publicisedOn: stage.today(), state: 'ordered' })
    expect(listing.order?.name).toContain('重大火灾隐患挂牌督办')
    const served = await test.ask(stage.leader, listReceipts, { recordType: 'listing', recordId: listing.id })
    expect(new Set(served.rows.map(({ recipient }) => recipient))).toEqual(
      new Set(['县消防救援大队', '木镇镇试验宾负责人', '木镇镇试验宾控制人']),
    )
    expect(new Set(served.rows.map(({ title }) => title))).toEqual(new Set(['重大事故隐患被挂牌督办']))
    expect((await test.ask(stage.office, getHazard, { id: listing.hazardId })).listing).toBe('county')
  })

  it('lets nobody decide one of its proposals apart from the meeting', async () => {
    const id = await stage.submitted()
    const [proposal] = await listingsOf(id)
    const on = async (actor: Actor, contract: ActionContract, input: object) => {
      const { version } = await test.ask(actor, l.getListing, { id: proposal?.id ?? '' })
      return refusalOf(test.run(actor, contract, { recordId: proposal?.id ?? '', version, input }))
    }
    expect(await on(stage.leader, l.approveListing, { opinion: '单独批准这一条' })).toBe('listing.inBatch')
    expect(await on(stage.leader, l.rejectListing, stage.inputs.reason)).toBe('listing.inBatch')
    expect(await on(stage.drafter, l.withdrawListing, stage.inputs.reason)).toBe('listing.inBatch')
  })

  it('is not approved by who put it before the meeting, nor in the name of nobody', async () => {
    const own = stage.fresh()
    await test.run(stage.office, l.draftBatch, { recordId: own, input: { year: 2026 } })
    await stage.act(stage.office, own, l.chooseForBatch, stage.inputs.choose([await stage.hazard()]))
    await stage.act(stage.office2, own, l.submitBatch, stage.inputs.submit)
    const decide = (actor: Actor) => refusalOf(stage.act(actor, own, l.approveBatch, stage.inputs.approve()))
    expect(await decide(stage.office2)).toBe('listing.submitterCannotApprove')
    const alone = await test.account('leader-alone', [{ role: 'countyLeader', area: '341723' }])
    expect(await decide(alone)).toBe('listing.bodyMissing')
    await stage.act(stage.office, own, l.approveBatch, stage.inputs.approve())
    expect((await view(stage.leader, own)).listingBodyName).toBe('县安全生产委员会办公室')
    expect(await refusalOf(stage.act(stage.leader, own, l.orderBatch, stage.inputs.order()))).toBe(
      'listing.onlyListingBody',
    )
  })

  it('goes back to be drafted again, and its proposals with it; the second time they are proposed anew', async () => {
    const id = await stage.submitted()
    const before = await listingsOf(id)
    await stage.act(stage.leader, id, l.returnBatch, stage.inputs.reason)
    expect(await titles(stage.drafter, id)).toContain('年度挂牌批次退回重拟')
    for (const listing of before) {
      expect((await test.ask(stage.office, l.getListing, { id: listing?.id ?? '' })).state).toBe('rejected')
    }
    await stage.act(stage.drafter, id, l.submitBatch, stage.inputs.submit)
    expect(await refusalOf(stage.act(stage.office, id, l.takeBackBatch, stage.inputs.reason))).toBe(
      'listing.onlySubmitter',
    )
    await stage.act(stage.drafter, id, l.takeBackBatch, stage.inputs.reason)
    expect((await listingsOf(id)).every((listing) => listing === null)).toBe(true)
    await stage.act(stage.drafter, id, l.submitBatch, stage.inputs.submit)
    expect((await listingsOf(id)).map((listing) => listing?.state)).toEqual(['proposed', 'proposed'])
  })

  it('takes only what may be listed, of its own sector, and nothing twice', async () => {
    const id = await stage.drafted()
    const choose = (hazardId: string, batch = id) =>
      refusalOf(stage.act(stage.drafter, batch, l.chooseForBatch, stage.inputs.choose([hazardId])))
    expect(await choose(await stage.hazard('general'))).toBe('listing.majorOnly')
    expect(await choose(stage.fresh())).toBe('listing.hazardUnknown')
    const other = await stage.hazard('major', 'culture')
    expect(['listing.otherSector', 'listing.hazardUnknown']).toContain(await choose(other))
    const taken = await stage.hazard()
    await test.run(stage.drafter, l.proposeListing, {
      recordId: stage.fresh(),
      input: { hazardId: taken, reason: '单独提请挂牌督办' },
    })
    expect(await choose(taken)).toBe('listing.alreadyListed')
    const once = await stage.hazard()
    expect(await choose(once)).toBe('accepted')
    expect(await choose(once)).toBe('listing.alreadyChosen')
    expect(await choose(once, await stage.drafted())).toBe('listing.alreadyChosen')
    await stage.act(stage.drafter, id, l.dropFromBatch, { hazardId: once })
    expect(await refusalOf(stage.act(stage.drafter, id, l.submitBatch, stage.inputs.submit))).toBe(
      'listing.nothingChosen',
    )
    await stage.act(stage.drafter, id, l.voidBatch, stage.inputs.reason)
  })

  it('is not put before the meeting with a hazard that was closed or judged anew since it was chosen', async () => {
    const id = await stage.chosen(1)
    const [item] = (await stage.stored(id)).items
    const hazardId = item?.hazardId ?? ''
    const { version } = await test.ask(stage.office, getHazard, { id: hazardId })
    await test.run(stage.office, rejudgeHazard, {
      recordId: hazardId,
      version,
      input: { judgement: { level: 'general' }, why: '复核后不符合判定标准' },
    })
    expect(await refusalOf(stage.act(stage.drafter, id, l.submitBatch, stage.inputs.submit))).toBe('listing.majorOnly')
    expect((await stage.stored(id)).state).toBe('drafting')
  })

  it('passes over at the order what needs none any more, and is published only when all the rest is ordered', async () => {
    const id = await stage.approved(2)
    expect(await refusalOf(stage.act(stage.leader, id, l.publishBatch, stage.inputs.publish()))).toBe(
      'listing.notAllOrdered',
    )
    const [item] = (await stage.stored(id)).items
    const hazardId = item?.hazardId ?? ''
    const seen = await test.ask(stage.office, getHazard, { id: hazardId })
    await test.run(stage.office, rejudgeHazard, {
      recordId: hazardId,
      version: seen.version,
      input: { judgement: { level: 'general' }, why: '复核后不符合判定标准' },
    })
    const { version } = await stage.stored(id)
    const ordered = await test.run(stage.leader, l.orderBatch, { recordId: id, version, input: stage.inputs.order() })
    expect(ordered.output).toMatchObject({ ordered: 1, passedOver: 1 })
    expect((await listingsOf(id)).map((listing) => listing?.state)).toEqual(['withdrawn', 'ordered'])
    expect(await refusalOf(stage.act(stage.leader, id, l.orderBatch, stage.inputs.order()))).toBe(
      'listing.nothingToOrder',
    )
    const early = { ...stage.inputs.publish(), on: addDays(stage.today(), -1) }
    expect(await refusalOf(stage.act(stage.leader, id, l.publishBatch, early))).toBe('listing.publicisedOutside')
    await stage.act(stage.leader, id, l.publishBatch, stage.inputs.publish())
    expect((await view(stage.office, id)).progress).toMatchObject({ chosen: 2, ordered: 1, dropped: 1 })
  })

  it('keeps an order and a publication of its own where one hazard had them first', async () => {
    const id = await stage.approved(2)
    const [own] = await listingsOf(id)
    const on = async (contract: ActionContract, input: object) => {
      const { version } = await test.ask(stage.leader, l.getListing, { id: own?.id ?? '' })
      await test.run(stage.leader, contract, { recordId: own?.id ?? '', version, input })
    }
    const order = { ...stage.inputs.order(), name: '单独下达的督办令', matters: '安全出口数量不足' }
    await on(l.orderListing, { ...order, document: '青政督〔2026〕9号', supervisingBodyId: 'fire-rescue' })
    await on(l.publiciseListing, { on: stage.today(), where: '企业公告栏' })
    await stage.act(stage.leader, id, l.orderBatch, stage.inputs.order())
    await stage.act(stage.leader, id, l.publishBatch, stage.inputs.publish())
    const { document } = (await listingsOf(id))[0] ?? {}
    expect(document).toBe('青政督〔2026〕9号')
    const listing = await test.ask(stage.leader, l.getListing, { id: own?.id ?? '' })
    expect(listing.publication?.where).toBe('企业公告栏')
  })

  it('names a meeting between the day it was put forward and today, and leaves something on the list', async () => {
    const id = await stage.submitted(1)
    const decide = (over: object) =>
      refusalOf(stage.act(stage.leader, id, l.approveBatch, { ...stage.inputs.approve(), ...over }))
    expect(await decide({ meetingOn: addDays(stage.today(), 1) })).toBe('listing.meetingOutside')
    expect(await decide({ meetingOn: addDays(stage.today(), -1) })).toBe('listing.meetingOutside')
    const [item] = (await stage.stored(id)).items
    const leftOut = [{ hazardId: item?.hazardId ?? '', reason: '不列入本批次' }]
    expect(await decide({ leftOut })).toBe('listing.allLeftOut')
    expect(await decide({ leftOut: [{ hazardId: stage.fresh(), reason: '不在名单之中' }] })).toBe('listing.notChosen')
  })
})

describe('a year', () => {
  it('says by its target day whether it was met, late, unmet or still has time', async () => {
    const years = async () =>
      Object.fromEntries((await test.ask(stage.office, l.listBatchYears, {})).years.map((y) => [y.year, y]))
    const before = await years()
    expect(before[2024]).toMatchObject({ target: '2024-12-31', status: 'unmet', on: null })
    expect(before[2026]?.target).toBe('2026-09-30')
    await stage.published(1, 2024)
    expect((await years())[2024]).toMatchObject({ status: 'late', on: stage.today(), daysLate: 518 })
    expect((await years())[2026]?.status).toBe('met')
    test.clock.set('2026-12-01T09:00:00')
    expect((await years())[2025]).toMatchObject({ status: 'unmet', daysLate: 335 })
    test.clock.set('2026-06-02T09:00:00')
  })

  it('may be confirmed to have none, by name and day, unless a batch of it exists; and that may be taken back', async () => {
    const confirm = (year: number, actor = stage.leader) => {
      const recordId = stage.fresh()
      const reason = '经全面排查，全县没有典型重大火灾隐患'
      return { recordId, done: test.run(actor, l.confirmNone, { recordId, input: { year, reason } }) }
    }
    expect(await refusalOf(confirm(2026).done)).toBe('listing.yearHasBatch')
    expect(await refusalOf(confirm(2027).done)).toBe('listing.yearTooLate')
    expect(await refusalOf(confirm(2025, stage.drafter).done)).toBe('core.notAllowed')
    const word = confirm(2025)
    await word.done
    expect(await yearOf(2025)).toMatchObject({
      status: 'none',
      none: { by: stage.leader.name, on: stage.today(), reason: '经全面排查，全县没有典型重大火灾隐患' },
    })
    expect(await refusalOf(confirm(2025).done)).toBe('listing.noneConfirmed')
    await stage.act(stage.office, word.recordId, l.revokeNone, stage.inputs.reason)
    expect(await yearOf(2025)).toMatchObject({ status: 'unmet', none: null })
    await confirm(2025).done
    await stage.published(1, 2025)
    expect((await yearOf(2025))?.status).toBe('late')
  })

  it('is drafted at the latest for the next one', async () => {
    const draft = (year: number) =>
      refusalOf(test.run(stage.drafter, l.draftBatch, { recordId: stage.fresh(), input: { year } }))
    expect(await draft(2028)).toBe('listing.yearTooLate')
    expect(await draft(2027)).toBe('accepted')
  })

  it('keeps two batches begun at the same moment apart', async () => {
    const begun = await Promise.all(
      [1, 2, 3].map(() => test.run(stage.drafter, l.draftBatch, { recordId: stage.fresh(), input: { year: 2027 } })),
    )
    expect(new Set(begun.map(({ output }) => output.title)).size).toBe(3)
  })
})

it('a county whose plan asks for no yearly batch has none to make', async () => {
  const neutral = await openTestProduct('2026-06-02T09:00:00', '_neutral')
  try {
    const office = await neutral.as('anwei')
    expect(await neutral.ask(office, l.listBatchYears, {})).toEqual({ task: null, years: [] })
    const recordId = newId(neutral.clock.now().getTime())
    const draft = neutral.run(office, l.draftBatch, { recordId, input: { year: 2026 } })
    expect(await refusalOf(draft)).toBe('listing.noYearlyTask')
  } finally {
    await neutral.close()
  }
})

it('the list of a batch leaves as a table with one row a hazard that the meeting kept', async () => {
  const id = await stage.submitted(2)
  const [first] = (await stage.stored(id)).items
  const leftOut = [{ hazardId: first?.hazardId ?? '', reason: '正在拆除，不再列入' }]
  await stage.act(stage.leader, id, l.approveBatch, { ...stage.inputs.approve(), leftOut })
  const download = test.product.modules.all
    .flatMap((module) => module.downloads ?? [])
    .find(({ contract }) => contract.id === l.exportBatch.id)
  const file = await download?.open(test.context(stage.auditor), { id, format: 'csv' })
  const text = file ? (await buffer(file.body)).toString('utf8') : ''
  const rows = text.split('\n').filter((line) => line.includes('木镇镇试验宾馆'))
  expect(rows).toHaveLength(1)
  expect(rows[0]).toContain('已批准待下达')
  const stranger = test.context(stage.town)
  expect(await refusalOf(Promise.resolve(download?.open(stranger, { id })))).toBe('core.notFound')
})
