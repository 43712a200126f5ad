import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rejudgeHazard } from '#capabilities/hazard/model/index.ts'
import * as l from '#capabilities/listing/model/index.ts'
import { listNotices } from '#capabilities/system/model/index.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { addDays } from '#kernel/time.ts'
import { type HazardStage, hazardStage } from '#test/kit/hazard-stage.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
let stage: HazardStage
let leader: Actor

beforeAll(async () => {
  test = await openTestProduct()
  stage = await hazardStage(test)
  leader = await test.as('leader')
})
afterAll(() => test?.close())

async function proposed(by = stage.department, level: 'county' | 'city' = 'county') {
  const hazard = await stage.found(stage.inspector, { judgement: stage.major })
  const id = newId(test.clock.now().getTime())
  const document = level === 'city' ? '池安〔2026〕1号' : ''
  const input = { hazardId: hazard.id, level, reason: '危害较大，整改难度大', document }
  let { version } = await test.run(by, l.proposeListing, { recordId: id, input })
  const act = async (actor: Actor, contract: ActionContract, given: object) => {
    version = (await test.run(actor, contract, { recordId: id, version, input: given })).version
  }
  return { id, hazard, act }
}

const opinion = { opinion: '同意县级挂牌督办' }
const reason = { reason: '情况有变，先行核实' }
const order = () => ({
  document: '青政督〔2026〕1号',
  name: '红星机械厂重大事故隐患挂牌督办',
  matters: '电焊工没有特种作业操作证',
  requirements: '停止无证作业，限期整改',
  dueOn: addDays(stage.today(), 30),
  release: '现场核查后报挂牌机关摘牌',
  supervisingBodyId: 'emergency-management',
})

describe('a proposal', () => {
  it('is taken back by who made it, not by others who might have', async () => {
    const { act } = await proposed()
    expect(await refusalOf(act(stage.clerk, l.withdrawListing, reason))).toBe('listing.onlyProposer')
    await act(stage.department, l.withdrawListing, reason)
  })

  it('belongs to the body that approved it from then on', async () => {
    const { act } = await proposed()
    await act(leader, l.approveListing, opinion)
    expect(await refusalOf(act(stage.department, l.withdrawListing, reason))).toBe('listing.onlyListingBody')
    expect(await refusalOf(act(stage.office, l.orderListing, order()))).toBe('listing.onlyListingBody')
    await act(leader, l.withdrawListing, reason)
  })

  it('is not approved in the name of nobody', async () => {
    const { act } = await proposed()
    const alone = await test.account('leader-alone', [{ role: 'countyLeader', area: '341723' }])
    expect(await refusalOf(act(alone, l.approveListing, opinion))).toBe('listing.bodyMissing')
  })

  it('of a higher level is followed up by the committee office', async () => {
    const { act } = await proposed(stage.department, 'city')
    await act(leader, l.approveListing, { opinion: '按市级文件办理' })
    expect(await refusalOf(act(leader, l.orderListing, order()))).toBe('listing.onlyListingBody')
    await act(stage.office, l.orderListing, order())
  })

  it('tells who made it what became of it', async () => {
    const { act } = await proposed(stage.office2)
    await act(stage.office, l.rejectListing, { reason: '可由部门督办，不需挂牌' })
    const told = await test.ask(stage.office2, listNotices, { size: 50 })
    expect(told.rows.map((row) => row.title)).toContain('挂牌督办未予批准')
  })
})

describe('an order', () => {
  it('is not given once the hazard is no longer a major one', async () => {
    const { act, hazard } = await proposed()
    await act(leader, l.approveListing, opinion)
    await hazard.act(stage.office, rejudgeHazard, { judgement: { level: 'general' }, why: '复核后不符合判定标准' })
    expect(await refusalOf(act(leader, l.orderListing, order()))).toBe('listing.majorOnly')
  })

  it('is publicised between the day it was given and today', async () => {
    const { act } = await proposed()
    await act(leader, l.approveListing, opinion)
    await act(leader, l.orderListing, order())
    const on = (days: number) => ({ on: addDays(stage.today(), days), where: '县政府门户网站' })
    expect(await refusalOf(act(leader, l.publiciseListing, on(1)))).toBe('listing.publicisedOutside')
    expect(await refusalOf(act(leader, l.publiciseListing, on(-1)))).toBe('listing.publicisedOutside')
    await act(leader, l.publiciseListing, on(0))
  })
})
