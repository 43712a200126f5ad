import { describe, it } from 'vitest'
import { hostilePieces, properties, readsInTime } from './anything.ts'

// The long look at what anything.test.ts looks at shortly: neither needs the database this project brings.
it.each(Object.entries(properties))('%s', (_name, holds) => holds(5000))

describe('reads a hundred pages of anything at once', () => {
  // The slowest of these takes a second alone on the machine.
  it.each(hostilePieces)('%j', (piece) => readsInTime(piece, 150_000, 10_000))
})
