import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { rearmAll } from '#apps/server/rearming.ts'
import { addItem } from '#capabilities/ledger/model/index.ts'
import {
  listParameters,
  listSettingChanges,
  previewParameter,
  setParameter,
  withdrawParameter,
} from '#capabilities/system/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import type { Parameters } from '#platform/parameters/parameters.ts'
import { type HazardStage, hazardStage } from '#test/kit/hazard-stage.ts'
import { listingStage } from '#test/kit/listings.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'
import { raiseAll } from '#test/kit/raising.ts'

let test: TestProduct
let stage: HazardStage
let admin: Actor

beforeAll(async () => {
  test = await openTestProduct('2026-06-02T08:00:00')
  stage = await hazardStage(test)
  admin = await test.as('admin')
})
afterAll(() => test?.close())
beforeEach(() => test.clock.set('2026-06-02T08:00:00'))

const review = 'hazard.review.workingDays'
const row = async (id = review) => {
  const found = (await test.ask(admin, listParameters, {})).rows.find((one) => one.id === id)
  if (!found) throw new Error(`no parameter ${id}`)
  return found
}
const set = async (input: Partial<z.input<typeof setParameter.input>>, by = admin) =>
  test.run(by, setParameter, {
    input: {
      id: review,
      value: 8,
      effectiveFrom: '2026-06-02',
      instead: (await row()).value,
      confidence: 'high',
      reason: '县安委会2026年第2次会议纪要',
      ...input,
    },
  })

describe('a parameter', () => {
  it('keeps who changed it, from what, to what, and why', async () => {
    await set({ value: 9 })
    test.clock.advance(60_000)
    await set({ value: 8 })
    const { rows } = await test.ask(admin, listSettingChanges, { parameter: review })
    expect(rows.slice(0, 2).map(({ actor, summary }) => `${actor}：${summary}`)).toEqual([
      'admin同志：参数“申请验收后的验收、复查办理期限”自2026-06-02起由9改为8（县安委会2026年第2次会议纪要）',
      'admin同志：参数“申请验收后的验收、复查办理期限”自2026-06-02起由10改为9（县安委会2026年第2次会议纪要）',
    ])
    expect((await test.ask(admin, listSettingChanges, { parameter: 'signIn.maxAttempts' })).rows).toEqual([])
  })

  it('planned for a later day holds from that day, and until then can be taken back', async () => {
    await set({ value: 5, effectiveFrom: '2026-07-01' })
    expect(await row()).toMatchObject({
      value: 8,
      confidence: 'high',
      history: [{}, {}, { value: 5, confidence: 'high' }],
    })
    await test.product.environment.reload()
    const { parameters } = test.product.environment
    expect([parameters.number(review, '2026-06-30'), parameters.number(review, '2026-07-01')]).toEqual([8, 5])
    test.clock.set('2026-07-01T00:00:00')
    expect(await row()).toMatchObject({ value: 5, effectiveFrom: '2026-07-01' })
    const taken = { id: review, effectiveFrom: '2026-07-01', reason: '会议改期重新研究' }
    expect(await refusalOf(test.run(admin, withdrawParameter, { input: taken }))).toBe('system.parameterHolds')
    test.clock.set('2026-06-30T23:59:00')
    await test.run(admin, withdrawParameter, { input: taken })
    expect((await row()).history).toHaveLength(2)
    expect(await refusalOf(test.run(admin, withdrawParameter, { input: taken }))).toBe('system.parameterUnknown')
  })

  it.each([
    [{ id: 'hazard.nothing' }, 'system.parameterUnknown'],
    [{ value: '8' }, 'system.parameterKind'],
    [{ value: true }, 'system.parameterKind'],
    [{ value: 0 }, 'system.parameterKind'],
    [{ value: 2.5 }, 'system.parameterKind'],
    [{ value: 100_000 }, 'system.parameterKind'],
    [{ effectiveFrom: '2026-06-01' }, 'system.parameterPast'],
    [{ effectiveFrom: '2026-02-30' }, 'core.invalidInput'],
    [{ instead: 3 }, 'system.parameterMoved'],
    [{ reason: '改' }, 'core.invalidInput'],
  ])('refuses %j with %s', async (wrong, code) => {
    expect(await refusalOf(set(wrong))).toBe(code)
  })

  it('is changed by administrators only, and by one of two who do it at once', async () => {
    expect(await refusalOf(set({}, stage.office))).toBe('core.notAllowed')
    expect(await refusalOf(set({}, await test.as('auditor')))).toBe('core.notAllowed')
    const instead = (await row()).value
    const codes = await Promise.all([4, 6].map((value) => refusalOf(set({ value, instead }))))
    expect(codes.sort()).toEqual(['accepted', 'system.parameterMoved'])
    await set({ value: 8 })
  })
})

describe('what a change would move', () => {
  it('is told before, and is what then happens', async () => {
    const waiting = await stage.found(stage.inspector, { judgement: stage.major })
    const input = { id: review, value: 3, effectiveFrom: '2026-06-02' }
    const { moves } = await test.ask(admin, previewParameter, input)
    expect(moves).toMatchObject({ records: 1, rungs: 1, atOnce: 0 })
    expect(moves.rows).toMatchObject([{ kind: '隐患', what: '登记的隐患已到交办期限', dueTo: '2026-06-05' }])
    await set({ value: 3 })
    await rearmAll(test.product)
    const armed = await test.database.db
      .selectFrom('deadline')
      .select('basis')
      .where('record_id', '=', waiting.id)
      .execute()
    expect(armed).toEqual([{ basis: '2026-06-05' }])
    const none = await test.ask(admin, previewParameter, { ...input, id: 'signIn.maxAttempts', value: 6 })
    expect(none.moves).toEqual({ records: 0, rungs: 0, atOnce: 0, rows: [], more: 0 })
  })

  it('is asked of the kinds of record whose clocks really read it', async () => {
    const listings = listingStage(test, stage, await test.as('leader'))
    await stage.underway(await stage.found(stage.inspector, { judgement: stage.major }))
    await listings.ordered()
    await listings.closed()
    const owner = { name: '机主甲', phone: '13812345678' }
    const tractor = { ledger: 'variant-tractors', title: '皖17-00001', area: '341723101', fields: { owner } }
    await test.run(await test.as('town-muzhen'), addItem, { input: tractor })
    await raiseAll(test)
    await test.product.modules.duties.advance({ full: true })
    const asked = new Set<string>()
    const { calendar, parameters } = test.product.environment
    const listening = new Proxy(parameters, {
      get: (target, name: keyof Parameters) => (id: string, on: string) => {
        asked.add(id)
        return target[name](id, on)
      },
    })
    for (const kind of test.product.modules.all.flatMap((module) => module.clocked ?? [])) {
      asked.clear()
      await kind.moves({ calendar, parameters: listening }, test.database.db, '0001-01-01')
      expect([...asked].sort(), kind.type).toEqual([...kind.parameters].sort())
    }
  })
})
