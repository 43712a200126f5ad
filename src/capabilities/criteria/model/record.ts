import type { RecordIdentity } from '#kernel/record.ts'
import type { Day } from '#kernel/time.ts'
import type { Standard, StandardItem } from './library.ts'

/** An edition that another one takes the place of, with the day it would have ended on without that. */
export interface Superseded {
  readonly code: string
  readonly until: Day | null
}

/** A standard as a record: `code` is the id items and judgements know it by. */
export interface StandardRecord extends RecordIdentity {
  readonly code: string
  /** Of a pack, which a reload brings up to date, or entered by the county. */
  readonly origin: 'pack' | 'county'
  /** What the pack says, or the county of its own standard. */
  readonly content: Standard
  /** The county's own word on a standard of a pack: it holds instead. */
  readonly amended: Standard | null
  readonly supersedes: readonly Superseded[]
  /** Taken back before it came into force: it holds on no day, and its code is not given again. */
  readonly withdrawn: { readonly on: Day; readonly reason: string } | null
}

/** What holds. */
export const standardIn = (record: Pick<StandardRecord, 'content' | 'amended'>): Standard =>
  record.amended ?? record.content

/** The record with another content: the county's word on a pack's standard stands beside the pack's. */
export function withStandard(record: StandardRecord, standard: Standard): StandardRecord {
  return record.origin === 'pack' ? { ...record, amended: standard } : { ...record, content: standard }
}

/** The code of a standard the county enters: mine-2027, and mine-2027-2 where that is taken. */
export function codeFor(sector: string, effectiveFrom: string, taken: ReadonlySet<string>): string {
  const plain = sector.toLowerCase().replace(/[^a-z0-9]/g, '')
  const stem = `${plain || 'standard'}-${effectiveFrom.slice(0, 4)}`
  for (let at = 1; ; at += 1) {
    const code = at === 1 ? stem : `${stem}-${at}`
    if (!taken.has(code)) return code
  }
}

/** The id of an item to be added: one more than the highest number an item of the county's has had. */
export function nextItemId(code: string, items: readonly Pick<StandardItem, 'id'>[]): string {
  const start = `${code}-x`
  const numbers = items.map(({ id }) => (id.startsWith(start) ? Number(id.slice(start.length)) : 0))
  return `${start}${Math.max(0, ...numbers.filter(Number.isInteger)) + 1}`
}
