import { describe, expect, it } from 'vitest'
import { hostilePieces, properties, readsInTime } from './anything.ts'

// Before every commit a short look; anything.int.test.ts looks long.
it.each(Object.entries(properties))('%s', (_name, holds) => holds(100))

describe('reads twenty pages of anything at once', () => {
  it('knows what is hostile', () => expect(hostilePieces.length).toBeGreaterThanOrEqual(40))
  // What is quadratic in them takes much longer; the slowest of these takes a tenth of a second alone on the machine.
  it.each(hostilePieces)('%j', (piece) => readsInTime(piece, 30_000, 3000))
})
