import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { rearmAll } from '#apps/server/rearming.ts'
import * as hazard from '#capabilities/hazard/model/index.ts'
import { getCalendar, setCalendarYear } from '#capabilities/system/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { createFiring } from '#platform/clock/firing.ts'
import type { ClockHandler } from '#platform/module/module.ts'
import { assigned, town } from '#test/kit/hazards.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
let office: Actor
let unitId: string

beforeAll(async () => {
  test = await openTestProduct('2026-11-24T09:00:00')
  office = await test.as('anwei')
  unitId = await test.unit('青山机械厂', town, 'industryTrade')
})
afterAll(() => test?.close())

/** What an earlier case left armed fires before the next begins. */
beforeEach(async () => {
  test.clock.set('2027-03-01T08:00:00')
  await loop().fire()
  test.clock.set('2026-11-24T09:00:00')
})

const handlers = () => test.product.modules.all.flatMap((module) => module.clocks ?? [])

/** A firing loop as a process of its own would have it. */
function loop(own: readonly ClockHandler[] = handlers()) {
  const errors: unknown[] = []
  const { county, runner } = test.product
  const firing = createFiring({ county, runner, handlers: own, onError: (error) => errors.push(error) })
  return { fire: () => firing.fireDue(test.clock.now()), errors }
}

const rungs = async (recordId: string) =>
  (
    await test.database.db
      .selectFrom('deadline')
      .select(['rung', 'fired_at', 'fire_at'])
      .where('record_id', '=', recordId)
      .orderBy('fire_at')
      .execute()
  ).map(({ rung, fire_at, fired_at }) => ({ rung, fireAt: fire_at, fired: fired_at !== null }))
const titles = async (recordId: string) =>
  (
    await test.database.db
      .selectFrom('notice')
      .select('title')
      .where('record_id', '=', recordId)
      .where('recipient_kind', '=', 'body')
      .where('dedupe_key', 'like', 'clock:%')
      .orderBy('created_at')
      .execute()
  ).map((row) => row.title)
const passings = async (recordId: string) =>
  (
    await test.database.db
      .selectFrom('action')
      .select('seq')
      .where('record_id', '=', recordId)
      .where('name', '=', 'hazard.passDeadline')
      .execute()
  ).length

describe('a deadline', () => {
  it('fires each rung at its time, and none before', async () => {
    const { recordId } = await assigned(test, office, unitId)
    const { fire } = loop()
    const seen: string[] = []
    const before = await fire()
    expect(before).toBe(0)
    for (const { rung, fireAt } of await rungs(recordId)) {
      test.clock.set(new Date(fireAt.getTime() - 1))
      await fire()
      expect((await rungs(recordId)).filter((row) => row.fired).map((row) => row.rung)).toEqual(seen)
      test.clock.set(fireAt)
      await fire()
      seen.push(rung)
      expect((await rungs(recordId)).filter((row) => row.fired).map((row) => row.rung)).toEqual(seen)
    }
    expect(seen).toEqual(['before-7', 'before-3', 'before-1', 'due', 'overdue'])
    expect(await titles(recordId)).toHaveLength(4)
    expect(await passings(recordId)).toBe(1)
    expect((await test.ask(office, hazard.getHazard, { id: recordId })).overdue).toBe(true)
    expect(await fire()).toBe(0)
  })

  it('fires every rung exactly once with several loops at once, after all of them stood still for weeks', async () => {
    const ids: string[] = []
    for (let at = 0; at < 8; at += 1) ids.push((await assigned(test, office, unitId)).recordId)
    test.clock.set('2027-01-15T08:00:00')
    const loops = [loop(), loop(), loop()]
    const fired = await Promise.all(loops.map((one) => one.fire()))
    expect(fired.reduce((sum, n) => sum + n, 0)).toBe(8 * 5)
    expect(loops.flatMap((one) => one.errors)).toEqual([])
    for (const id of ids) {
      expect((await rungs(id)).every((row) => row.fired)).toBe(true)
      expect(await passings(id)).toBe(1)
      // Fired, but silent: "seven days left" is not said about a deadline that passed weeks ago.
      expect(await titles(id)).toEqual([])
    }
    expect(await Promise.all(loops.map((one) => one.fire()))).toEqual([0, 0, 0])
  })

  it('is not fired when the record has moved on', async () => {
    const { recordId, version } = await assigned(test, office, unitId)
    await test.run(office, hazard.returnAssignment, { recordId, version, input: { reason: '先核实再行交办' } })
    // Reminders go to who works on it; the deadline itself stands, and now the office owes the next step.
    expect((await rungs(recordId)).map(({ rung }) => rung)).toEqual(['assign', 'overdue'])
  })

  it('moves with the calendar: what has not fired is armed anew, what has fired stays', async () => {
    const admin = await test.as('admin')
    const { recordId } = await assigned(test, office, unitId)
    const at = async (rung: string) => (await rungs(recordId)).find((row) => row.rung === rung)
    const seven = await at('before-7')
    test.clock.set(seven?.fireAt ?? '')
    await loop().fire()
    const before = (await at('before-1'))?.fireAt
    expect(before?.toISOString()).toBe('2026-12-18T01:00:00.000Z')
    await declareHoliday(admin, '2026-12-18')
    await rearmAll(test.product)
    expect((await at('before-1'))?.fireAt.toISOString()).toBe('2026-12-17T01:00:00.000Z')
    expect(await at('before-7')).toEqual({ ...seven, fired: true })
    test.clock.set('2026-12-17T09:00:00')
    await loop().fire()
    // The rung of three days, late by now, leaves the word to the one of today.
    expect(await titles(recordId)).toEqual([
      '隐患整改还有6个工作日到期',
      '隐患整改 2026-12-20 到期，到期前没有别的工作日',
    ])
  })
})

async function declareHoliday(admin: Actor, day: string) {
  const { years } = await test.ask(admin, getCalendar, {})
  const year = years.find((row) => day.startsWith(`${row.year}-`))
  if (!year) throw new Error(`no calendar for ${day}`)
  const { id, version, holidays, workdays, complete } = year
  const input = { holidays: [...holidays, day], workdays, complete, reason: '县政府临时通知放假' }
  await test.run(admin, setCalendarYear, { recordId: id, version, input })
}

describe('a handler that fails', () => {
  it('leaves the rung armed and nothing half-done, and does not stand in the way of the others', async () => {
    const bad = (await assigned(test, office, unitId)).recordId
    const good = (await assigned(test, office, unitId)).recordId
    const own = handlers().map((handler) => ({
      ...handler,
      fire: async (...args: Parameters<ClockHandler['fire']>) => {
        await handler.fire(...args)
        if (args[0].recordId === bad) throw new Error('power cut')
      },
    }))
    test.clock.set('2027-01-15T08:00:00')
    const { fire, errors } = loop(own)
    expect(await fire()).toBe(5)
    expect(errors.map((error) => (error instanceof Error ? error.message : ''))).toEqual(['power cut'])
    expect((await rungs(bad)).some((row) => row.fired)).toBe(false)
    expect([await titles(bad), await passings(bad)]).toEqual([[], 0])
    expect((await rungs(good)).every((row) => row.fired)).toBe(true)
    expect(await loop().fire()).toBe(5)
    expect(await passings(bad)).toBe(1)
  })

  it('is tried again at once when it only met a deadlock', async () => {
    const { recordId } = await assigned(test, office, unitId)
    let collisions = 0
    const own = handlers().map((handler) => ({
      ...handler,
      fire: async (...args: Parameters<ClockHandler['fire']>) => {
        if (args[0].recordId === recordId && collisions < 2) {
          collisions += 1
          throw Object.assign(new Error('deadlock detected'), { code: '40P01' })
        }
        await handler.fire(...args)
      },
    }))
    test.clock.set('2027-01-15T08:00:00')
    const { fire, errors } = loop(own)
    expect(await fire()).toBe(5)
    expect([collisions, errors]).toEqual([2, []])
  })
})
