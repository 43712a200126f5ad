import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as hazard from '#capabilities/hazard/model/index.ts'
import { addDays } from '#kernel/time.ts'
import { createFiring } from '#platform/clock/firing.ts'
import { type HazardStage, hazardStage, type Tale } from '#test/kit/hazard-stage.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
let stage: HazardStage

beforeAll(async () => {
  // A Tuesday without holidays in the weeks around it.
  test = await openTestProduct('2026-06-02T08:00:00')
  stage = await hazardStage(test)
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

const titles = async (tale: Tale) =>
  [...new Set((await tale.view(stage.office)).notices.map((notice) => notice.title))].reverse()

async function assigned(dueOn: string): Promise<Tale> {
  const tale = await stage.found(stage.inspector, { judgement: stage.major })
  await tale.act(stage.department, hazard.assignHazard, { bodyId: 'emergency-management', dueOn, demand: '限期整改' })
  return tale
}

describe('the clocks of a hazard', () => {
  it('remind before and on the day, and pass the deadline, each once', async () => {
    const tale = await assigned('2026-06-16')
    await clock('2026-06-05')
    await clock('2026-06-11')
    await clock('2026-06-11')
    await clock('2026-06-15')
    await clock('2026-06-16')
    await clock('2026-06-17')
    await clock('2026-06-17')
    const said = (await titles(tale)).filter((title) => /到期|超过/.test(title))
    expect(said).toEqual([
      '隐患整改还有7个工作日到期',
      '隐患整改还有3个工作日到期',
      '隐患整改还有1个工作日到期',
      '隐患整改今天到期',
      '隐患整改已超过时限',
    ])
    expect((await tale.view(stage.office)).overdue).toBe(true)
  })

  it('after days of downtime say only what is still true', async () => {
    test.clock.set('2026-06-02T08:00:00')
    const tale = await assigned('2026-06-16')
    await clock('2026-06-12')
    expect((await titles(tale)).filter((title) => /到期/.test(title))).toEqual(['隐患整改还有2个工作日到期'])
    await clock('2026-06-20')
    expect((await titles(tale)).filter((title) => /到期|超过/.test(title))).toEqual([
      '隐患整改还有2个工作日到期',
      '隐患整改已超过时限',
    ])
  })

  it('do not speak of seven days when two are given', async () => {
    test.clock.set('2026-06-02T08:00:00')
    const tale = await assigned('2026-06-04')
    await clock('2026-06-02')
    expect((await titles(tale)).filter((title) => /到期/.test(title))).toEqual([])
  })

  it('go on while a hazard waits for acceptance: not closed in time is overdue', async () => {
    test.clock.set('2026-06-02T08:00:00')
    const tale = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(tale)
    await stage.applied(tale)
    await clock(addDays('2026-06-02', 21))
    expect(await tale.view(stage.office)).toMatchObject({ state: 'awaitingAcceptance', overdue: true })
    expect(await titles(tale)).toContain('隐患验收复查已到办理期限')
  })

  it('remind the office of what lies with it', async () => {
    test.clock.set('2026-06-02T08:00:00')
    const tale = await stage.found(stage.principal)
    await clock('2026-06-30')
    expect(await titles(tale)).toContain('上报的隐患已到核实期限')
  })
})
