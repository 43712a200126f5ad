import { afterAll, beforeAll, expect, it } from 'vitest'
import { ledgerOverview, listItems } from '#capabilities/ledger/model/index.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { systemActor } from '../../server/modules.ts'
import { createRandom } from '../random.ts'
import { planUnits, registerUnits } from '../units.ts'
import { fillLedgers } from './ledgers.ts'

let test: TestProduct
beforeAll(async () => {
  test = await openTestProduct()
  const { product, clock } = test
  const units = planUnits(product.pack, createRandom(20_240_307))
  const system = systemActor(product.county)
  const now = clock.now()
  await product.runner.batch((run) => registerUnits(run, system, product.pack, units, [0, units.length], now))
  const fill = () => fillLedgers(product, system, units, now, async () => system)
  await fill()
  // Told again after a kill, what was told answers at once and nothing comes in twice.
  await fill()
}, 300_000)
afterAll(() => test?.close())

it('fills every ledger of the plan, with some done in time, some late, some not, and towns that have none', async () => {
  const office = await test.as('anwei')
  const { ledgers } = await test.ask(office, ledgerOverview, {})
  const bare = ledgers.filter(({ due }) => due === 0).map(({ id }) => id)
  expect(bare).toEqual(expect.arrayContaining(['aged-locomotives', 'cohort-hospital']))
  expect(bare.length).toBeLessThan(6)
  for (const { id, zeros, areas } of ledgers.filter((ledger) => bare.includes(ledger.id)))
    expect(zeros, id).toBe(areas.length)
  const sum = (of: 'met' | 'late' | 'open' | 'missed') => ledgers.reduce((total, one) => total + one[of], 0)
  for (const part of ['met', 'late', 'open', 'missed'] as const) expect(sum(part), part).toBeGreaterThan(20)
  const total = (question: { stock: boolean }) => test.ask(office, listItems, question).then((page) => page.total)
  expect(await total({ stock: true })).toBeGreaterThan(200)
  expect(await total({ stock: false })).toBeGreaterThan(20)
})
