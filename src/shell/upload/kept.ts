import { z } from 'zod'
import { type AttachmentPurpose, AttachmentPurposeId } from '#kernel/attachment.ts'
import { Id } from '#kernel/ids.ts'
import { systemClock } from '#kernel/time.ts'

/*
 * Files on their way, kept by the browser itself, so that an upload goes on after a reload without being chosen again.
 * A browser that forbids it, or has no room, only means that the file has to be chosen once more.
 */

export interface KeptFile {
  /** Upload id; the server says how much of it has arrived. */
  readonly id: string
  readonly purpose: AttachmentPurpose
  readonly file: File
}

const Row = z.object({
  id: Id,
  form: z.string(),
  at: z.number(),
  purpose: AttachmentPurposeId,
  file: z.instanceof(File),
})

/** The server gives an unfinished upload up after a week. */
const daysKept = 7

let opened: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('zhiben-uploads', 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('file', { keyPath: 'id' }).createIndex('form', 'form')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('blocked'))
  })
  return opened
}

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

async function within<T>(
  mode: IDBTransactionMode,
  otherwise: T,
  work: (files: IDBObjectStore) => Promise<T>,
): Promise<T> {
  try {
    return await work((await open()).transaction('file', mode).objectStore('file'))
  } catch {
    return otherwise
  }
}

/** `form` is the draft the file belongs to, which names the account too. */
export function keepFile(form: string, kept: KeptFile): Promise<void> {
  const row: z.infer<typeof Row> = { ...kept, form, at: systemClock.now().getTime() }
  return within('readwrite', undefined, async (files) => void (await answered(files.put(row))))
}

export function forgetFile(id: string): Promise<void> {
  return within('readwrite', undefined, async (files) => void (await answered(files.delete(id))))
}

/** Forgets everything on its way for a form whose draft is sent or thrown away. */
export function forgetFilesOf(form: string): Promise<void> {
  return within('readwrite', undefined, async (files) => {
    for (const id of await answered(files.index('form').getAllKeys(form))) files.delete(id)
  })
}

/** Files of a form that were on their way when the page was closed, in the order they were chosen. */
export async function keptFiles(form: string): Promise<KeptFile[]> {
  const oldest = systemClock.now().getTime() - daysKept * 86_400_000
  return within('readwrite', [], async (files) => {
    const rows = (await answered(files.index('form').getAll(form))).map((row) => Row.safeParse(row))
    const good = rows.flatMap(({ data }) => (data && data.at > oldest ? [data] : []))
    for (const row of rows) if (row.data && row.data.at <= oldest) files.delete(row.data.id)
    return good.sort((a, b) => a.at - b.at).map(({ id, purpose, file }) => ({ id, purpose, file }))
  })
}
