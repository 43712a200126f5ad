import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hazardRecount } from '#capabilities/hazard/server/queries/recount.ts'
import { foldTally } from '#platform/tally/fold.ts'
import { readTally } from '#platform/tally/read.ts'
import { verifyTally } from '#platform/tally/verify.ts'
import { type Crew, county, openCrew, sector, stored, town } from '#test/kit/hazard-acts.ts'
import { openPlay, type Play } from '#test/kit/hazard-play.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'

let product: TestProduct
let play: Play
let crew: Crew
let unitId: string

beforeAll(async () => {
  product = await openTestProduct('2026-01-05T09:00:00')
  unitId = await product.unit('青阳县试验民爆器材有限公司', town, sector)
  play = await openPlay(product)
  const id = await play.register(await product.as('anwei'), { unitId, sector, channel: 'inspection', major: true })
  crew = await openCrew(product, unitId, (await stored(product, id)).leadBodyId)
})
afterAll(() => product?.close())

/** Reports of each channel, as the statistics tell them. */
async function reportsByChannel(): Promise<Record<string, number>> {
  const rows = await readTally(product.database.db, county, {
    metrics: ['report'],
    by: ['channel'],
    boxes: [{ area: county }],
  })
  return Object.fromEntries(rows.map((row) => [row.channel ?? '', row.n]))
}

/** Nothing but a new finding changes how many findings a channel has: not merging, not undoing it (issue 2 §4). */
async function keepsChannels(action: string, work: () => Promise<void>): Promise<void> {
  const before = await reportsByChannel()
  await work()
  if (action !== 'hazard.addReport') expect(await reportsByChannel(), action).toEqual(before)
}

const plays = fc.record({
  first: fc.array(fc.record({ by: fc.nat(2), major: fc.boolean() }), { minLength: 3, maxLength: 5 }),
  steps: fc.array(fc.record({ pick: fc.nat(9), order: fc.nat(60), days: fc.constantFrom(0, 0, 1, 3, 25) }), {
    minLength: 18,
    maxLength: 30,
  }),
  fold: fc.boolean(),
})

test('any sequence of real actions leaves statistics that a recount agrees with, today and on every day since', async () => {
  const { db } = product.database
  await fc.assert(
    fc.asyncProperty(plays, async ({ first, steps, fold }) => {
      const days = new Set([play.today()])
      const ids: string[] = []
      for (const { by, major } of first) {
        const channel = (['selfCheck', 'inspection', 'publicReport'] as const)[by] ?? 'inspection'
        ids.push(await play.register(by === 0 ? crew.principal : crew.office, { unitId, sector, channel, major }))
      }
      for (const step of steps) {
        await play.step(crew, ids, step, keepsChannels)
        await play.passDue(ids)
        days.add(play.today())
      }
      if (fold) await foldTally(db, county)
      const { differences } = await verifyTally(db, county, [hazardRecount], [...days])
      expect(differences).toEqual([])
      for (const id of ids) {
        const { state, reports, number } = await stored(product, id)
        // A merged hazard has handed its findings on; any other stands on at least the finding it was registered with.
        expect(reports.length > 0, `${number} ${state}`).toBe(state !== 'merged')
      }
    }),
    { numRuns: 7, seed: 20261125, endOnFailure: true },
  )
  // A play that never gets anywhere proves nothing: merging, undoing it, closing and reopening must have happened.
  for (const action of ['merge', 'unmerge', 'reopen', 'rejudge', 'closeGeneral', 'addReport', 'passDeadline']) {
    expect(play.done.get(`hazard.${action}`) ?? 0, action).toBeGreaterThan(0)
  }
})
