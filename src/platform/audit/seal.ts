import { type Selectable, sql } from 'kysely'
import type { AuditBlockTable, Db, Reader, Tx } from '../db/tables.ts'
import { type BlockHeader, headerHash } from './header.ts'
import { hashOfLeaf } from './leaf.ts'
import { completedNodes, type FullNode, hashBytes, joined, peaksOf, treeRoot, waitingNodes } from './merkle.ts'
import { newestBlocks } from './sealed.ts'
import { type Place, stragglers, type UnsealedRow, unsealedRows } from './unsealed.ts'

export interface SealParts {
  readonly db: Db
  readonly county: string
  /** Name and version of the software, as the block keeps it. */
  readonly software: string
  /** Most rows of one block. */
  readonly blockRows: () => number
  /**
   * False while history is being told (demo data): rows then come in with instants of years ago, and a block must not claim
   * that everything of those years had been there.
   */
  readonly settled: () => Promise<boolean>
  /** Hears of every block after it was committed; the place to let its root leave the machine. */
  readonly onSealed?: (block: SealedBlock) => Promise<void>
  /** True once the product is to stop: what is left is sealed after the next start. */
  readonly stopping?: () => boolean
}

export interface SealedBlock {
  readonly header: BlockHeader
  readonly hash: Buffer
}

export interface Sealer {
  /** Seals what waits, block by block; answers how many rows. Another process that is at it already leaves nothing to do. */
  pass(now: Date): Promise<number>
}

/**
 * A row counts as settled an hour after its instant: no transaction of the product lasts that long, and no two clocks of
 * its machines differ that much. What turns up later is sealed all the same, and the verification says that it came late.
 */
export const settleMs = 3_600_000
const sweepEveryMs = 3_600_000

/** The chain of blocks is not what sealing left behind; a person must look at it before anything is built on it. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
}

export function createSealer(parts: SealParts): Sealer {
  let swept: number | undefined
  const sealBatch = async (choose: Choose, claim: Date | null) => {
    const made = await parts.db.transaction().execute((tx) => sealOne(tx, parts, choose, claim))
    if (made?.block) await parts.onSealed?.(made.block)
    return made
  }
  return {
    async pass(now) {
      const settled = await parts.settled()
      let rows = await drain(parts, sealBatch, settled ? new Date(now.getTime() - settleMs) : null, now)
      if (parts.stopping?.()) return rows
      if (swept !== undefined && now.getTime() - swept < sweepEveryMs) return rows
      for (;;) {
        const made = await sealBatch(
          async (tx, _block, limit) => ({ rows: await stragglers(tx, parts.county, limit), now }),
          null,
        )
        if (!made) return rows
        rows += made.rows
        if (made.rows < parts.blockRows()) break
        // The sweep has not come to its end and is not over.
        if (parts.stopping?.()) return rows
      }
      swept = now.getTime()
      return rows
    },
  }
}

/** Picks the rows of the next block; `undefined`: no block is needed. */
type Choose = (
  tx: Tx,
  newest: Selectable<AuditBlockTable> | undefined,
  limit: number,
) => Promise<{ readonly rows: readonly UnsealedRow[]; readonly now: Date; readonly empty?: boolean }>

type SealBatch = (
  choose: Choose,
  claim: Date | null,
) => Promise<{ readonly rows: number; readonly block: SealedBlock | undefined } | undefined>

/**
 * Seals everything that waits. `claim`: up to when the last block may say that nothing is missing. Every hour it says so
 * even when nothing has happened, by a block without rows: a row slipped into a quiet night would otherwise not come late.
 */
async function drain(parts: SealParts, sealBatch: SealBatch, claim: Date | null, now: Date): Promise<number> {
  const after: { action?: Place; refusal?: Place } = {}
  for (let total = 0; ; ) {
    const made = await sealBatch(async (tx, newest, limit) => {
      const since = newest?.complete_to ?? null
      const actions = await unsealedRows(tx, parts.county, 'action', { since, after: after.action }, limit)
      const left = limit - actions.length
      const refusals =
        left > 0 ? await unsealedRows(tx, parts.county, 'refusal', { since, after: after.refusal }, left) : []
      after.action = actions.at(-1) ?? after.action
      after.refusal = refusals.at(-1) ?? after.refusal
      const stale = claim !== null && (since === null || claim.getTime() - since.getTime() >= settleMs)
      return { rows: [...actions, ...refusals], now, empty: stale }
    }, claim)
    total += made?.rows ?? 0
    if (!made || made.rows < parts.blockRows() || parts.stopping?.()) return total
  }
}

/** One block in one transaction. Undefined: another process is sealing this county. */
async function sealOne(tx: Tx, parts: SealParts, choose: Choose, claim: Date | null) {
  const { county } = parts
  const lock = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('zhiben.audit.seal'), hashtext(${county})) as mine`.execute(tx)
  if (!lock.rows[0]?.mine) return undefined
  const [newest] = await newestBlocks(tx, county, 1)
  await standsOn(tx, county, newest)
  const limit = parts.blockRows()
  const { rows, now, empty } = await choose(tx, newest, limit)
  if (rows.length === 0 && !empty) return { rows: 0, block: undefined }
  const before = newest?.complete_to ?? null
  // Full to the brim means that more may wait; only the block that takes the last of them may say that nothing is left.
  const complete = claim && rows.length < limit && (!before || claim > before) ? claim : before
  const number = newest?.number ?? 0
  const stored = await storedNodes(tx, county, [...waitingNodes(number), ...peaksOf(number)])
  const header: BlockHeader = {
    county,
    number: number + 1,
    previous: newest?.hash ?? null,
    history: joined(peaksOf(number).map(stored)),
    rows: rows.length,
    root: treeRoot(rows.map(hashOfLeaf)),
    first_at: rows.reduce<Date | null>((first, { at }) => (first && first <= at ? first : at), null),
    last_at: rows.reduce<Date | null>((last, { at }) => (last && last >= at ? last : at), null),
    complete_to: complete,
    sealed_at: now,
    software: parts.software,
  }
  const hash = headerHash(header)
  const nodes = Buffer.concat(completedNodes(hash, waitingNodes(number).map(stored)))
  await insertLeaves(tx, county, header.number, rows)
  await tx
    .insertInto('audit_block')
    .values({ ...header, hash, nodes })
    .execute()
  return { rows: rows.length, block: { header, hash } }
}

/** Building on a newest block that was changed, or in the place of one that was cut off, would cover the traces. */
async function standsOn(tx: Tx, county: string, newest: Selectable<AuditBlockTable> | undefined): Promise<void> {
  if (newest && !headerHash(newest).equals(newest.hash)) {
    throw new SealBroken(`block ${newest.number} is not what it was when it was sealed`)
  }
  const beyond = await tx
    .selectFrom('audit_leaf')
    .select('block')
    .where('county', '=', county)
    .where('block', '>', newest?.number ?? 0)
    .limit(1)
    .executeTakeFirst()
  if (beyond) throw new SealBroken(`block ${beyond.block} has leaves but is gone itself`)
}

/** The stored hashes of full subtrees of the tree over all blocks; block n is leaf n − 1. */
export async function storedNodes(
  db: Reader,
  county: string,
  wanted: readonly FullNode[],
): Promise<(node: FullNode) => Buffer> {
  const numbers = [...new Set(wanted.map(({ end }) => end + 1))]
  const rows =
    numbers.length === 0
      ? []
      : await db
          .selectFrom('audit_block')
          .select(['number', 'nodes'])
          .where('county', '=', county)
          .where('number', 'in', numbers)
          .execute()
  const byNumber = new Map(rows.map((row) => [row.number, row.nodes]))
  return ({ level, end }) => {
    const hash = byNumber.get(end + 1)?.subarray(level * hashBytes, (level + 1) * hashBytes)
    if (hash?.length !== hashBytes) throw new SealBroken(`block ${end + 1} is missing or cut`)
    return hash
  }
}

async function insertLeaves(tx: Tx, county: string, block: number, rows: readonly UnsealedRow[]): Promise<void> {
  if (rows.length === 0) return
  const column = <K extends keyof UnsealedRow>(key: K) => rows.map((row) => row[key])
  // Arrays instead of a list of values: five thousand rows of eight columns would be forty thousand parameters.
  await sql`
    insert into audit_leaf (county, block, position, kind, row_id, record_id, seq, hash)
    select ${county}, ${block}, t.ord - 1, t.kind, t.row_id, t.record_id, t.seq, t.hash
    from unnest(${column('kind')}::text[], ${column('row_id')}::uuid[], ${column('record_id')}::uuid[],
      ${column('seq')}::integer[], ${column('hash')}::bytea[])
      with ordinality as t (kind, row_id, record_id, seq, hash, ord)`.execute(tx)
}
