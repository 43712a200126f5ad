import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { type Capture, captureIn } from './capture.ts'
import { type Grey, greySide, type Look, looksOf } from './looks.ts'

export interface Picture extends Capture {
  readonly width: number
  readonly height: number
  readonly looks: readonly Look[]
}

/** Phones take up to 108 megapixels; a bomb of a few kilobytes unpacks to gigapixels. */
const mostPixels = 120_000_000
const limits = { limitInputPixels: mostPixels, failOn: 'error' } as const
const mostSeconds = 60
/** How hard the encoder tries: a third less time than it takes by itself, for a twentieth more bytes. */
const effort = 2

/** Where the two smaller copies of a picture go. */
export interface Copies {
  readonly view: string
  readonly thumb: string
}

/** Looks at a picture and writes its smaller copies; `fault` says in Chinese why it cannot be taken. */
export async function readPicture(path: string, copies: Copies): Promise<Picture | { readonly fault: string }> {
  const read = await decode(path)
  if ('fault' in read) return read
  await write(read.small, copies)
  const looks = looksOf(await greyOf(read.small.thumb))
  return { width: read.width, height: read.height, looks, ...(await captureIn(read.exif)) }
}

/** Makes the copies of a stored picture anew; they follow from it, so a backup need not hold them. */
export async function renewCopies(path: string, copies: Copies): Promise<void> {
  await write(await shrink(path), copies)
}

interface Decoded {
  readonly width: number
  readonly height: number
  readonly exif: Buffer | undefined
  readonly small: Small
}

async function decode(path: string): Promise<Decoded | { readonly fault: string }> {
  try {
    const { autoOrient, exif } = await sharp(path, { limitInputPixels: false }).metadata()
    const { width, height } = autoOrient
    if (width * height > mostPixels) {
      return { fault: `有${width}×${height}个像素，超过${mostPixels / 10_000}万的上限，请缩小后上传` }
    }
    return { width, height, exif, small: await shrink(path) }
  } catch {
    // Only decoding is tried here; a full disk is met when the copies are written, and is nobody's broken picture.
    return { fault: '已损坏或不完整，无法打开，请重新拍摄或选择' }
  }
}

interface Small {
  readonly view: Buffer
  readonly thumb: Buffer
}

/** What people look at: upright, small, and without anything the camera wrote into the original. */
async function shrink(path: string): Promise<Small> {
  const view = await sharp(path, limits)
    .autoOrient()
    .resize({ width: 1600, height: 1600, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80, effort })
    .timeout({ seconds: mostSeconds })
    .toBuffer()
  const thumb = await sharp(view)
    .resize({ width: 480, height: 480, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 72, effort })
    .toBuffer()
  return { view, thumb }
}

async function write(small: Small, copies: Copies): Promise<void> {
  await writeFile(copies.view, small.view)
  await writeFile(copies.thumb, small.thumb)
}

/** A picture pressed into the square that looks are taken from. */
export async function greyOf(thumb: string | Buffer): Promise<Grey> {
  const values = await sharp(thumb).greyscale().resize(greySide, greySide, { fit: 'fill' }).raw().toBuffer()
  return { side: greySide, values }
}
