import { type Selectable, sql } from 'kysely'
import type { AuditBlockTable, AuditLeafTable, Reader, RefusalTable } from '../db/tables.ts'
import { type Leaf, refusalHash } from './leaf.ts'

export type Block = Selectable<AuditBlockTable>

/** A sealed leaf, and the row it is of as it is now; `row` undefined: it is gone. */
export interface SealedRow {
  readonly leaf: Selectable<AuditLeafTable>
  readonly row: (Leaf & { readonly at: Date }) | undefined
}

const pageBlocks = 500
const pageLeaves = 5000

/** All blocks, the oldest first. */
export async function* blocksOf(db: Reader, county: string): AsyncGenerator<Block> {
  for (let last = 0; ; ) {
    const page = await db
      .selectFrom('audit_block')
      .selectAll()
      .where('county', '=', county)
      .where('number', '>', last)
      .orderBy('number')
      .limit(pageBlocks)
      .execute()
    yield* page
    if (page.length < pageBlocks) return
    last = page.at(-1)?.number ?? last
  }
}

/** The newest blocks, the newest first. */
export function newestBlocks(db: Reader, county: string, count: number): Promise<Block[]> {
  return db
    .selectFrom('audit_block')
    .selectAll()
    .where('county', '=', county)
    .orderBy('number', 'desc')
    .limit(count)
    .execute()
}

interface JoinedLeaf extends Selectable<AuditLeafTable> {
  readonly row_hash: Buffer | null
  readonly row_record: string | null
  readonly row_seq: number | null
  readonly row_at: Date | null
}

async function leafPage(db: Reader, county: string, after: SealedRow['leaf'] | undefined): Promise<SealedRow[]> {
  const result = await sql<JoinedLeaf>`
    select l.*, a.hash as row_hash, a.record_id as row_record, a.seq as row_seq, a.at as row_at
    from (select * from audit_leaf where county = ${county}
      and (block, position) > (${after?.block ?? 0}, ${after?.position ?? -1})
      order by block, position limit ${pageLeaves}) l
    left join action a on a.county = l.county and a.id = l.row_id and l.kind = 'action'
    order by l.block, l.position`.execute(db)
  const ids = result.rows.filter(({ kind }) => kind === 'refusal').map(({ row_id }) => row_id)
  const refusals = await refusalsById(db, county, ids)
  return result.rows.map(({ row_hash, row_record, row_seq, row_at, ...leaf }) => {
    const refusal = leaf.kind === 'refusal' ? refusals.get(leaf.row_id) : undefined
    const { kind, row_id } = leaf
    if (refusal) {
      const hash = refusalHash(refusal)
      return { leaf, row: { kind, row_id, record_id: refusal.record_id, seq: null, hash, at: refusal.at } }
    }
    if (!row_hash || !row_at) return { leaf, row: undefined }
    return { leaf, row: { kind, row_id, record_id: row_record, seq: row_seq, hash: row_hash, at: row_at } }
  })
}

async function refusalsById(db: Reader, county: string, ids: readonly string[]) {
  const rows: Selectable<RefusalTable>[] =
    ids.length === 0
      ? []
      : await db
          .selectFrom('refusal')
          .selectAll()
          .where('county', '=', county)
          .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
          .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The leaves block by block with the rows they are of; also those whose block is gone. Holds one block in memory. */
export async function* leavesByBlock(
  db: Reader,
  county: string,
): AsyncGenerator<{ readonly block: number; readonly rows: SealedRow[] }> {
  let current: { block: number; rows: SealedRow[] } | undefined
  for (let last: SealedRow['leaf'] | undefined; ; ) {
    const page = await leafPage(db, county, last)
    for (const sealed of page) {
      if (current && current.block !== sealed.leaf.block) {
        yield current
        current = undefined
      }
      current ??= { block: sealed.leaf.block, rows: [] }
      current.rows.push(sealed)
    }
    if (page.length < pageLeaves) break
    last = page.at(-1)?.leaf
  }
  if (current) yield current
}
