import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castOf } from '#apps/demo/cast.ts'
import * as hazard from '#capabilities/hazard/model/index.ts'
import type { ActionContract } from '#kernel/contract.ts'
import { Problem } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { addDays, dayOf } from '#kernel/time.ts'
import { verifyTally } from '#platform/tally/verify.ts'
import { registered, town } from '#test/kit/hazards.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'

interface Place {
  readonly recordId: string
  version: number
}

let test: TestProduct
const people: Actor[] = []
const hazards: Place[] = []

beforeAll(async () => {
  test = await openTestProduct()
  const grants = castOf(test.product.pack).find(({ login }) => login === 'anwei')?.grants ?? []
  for (let n = 0; n < 200; n += 1) people.push(await test.account(`crowd-${n}`, grants))
  const unitId = await test.unit('青山机械厂', town, 'industryTrade')
  for (let n = 0; n < 20; n += 1) {
    hazards.push(await registered(test, people[0] as Actor, unitId, `第${n}处配电箱缺少防护门`))
  }
})
afterAll(() => test?.close())

/** What became of one try: undefined when it was carried out. Anything that is not an answer to a person is thrown. */
async function attempt(actor: Actor, contract: ActionContract, place: Place, input: unknown) {
  try {
    const { recordId, version } = place
    return { actor, version: (await test.run(actor, contract, { recordId, version, input })).version }
  } catch (error) {
    if (error instanceof Problem) return { actor, problem: error }
    throw error
  }
}

/** Everybody, in an order of their own at each of the hazards. */
const crowd = (round: number) =>
  hazards.flatMap((place, at) =>
    people.filter((_, n) => (n * 7 + at + round) % 4 === 0).map((actor) => ({ actor, place })),
  )

const today = () => dayOf(test.clock.now())
const steps: readonly (readonly [ActionContract, () => unknown])[] = [
  [
    hazard.assignHazard,
    () => ({ bodyId: 'emergency-management', dueOn: addDays(today(), 20), demand: '限期整改到位' }),
  ],
  [hazard.startRectifying, () => ({ note: '' })],
]

const actionsOf = async (recordId: string) =>
  test.database.db
    .selectFrom('action')
    .select(['seq', 'name', 'actor_name', 'input'])
    .where('record_id', '=', recordId)
    .orderBy('seq')
    .execute()

describe('two hundred people at the same twenty hazards', { timeout: 180_000 }, () => {
  it.each(steps)('one of fifty wins each step, and the others are told who it was', async (contract, input) => {
    const step = steps.findIndex(([other]) => other === contract)
    const outcomes: (Awaited<ReturnType<typeof attempt>> & { readonly place: Place })[] = []
    // Two hundred at a time: a thousand would wait for a connection longer than the product lets anybody wait.
    const queue = crowd(step)
    for (let from = 0; from < queue.length; from += people.length) {
      const tries = queue.slice(from, from + people.length).map(async ({ actor, place }) => ({
        place,
        ...(await attempt(actor, contract, place, input())),
      }))
      outcomes.push(...(await Promise.all(tries)))
    }
    for (const place of hazards) {
      const here = outcomes.filter((outcome) => outcome.place === place)
      const winners = here.filter((outcome) => outcome.version !== undefined)
      expect([here.length, winners.length]).toEqual([50, 1])
      const winner = winners[0]?.actor.name
      for (const { problem } of here.filter((outcome) => outcome.problem)) {
        expect(problem?.def.code).toBe('core.staleVersion')
        expect(problem?.detail).toContain(`“${winner}”已先于您`)
        expect(problem?.data).toMatchObject({ currentVersion: place.version + 1, changes: [{ by: winner }] })
      }
    }
    for (const place of hazards) place.version += 1
    for (const { recordId, version } of hazards) expect(await actionsOf(recordId)).toHaveLength(version)
  })

  it('keeps what each of them adds, when those who came too late look again and repeat it', async () => {
    const add = async (actor: Actor, place: Place) => {
      const at = { ...place }
      for (let tries = 0; tries < 60; tries += 1) {
        const input = { text: `${actor.name}核对了现场`, percent: 40 }
        const { problem } = await attempt(actor, hazard.reportProgress, at, input)
        if (!problem) return
        expect(problem.def.code).toBe('core.staleVersion')
        at.version = Number(problem.data?.currentVersion)
      }
      throw new Error(`${actor.name} never came through`)
    }
    const mine = people.map((actor, n) => ({ actor, place: hazards[n % hazards.length] as Place }))
    await Promise.all(mine.map(({ actor, place }) => add(actor, place)))
    for (const place of hazards) {
      const said = (await actionsOf(place.recordId)).filter(({ name }) => name === hazard.reportProgress.id)
      const expected = mine.filter((one) => one.place === place).map(({ actor }) => `${actor.name}核对了现场`)
      expect(said.map(({ input }) => (input as { text: string }).text).sort()).toEqual(expected.sort())
      expect(said.map(({ seq }) => seq)).toEqual(expected.map((_, at) => place.version + 1 + at))
      const view = await test.ask(people[0] as Actor, hazard.getHazard, { id: place.recordId })
      expect(view.version).toBe(place.version + expected.length)
      place.version = view.version
    }
  })

  it('merges each pair once and in one direction, when half of them merge it the other way round', async () => {
    const pairs = Array.from({ length: 10 }, (_, at) => [hazards[2 * at], hazards[2 * at + 1]] as [Place, Place])
    const tries = people.map(async (actor, n) => {
      const [one, other] = pairs[n % pairs.length] as [Place, Place]
      const [from, into] = n < people.length / 2 ? [one, other] : [other, one]
      const input = { into: into.recordId, intoVersion: into.version, reason: '同一处隐患重复登记' }
      return { from, into, ...(await attempt(actor, hazard.mergeHazard, from, input)) }
    })
    const outcomes = await Promise.all(tries)
    for (const [one, other] of pairs) {
      const here = outcomes.filter(({ from }) => from === one || from === other)
      const done = here.filter((outcome) => outcome.version !== undefined)
      expect([here.length, done.length]).toEqual([20, 1])
      const codes = new Set(here.flatMap(({ problem }) => problem?.def.code ?? []))
      for (const code of codes) expect(['core.staleVersion', 'core.wrongState', 'hazard.mergeState']).toContain(code)
      const into = done[0]?.into.recordId ?? ''
      const view = await test.ask(people[0] as Actor, hazard.getHazard, { id: into })
      expect(view.reportList).toHaveLength(2)
    }
  })

  it('leaves numbers that a recount agrees with', async () => {
    const { county, modules, database } = test.product
    const recounts = modules.all.flatMap((module) => module.recounts ?? [])
    expect((await verifyTally(database.db, county, recounts, [])).differences).toEqual([])
  })
})
