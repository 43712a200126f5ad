import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { followSettings, rearmAll, rearmJob } from '#apps/server/rearming.ts'
import * as hazard from '#capabilities/hazard/model/index.ts'
import { getSession } from '#capabilities/identity/model/index.ts'
import {
  getCalendar,
  listSettingChanges,
  openCalendarYear,
  previewCalendarYear,
  setCalendarYear,
} from '#capabilities/system/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { addDays, type Day } from '#kernel/time.ts'
import { createFiring } from '#platform/clock/firing.ts'
import { type HazardStage, hazardStage } from '#test/kit/hazard-stage.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'
import { openWeb } from '#test/kit/web.ts'

let test: TestProduct
let stage: HazardStage
let admin: Actor

beforeAll(async () => {
  test = await openTestProduct('2026-12-21T08:00:00')
  stage = await hazardStage(test)
  admin = await test.as('admin')
})
afterAll(() => test?.close())

const calendar = () => test.ask(admin, getCalendar, {})
const yearOf = async (year: number) => {
  const found = (await calendar()).years.find((row) => row.year === year)
  if (!found) throw new Error(`no calendar of ${year}`)
  return found
}

async function change(year: number, days: { holidays?: Day[]; workdays?: Day[]; complete?: boolean }) {
  const { id: recordId, version, holidays, workdays, complete } = await yearOf(year)
  const input = { holidays, workdays, complete, ...days, reason: '国务院办公厅通知' }
  await test.run(admin, setCalendarYear, { recordId, version, input })
  await rearmAll(test.product)
}

async function fireUntil(day: Day, from: Day) {
  const { county, runner, modules } = test.product
  const handlers = modules.all.flatMap((module) => module.clocks ?? [])
  const errors: unknown[] = []
  const firing = createFiring({ county, runner, handlers, onError: (error) => errors.push(error) })
  for (let on = from; on <= day; on = addDays(on, 1)) {
    test.clock.set(`${on}T12:00:00`)
    await firing.fireDue(test.clock.now())
  }
  expect(errors).toEqual([])
}

/** Every clock of a hazard with the day it was armed for, and what the department was told by it. */
const rungs = async (recordId: string) =>
  Object.fromEntries(
    (await test.database.db.selectFrom('deadline').selectAll().where('record_id', '=', recordId).execute()).map(
      (row) => [
        row.rung,
        `${new Date(row.fire_at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)}${row.fired_at ? ' fired' : ''}`,
      ],
    ),
  )
const told = async (recordId: string) =>
  (
    await test.database.db
      .selectFrom('notice')
      .select(['title', 'created_at'])
      .where('record_id', '=', recordId)
      .where('recipient_kind', '=', 'body')
      .where('recipient_id', '=', 'emergency-management')
      .where('dedupe_key', 'like', 'clock:%')
      .orderBy('created_at')
      .execute()
  ).map((row) => `${row.created_at.toISOString().slice(5, 10)} ${row.title}`)

describe('the coming year', () => {
  it('is known as not published, and everybody’s pages are told', async () => {
    expect((await yearOf(2027)).complete).toBe(false)
    const web = await openWeb(test)
    const { cookie } = await web.signIn('admin')
    const { body } = await web.get('/api/identity/session', cookie)
    expect(getSession.output.parse(body).publishedYears).toEqual([2023, 2024, 2025, 2026])
    await web.close()
  })

  it('moves what it must when it is published; each reminder is given once, on its new day', async () => {
    const assigned = await stage.found(stage.inspector, { judgement: stage.major })
    const demand = { bodyId: 'emergency-management', dueOn: '2027-01-12', demand: '限期整改' }
    await assigned.act(stage.department, hazard.assignHazard, demand)
    test.clock.set('2026-12-24T08:00:00')
    const waiting = await stage.found(stage.inspector, { judgement: stage.major })
    expect(await rungs(assigned.id)).toMatchObject({ 'before-7': '2027-01-01', 'before-3': '2027-01-07' })
    expect(await rungs(waiting.id)).toEqual({ assign: '2027-01-07' })

    const days = { holidays: ['2027-01-01'], workdays: ['2027-01-10'], complete: true }
    const preview = await test.ask(admin, previewCalendarYear, { year: 2027, ...days })
    expect(preview).toMatchObject({
      workingDays: { was: 261, will: 261 },
      free: ['2027-01-01'],
      worked: ['2027-01-10'],
      moves: { records: 2, rungs: 3, atOnce: 0, more: 0 },
    })
    expect(preview.doubts[0]).toContain('13天')
    const shown = preview.moves.rows.map(({ what, from, to, dueFrom, dueTo }) => [
      what,
      from?.slice(0, 10),
      to?.slice(0, 10),
      dueFrom,
      dueTo,
    ])
    expect(shown).toEqual([
      ['到期前7个工作日提醒', '2027-01-01', '2027-01-04', null, null],
      ['到期前3个工作日提醒', '2027-01-07', '2027-01-08', null, null],
      ['登记的隐患已到交办期限', '2027-01-07', '2027-01-08', '2027-01-07', '2027-01-08'],
    ])
    // Looking changes nothing.
    expect(await rungs(assigned.id)).toMatchObject({ 'before-7': '2027-01-01' })

    await change(2027, days)
    expect((await calendar()).projected).toMatchObject({ records: 2, rungs: 3, current: true })
    expect(await rungs(assigned.id)).toMatchObject({ 'before-7': '2027-01-04', 'before-3': '2027-01-08' })
    expect(await rungs(waiting.id)).toEqual({ assign: '2027-01-08' })

    await fireUntil('2027-01-05', '2026-12-25')
    // A correction moves what has already been said back in time: it is not said again.
    await change(2027, { workdays: [] })
    await fireUntil('2027-01-08', '2027-01-06')
    await change(2027, { holidays: ['2027-01-11'] })
    await fireUntil('2027-01-11', '2027-01-09')
    await change(2027, days)
    await fireUntil('2027-01-20', '2027-01-12')
    expect(await told(assigned.id)).toEqual([
      '01-04 隐患整改还有7个工作日到期',
      '01-07 隐患整改还有3个工作日到期',
      '01-09 隐患整改还有1个工作日到期',
      '01-12 隐患整改今天到期',
    ])
    const passed = await test.database.db
      .selectFrom('action')
      .select('seq')
      .where('record_id', '=', assigned.id)
      .where('name', '=', 'hazard.passDeadline')
      .execute()
    expect(passed).toHaveLength(1)
    expect(await told(waiting.id)).toHaveLength(1)
  })

  it('is armed anew by whoever starts next, when its clerk’s server died before it could', async () => {
    const { environment, county, database } = test.product
    const sent: string[] = []
    const jobs = { send: async (name: string) => void sent.push(name), stop: async () => {} }
    await followSettings(test.product, jobs)
    expect(sent).toEqual([])
    const { id: recordId, version, holidays, workdays, complete } = await yearOf(2028)
    const input = { holidays, workdays, complete, reason: '登记后服务器断电' }
    await test.run(admin, setCalendarYear, { recordId, version, input: { ...input, holidays: ['2028-01-03'] } })
    await followSettings(test.product, jobs)
    expect(sent).toEqual([rearmJob])
    expect((await calendar()).projected?.current).toBe(false)
    await rearmAll({ ...test.product, environment, county, database })
    await followSettings(test.product, jobs)
    expect(sent).toEqual([rearmJob])
  })
})

describe('opening a year', () => {
  const input = { year: 2031, holidays: ['2031-01-01'], workdays: [], complete: false, reason: '先登记元旦放假' }

  it('adds it, with who did it and why, once', async () => {
    const both = await Promise.allSettled(
      [newId(1), newId(2)].map((recordId) => test.run(admin, openCalendarYear, { recordId, input })),
    )
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = both.find((one) => one.status === 'rejected')
    expect(String(refused?.status === 'rejected' && refused.reason)).toContain('已经开立')
    const year = await yearOf(2031)
    expect(year).toMatchObject({ holidays: ['2031-01-01'], complete: false, version: 1, source: '先登记元旦放假' })
    const { rows } = await test.ask(admin, listSettingChanges, { year: year.id })
    expect(rows.map((row) => row.summary)).toEqual([
      '开立2031年工作日历：放假1天，调休上班0天，未录全（先登记元旦放假）',
    ])
  })

  it.each([
    [{ holidays: ['2032-13-01'] }, 'core.invalidInput'],
    [{ holidays: ['2031-01-01'] }, 'system.dayOutsideYear'],
    [{ holidays: ['2032-01-01', '2032-01-01'] }, 'system.dayTwice'],
    [{ workdays: ['2032-01-01'] }, 'system.workdayOnWeekday'],
    [{ complete: true }, 'system.yearEmpty'],
    [{ year: 1999 }, 'core.invalidInput'],
    [{ reason: '无' }, 'core.invalidInput'],
  ])('refuses %j with %s', async (wrong, code) => {
    const whole = { ...input, year: 2032, holidays: [], ...wrong }
    expect(await refusalOf(test.run(admin, openCalendarYear, { input: whole }))).toBe(code)
  })

  it('is for administrators', async () => {
    const office = await test.as('anwei')
    expect(await refusalOf(test.run(office, openCalendarYear, { input: { ...input, year: 2033 } }))).toBe(
      'core.notAllowed',
    )
    const auditor = await test.as('auditor')
    expect((await test.ask(auditor, listSettingChanges, { year: (await yearOf(2031)).id })).rows).toHaveLength(1)
  })
})
