import { type AttachmentInput, type AttachmentView, sitePurposes } from '#kernel/attachment.ts'
import { refuse } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import type { Db, Reader, Tx } from '../db/tables.ts'
import { fileErrors as e } from './errors.ts'
import { type Twin, twinsOf } from './pictures/alike.ts'
import { renewCopies } from './pictures/pictures.ts'
import { lengthOf, placeOf, type Variant } from './places.ts'
import { append, begin, drop, type FilesParts, finish, type NewUpload, status } from './receiving.ts'
import * as store from './store.ts'
import { sweep } from './sweep.ts'

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

/** Who looks at the files of a record, and whether this person may have pictures with what the camera wrote into them. */
export interface Viewer {
  readonly accountId: string
  readonly originals: boolean
}

/**
 * Files of records: received in parts, judged by their bytes, stored once under their SHA-256 and hung on records by
 * actions. A kill at any point loses at most the part that was on its way.
 */
export function createFiles(parts: FilesParts) {
  return {
    begin: (db: Db, actor: Actor, upload: NewUpload, now: Date) => begin(parts, db, actor, upload, now),
    append: (db: Db, actor: Actor, id: string, offset: number, bytes: Buffer, now: Date) =>
      append(parts, db, actor, id, offset, bytes, now),
    /** `sha256` is the sender's word of what it sent; something else arriving is told and sent again. */
    finish: (db: Db, actor: Actor, id: string, now: Date, sha256?: string) => finish(parts, db, actor, id, now, sha256),
    status: (reader: Reader, actor: Actor, id: string) => status(parts, reader, actor, id),
    drop: (db: Db, actor: Actor, id: string) => drop(parts, db, actor, id),
    bind: (tx: Tx, target: BindTarget, inputs: readonly AttachmentInput[]) => bind(parts, tx, target, inputs),
    list: (reader: Reader, county: string, recordType: string, recordId: string, viewer: Viewer) =>
      list(parts, reader, { county, recordType, recordId }, viewer),
    count: store.countAttachments,
    /** An attachment, or undefined. The caller asks whether the viewer may see the record. */
    find: (reader: Reader, id: string) => store.findAttachment(reader, parts.county, id),
    /** A finished upload of this account with its file, or undefined; until it hangs on a record it is nobody else's. */
    findUpload: (reader: Reader, id: string, accountId: string) => findUploaded(parts, reader, id, accountId),
    open: (file: OpenableFile, variant: Variant) => openFile(parts, file, variant),
    /** What of an attachment may be shown to everybody, or undefined. */
    publicCopy: (reader: Reader, id: string) => publicCopy(parts, reader, id),
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

interface Target {
  readonly county: string
  readonly recordType: string
  readonly recordId: string
}

async function list(parts: FilesParts, reader: Reader, target: Target, viewer: Viewer): Promise<AttachmentView[]> {
  const rows = await store.attachmentsOf(reader, target)
  const photos = rows.filter((row) => row.image && isOfSite(row.purpose))
  const twins = await twinsOf(
    reader,
    target.county,
    photos.map((row) => row.sha256),
  )
  const labels = new Map<string, string>()
  for (const { recordType, recordId } of twins) {
    if (recordId === target.recordId || labels.has(recordId)) continue
    labels.set(recordId, await parts.labelOf(reader, recordType, recordId))
  }
  return rows.map((row) => ({
    ...viewOf(row, viewer),
    ...twinsIn(
      twins.filter((twin) => twin.own === row.sha256 && twin.id !== row.id && isOfSite(twin.purpose)),
      photos.includes(row),
      target.recordId,
      labels,
    ),
  }))
}

type AttachmentRow = Awaited<ReturnType<typeof store.attachmentsOf>>[number]

function viewOf(row: AttachmentRow, viewer: Viewer): Omit<AttachmentView, 'reusedIn' | 'sameAs'> {
  const mayHaveOriginal = viewer.originals || row.account_id === viewer.accountId
  const url = `/api/attachments/${row.id}`
  const { lng, lat } = row
  return {
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
    position: mayHaveOriginal && lng !== null && lat !== null ? { lng, lat } : null,
    uploadedBy: row.account_name,
    url: row.image ? `${url}?variant=view` : url,
    thumbUrl: row.image ? `${url}?variant=thumb` : null,
    originalUrl: row.image && mayHaveOriginal ? url : null,
  }
}

/** A photo is compared with photos of sites; the same form scanned twice is no evidence used twice. */
const isOfSite = (purpose: string) => (sitePurposes as readonly string[]).includes(purpose)

function twinsIn(twins: readonly Twin[], isPhoto: boolean, recordId: string, labels: ReadonlyMap<string, string>) {
  if (!isPhoto) return { sameAs: [], reusedIn: [] }
  const here = twins.filter((twin) => twin.recordId === recordId)
  const elsewhere = new Map<string, AttachmentView['reusedIn'][number]>()
  for (const twin of twins) {
    if (twin.recordId === recordId || elsewhere.has(twin.recordId)) continue
    const { likeness } = twin
    elsewhere.set(twin.recordId, { recordId: twin.recordId, recordLabel: labels.get(twin.recordId) ?? '', likeness })
  }
  return { sameAs: here.map(({ id, likeness }) => ({ id, likeness })), reusedIn: [...elsewhere.values()] }
}

interface OpenableFile {
  readonly sha256: string
  readonly type: string
  readonly image: boolean
}

export interface OpenedFile {
  readonly path: string
  readonly size: number
  readonly type: string
}

async function openFile(parts: FilesParts, file: OpenableFile, variant: Variant): Promise<OpenedFile> {
  const smaller = variant !== 'file' && file.image
  const place = (which: Variant) => placeOf(parts.folder, file.sha256, which)
  const path = place(smaller ? variant : 'file')
  if (smaller && (await lengthOf(path)) === 0 && (await lengthOf(place('file'))) > 0) {
    await parts.slots(() => renewCopies(place('file'), { view: place('view'), thumb: place('thumb') }))
  }
  const size = await lengthOf(path)
  // Logged as the fault it is: the folder of files was not restored with the database.
  if (size === 0) refuse(e.lost)
  return { path, size, type: smaller ? 'image/webp' : file.type }
}

/**
 * A picture's copy without time, place and camera, under a name that says nothing. Nothing else is public: documents and
 * films carry names of people and places that nobody here can take out of them.
 */
async function publicCopy(
  parts: FilesParts,
  reader: Reader,
  id: string,
): Promise<(OpenedFile & { name: string }) | undefined> {
  const row = await store.findAttachment(reader, parts.county, id)
  if (!row?.image) return undefined
  return { ...(await openFile(parts, row, 'view')), name: '照片.webp' }
}

async function findUploaded(parts: FilesParts, reader: Reader, id: string, accountId: string) {
  const upload = await store.findUpload(reader, parts.county, id, accountId)
  if (upload?.state !== 'finished' || !upload.sha256) return undefined
  const file = await store.findFile(reader, parts.county, upload.sha256)
  return file && { name: upload.name, sha256: file.sha256, type: file.type, image: file.image, size: file.size }
}

const readable: Readonly<Record<string, 'xlsx' | 'csv' | 'yaml'>> = {
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'text/csv': 'csv',
  'application/yaml': 'yaml',
}

/** A finished upload of this account as a table or a file of a data pack to be read, or undefined. */
async function readUpload(parts: FilesParts, reader: Reader, uploadId: string, accountId: string) {
  const file = await findUploaded(parts, reader, uploadId, accountId)
  const kind = file && readable[file.type]
  return kind && { path: placeOf(parts.folder, file.sha256), name: file.name, kind }
}
