import { expect, it } from 'vitest'
import { crash } from './rounds.ts'

/** Each death once, with fixed draws; `npm run crash` does thirty, or as many as asked, with draws of its own. */
it('loses nothing and leaves nothing half-done when it is killed while people write', {
  timeout: 240_000,
}, async () => {
  const draws = [0.4, 0.1, 0.6, 0.3, 0.5]
  let at = 0
  const result = await crash(5, { random: () => draws[at++ % draws.length] ?? 0, verifyEach: false })
  expect(result.faults).toEqual([])
  expect(result.acknowledged).toBeGreaterThan(20)
  expect(result.struck).toBeGreaterThan(0)
})
