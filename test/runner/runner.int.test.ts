import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as hazard from '#capabilities/hazard/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { mostMissed, Overtaken } from '#kernel/record.ts'
import { assigned, awaitingAcceptance, registered, town } from '#test/kit/hazards.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'
import { openWeb, type Web } from '#test/kit/web.ts'

let test: TestProduct
let web: Web
let office: Actor
let clerk: Actor
let unitId: string

beforeAll(async () => {
  test = await openTestProduct()
  web = await openWeb(test)
  office = await test.as('anwei')
  clerk = await test.as('anwei2')
  unitId = await test.unit('青山机械厂', town, 'industryTrade')
})
afterAll(async () => {
  await web?.close()
  await test?.close()
})

const database = () => test.database.db
const rows = async (recordId: string) =>
  database().selectFrom('action').selectAll().where('record_id', '=', recordId).orderBy('seq').execute()
const freshId = () => newId(test.clock.now().getTime())

describe('an action sent again', () => {
  it('returns the first result and writes nothing', async () => {
    const made = await registered(test, office, unitId)
    const call = { ...made, actionId: freshId(), input: { text: '现场拉设警戒线' } }
    const first = await test.run(office, hazard.setInterim, call)
    const again = await test.run(office, hazard.setInterim, call)
    expect(again).toEqual({ ...first, replayed: true })
    expect(await rows(made.recordId)).toHaveLength(2)
  })

  it('answers also when the action took the record out of its actor’s sight', async () => {
    await test.as('transport')
    const { cookie } = await web.signIn('transport')
    const { recordId, version } = await assigned(test, office, unitId, 'transport')
    const call = { recordId, version, actionId: freshId(), input: { reason: '不属于本部门职责' } }
    const first = await web.act(cookie, 'hazard.returnAssignment', call)
    expect(first.status).toBe(200)
    expect((await web.get('/api/hazard/get', cookie, { id: recordId })).status).toBe(404)
    const again = await web.act(cookie, 'hazard.returnAssignment', call)
    expect(again).toMatchObject({ status: 200, body: { ...first.body, replayed: true } })
  })

  it('answers also when its actor has meanwhile lost the permission', async () => {
    const actor = await test.account('leaving', [{ role: 'inspector', area: test.product.county }])
    const call = { recordId: freshId(), actionId: freshId() }
    const input = {
      channel: 'inspection' as const,
      unitId,
      sector: 'industryTrade',
      description: '安全出口被货物堵塞',
      foundOn: '2026-11-20',
    }
    await test.run(actor, hazard.reportHazard, { ...call, input })
    const bare = { ...actor, grants: [] }
    expect((await test.run(bare, hazard.reportHazard, { ...call, input })).replayed).toBe(true)
    expect(await refusalOf(test.run(bare, hazard.reportHazard, { input }))).toBe('core.notAllowed')
  })

  it('knows by its record what a form sends again after a reload, with an action id of its own', async () => {
    const recordId = freshId()
    const input = {
      channel: 'inspection' as const,
      unitId,
      sector: 'industryTrade',
      description: '疏散指示标志损坏',
      foundOn: '2026-11-20',
    }
    const first = await test.run(office, hazard.reportHazard, { recordId, input })
    const again = await test.run(office, hazard.reportHazard, { recordId, input })
    expect(again).toEqual({ ...first, replayed: true })
    const other = { recordId, input: { ...input, description: '另写的一处隐患' } }
    expect(await refusalOf(test.run(office, hazard.reportHazard, other))).toBe('core.alreadyCreated')
    expect(await refusalOf(test.run(clerk, hazard.reportHazard, { recordId, input }))).toBe('core.alreadyCreated')
    expect(await rows(recordId)).toHaveLength(1)
  })

  it('is refused when the input, the person, the record or the operation differs', async () => {
    const made = await registered(test, office, unitId)
    const other = await registered(test, office, unitId)
    const call = { ...made, actionId: freshId(), input: { text: '现场拉设警戒线' } }
    await test.run(office, hazard.setInterim, call)
    const again = (actor: Actor, more: object) => refusalOf(test.run(actor, hazard.setInterim, { ...call, ...more }))
    expect(await again(office, { input: { text: '安排专人值守看护' } })).toBe('core.replayMismatch')
    expect(await again(clerk, {})).toBe('core.replayMismatch')
    expect(await again(office, { recordId: other.recordId })).toBe('core.replayMismatch')
    const reason = { reason: '与另一条重复登记' }
    expect(await refusalOf(test.run(office, hazard.voidHazard, { ...call, input: reason }))).toBe('core.replayMismatch')
    expect(await rows(other.recordId)).toHaveLength(1)
  })

  it('carries out exactly one of two identical requests that arrive together', async () => {
    const made = await registered(test, office, unitId)
    const call = { ...made, actionId: freshId(), input: { text: '现场拉设警戒线' } }
    const both = await Promise.all([1, 2].map(() => test.run(office, hazard.setInterim, call)))
    expect(both.map((result) => result.replayed).sort()).toEqual([false, true])
    const create = { actionId: freshId(), recordId: freshId(), input: inputOf('两人同时登记同一条') }
    const twins = await Promise.all([1, 2].map(() => test.run(office, hazard.reportHazard, create)))
    expect(twins.map((result) => result.replayed).sort()).toEqual([false, true])
  })
})

const inputOf = (description: string) => ({
  channel: 'inspection' as const,
  unitId,
  sector: 'industryTrade',
  description,
  foundOn: '2026-11-20',
  judgement: { level: 'general' as const },
})

describe('people who meet at one record', () => {
  it('an old version is refused with who was first, when, and with what', async () => {
    const { cookie } = await web.signIn('anwei')
    const made = await registered(test, office, unitId)
    await test.run(clerk, hazard.setInterim, { ...made, input: { text: '现场拉设警戒线' } })
    const late = await web.act(cookie, 'hazard.setInterim', { ...made, input: { text: '安排专人值守看护' } })
    expect(late).toMatchObject({ status: 409, body: { code: 'core.staleVersion', retryable: true } })
    expect(late.body.detail).toContain(clerk.name)
    expect(late.body.data).toEqual({
      currentVersion: 2,
      changes: [
        { by: clerk.name, at: test.clock.now().toISOString(), summary: expect.stringContaining('现场拉设警戒线') },
      ],
      leftOut: 0,
    })
  })

  it('tells everything that was missed, the earliest first, and how much is left out of a long story', async () => {
    const made = await registered(test, office, unitId)
    const put = (version: number) =>
      test.run(clerk, hazard.setInterim, { ...made, version, input: { text: `第${version}次落实管控` } })
    const missedSince = async (version: number) => {
      const input = { text: '安排专人值守看护' }
      const refused = await test.run(office, hazard.setInterim, { ...made, version, input }).catch((error) => error)
      expect(refused.def.code).toBe('core.staleVersion')
      return Overtaken.parse(refused.data)
    }
    for (let version = 1; version <= mostMissed + 3; version += 1) await put(version)
    const long = await missedSince(1)
    expect(long).toMatchObject({ currentVersion: mostMissed + 4, leftOut: 3 })
    expect(long.changes).toHaveLength(mostMissed)
    expect(long.changes[0]?.summary).toContain('第4次')
    expect(long.changes.at(-1)?.summary).toContain(`第${mostMissed + 3}次`)
    const short = await missedSince(mostMissed + 2)
    expect(short.changes.map(({ summary }) => summary)).toEqual([
      expect.stringContaining(`第${mostMissed + 2}次`),
      expect.stringContaining(`第${mostMissed + 3}次`),
    ])
    // Of a version that never was, nobody can have missed anything.
    expect(await missedSince(999)).toEqual({ currentVersion: mostMissed + 4, changes: [], leftOut: 0 })
  })

  it('lets exactly one of two closings win', async () => {
    const department = await test.as('emergency-management')
    const ready = await awaitingAcceptance(test, office, department, unitId)
    const call = { recordId: ready.recordId, version: ready.version, input: { opinion: '整改到位同意销号' } }
    const outcomes = await Promise.all(
      [office, clerk].map((actor) => refusalOf(test.run(actor, hazard.closeGeneral, call))),
    )
    expect(outcomes.sort()).toEqual(['accepted', 'core.staleVersion'])
    const closings = (await rows(ready.recordId)).filter((row) => row.name === 'hazard.closeGeneral')
    expect(closings).toHaveLength(1)
  })

  it('tries a deadlocked transaction again', async () => {
    const a = await registered(test, office, unitId)
    const b = await registered(test, office, unitId)
    let attempts = 0
    const lockBoth = (order: readonly string[]) =>
      test.product.runner.batch(async (_run, tx) => {
        attempts += 1
        for (const id of order) {
          await sql`select 1 from hazard where county = ${test.product.county} and id = ${id} for update`.execute(tx)
          await new Promise((done) => setTimeout(done, 100))
        }
        return 'done'
      })
    const ids = [a.recordId, b.recordId]
    expect(await Promise.all([lockBoth(ids), lockBoth([...ids].reverse())])).toEqual(['done', 'done'])
    expect(attempts).toBeGreaterThan(2)
  })
})

describe('what is refused or fails', () => {
  it('stands in the book of refusals: wrong state, out of sight, without permission', async () => {
    await test.as('town-miaoqian')
    await test.as('auditor')
    const { cookie } = await web.signIn('town-miaoqian')
    const auditor = await web.signIn('auditor')
    const own = await web.signIn('anwei')
    const made = await registered(test, office, unitId)
    const attempt = { ...made, input: { text: '安排专人值守看护' } }
    expect((await web.act(cookie, 'hazard.setInterim', attempt)).body.code).toBe('core.notFound')
    expect((await web.act(auditor.cookie, 'hazard.setInterim', attempt)).body.code).toBe('core.notAllowed')
    const early = await web.act(own.cookie, 'hazard.closeGeneral', { ...made, input: { opinion: '同意予以销号' } })
    expect(early.body.code).toBe('core.wrongState')
    const booked = await database()
      .selectFrom('refusal')
      .select(['code', 'operation'])
      .where('record_id', '=', made.recordId)
      .orderBy('code')
      .execute()
    expect(booked.map((row) => row.code)).toEqual(['core.notAllowed', 'core.notFound', 'core.wrongState'])
    expect(await rows(made.recordId)).toHaveLength(1)
  })

  it('leaves nothing half-written when something throws in the middle', async () => {
    const made = await registered(test, office, unitId)
    const tables = ['action', 'tally_delta', 'deadline', 'notice', 'delivery'] as const
    const count = async () =>
      Promise.all(
        tables.map(
          async (table) => (await sql`select count(*) as n from ${sql.table(table)}`.execute(database())).rows[0],
        ),
      )
    const before = await count()
    const input = { bodyId: 'emergency-management', dueOn: '2026-12-20', demand: '限期整改到位' }
    const batch = test.product.runner.batch(async (run) => {
      await run(office, 'hazard.assign', { ...made, actionId: freshId(), input }, { now: test.clock.now() })
      throw new Error('power cut')
    })
    await expect(batch).rejects.toThrow('power cut')
    expect(await count()).toEqual(before)
    expect((await test.ask(office, hazard.getHazard, { id: made.recordId })).state).toBe('registered')
  })
})
