import type { Db, Reader } from '../../db/tables.ts'
import { lengthOf, placeOf } from '../places.ts'
import * as store from '../store-looks.ts'
import { type Grey, keysOf, likenessTo, sameFrom, soughtOf } from './looks.ts'
import { greyOf } from './pictures.ts'

interface Places {
  readonly county: string
  readonly folder: string
}

/**
 * Finds the pictures that are the same photo as this one and writes the pairs down, once for every picture: showing a
 * record then costs a look-up. Comes after the picture is written down, so that of two that arrive at the same moment
 * the later at least sees the other.
 */
export async function compare(parts: Places, db: Db, sha256: string): Promise<void> {
  const { county } = parts
  if (!(await store.isUncompared(db, county, sha256))) return
  const grey = await thumbOf(parts, sha256)
  if (!grey) return
  const sought = soughtOf(grey)
  const likeness = likenessTo(grey)
  const pairs: store.Pair[] = []
  for (const other of await store.findNear(db, county, { sha256, sought, keys: keysOf(sought) })) {
    const theirs = await thumbOf(parts, other)
    const alike = theirs ? likeness(theirs) : 0
    if (alike >= sameFrom) pairs.push({ other, likeness: alike })
  }
  await store.insertPairs(db, county, sha256, pairs)
}

/** Undefined when the folder does not hold the picture: another one can be told apart from it no more. */
async function thumbOf({ folder }: Places, sha256: string): Promise<Grey | undefined> {
  const path = placeOf(folder, sha256, 'thumb')
  return (await lengthOf(path)) > 0 ? greyOf(path) : undefined
}

/** Compares pictures whose comparison a stopped server left undone; answers how many. */
export async function compareLeft(parts: Places, db: Db, before: Date): Promise<number> {
  const left = await store.listUncompared(db, parts.county, before)
  for (const sha256 of left) await compare(parts, db, sha256)
  return left.length
}

/** A picture elsewhere that is the same photo as one of a record. */
export interface Twin {
  readonly own: string
  readonly id: string
  readonly recordType: string
  readonly recordId: string
  readonly purpose: string
  readonly likeness: number
}

/** Pictures that are the same photo as one of these, on this and on other records. */
export function twinsOf(reader: Reader, county: string, sha256s: readonly string[]): Promise<Twin[]> {
  return store.listTwins(reader, county, sha256s)
}
