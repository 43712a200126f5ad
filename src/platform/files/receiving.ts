import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { AttachmentPurpose } from '#kernel/attachment.ts'
import { refuse } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import type { Db, Reader } from '../db/tables.ts'
import { fileErrors as e } from './errors.ts'
import { bandsOf, type Picture, readPicture } from './pictures.ts'
import { mostBytes, sniff } from './sniff.ts'
import * as store from './store.ts'

export interface FilesParts {
  readonly county: string
  /** Absolute path of the folder the bytes lie in. */
  readonly folder: string
  /** The short name of a record that uses the same photo; asked without a viewer, so it must not tell content. */
  readonly labelOf: (reader: Reader, recordType: string, recordId: string) => Promise<string>
}

export interface NewUpload {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly purpose: AttachmentPurpose
  readonly capturedAt: Date | null
}

export type Variant = 'file' | 'view' | 'thumb'
const openAtMost = 50
export const partBytes = 1024 * 1024

/** A file's place: in `incoming` while it arrives, then under its SHA-256. */
export const incoming = (parts: FilesParts, id: string) => join(parts.folder, 'incoming', `${id}.part`)
export const placeOf = (parts: FilesParts, sha256: string, variant: Variant = 'file') =>
  join(parts.folder, sha256.slice(0, 2), `${sha256.slice(2)}${variant === 'file' ? '' : `.${variant}.webp`}`)

async function received(parts: FilesParts, id: string): Promise<number> {
  try {
    return (await stat(incoming(parts, id))).size
  } catch {
    return 0
  }
}

const mine = async (parts: FilesParts, db: Db, actor: Actor, id: string) =>
  (await store.findUpload(db, parts.county, id, actor.accountId)) ?? refuse(e.unknown)

/** Makes an upload, or takes up the one with this id where it stands. */
export async function begin(parts: FilesParts, db: Db, actor: Actor, upload: NewUpload, now: Date): Promise<number> {
  const known = await store.findUpload(db, parts.county, upload.id, actor.accountId)
  if (known) return known.state === 'finished' ? known.size : received(parts, upload.id)
  if (upload.size === 0) refuse(e.empty, { detail: `“${upload.name}”是空文件，请重新选择` })
  if (upload.size > mostBytes) refuse(e.tooLarge, { detail: `“${upload.name}”超过200兆字节的上限，请压缩后再上传` })
  if ((await store.countOpen(db, parts.county, actor.accountId)) >= openAtMost) refuse(e.tooMany)
  await mkdir(join(parts.folder, 'incoming'), { recursive: true })
  const made = await store.insertUpload(db, parts.county, { ...upload, accountId: actor.accountId }, now)
  if (!made) refuse(e.unknown)
  return 0
}

export async function append(
  parts: FilesParts,
  db: Db,
  actor: Actor,
  id: string,
  offset: number,
  bytes: Buffer,
): Promise<number> {
  const upload = await mine(parts, db, actor, id)
  if (upload.state === 'finished') return upload.size
  if (upload.state === 'refused') refuse(e.notAllowed, { detail: `“${upload.name}”已被拒绝，请重新选择文件` })
  const have = await received(parts, id)
  if (offset !== have) refuse(e.offset, { data: { received: have } })
  if (have + bytes.length > upload.size) refuse(e.tooLarge, { detail: '收到的内容比文件本身还长，请重新选择文件' })
  const file = await open(incoming(parts, id), 'a')
  try {
    await file.writeFile(bytes)
  } finally {
    await file.close()
  }
  return have + bytes.length
}

export async function finish(parts: FilesParts, db: Db, actor: Actor, id: string, now: Date): Promise<void> {
  const upload = await mine(parts, db, actor, id)
  if (upload.state === 'finished') return
  if (upload.state === 'refused') refuse(e.notAllowed, { detail: `“${upload.name}”已被拒绝，请重新选择文件` })
  const have = await received(parts, id)
  if (have !== upload.size) refuse(e.incomplete, { data: { received: have } })
  const path = incoming(parts, id)
  const kind = await sniff(await headOf(path), upload.name, upload.size)
  if ('refused' in kind) {
    await store.refuseUpload(db, parts.county, id)
    await rm(path, { force: true })
    return refuse(e.notAllowed, { detail: kind.refused, fields: [{ path: 'file', message: kind.refused }] })
  }
  const sha256 = await hashOf(path)
  await mkdir(join(parts.folder, sha256.slice(0, 2)), { recursive: true })
  const picture = kind.image ? await look(parts, path, sha256, upload.name) : undefined
  // fsync before the name: a file that the database knows must survive the power going off.
  await keep(path, placeOf(parts, sha256))
  const file: store.StoredFile = {
    sha256,
    size: upload.size,
    type: kind.type,
    image: kind.image,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    capturedAt: picture?.capturedAt ?? null,
    look: picture?.look ?? null,
  }
  await store.finishUpload(db, parts.county, id, file, picture ? bandsOf(picture.look) : [], now)
}

async function look(parts: FilesParts, path: string, sha256: string, name: string): Promise<Picture> {
  try {
    return await readPicture(path, placeOf(parts, sha256, 'thumb'), placeOf(parts, sha256, 'view'))
  } catch (error) {
    const detail = `图片“${name}”已损坏或不完整，无法打开，请重新拍摄或选择`
    throw Object.assign(refusal(detail), { cause: error })
  }
}

/** Where an upload stands, for a page that was closed meanwhile. */
export async function status(parts: FilesParts, db: Db, actor: Actor, id: string) {
  const upload = await mine(parts, db, actor, id)
  const finished = upload.state === 'finished'
  return { received: finished ? upload.size : await received(parts, id), size: upload.size, finished }
}

function refusal(detail: string): Error {
  try {
    return refuse(e.damaged, { detail, fields: [{ path: 'file', message: detail }] })
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(8192)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function keep(from: string, to: string): Promise<void> {
  const there = await stat(to).catch(() => undefined)
  if (there) return void (await unlink(from))
  const file = await open(from, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(from, to)
}
