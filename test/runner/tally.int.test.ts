import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as hazard from '#capabilities/hazard/model/index.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { foldTally } from '#platform/tally/fold.ts'
import { readTally } from '#platform/tally/read.ts'
import { verifyTally } from '#platform/tally/verify.ts'
import { dueOn, registered, town } from '#test/kit/hazards.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
let office: Actor
let units: string[]

beforeAll(async () => {
  test = await openTestProduct()
  office = await test.as('anwei')
  units = [
    await test.unit('青山机械厂', town, 'industryTrade'),
    await test.unit('九华铸造厂', '341723102', 'industryTrade'),
  ]
})
afterAll(() => test?.close())

interface Standing {
  readonly recordId: string
  version: number
}

const reason = { reason: '经核实需要办理' }
/** What anybody may try next with a hazard, in whatever state it is; most tries are refused, and must then count nothing. */
const steps: readonly [ActionContract, unknown][] = [
  [hazard.assignHazard, { bodyId: 'emergency-management', dueOn, demand: '限期整改到位' }],
  [hazard.returnAssignment, reason],
  [hazard.startRectifying, {}],
  [hazard.rejudgeHazard, { judgement: { level: 'general' }, why: '重新核对后判定' }],
  [hazard.voidHazard, reason],
  [hazard.transferOut, { ...reason, receiver: '市应急管理局' }],
  [hazard.addReport, { channel: 'publicReport', description: '群众再次反映同一问题', foundOn: '2026-11-22' }],
  [hazard.setInterim, { text: '安排专人值守看护' }],
]

const command = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('new' as const), unit: fc.nat(1) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('step' as const), at: fc.nat(50), step: fc.nat(steps.length - 1) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('merge' as const), at: fc.nat(50), into: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('break' as const), at: fc.nat(50) }) },
)
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never

const standing: Standing[] = []
const pick = (at: number) => standing[at % standing.length]

async function carryOut(given: Command): Promise<void> {
  if (given.kind === 'new' || standing.length === 0) {
    standing.push(await registered(test, office, units[given.kind === 'new' ? given.unit : 0] ?? ''))
    return
  }
  const one = pick(given.at)
  if (!one) return
  if (given.kind === 'break') return breakOff(one)
  const [contract, input] = given.kind === 'step' ? (steps[given.step] ?? []) : mergeInto(pick(given.into))
  if (!contract) return
  const extra = contract === hazard.addReport ? { reportId: newId(test.clock.now().getTime()) } : {}
  const call = { recordId: one.recordId, version: one.version, input: { ...(input as object), ...extra } }
  await refusalOf(test.run(office, contract, call))
  for (const touched of [one, given.kind === 'merge' ? pick(given.into) : undefined])
    if (touched) await refresh(touched)
}

const mergeInto = (into: Standing | undefined): [ActionContract, unknown] => [
  hazard.mergeHazard,
  { into: into?.recordId, intoVersion: into?.version, reason: '与另一条为同一隐患' },
]

/** An action whose transaction is lost at the very end. */
async function breakOff({ recordId, version }: Standing): Promise<void> {
  const lost = test.product.runner.batch(async (run) => {
    const envelope = { actionId: newId(test.clock.now().getTime()), recordId, version, input: reason }
    await run(office, 'hazard.void', envelope, { now: test.clock.now() })
    throw new Error('power cut')
  })
  await expect(lost).rejects.toThrow()
}

async function refresh(one: Standing): Promise<void> {
  one.version = (await test.ask(office, hazard.getHazard, { id: one.recordId })).version
}

const county = '341723'
const recounts = () => test.product.modules.all.flatMap((module) => module.recounts ?? [])
const verify = () =>
  test.database.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((tx) => verifyTally(tx, county, recounts(), ['2026-11-23', '2026-11-24']))

describe('the statistics', () => {
  it('equal a recount at every moment, while they are being folded, whatever was tried, refused or lost', async () => {
    let folding = true
    const folder = (async () => {
      while (folding) {
        await foldTally(test.database.db, county, 7)
        await new Promise((done) => setTimeout(done, 5))
      }
    })()
    const differences: unknown[] = []
    let looks = 0
    let looking = true
    const looker = (async () => {
      while (looking) {
        differences.push(...(await verify()).differences)
        looks += 1
      }
    })()
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 9 }), async (commands) => {
        for (const given of commands) await carryOut(given)
        expect((await verify()).differences).toEqual([])
      }),
      { numRuns: 6 },
    )
    looking = false
    folding = false
    await Promise.all([folder, looker])
    expect(differences).toEqual([])
    expect(looks).toBeGreaterThan(5)
    expect((await verify()).cells).toBeGreaterThan(0)
  })

  it('stay the same when everything is folded, and add up to the hazards that were made', async () => {
    const all = () =>
      readTally(test.database.db, county, { metrics: ['hazard'], by: ['state', 'area'], boxes: [{ area: county }] })
    const before = await all()
    while ((await foldTally(test.database.db, county)) > 0);
    const { rows } = await test.database.pool.query('select count(*) as n from tally_delta')
    expect(rows[0].n).toBe(0)
    expect(await all()).toEqual(before)
    expect(before.reduce((sum, row) => sum + row.n, 0)).toBe(standing.length)
  })

  it('notice a single cell that is off by one', async () => {
    await test.database.pool.query(
      "update tally set n = n + 1 where ctid = (select ctid from tally where metric = 'hazard' limit 1)",
    )
    expect((await verify()).differences.filter((row) => !row.sum)).toMatchObject([{ asOf: null }])
  })
})
