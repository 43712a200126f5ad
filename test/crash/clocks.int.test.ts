import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays, dayOf, startOfDay } from '#kernel/time.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { armClocks, strikeAll } from './clocks.ts'

let test: TestProduct

beforeAll(async () => {
  test = await openTestProduct()
  await armClocks(test.product, 300, test.clock.now())
})
afterAll(() => test?.close())

/** `npm run crash -- --clocks 100000` does the same with a hundred thousand, and says how long it takes. */
it('fires every clock that a jump over months has left behind, once, with several processes at it', async () => {
  const later = startOfDay(addDays(dayOf(test.clock.now()), 90))
  const { rungs, faults } = await strikeAll(test.product, 2, later)
  expect(faults).toEqual([])
  expect(rungs).toBe(300 * 5)
  expect((await strikeAll(test.product, 2, later)).rungs).toBe(0)
})
