import type { FileHandle } from 'node:fs/promises'
import type { Fault } from './fault.ts'
import { hiddenIn, isZipToo } from './hidden.ts'

/** Boxes of a film that hold neither pictures nor sound, read to see what hides in them; larger ones are passed over. */
const mostRead = 1024 * 1024

/** Whether an MP4 or MOV is whole: its boxes reach to its end, and the one that says how to play it is there. */
export async function inspectFilm(file: FileHandle): Promise<Fault> {
  const { size } = await file.stat()
  const head = Buffer.alloc(16)
  const extra: Buffer[] = []
  let playable = false
  let at = 0
  while (at + 8 <= size) {
    await file.read(head, 0, 16, at)
    const kind = head.toString('latin1', 4, 8)
    const length = boxLength(head, size - at)
    if (length < 8 || !/^[ -~©]{4}$/.test(kind)) break
    if (at + length > size) return '不完整，可能没有录完或没有传完，请重新选择'
    playable ||= kind === 'moov'
    if (kind !== 'mdat' && kind !== 'moov') extra.push(await read(file, at, Math.min(length, mostRead)))
    at += length
  }
  if (!playable) return '不完整，无法播放，请重新选择'
  extra.push(await read(file, at, Math.min(size - at, mostRead)))
  const hidden = (await isZipToo(file)) ? '压缩包' : hiddenIn(Buffer.concat(extra), Buffer.alloc(0))
  return hidden && `里面夹带了${hidden}，不能上传。请重新录制后上传`
}

/** A length of 1 stands in the next eight bytes, one of 0 means to the end of the file. */
function boxLength(head: Buffer, left: number): number {
  const length = head.readUInt32BE(0)
  if (length === 1) return Number(head.readBigUInt64BE(8))
  return length === 0 ? left : length
}

async function read(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  await file.read(bytes, 0, length, from)
  return bytes
}
