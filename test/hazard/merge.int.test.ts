import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as hazard from '#capabilities/hazard/model/index.ts'
import { addDays } from '#kernel/time.ts'
import { verifyTally } from '#platform/tally/verify.ts'
import { type HazardStage, hazardStage, type Tale } from '#test/kit/hazard-stage.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
let stage: HazardStage

beforeAll(async () => {
  test = await openTestProduct()
  stage = await hazardStage(test)
})
afterAll(() => test?.close())

const reason = '同一处隐患重复登记'

async function merge(from: Tale, into: Tale): Promise<void> {
  const { version } = await into.view(stage.office)
  await from.view(stage.office)
  await from.act(stage.office, hazard.mergeHazard, { into: into.id, intoVersion: version, reason })
}
const unmerge = (tale: Tale) => tale.act(stage.office, hazard.unmergeHazard, { reason })
const reportsOf = async (tale: Tale) =>
  (await tale.view(stage.office)).reportList.map((report) => report.description).sort()

async function differences() {
  const { database, county, modules } = test.product
  const recounts = modules.all.flatMap((module) => module.recounts ?? [])
  return (await verifyTally(database.db, county, recounts, [])).differences
}

async function three(): Promise<[Tale, Tale, Tale]> {
  const find = (name: string) =>
    stage.found(stage.inspector, { judgement: stage.major, description: `${name}处电焊工没有证件` })
  return [await find('甲'), await find('乙'), await find('丙')]
}

describe('merging', () => {
  it('moves the reports and brings exactly those back, over two steps', async () => {
    const [a, b, c] = await three()
    await merge(a, b)
    await merge(b, c)
    expect(await reportsOf(c)).toHaveLength(3)
    expect(await differences()).toEqual([])
    // The reports of the first went on with the second: they come back the way they went.
    expect(await refusalOf(unmerge(a))).toBe('hazard.mergeChain')
    await b.view(stage.office)
    await unmerge(b)
    expect(await reportsOf(b)).toHaveLength(2)
    expect(await reportsOf(c)).toEqual(['丙处电焊工没有证件'])
    await a.view(stage.office)
    await unmerge(a)
    expect(await reportsOf(a)).toEqual(['甲处电焊工没有证件'])
    expect(await reportsOf(b)).toEqual(['乙处电焊工没有证件'])
    expect(await differences()).toEqual([])
  })

  it('never makes an old hazard younger, and gives the day back when undone', async () => {
    const old = await stage.found(stage.inspector, {
      judgement: { level: 'major', criterionId: 'gongmao-2023-3-2' },
      foundOn: '2023-11-01',
    })
    const fresh = await stage.found(stage.inspector, { judgement: stage.major })
    await merge(old, fresh)
    expect(await fresh.view(stage.office)).toMatchObject({ foundOn: '2023-11-01', stock: true })
    await old.view(stage.office)
    await unmerge(old)
    expect(await fresh.view(stage.office)).toMatchObject({ foundOn: stage.today(), stock: false })
    expect(await old.view(stage.office)).toMatchObject({ foundOn: '2023-11-01', state: 'registered' })
    expect(await differences()).toEqual([])
  })

  it('hides no major hazard in a general one, and none that is stopped or listed elsewhere', async () => {
    const [major] = await three()
    const general = await stage.found(stage.inspector, { judgement: { level: 'general' } })
    expect(await refusalOf(merge(major, general))).toBe('hazard.mergeLevel')
    const unverified = await stage.found(stage.principal, { judgement: stage.major })
    expect(await refusalOf(merge(major, unverified))).toBe('hazard.mergeUnverified')
    await major.act(stage.department, hazard.orderStop, { scope: '焊接车间', reason })
    const [other] = await three()
    expect(await refusalOf(merge(major, other))).toBe('hazard.mergeStopped')
  })

  it('is undone even after the other hazard was closed', async () => {
    const [a, b] = await three()
    await merge(a, b)
    await b.view(stage.office)
    await stage.closed(b)
    await a.view(stage.office)
    await unmerge(a)
    expect(await a.view(stage.office)).toMatchObject({ state: 'registered', mergedInto: null })
    expect(await differences()).toEqual([])
  })

  it('a report is filed under an id of the server, so that none can be taken from another hazard', async () => {
    const [a, b] = await three()
    const stolen = (await a.view(stage.office)).reportList[0]?.id
    const input = { channel: 'publicReport', description: '又有群众反映', foundOn: stage.today(), reportId: stolen }
    await b.act(stage.clerk, hazard.addReport, input as never)
    expect(await reportsOf(a)).toHaveLength(1)
    expect(await reportsOf(b)).toHaveLength(2)
    expect(await differences()).toEqual([])
  })

  it('an earlier finding added later makes the hazard as old as it is', async () => {
    const [tale] = await three()
    const earlier = addDays(stage.today(), -40)
    await tale.act(stage.clerk, hazard.addReport, {
      channel: 'publicReport',
      description: '上个月群众已经反映',
      foundOn: earlier,
    })
    expect((await tale.view(stage.office)).foundOn).toBe(earlier)
    expect(await differences()).toEqual([])
  })
})
