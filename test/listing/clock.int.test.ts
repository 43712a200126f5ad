import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { extendDeadline, linkUnit, reopenHazard } from '#capabilities/hazard/model/index.ts'
import * as l from '#capabilities/listing/model/index.ts'
import {
  getCalendar,
  listNotices,
  listReceipts,
  setCalendarYear,
  setParameter,
} from '#capabilities/system/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { createFiring } from '#platform/clock/firing.ts'
import { type HazardStage, hazardStage } from '#test/kit/hazard-stage.ts'
import { type ListingStage, type ListingTale, listingStage, orderInput } from '#test/kit/listings.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
let stage: HazardStage
let listings: ListingStage
let leader: Actor

beforeAll(async () => {
  // A Tuesday; 19 June is a holiday, a Friday.
  test = await openTestProduct('2026-06-02T08:00:00')
  stage = await hazardStage(test)
  leader = await test.as('leader')
  listings = listingStage(test, stage, leader)
})
afterAll(() => test?.close())

const failures: unknown[] = []

async function clock(day: string): Promise<void> {
  test.clock.set(`${day}T12:00:00`)
  const { county, runner, modules } = test.product
  const handlers = modules.all.flatMap((module) => module.clocks ?? [])
  const firing = createFiring({ county, runner, handlers, onError: (error) => failures.push(error) })
  await firing.fireDue(test.clock.now())
  expect(failures).toEqual([])
}

async function reproject(): Promise<void> {
  const { database, environment, modules } = test.product
  await environment.reload()
  for (const kind of modules.all.flatMap((module) => module.clocked ?? [])) await kind.rearm(environment, database.db)
}

const reminded = async (tale: ListingTale, of: RegExp) =>
  (await test.ask(leader, listReceipts, { recordType: 'listing', recordId: tale.id })).rows
    .filter((row) => of.test(row.title))
    .map((row) => `${row.recipient} ${row.title}`)
    .reverse()

async function closed(): Promise<ListingTale> {
  test.clock.set('2026-06-02T08:00:00')
  return listings.closed()
}

describe('the time to publicise', () => {
  it('runs from the order: reminded before, on the day and after it, each once, to the listing body', async () => {
    test.clock.set('2026-06-02T08:00:00')
    const tale = await listings.ordered()
    expect((await tale.view(leader)).steps).toEqual([
      { step: 'publicise', since: '2026-06-02', dueOn: '2026-06-11', workingDaysLeft: 7 },
    ])
    for (const day of ['2026-06-05', '2026-06-08', '2026-06-08', '2026-06-10', '2026-06-11']) await clock(day)
    for (const day of ['2026-06-12', '2026-06-12', '2026-06-20']) await clock(day)
    expect(await reminded(tale, /公示/)).toEqual([
      '县人民政府 挂牌督办公示还有3个工作日到期',
      '县人民政府 挂牌督办公示还有1个工作日到期',
      '县人民政府 挂牌督办公示今天到期',
      '县人民政府 挂牌督办公示已超过期限',
    ])
    expect((await tale.view(leader)).steps[0]?.workingDaysLeft).toBe(-5)
  })

  it('ends when the public has been told', async () => {
    test.clock.set('2026-06-02T08:00:00')
    const tale = await listings.ordered()
    await clock('2026-06-08')
    await listings.publicise(tale)
    for (const day of ['2026-06-10', '2026-06-11', '2026-06-12']) await clock(day)
    expect(await reminded(tale, /公示/)).toEqual(['县人民政府 挂牌督办公示还有3个工作日到期'])
  })

  it('after days of downtime says only what is still true', async () => {
    test.clock.set('2026-06-02T08:00:00')
    const tale = await listings.ordered()
    await clock('2026-06-10')
    await clock('2026-06-20')
    expect(await reminded(tale, /公示/)).toEqual([
      '县人民政府 挂牌督办公示还有1个工作日到期',
      '县人民政府 挂牌督办公示已超过期限',
    ])
  })

  it('of what the city lists reminds the committee office', async () => {
    test.clock.set('2026-06-02T08:00:00')
    const tale = await listings.proposed(stage.department, 'city')
    await tale.act(leader, l.approveListing, { opinion: '按市级文件办理' })
    await tale.act(stage.office, l.orderListing, orderInput(stage.today()))
    await clock('2026-06-11')
    const told = await test.ask(stage.office, listNotices, { size: 100 })
    const mine = told.rows.filter((row) => row.recordId === tale.id).map((row) => row.title)
    expect(mine).toContain('挂牌督办公示今天到期')
  })
})

describe('the time to end a listing', () => {
  it('runs from the closing of the hazard and ends with 摘牌销案', async () => {
    const tale = await closed()
    expect((await tale.view(leader)).steps).toEqual([
      { step: 'delist', since: '2026-06-02', dueOn: '2026-06-16', workingDaysLeft: 10 },
    ])
    for (const day of ['2026-06-11', '2026-06-15']) await clock(day)
    await tale.act(leader, l.delistListing, { reason: '隐患已整改销号，同意摘牌销案' })
    for (const day of ['2026-06-16', '2026-06-17']) await clock(day)
    expect(await reminded(tale, /到期|超过/)).toEqual([
      '县人民政府 挂牌督办摘牌销案还有3个工作日到期',
      '县人民政府 挂牌督办摘牌销案还有1个工作日到期',
    ])
  })

  it('runs from the application when that came first, and stops when it is turned down', async () => {
    test.clock.set('2026-06-02T08:00:00')
    const hazard = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(hazard)
    const tale = await listings.ordered(hazard)
    await listings.publicise(tale)
    await stage.applied(hazard)
    await tale.act(stage.principal, l.askListingEnd, { statement: '各项措施全部完成' })
    await clock('2026-06-15')
    await tale.act(leader, l.returnListingEnd, { reason: '现场仍有遗留问题' })
    for (const day of ['2026-06-16', '2026-06-17']) await clock(day)
    expect(await reminded(tale, /到期|超过/)).toEqual(['县人民政府 挂牌督办摘牌销案还有1个工作日到期'])
    expect((await tale.view(leader)).steps).toEqual([])
  })

  it('stands still when the hazard is opened again, and starts anew with the next closing', async () => {
    const tale = await closed()
    await clock('2026-06-11')
    await tale.hazard.view(leader)
    await tale.hazard.act(leader, reopenHazard, { reason: '复核发现问题反弹', dueOn: '2026-07-10' })
    for (const day of ['2026-06-15', '2026-06-16', '2026-06-17']) await clock(day)
    expect(await reminded(tale, /摘牌销案(还有|今天|已超)/)).toEqual(['县人民政府 挂牌督办摘牌销案还有3个工作日到期'])
    await stage.applied(tale.hazard)
    await stage.reviewed(tale.hazard)
    await stage.approved(tale.hazard, leader)
    expect((await tale.view(leader)).steps).toEqual([
      { step: 'delist', since: '2026-06-17', dueOn: '2026-07-02', workingDaysLeft: 10 },
    ])
  })
})

describe('what is due', () => {
  it('is found by filter: what is late, for which reason, and what is due within a week', async () => {
    test.clock.set('2026-09-01T08:00:00')
    const hazard = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(hazard)
    const tale = await listings.ordered(hazard)
    const late = async () => {
      const found: string[] = []
      for (const of of Object.keys(l.listingLateness) as l.ListingLateness[]) {
        const { rows, total } = await test.ask(leader, l.listListings, { late: of, hazardId: hazard.id })
        expect(rows).toHaveLength(total)
        if (total > 0) found.push(of)
      }
      return found
    }
    expect(await late()).toEqual([])
    test.clock.set('2026-09-04T08:00:00')
    expect(await late()).toEqual(['soon'])
    test.clock.set('2026-09-14T08:00:00')
    expect(await late()).toEqual(['any', 'publicise'])
    await listings.publicise(tale)
    expect(await late()).toEqual([])
    test.clock.set('2026-09-28T08:00:00')
    expect(await late()).toEqual(['soon'])
    test.clock.set('2026-10-09T08:00:00')
    expect(await late()).toEqual(['any', 'work'])
    await hazard.act(leader, extendDeadline, {
      to: '2026-12-01',
      reason: '设备到货延迟',
      document: '青政督延〔2026〕9号',
    })
    const view = await tale.view(leader)
    expect(view).toMatchObject({ dueOn: '2026-12-01', overdue: false })
    expect(view.timeline[0]?.summary).toBe(
      `办理期限由 2026-10-01 改为 2026-12-01（青政督延〔2026〕9号）：设备到货延迟，${leader.name}同意`,
    )
    expect(await late()).toEqual([])
    await stage.applied(hazard)
    await stage.reviewed(hazard)
    await stage.approved(hazard, leader)
    test.clock.set('2026-11-20T08:00:00')
    expect(await late()).toEqual(['any', 'delist'])
  })

  it('is told to the unit as soon as the hazard has one', async () => {
    const hazard = await stage.found(stage.inspector, {
      judgement: stage.major,
      unitId: null,
      placeName: '沿街未登记作坊',
      area: stage.town,
    })
    const tale = await listings.ordered(hazard)
    expect(await reminded(tale, /未能通知到单位/)).toEqual(['蓉城镇人民政府 未能通知到单位：重大事故隐患被挂牌督办'])
    const told = async () => (await reminded(tale, /^重大事故隐患被挂牌督办/)).length
    expect(await told()).toBe(1)
    await hazard.act(stage.office, linkUnit, { unitId: stage.unitId, reason: '现场核对营业执照' })
    expect(await told()).toBe(3)
    expect((await tale.view(stage.principal)).unitName).toBe('青阳县红星机械厂')
  })

  it('fires a rung once however many workers ask, and none for a listing taken back', async () => {
    test.clock.set('2026-12-01T08:00:00')
    const tale = await listings.approved()
    await tale.act(leader, l.withdrawListing, { reason: '情况有变，先行核实' })
    const other = await listings.ordered()
    test.clock.set('2026-12-10T12:00:00')
    const { county, runner, modules } = test.product
    const handlers = modules.all.flatMap((module) => module.clocks ?? [])
    const workers = [1, 2, 3].map(() => createFiring({ county, runner, handlers, onError: (e) => failures.push(e) }))
    await Promise.all(workers.map((worker) => worker.fireDue(test.clock.now())))
    expect(failures).toEqual([])
    expect(await reminded(tale, /公示/)).toEqual([])
    expect(await reminded(other, /公示/)).toEqual(['县人民政府 挂牌督办公示今天到期'])
  })

  // Last, since calendar and parameters stay changed.
  it('moves with the working calendar and with the county’s number of days; what has been said stays said', async () => {
    test.clock.set('2026-06-02T08:00:00')
    const tale = await listings.ordered()
    await clock('2026-06-08')
    const admin = await test.as('admin')
    const { years } = await test.ask(admin, getCalendar, {})
    const year = years.find((one) => one.year === 2026)
    if (!year) throw new Error('2026 is not in the calendar')
    const { id: recordId, version, complete, holidays, workdays } = year
    const input = { complete, holidays: [...holidays, '2026-06-10'], workdays, reason: '省里通知临时放假一天' }
    await test.run(admin, setCalendarYear, { recordId, version, input })
    await reproject()
    expect((await tale.view(leader)).steps[0]?.dueOn).toBe('2026-06-12')
    for (const day of ['2026-06-09', '2026-06-11', '2026-06-12', '2026-06-15']) await clock(day)
    expect(await reminded(tale, /公示/)).toEqual([
      '县人民政府 挂牌督办公示还有3个工作日到期',
      '县人民政府 挂牌督办公示还有1个工作日到期',
      '县人民政府 挂牌督办公示今天到期',
      '县人民政府 挂牌督办公示已超过期限',
    ])

    const given = {
      id: 'listing.publicise.workingDays',
      value: 3,
      effectiveFrom: '2026-06-16',
      instead: 7,
      confidence: 'high' as const,
      reason: '县里另有规定',
    }
    await test.run(admin, setParameter, { input: given })
    await reproject()
    test.clock.set('2026-06-16T08:00:00')
    const next = await listings.ordered()
    expect((await next.view(leader)).steps[0]?.dueOn).toBe('2026-06-22')
  })
})
