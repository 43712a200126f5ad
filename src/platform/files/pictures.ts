import { open } from 'node:fs/promises'
import exifr from 'exifr'
import sharp from 'sharp'

/** Bits two pictures may differ in and still count as the same photo: sent again, resized, recompressed. */
export const sameWithin = 6

/** Seven bands of nine or ten bits: with at most six differing bits at least one band is untouched. */
const bandEdges = [0, 10, 19, 28, 37, 46, 55, 64] as const

export interface Picture {
  readonly width: number
  readonly height: number
  /** 64 characters of 0 and 1. */
  readonly look: string
  /** The camera's word; null when the picture does not say. */
  readonly capturedAt: Date | null
}

/** A picture nobody may look at for hours: bombs of a few kilobytes unpack to gigapixels. */
const limits = { limitInputPixels: 120_000_000, failOn: 'error' } as const

/** Looks at a picture and writes its two smaller copies. Throws when it cannot be decoded. */
export async function readPicture(path: string, thumb: string, view: string): Promise<Picture> {
  const { width, height } = await sharp(path, limits).metadata()
  await sharp(path, limits)
    .rotate()
    .resize({ width: 1600, height: 1600, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toFile(view)
  await sharp(view)
    .resize({ width: 480, height: 480, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 72 })
    .toFile(thumb)
  const grey = await sharp(view).greyscale().resize(9, 8, { fit: 'fill' }).raw().toBuffer()
  return { width: width ?? 0, height: height ?? 0, look: lookOf(grey), capturedAt: await captureTime(path) }
}

/** The difference hash of 9×8 grey values: whether each is darker than its right neighbour. */
export function lookOf(grey: Uint8Array): string {
  let bits = ''
  for (let y = 0; y < 8; y += 1) {
    for (let x = 0; x < 8; x += 1) bits += (grey[y * 9 + x] ?? 0) < (grey[y * 9 + x + 1] ?? 0) ? '1' : '0'
  }
  return bits
}

/** The bands of a look as numbers, in order. Flat pictures (a black frame) have no look worth comparing: no bands. */
export function bandsOf(look: string): number[] {
  const ones = [...look].filter((bit) => bit === '1').length
  if (ones < 6 || ones > 58) return []
  return bandEdges.slice(1).map((edge, band) => Number.parseInt(look.slice(bandEdges[band], edge), 2))
}

export function lookDistance(a: string, b: string): number {
  let distance = 0
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) distance += 1
  return distance
}

/** EXIF times carry no zone unless the camera says so; phones here mean Beijing time. */
async function captureTime(path: string): Promise<Date | null> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(256 * 1024)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    const tags: unknown = await exifr.parse(head.subarray(0, bytesRead), {
      pick: ['DateTimeOriginal', 'OffsetTimeOriginal'],
      reviveValues: false,
    })
    return captureOf(tags)
  } catch {
    // A picture with a broken EXIF block is a picture all the same.
    return null
  } finally {
    await file.close()
  }
}

export function captureOf(tags: unknown): Date | null {
  if (typeof tags !== 'object' || tags === null || !('DateTimeOriginal' in tags)) return null
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(String(tags.DateTimeOriginal))
  if (!found) return null
  const said = 'OffsetTimeOriginal' in tags ? String(tags.OffsetTimeOriginal) : ''
  const zone = /^[+-]\d\d:\d\d$/.test(said) ? said : '+08:00'
  const at = new Date(`${found[1]}-${found[2]}-${found[3]}T${found[4]}${zone}`)
  return Number.isNaN(at.getTime()) ? null : at
}
