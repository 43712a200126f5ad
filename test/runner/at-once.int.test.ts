import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as h from '#capabilities/hazard/model/index.ts'
import * as i from '#capabilities/identity/model/index.ts'
import { loadAccount } from '#capabilities/identity/server/store.ts'
import * as g from '#capabilities/ledgerimport/model/index.ts'
import { ledgerRig, row, workbook } from '#capabilities/ledgerimport/server/ledger.rig.ts'
import * as l from '#capabilities/listing/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { dayOf } from '#kernel/time.ts'
import { verifyTally } from '#platform/tally/verify.ts'
import { type Crew, contractOf, county, fillers, openCrew, sector, stored, town } from '#test/kit/hazard-acts.ts'
import { openPlay, type Play } from '#test/kit/hazard-play.ts'
import { hazardIn } from '#test/kit/hazard-states.ts'
import { opinion, orderInput } from '#test/kit/listings.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { type AtOnce, type Call, openAtOnce, rowOf, type Told } from './at-once.ts'

let product: TestProduct
let atOnce: AtOnce
let play: Play
let crew: Crew
let unitId: string

beforeAll(async () => {
  product = await openTestProduct('2026-06-01T09:00:00')
  atOnce = await openAtOnce(product)
  play = await openPlay(product)
  unitId = await product.unit('青阳县试验民爆器材有限公司', town, sector)
  const first = await play.register(await product.as('anwei'), { unitId, sector, channel: 'inspection', major: true })
  crew = await openCrew(product, unitId, (await stored(product, first)).leadBodyId)
})
afterAll(async () => {
  await atOnce?.close()
  await product?.close()
})

const make = (state: h.HazardState) => hazardIn(play, crew, unitId, state)
const reason = { reason: '同一处隐患重复登记' }
const codes = (told: readonly Told[]) => told.map(({ status, body }) => (status === 200 ? 'done' : body.code)).sort()

/** The one who came second is told, in words and in data, who was first. */
function toldWhoWasFirst(told: readonly Told[], people: readonly Actor[]): void {
  const winner = people[told.findIndex(({ status }) => status === 200)]
  const late = told.find(({ status }) => status !== 200)
  expect(late).toMatchObject({
    status: 409,
    body: { code: 'core.staleVersion', data: { changes: [{ by: winner?.name }] } },
  })
  expect(late?.body.detail).toContain(winner?.name)
}

async function onHazard(by: Actor, action: string, hazard: h.Hazard, input?: object): Promise<Call> {
  const scene = { test: product, actor: by, hazard, ...play.judgements, others: [] }
  const given = input ?? (await fillers[action]?.(scene)) ?? {}
  return { by, contract: contractOf(action), call: { recordId: hazard.id, version: hazard.version, input: given } }
}

const mergeInto = (by: Actor, hazard: h.Hazard, into: h.Hazard) =>
  onHazard(by, 'hazard.merge', hazard, { into: into.id, intoVersion: into.version, ...reason })

/** Numbers equal a recount, and no finding was lost or counted twice. */
async function numbersHold(): Promise<void> {
  const { database, modules } = product.product
  const recounts = modules.all.flatMap((module) => module.recounts ?? [])
  expect((await verifyTally(database.db, county, recounts, [])).differences).toEqual([])
}

const findingsOf = async (...hazards: readonly h.Hazard[]) => {
  const now = await Promise.all(hazards.map(({ id }) => stored(product, id)))
  return now.map(({ state, reports }) => [state, reports.length])
}

describe('two people at one hazard', () => {
  test('close it once, and the other is told who was first', async () => {
    const hazard = await make('awaitingClosure')
    const people = [crew.office2, crew.leader]
    const calls = await Promise.all(people.map((by) => onHazard(by, 'hazard.approveClosure', hazard)))
    const told = await atOnce.meet(rowOf('hazard', hazard.id), calls)
    expect(codes(told)).toEqual(['core.staleVersion', 'done'])
    toldWhoWasFirst(told, people)
    expect((await stored(product, hazard.id)).detail.closures).toHaveLength(1)
    await numbersHold()
  })

  test('return it and close it: only one of the two happens', async () => {
    const hazard = await make('awaitingClosure')
    const people = [crew.office2, crew.leader]
    const calls = [
      await onHazard(crew.office2, 'hazard.returnForRework', hazard),
      await onHazard(crew.leader, 'hazard.approveClosure', hazard),
    ]
    toldWhoWasFirst(await atOnce.meet(rowOf('hazard', hazard.id), calls), people)
    await numbersHold()
  })
})

describe('merging at once', () => {
  test('two hazards into each other: one goes into the other, and none is lost', async () => {
    const [a, b] = [await make('registered'), await make('registered')]
    const calls = [await mergeInto(crew.office, a, b), await mergeInto(crew.town, b, a)]
    const told = await atOnce.meet(rowOf('hazard', a.id), calls)
    expect(told.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await findingsOf(a, b)).sort()).toEqual([
      ['merged', 0],
      ['registered', 2],
    ])
    await numbersHold()
  })

  test('two hazards into a third: one is first, the other sees it and may come after', async () => {
    const [a, b, c] = [await make('registered'), await make('registered'), await make('registered')]
    const people = [crew.office, crew.town]
    const calls = [await mergeInto(crew.office, a, c), await mergeInto(crew.town, b, c)]
    const told = await atOnce.meet(rowOf('hazard', c.id), calls)
    toldWhoWasFirst(told, people)
    expect((await findingsOf(c))[0]).toEqual(['registered', 2])
    await numbersHold()
  })

  test('undone by two: the findings come back once', async () => {
    const a = await make('merged')
    const into = await stored(product, a.mergedInto ?? '')
    const people = [crew.office, crew.town]
    const calls = await Promise.all(people.map((by) => onHazard(by, 'hazard.unmerge', a)))
    toldWhoWasFirst(await atOnce.meet(rowOf('hazard', a.id), calls), people)
    expect(await findingsOf(a, into)).toEqual([
      ['registered', 1],
      ['registered', 1],
    ])
    await numbersHold()
  })

  test('undone while the other hazard is given out: each finding stands on one hazard', async () => {
    const a = await make('merged')
    const into = await stored(product, a.mergedInto ?? '')
    const calls = [await onHazard(crew.town, 'hazard.unmerge', a), await onHazard(crew.office, 'hazard.assign', into)]
    const told = await atOnce.meet(rowOf('hazard', into.id), calls)
    expect(codes(told).filter((code) => code !== 'done' && code !== 'core.staleVersion')).toEqual([])
    expect((await findingsOf(a, into)).map(([, findings]) => findings)).toEqual([1, 1])
    await numbersHold()
  })
})

describe('a listing that two people decide at once', () => {
  const today = () => dayOf(product.clock.now())
  async function listed(approved: boolean) {
    const hazard = await make('registered')
    const recordId = newId(product.clock.now().getTime())
    const input = { hazardId: hazard.id, reason: '危害较大，整改难度大' }
    let { version } = await product.run(crew.department, l.proposeListing, { recordId, input })
    if (approved)
      ({ version } = await product.run(crew.leader, l.approveListing, { recordId, version, input: opinion }))
    return { hazard, call: { recordId, version } }
  }

  test('is ordered or withdrawn, not both', async () => {
    const { hazard, call } = await listed(true)
    const colleague = await product.account('leader-2', [
      { role: 'countyLeader', area: county, bodyId: crew.leader.grants[0]?.bodyId ?? null },
    ])
    const people = [crew.leader, colleague]
    const told = await atOnce.meet(rowOf('listing', call.recordId), [
      { by: crew.leader, contract: l.orderListing, call: { ...call, input: orderInput(today()) } },
      { by: colleague, contract: l.withdrawListing, call: { ...call, input: { reason: '情况有变，先行核实' } } },
    ])
    toldWhoWasFirst(told, people)
    const ordered = told[0]?.status === 200
    expect((await stored(product, hazard.id)).listing).toBe(ordered ? 'county' : 'none')
    await numbersHold()
  })

  test('is approved or not, and proposed once', async () => {
    const { call } = await listed(false)
    const people = [crew.leader, crew.office]
    const told = await atOnce.meet(rowOf('listing', call.recordId), [
      { by: crew.leader, contract: l.approveListing, call: { ...call, input: opinion } },
      { by: crew.office, contract: l.rejectListing, call: { ...call, input: { reason: '可由部门督办解决' } } },
    ])
    toldWhoWasFirst(told, people)
    const hazard = await make('registered')
    const propose = (by: Actor): Call => ({
      by,
      contract: l.proposeListing,
      call: {
        recordId: newId(product.clock.now().getTime()),
        input: { hazardId: hazard.id, reason: '危害较大须督办' },
      },
    })
    const twice = await atOnce.meet(rowOf('hazard', hazard.id), [propose(crew.department), propose(crew.town)])
    expect(codes(twice)).toEqual(['done', 'listing.alreadyListed'])
  })
})

describe('imports at once', () => {
  const lines = ['配电房没有应急照明', '仓库消防通道堵塞', '粉尘收集系统没有泄爆装置']
  const registered = async () =>
    (await product.product.database.pool.query('select count(*) as n from hazard')).rows[0].n

  test('of one ledger by two people bring each of its rows in once, and account for every row', async () => {
    const rig = ledgerRig(product)
    const before = await registered()
    const people = [crew.office, crew.office2]
    const ids: string[] = []
    for (const by of people) {
      const id = await rig.start(await workbook(lines.map((line) => row(line))), by)
      const { version } = await rig.look(id, by)
      await product.run(by, g.runImport, { recordId: id, version, input: {} })
      ids.push(id)
    }
    await Promise.all(ids.map((id) => rig.work(id)))
    expect(await registered()).toBe(before + lines.length)
    const views = await Promise.all(ids.map((id, at) => rig.look(id, people[at] ?? crew.office)))
    expect(views.map(({ state }) => state)).toEqual(['done', 'done'])
    for (const { counts, kinds } of views) {
      expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(kinds.data)
    }
    await numbersHold()
  })

  test('of one and the same import, started twice, run once', async () => {
    const rig = ledgerRig(product)
    const recordId = await rig.start(await workbook([row('空压机安全阀没有校验')]), crew.office)
    const { version } = await rig.look(recordId, crew.office)
    const start = { by: crew.office, contract: g.runImport, call: { recordId, version, input: {} } }
    const told = await atOnce.meet(rowOf('ledger_import', recordId), [start, start])
    expect(codes(told)).toEqual(['core.staleVersion', 'done'])
  })
})

test('two administrators who disable each other leave the county one', async () => {
  const second = await product.account('admin-2', [{ role: 'administrator', area: county }])
  const first = await product.as('admin')
  const { db } = product.product.database
  const disable = async (by: Actor, of: Actor): Promise<Call> => {
    const account = await loadAccount(db, county, of.accountId, false)
    const call = { recordId: of.accountId, version: account?.version ?? 0, input: { reason: '岗位调整停用' } }
    return { by, contract: i.disableAccount, call }
  }
  const calls = [await disable(first, second), await disable(second, first)]
  const lock = `select pg_advisory_xact_lock(hashtext('identity.administrators'), hashtext('${county}'))`
  expect(codes(await atOnce.meet(lock, calls))).toEqual(['done', 'identity.lastAdministrator'])
  const states = await Promise.all([first, second].map(({ accountId }) => loadAccount(db, county, accountId, false)))
  expect(states.filter((account) => account?.state === 'active')).toHaveLength(1)
})
