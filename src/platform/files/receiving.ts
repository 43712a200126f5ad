import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { AttachmentPurpose } from '#kernel/attachment.ts'
import { type ErrorDef, Problem, refuse } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import type { Db, Reader, Tx } from '../db/tables.ts'
import { inspect } from './contents/inspect.ts'
import { fileErrors as e } from './errors.ts'
import { nameForType } from './names.ts'
import { compare } from './pictures/alike.ts'
import { keysOf } from './pictures/looks.ts'
import { type Picture, readPicture } from './pictures/pictures.ts'
import { arriving, keepAt, lengthOf, placeOf, removeArriving, writePart } from './places.ts'
import * as store from './store.ts'
import { insertLooks } from './store-looks.ts'

export interface FilesParts {
  readonly county: string
  /** Absolute path of the folder the bytes lie in; servers of one database share it. */
  readonly folder: string
  /** Bytes a file may have now, as the county set it. */
  maxBytes(): number
  /** Looking through files costs memory and processor: only so many at once. */
  readonly slots: <T>(work: () => Promise<T>) => Promise<T>
  /** The short name of a record that uses the same photo; asked without a viewer, so it must not tell content. */
  readonly labelOf: (reader: Reader, recordType: string, recordId: string) => Promise<string>
  /** Which of these uploads somebody works with although they hang on no record. */
  readonly inUse: (reader: Reader, uploadIds: readonly string[]) => Promise<ReadonlySet<string>>
}

export interface NewUpload {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly purpose: AttachmentPurpose
  readonly capturedAt: Date | null
}

const openAtMost = 50
export const partBytes = 1024 * 1024

const MiB = 1024 * 1024
const inMiB = (bytes: number) => `${Math.round((bytes / MiB) * 10) / 10}兆字节`

/** Makes an upload, or takes up the one with this id where it stands. */
export async function begin(parts: FilesParts, db: Db, actor: Actor, upload: NewUpload, now: Date): Promise<number> {
  const known = await takeUp(parts, db, actor, upload)
  if (known !== undefined) return known
  if (upload.size === 0) refuse(e.empty, { detail: `“${upload.name}”是空文件，请重新选择` })
  const most = parts.maxBytes()
  if (upload.size > most) {
    const detail = `“${upload.name}”有${inMiB(upload.size)}，超过单个文件${inMiB(most)}的上限，请压缩后再上传`
    refuse(e.tooLarge, { detail, fields: [{ path: 'file', message: detail }] })
  }
  const recently = new Date(now.getTime() - 86_400_000)
  if ((await store.countOpen(db, parts.county, actor.accountId, recently)) >= openAtMost) refuse(e.tooMany)
  if (await store.insertUpload(db, parts.county, { ...upload, accountId: actor.accountId }, now)) return 0
  // Begun twice at the same moment: the other one stands.
  return (await takeUp(parts, db, actor, upload)) ?? refuse(e.unknown)
}

async function takeUp(parts: FilesParts, db: Db, actor: Actor, upload: NewUpload): Promise<number | undefined> {
  const known = await store.findUpload(db, parts.county, upload.id, actor.accountId)
  if (!known) return undefined
  if (known.size !== upload.size) refuse(e.otherFile)
  return known.received
}

const mine = async (parts: FilesParts, tx: Reader, actor: Actor, id: string, lock: boolean) =>
  (await store.findUpload(tx, parts.county, id, actor.accountId, lock)) ?? refuse(e.unknown)

function refuseRefused(upload: store.UploadRow): void {
  if (upload.state === 'refused') refuse(e.notAllowed, { detail: `“${upload.name}”已被拒绝，请重新选择文件` })
}

/** A refusal that is told after the transaction: what it changed stays changed. */
const later = (def: ErrorDef, detail: string, data: Record<string, unknown> = {}) =>
  new Problem(def, { detail, data, fields: [{ path: 'file', message: detail }] })

/**
 * Takes the part at `offset`. The row's lock makes parts of one upload queue up, also before several servers, and its
 * count alone says which part is next; of two parts for the same place one is told where to go on.
 */
export async function append(
  parts: FilesParts,
  db: Db,
  actor: Actor,
  id: string,
  offset: number,
  bytes: Buffer,
  now: Date,
): Promise<number> {
  const done = await db.transaction().execute(async (tx) => {
    const upload = await mine(parts, tx, actor, id, true)
    if (upload.state === 'finished') return upload.size
    refuseRefused(upload)
    if (offset !== upload.received) return refuse(e.offset, { data: { received: upload.received } })
    if (offset + bytes.length > upload.size) {
      refuse(e.tooLarge, { detail: `“${upload.name}”收到的内容比文件本身还长，请重新选择文件` })
    }
    const received = await writePart(arriving(parts.folder, id), offset, bytes)
    await store.countReceived(tx, parts.county, id, received, now)
    // Shorter than counted: the folder lost what the database knows, and the person sends it again from there.
    return received < offset ? later(e.offset, e.offset.message, { received }) : received
  })
  if (done instanceof Problem) throw done
  return done
}

/**
 * Looks through a file that has arrived and takes or refuses it. `sha256` is the sender's word of what it sent. The row
 * stays locked meanwhile: asked twice, the second waits and hears the outcome of the first.
 */
export async function finish(
  parts: FilesParts,
  db: Db,
  actor: Actor,
  id: string,
  now: Date,
  sha256?: string,
): Promise<void> {
  const refused = await parts.slots(async () => {
    const outcome = await db.transaction().execute(async (tx): Promise<Problem | undefined> => {
      const upload = await mine(parts, tx, actor, id, true)
      if (upload.state === 'finished') return undefined
      refuseRefused(upload)
      return take(parts, tx, upload, now, sha256)
    })
    const taken = outcome ? undefined : await store.findUpload(db, parts.county, id, actor.accountId)
    if (taken?.sha256) await compare(parts, db, taken.sha256)
    return outcome
  })
  if (!refused) return
  if (refused.def === e.notAllowed || refused.def === e.damaged) await removeArriving(parts.folder, id)
  throw refused
}

async function take(
  parts: FilesParts,
  tx: Tx,
  upload: store.UploadRow,
  now: Date,
  declared: string | undefined,
): Promise<Problem | undefined> {
  const { county, folder } = parts
  const path = arriving(folder, upload.id)
  const received = Math.min(upload.received, await lengthOf(path))
  if (received !== upload.size) {
    await store.countReceived(tx, county, upload.id, received, now)
    return later(e.incomplete, `“${upload.name}”还没有传完，请继续上传`, { received })
  }
  const sha256 = await hashOf(path)
  if (declared !== undefined && declared !== sha256) {
    await store.countReceived(tx, county, upload.id, 0, now)
    return later(e.altered, `“${upload.name}”收到的内容与所选文件不一致，请重新上传`, { received: 0 })
  }
  const kind = await inspect(path, upload.name)
  if ('refused' in kind) {
    await store.refuseUpload(tx, county, upload.id)
    return later(e.notAllowed, kind.refused)
  }
  const picture = kind.image ? await readPicture(path, copiesOf(folder, upload.id)) : undefined
  if (picture && 'fault' in picture) {
    await store.refuseUpload(tx, county, upload.id)
    return later(e.damaged, `图片“${upload.name}”${picture.fault}`)
  }
  await settle(parts, tx, upload, { sha256, type: kind.type, picture }, now)
  return undefined
}

const copiesOf = (folder: string, id: string) => ({
  view: arriving(folder, id, 'view'),
  thumb: arriving(folder, id, 'thumb'),
})

interface Taken {
  readonly sha256: string
  readonly type: string
  readonly picture: Picture | undefined
}

/** Puts the bytes where they stay and writes the file down. */
async function settle(parts: FilesParts, tx: Tx, upload: store.UploadRow, taken: Taken, now: Date): Promise<void> {
  const { county, folder } = parts
  const { sha256, type, picture } = taken
  // The sweeper removes files nobody uses under the same lock: it must not take this one away while it comes in again.
  await store.lockFile(tx, county, sha256)
  const path = arriving(folder, upload.id)
  if ((await lengthOf(placeOf(folder, sha256))) === upload.size) await unlink(path)
  else await keepAt(path, placeOf(folder, sha256))
  if (picture) {
    const copies = copiesOf(folder, upload.id)
    for (const variant of ['view', 'thumb'] as const) await keepAt(copies[variant], placeOf(folder, sha256, variant))
  }
  await store.insertFile(tx, county, { sha256, type, size: upload.size, ...pictureFacts(picture) }, now)
  if (picture) await insertLooks(tx, county, sha256, picture.looks, keysOf(picture.looks))
  const name = nameForType(upload.name, type)
  await store.finishUpload(tx, county, upload.id, { sha256, name }, now)
}

function pictureFacts(picture: Picture | undefined): Omit<store.StoredFile, 'sha256' | 'type' | 'size'> {
  return {
    image: picture !== undefined,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    capturedAt: picture?.capturedAt ?? null,
    position: picture?.position ?? null,
  }
}

/** Where an upload stands, for a page that was closed meanwhile. */
export async function status(parts: FilesParts, reader: Reader, actor: Actor, id: string) {
  const upload = await mine(parts, reader, actor, id, false)
  const { received, size, name } = upload
  const file = upload.sha256 ? await store.findFile(reader, parts.county, upload.sha256) : undefined
  return { received, size, name, finished: upload.state === 'finished', image: file?.image ?? false }
}

/** Gives up an upload that is not finished. A finished one may hang on a record; it goes by itself when nobody uses it. */
export async function drop(parts: FilesParts, db: Db, actor: Actor, id: string): Promise<void> {
  if (await store.dropUpload(db, parts.county, id, actor.accountId)) await removeArriving(parts.folder, id)
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
