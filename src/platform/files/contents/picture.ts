import type { FileHandle } from 'node:fs/promises'
import type { Fault } from './fault.ts'
import { hiddenIn, isZipToo } from './hidden.ts'

/** Where the pixels of a picture lie; everything else is description, and what stands behind the end of the picture. */
interface Outline {
  /** Stretches of pixels as [from, to), in order. */
  readonly pixels: readonly (readonly [number, number])[]
}

/**
 * Whether a picture is only a picture. Phones put more behind it: a second picture, a short film, data of their camera;
 * that stays, since the bytes are evidence as they were sent. What could be opened as something else is refused.
 */
export async function inspectPicture(file: FileHandle, type: string): Promise<Fault> {
  const bytes = await file.readFile()
  const outline = outlines[type]?.(bytes)
  if (!outline) return '已损坏或不完整，请重新拍摄或选择'
  if (await isZipToo(file)) return refusalOf('压缩包')
  const hidden = hiddenIn(without(bytes, outline), bytes)
  return hidden && refusalOf(hidden)
}

const refusalOf = (what: string) => `里面夹带了${what}，不能上传。请重新拍摄，或用看图软件另存一份后上传`

function without(bytes: Buffer, { pixels }: Outline): Buffer {
  const rest: Buffer[] = []
  let from = 0
  for (const [start, end] of pixels) {
    rest.push(bytes.subarray(from, start))
    from = end
  }
  return Buffer.concat([...rest, bytes.subarray(from)])
}

const outlines: Readonly<Record<string, (bytes: Buffer) => Outline | undefined>> = {
  'image/jpeg': jpeg,
  'image/png': png,
  'image/webp': webp,
}

const startOfScan = 0xda
const endOfImage = 0xd9
/** Markers without a length: restarts, and the lone ones of old files. */
const bare = (marker: number) => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01

function jpeg(bytes: Buffer): Outline | undefined {
  const pixels: [number, number][] = []
  let at = 2
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) at += 1
    else if (marker === endOfImage) return pixels.length > 0 ? { pixels } : undefined
    else if (bare(marker)) at += 2
    else {
      if (at + 4 > bytes.length) return undefined
      const length = bytes.readUInt16BE(at + 2)
      if (length < 2) return undefined
      const start = at + 2 + length
      at = marker === startOfScan ? endOfScan(bytes, start) : start
      if (marker === startOfScan) pixels.push([start, at])
    }
  }
  return undefined
}

/** In a scan a 0xff is followed by zero or a restart; anything else ends it. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    if (next !== undefined && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}

function png(bytes: Buffer): Outline | undefined {
  const pixels: [number, number][] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const kind = bytes.toString('latin1', at + 4, at + 8)
    const end = at + 12 + length
    if (end > bytes.length) return undefined
    if (kind === 'IDAT' || kind === 'fdAT') pixels.push([at + 8, at + 8 + length])
    if (kind === 'IEND') return pixels.length > 0 ? { pixels } : undefined
    at = end
  }
  return undefined
}

const webpPixels = new Set(['VP8 ', 'VP8L', 'ALPH', 'ANMF'])

function webp(bytes: Buffer): Outline | undefined {
  const pixels: [number, number][] = []
  const end = 8 + (bytes.length >= 12 ? bytes.readUInt32LE(4) : Number.POSITIVE_INFINITY)
  if (end > bytes.length) return undefined
  for (let at = 12; at + 8 <= end; ) {
    const length = bytes.readUInt32LE(at + 4)
    if (at + 8 + length > end) return undefined
    if (webpPixels.has(bytes.toString('latin1', at, at + 4))) pixels.push([at + 8, at + 8 + length])
    // Chunks begin at even places.
    at += 8 + length + (length % 2)
  }
  return pixels.length > 0 ? { pixels } : undefined
}
