import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { photo } from '#test/kit/upload/pictures.ts'
import { distanceOf, type Grey, greySide, keysOf, likeness, looksOf, sameFrom, soughtOf } from './looks.ts'
import { greyOf } from './pictures.ts'

const size = { width: 640, height: 480 }
let first: Buffer
let second: Buffer

beforeAll(async () => {
  first = await photo(101, size)
  second = await photo(102, size)
})

/** Leaves shares of the sides away. */
const cropped = (left: number, top: number, right: number, bottom: number) => (picture: Buffer) =>
  sharp(picture)
    .extract({
      left: Math.round(left * size.width),
      top: Math.round(top * size.height),
      width: Math.round((1 - left - right) * size.width),
      height: Math.round((1 - top - bottom) * size.height),
    })
    .jpeg({ quality: 80 })
    .toBuffer()

const mark = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect y="420" width="260" height="60" fill="#fff"/><rect x="10" y="440" width="200" height="20" fill="#123"/></svg>`,
)

const copies: Readonly<Record<string, (picture: Buffer) => Promise<Buffer>>> = {
  'sent again': async (picture) => picture,
  recompressed: (picture) => sharp(picture).jpeg({ quality: 30 }).toBuffer(),
  'resized by a chat program': (picture) => sharp(picture).resize(300).webp({ quality: 50 }).toBuffer(),
  'made a little brighter': (picture) => sharp(picture).linear(1.1, 5).jpeg().toBuffer(),
  'turned left': (picture) => sharp(picture).rotate(270).jpeg().toBuffer(),
  'turned round': (picture) => sharp(picture).rotate(180).jpeg().toBuffer(),
  mirrored: (picture) => sharp(picture).flop().jpeg().toBuffer(),
  'turned and mirrored': (picture) => sharp(picture).flip().rotate(90).jpeg().toBuffer(),
  'cropped all around': cropped(0.04, 0.04, 0.04, 0.04),
  'cropped on one side': cropped(0.08, 0, 0, 0),
  'cropped at a corner': cropped(0, 0.06, 0.06, 0),
  'marked with time and place': (picture) =>
    sharp(picture)
      .composite([{ input: mark }])
      .jpeg()
      .toBuffer(),
}

/** What the product does: candidates by a shared key and near looks, then a close look; both ways round. */
function isFound(kept: Grey, sought: Grey): boolean {
  const keys = new Set(keysOf(looksOf(kept)))
  const near = soughtOf(sought).some((mine) => looksOf(kept).some((theirs) => distanceOf(mine, theirs) <= 10))
  return keysOf(soughtOf(sought)).some((key) => keys.has(key)) && near && likeness(sought, kept) >= sameFrom
}

describe('a photo', () => {
  it.each(Object.entries(copies))('is known again %s, whichever of the two came first', async (_, edit) => {
    const [own, copy] = [await greyOf(first), await greyOf(await edit(first))]
    expect(isFound(own, copy)).toBe(true)
    expect(isFound(copy, own)).toBe(true)
  })

  it('is not taken for another one', async () => {
    const [a, b] = [await greyOf(first), await greyOf(second)]
    expect(likeness(a, b)).toBeLessThan(0.5)
    expect(isFound(a, b)).toBe(false)
  })

  it('of the same place after the work is another photo: taken by hand, with things gone', async () => {
    const tidy = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect x="180" y="150" width="240" height="190" fill="#7d8a94"/></svg>`
    const standing = await sharp(first)
      .composite([{ input: Buffer.from(tidy) }])
      .toBuffer()
    const byHand = await sharp(standing)
      .affine([
        [1, 0.06],
        [0.04, 1],
      ])
      .extract({ left: 60, top: 40, width: 540, height: 410 })
      .linear(1.1, -8)
      .jpeg()
      .toBuffer()
    for (const after of [standing, byHand]) {
      expect(likeness(await greyOf(after), await greyOf(first))).toBeLessThan(sameFrom)
    }
  })
})

describe('a flat picture', () => {
  it('is like every other one, so that nothing is said of it', async () => {
    const black = await sharp({ create: { ...size, channels: 3, background: '#000' } })
      .jpeg()
      .toBuffer()
    const page = await sharp({ create: { ...size, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
    for (const flat of [black, page]) {
      expect(looksOf(await greyOf(flat))).toEqual([])
      expect(soughtOf(await greyOf(flat))).toEqual([])
      expect(keysOf(looksOf(await greyOf(flat)))).toEqual([])
    }
  })
})

describe('the keys', () => {
  it('are shared by looks that differ in three bits, wherever these are', () => {
    const look = 0x0123_4567_89ab_cdefn
    for (const flipped of [
      [0, 1, 2],
      [0, 20, 40],
      [15, 16, 63],
      [48, 32, 0],
    ]) {
      const other = flipped.reduce((bits, at) => bits ^ (1n << BigInt(at)), look)
      expect(distanceOf(look, other)).toBe(3)
      expect(keysOf([look]).filter((key) => keysOf([other]).includes(key)).length).toBeGreaterThan(0)
    }
  })

  it('are numbers of a column: four bands of sixteen bits', () => {
    expect(keysOf([0n])).toEqual([0, 65_536, 131_072, 196_608])
    expect(keysOf([2n ** 64n - 1n])).toEqual([65_535, 131_071, 196_607, 262_143])
  })
})

describe('the square', () => {
  it('has the same side for every picture', async () => {
    const { side, values } = await greyOf(await photo(1, { width: 90, height: 300 }))
    expect([side, values.length]).toEqual([greySide, greySide * greySide])
  })
})
