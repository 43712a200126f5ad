import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Sha256 } from './sha256.ts'

const hashOf = (...pieces: Uint8Array[]) => pieces.reduce((hash, piece) => hash.update(piece), new Sha256()).hex()
const real = (...pieces: Uint8Array[]) => createHash('sha256').update(Buffer.concat(pieces)).digest('hex')

describe('Sha256', () => {
  it('gives what the standard gives', () => {
    expect(hashOf()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(hashOf(Buffer.from('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(hashOf(Buffer.from('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'))).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    )
  })

  it('gives the same as the server, in whatever pieces the bytes come', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 })
    fc.assert(fc.property(pieces, (parts) => hashOf(...parts) === real(...parts)))
  })

  it('is right at every length around a block, and for many blocks', () => {
    for (const length of [55, 56, 57, 63, 64, 65, 119, 120, 128, 1_000_001]) {
      const bytes = new Uint8Array(length).map((_, at) => (at * 7 + 3) & 0xff)
      expect(hashOf(bytes), String(length)).toBe(real(bytes))
    }
  })
})
