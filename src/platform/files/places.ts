import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What of a stored file is asked for: its own bytes, or one of the smaller copies of a picture. */
export type Variant = 'file' | 'view' | 'thumb'

/** Where a file lies while it arrives. */
export const arriving = (folder: string, uploadId: string, variant: Variant = 'file') =>
  join(folder, 'incoming', `${uploadId}${variant === 'file' ? '.part' : `.${variant}`}`)

/** Where a file lies once it is taken: under its SHA-256. */
export const placeOf = (folder: string, sha256: string, variant: Variant = 'file') =>
  join(folder, sha256.slice(0, 2), `${sha256.slice(2)}${variant === 'file' ? '' : `.${variant}.webp`}`)

/**
 * Writes a part at its place in a file that arrives; answers the length of the file afterwards. What a killed server
 * wrote behind the counted bytes is written over. On the disk before it is counted: a count must survive the power going.
 */
export async function writePart(path: string, offset: number, bytes: Buffer): Promise<number> {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'r+').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return open(path, 'w+')
    throw error
  })
  try {
    const { size } = await file.stat()
    if (size < offset) return size
    for (let written = 0; written < bytes.length; ) {
      written += (await file.write(bytes, written, bytes.length - written, offset + written)).bytesWritten
    }
    await file.datasync()
    return offset + bytes.length
  } finally {
    await file.close()
  }
}

/** Length of a file; 0 when it is not there. */
export async function lengthOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0
}

/** Moves a file to where it stays, on the disk with its name: what the database knows must survive the power going. */
export async function keepAt(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await sync(from)
  await rename(from, to)
  // Windows cannot write a folder to the disk by itself.
  if (process.platform !== 'win32') await sync(dirname(to))
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Removes everything of an upload that is still on its way. */
export async function removeArriving(folder: string, uploadId: string): Promise<void> {
  for (const variant of ['file', 'view', 'thumb'] as const)
    await rm(arriving(folder, uploadId, variant), { force: true })
}

export async function removeStored(folder: string, sha256: string): Promise<void> {
  for (const variant of ['thumb', 'view', 'file'] as const) await rm(placeOf(folder, sha256, variant), { force: true })
}

/** Uploads that left something on its way here which has not moved since the instant. */
export async function leftArriving(folder: string, before: Date): Promise<string[]> {
  const names = await readdir(join(folder, 'incoming')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const left = new Set<string>()
  for (const name of names) {
    const moved = (await stat(join(folder, 'incoming', name)).catch(() => undefined))?.mtime
    const id = /^([0-9a-f-]{36})\.(part|view|thumb)$/.exec(name)?.[1]
    if (id && moved && moved < before) left.add(id)
  }
  return [...left]
}
