import { createHash } from 'node:crypto'
import { newId } from '#kernel/ids.ts'

/**
 * The id of something in the demo county: the same words at the same instant give the same id, so that an interrupted
 * seeding repeats its actions and is answered by the first result, and two machines tell the same county.
 */
export function demoId(words: string, at: Date): string {
  const digest = createHash('sha256').update(words).digest()
  return newId(at.getTime(), (bytes) => {
    bytes.set(digest.subarray(0, bytes.length))
    return bytes
  })
}
