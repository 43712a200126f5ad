import type { Db } from '../db/tables.ts'
import { compareLeft } from './pictures/alike.ts'
import { leftArriving, removeArriving, removeStored } from './places.ts'
import type { FilesParts } from './receiving.ts'
import * as store from './store.ts'
import { deleteLooks } from './store-looks.ts'
import * as unused from './store-sweep.ts'

const day = 86_400_000

/** Days after which an upload nobody goes on with, and a finished one nobody hung on a record, is given up. */
const openDays = 7
const unusedDays = 30

export interface Swept {
  readonly uploads: number
  readonly files: number
}

/**
 * Removes uploads that were given up, and the bytes no record and no upload names any more. Files of records stay for
 * ever, and so does what somebody still works with.
 */
export async function sweep(parts: FilesParts, db: Db, now: Date): Promise<Swept> {
  const { county, folder } = parts
  const before = (days: number) => new Date(now.getTime() - days * day)
  const given = await unused.dropOpen(db, county, before(openDays))
  const idle = await unused.listIdle(db, county, before(unusedDays))
  const working = await parts.inUse(db, idle)
  const dropped = await unused.dropFinished(
    db,
    county,
    idle.filter((id) => !working.has(id)),
  )
  for (const id of given) await removeArriving(folder, id)
  await removeStrays(parts, db, before(openDays))
  let files = 0
  for (const sha256 of await unused.listUnnamed(db, county, before(1))) {
    if (await removeFile(parts, db, sha256)) files += 1
  }
  await compareLeft(parts, db, before(1))
  return { uploads: given.length + dropped, files }
}

/** Part files whose upload is gone: the server stopped between the two. */
async function removeStrays({ county, folder }: FilesParts, db: Db, before: Date): Promise<void> {
  const left = await leftArriving(folder, before)
  const known = await unused.knownUploads(db, county, left)
  for (const id of left) if (!known.has(id)) await removeArriving(folder, id)
}

async function removeFile({ county, folder }: FilesParts, db: Db, sha256: string): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await store.lockFile(tx, county, sha256)
    if (!(await unused.dropUnnamed(tx, county, sha256))) return false
    await deleteLooks(tx, county, sha256)
    // Before the lock is given back: the same bytes coming in again must find either both or neither.
    await removeStored(folder, sha256)
    return true
  })
}
