import { access, rm, stat } from 'node:fs/promises'
import type { AttachmentInput, AttachmentView } from '#kernel/attachment.ts'
import { refuse } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import type { Db, Reader, Tx } from '../db/tables.ts'
import { fileErrors as e } from './errors.ts'
import { lookDistance, sameWithin } from './pictures.ts'
import {
  append,
  begin,
  type FilesParts,
  finish,
  incoming,
  type NewUpload,
  placeOf,
  status,
  type Variant,
} from './receiving.ts'
import * as store from './store.ts'

export { partBytes } from './receiving.ts'

export interface BindTarget {
  readonly county: string
  readonly recordType: string
  readonly recordId: string
  readonly actionId: string
  readonly actor: Actor
  readonly now: Date
}

export type Files = ReturnType<typeof createFiles>

/**
 * Files of records: received in parts, judged by their bytes, stored once under their SHA-256 and hung on records by
 * actions. How much of an upload has arrived is the length of its part file, so a kill at any point loses at most the
 * part that was on its way.
 */
export function createFiles(parts: FilesParts) {
  return {
    begin: (db: Db, actor: Actor, upload: NewUpload, now: Date) => begin(parts, db, actor, upload, now),
    append: (db: Db, actor: Actor, id: string, offset: number, bytes: Buffer) =>
      append(parts, db, actor, id, offset, bytes),
    finish: (db: Db, actor: Actor, id: string, now: Date) => finish(parts, db, actor, id, now),
    status: (db: Db, actor: Actor, id: string) => status(parts, db, actor, id),
    bind: (tx: Tx, target: BindTarget, inputs: readonly AttachmentInput[]) => bind(parts, tx, target, inputs),
    list: (reader: Reader, county: string, recordType: string, recordId: string) =>
      list(parts, reader, county, recordType, recordId),
    count: store.countAttachments,
    /** An attachment, or undefined. The caller asks whether the viewer may see the record. */
    find: (reader: Reader, id: string) => store.findAttachment(reader, parts.county, id),
    open: (file: OpenableFile, variant: Variant) => openFile(parts, file, variant),
    readUpload: (reader: Reader, uploadId: string, accountId: string) => readUpload(parts, reader, uploadId, accountId),
    sweep: (db: Db, now: Date) => sweep(parts, db, now),
  }
}

async function bind(parts: FilesParts, tx: Tx, target: BindTarget, inputs: readonly AttachmentInput[]): Promise<void> {
  for (const [at, input] of inputs.entries()) {
    const path = `attachments.${at}.uploadId`
    const upload = await store.findUpload(tx, parts.county, input.uploadId, target.actor.accountId, true)
    if (!upload) return refuse(e.notYours, { fields: [{ path, message: e.notYours.message }] })
    if (upload.state !== 'finished' || !upload.sha256 || !upload.finishedAt) {
      return refuse(e.notFinished, { fields: [{ path, message: e.notFinished.message }] })
    }
    if (await store.findAttachment(tx, parts.county, upload.id)) {
      return refuse(e.used, { fields: [{ path, message: e.used.message }] })
    }
    const file = await store.findFile(tx, parts.county, upload.sha256)
    await store.insertAttachment(tx, {
      county: parts.county,
      // The upload's id: one upload becomes one attachment, which the primary key holds.
      id: upload.id,
      record_type: target.recordType,
      record_id: target.recordId,
      action_id: target.actionId,
      purpose: input.purpose,
      caption: input.caption,
      name: upload.name,
      sha256: upload.sha256,
      account_id: target.actor.accountId,
      account_name: target.actor.name,
      captured_at: file?.captured_at ?? upload.capturedAt,
      received_at: upload.finishedAt,
    })
  }
}

async function list(
  parts: FilesParts,
  reader: Reader,
  of: string,
  recordType: string,
  recordId: string,
): Promise<AttachmentView[]> {
  const rows = await store.attachmentsOf(reader, of, recordType, recordId)
  const reused = await reuse(
    parts,
    reader,
    recordId,
    rows.filter((row) => row.look !== null).map((row) => row.sha256),
  )
  return rows.map((row) => ({
    id: row.id,
    purpose: row.purpose,
    caption: row.caption,
    name: row.name,
    type: row.type,
    size: row.size,
    sha256: row.sha256,
    image: row.image,
    capturedAt: row.captured_at?.toISOString() ?? null,
    receivedAt: row.received_at.toISOString(),
    uploadedBy: row.account_name,
    url: `/api/attachments/${row.id}`,
    thumbUrl: row.image ? `/api/attachments/${row.id}?variant=thumb` : null,
    reusedIn: reused.get(row.sha256) ?? [],
  }))
}

async function reuse(parts: FilesParts, reader: Reader, recordId: string, sha256s: readonly string[]) {
  const found = new Map<string, Map<string, AttachmentView['reusedIn'][number]>>()
  for (const row of await store.lookAlikes(reader, parts.county, recordId, sha256s)) {
    const distance = lookDistance(row.look, row.other_look)
    if (distance > sameWithin) continue
    const of = found.get(row.own) ?? new Map()
    const nearer = (of.get(row.record_id)?.distance ?? Number.POSITIVE_INFINITY) <= distance
    if (!nearer) {
      const recordLabel = await parts.labelOf(reader, row.record_type, row.record_id)
      of.set(row.record_id, { recordId: row.record_id, recordLabel, distance })
    }
    found.set(row.own, of)
  }
  return new Map([...found].map(([sha256, of]) => [sha256, [...of.values()]]))
}

interface OpenableFile {
  readonly sha256: string
  readonly size: number
  readonly type: string
  readonly image: boolean
}

async function openFile(parts: FilesParts, file: OpenableFile, variant: Variant) {
  const smaller = variant !== 'file' && file.image
  const path = placeOf(parts, file.sha256, smaller ? variant : 'file')
  await access(path)
  const size = smaller ? (await stat(path)).size : file.size
  return { path, size, type: smaller ? 'image/webp' : file.type }
}

const tableKinds: Readonly<Record<string, 'xlsx' | 'csv'>> = {
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'text/csv': 'csv',
}

/** A finished upload of this account as a table to be read, or undefined. */
async function readUpload(parts: FilesParts, reader: Reader, uploadId: string, accountId: string) {
  const upload = await store.findUpload(reader, parts.county, uploadId, accountId)
  if (upload?.state !== 'finished' || !upload.sha256) return undefined
  const file = await store.findFile(reader, parts.county, upload.sha256)
  const kind = file && tableKinds[file.type]
  return kind && { path: placeOf(parts, upload.sha256), name: upload.name, kind }
}

/** Removes what nobody finished within a week or used within a month; returns how many uploads. */
async function sweep(parts: FilesParts, db: Db, now: Date): Promise<number> {
  const day = 86_400_000
  const before = (days: number) => new Date(now.getTime() - days * day)
  const gone = await store.sweep(db, parts.county, before(7), before(30))
  for (const id of gone) await rm(incoming(parts, id), { force: true })
  return gone.length
}
