import type { Selectable } from 'kysely'
import { auditHash, auditText } from '../actions/audit.ts'
import type { ActionTable, Reader } from '../db/tables.ts'
import { headerHash, headerText } from './header.ts'
import { hashOfLeaf } from './leaf.ts'
import { joined, pathNodes, pathOf, rootFromPath, treeRoot } from './merkle.ts'
import { SealBroken, storedNodes } from './seal.ts'
import { type Block, newestBlocks } from './sealed.ts'

/** The format of docs/audit-proof.md. Hashes are hexadecimal, texts are what their hashes are over, byte for byte. */
export interface RecordProof {
  readonly format: 'zhiben-audit-proof-1'
  readonly rows: readonly {
    readonly facts: string
    readonly block: number
    readonly position: number
    /** From the row's leaf to the root of its block. */
    readonly path: readonly string[]
  }[]
  readonly blocks: readonly {
    readonly header: string
    /** From the block to `history` in the header of the newest; empty for the newest itself. */
    readonly path: readonly string[]
  }[]
  /** The block whose hash is the root to compare with the one on paper. */
  readonly newest: { readonly header: string }
}

export type ProofAnswer =
  | { readonly proof: RecordProof; readonly root: string; readonly newest: Block; readonly left: number }
  /** The record has no rows; some of its rows are not sealed yet; what is sealed and what is there are not the same. */
  | { readonly refused: 'nothing' | 'unsealed' | 'broken' }

type Row = Selectable<ActionTable>

/**
 * Makes the proof of one record against the newest block, or against the block `upTo`, whose root somebody holds on paper;
 * steps sealed after it are then left out and counted in `left`. Every part is checked here first: a proof that fails
 * at the stranger's would look like a fault of the stranger's.
 */
export async function proveRecord(db: Reader, county: string, recordId: string, upTo?: number): Promise<ProofAnswer> {
  const rows = await db
    .selectFrom('action')
    .selectAll()
    .where('county', '=', county)
    .where('record_id', '=', recordId)
    .orderBy('seq')
    .execute()
  const newest = upTo === undefined ? (await newestBlocks(db, county, 1))[0] : await blockOf(db, county, upTo)
  if (rows.length === 0 || (upTo !== undefined && !newest)) return { refused: 'nothing' }
  if (!newest) return { refused: 'unsealed' }
  try {
    const places = await placesOf(db, county, rows)
    const placed = rows.flatMap((row) => {
      const place = places.get(row.id)
      return place ? [{ row, ...place }] : []
    })
    if (upTo === undefined && placed.length < rows.length) return { refused: 'unsealed' }
    const taken = placed.filter(({ block }) => block <= newest.number)
    if (taken.length === 0) return { refused: 'nothing' }
    const rowsPart = await proveRows(db, county, taken)
    const blocks = await Promise.all(
      [...new Set(taken.map(({ block }) => block))].map((number) => blockOf(db, county, number)),
    )
    const proof: RecordProof = {
      format: 'zhiben-audit-proof-1',
      rows: rowsPart,
      blocks: await proveBlocks(
        db,
        newest,
        blocks.filter((block) => block !== undefined),
      ),
      newest: { header: headerText(newest) },
    }
    return { proof, root: newest.hash.toString('hex'), newest, left: rows.length - taken.length }
  } catch (error) {
    if (error instanceof SealBroken) return { refused: 'broken' }
    throw error
  }
}

const blockOf = (db: Reader, county: string, number: number): Promise<Block | undefined> =>
  db.selectFrom('audit_block').selectAll().where('county', '=', county).where('number', '=', number).executeTakeFirst()

interface Place {
  readonly block: number
  readonly position: number
}

async function placesOf(db: Reader, county: string, rows: readonly Row[]): Promise<ReadonlyMap<string, Place>> {
  const leaves = await db
    .selectFrom('audit_leaf')
    .select(['row_id', 'block', 'position'])
    .where('county', '=', county)
    .where('kind', '=', 'action')
    .where(
      'row_id',
      'in',
      rows.map((row) => row.id),
    )
    .execute()
  return new Map(leaves.map(({ row_id, block, position }) => [row_id, { block, position }]))
}

async function proveRows(db: Reader, county: string, taken: readonly (Place & { readonly row: Row })[]) {
  const trees = new Map<number, Buffer[]>()
  for (const { block } of taken) {
    if (!trees.has(block)) trees.set(block, await treeOf(db, county, block))
  }
  let previous: Buffer | null = null
  return taken.map(({ row, block, position }, at) => {
    const { hash, prev_hash: _before, ...facts } = row
    const leaves = trees.get(block) ?? []
    const leaf = hashOfLeaf({ kind: 'action', row_id: row.id, record_id: row.record_id, seq: row.seq, hash })
    const sound = row.seq === at + 1 && auditHash(facts, previous).equals(hash) && leaves[position]?.equals(leaf)
    if (!sound) throw new SealBroken(`step ${row.seq} of record ${row.record_id} is not what was sealed`)
    previous = hash
    return { facts: auditText(facts), block, position, path: hexes(pathOf(position, leaves)) }
  })
}

/** The leaf hashes of a block, which must give the root in its header. */
async function treeOf(db: Reader, county: string, number: number): Promise<Buffer[]> {
  const rows = await db
    .selectFrom('audit_leaf')
    .select(['kind', 'row_id', 'record_id', 'seq', 'hash'])
    .where('county', '=', county)
    .where('block', '=', number)
    .orderBy('position')
    .execute()
  const leaves = rows.map(hashOfLeaf)
  const block = await blockOf(db, county, number)
  if (!block || leaves.length !== block.rows || !treeRoot(leaves).equals(block.root)) {
    throw new SealBroken(`block ${number} is not what it was`)
  }
  return leaves
}

async function proveBlocks(db: Reader, newest: Block, blocks: readonly Block[]) {
  const size = newest.number - 1
  const steps = new Map(
    blocks.map((block) => [block, block.number === newest.number ? [] : pathNodes(block.number - 1, size)]),
  )
  const stored = await storedNodes(db, newest.county, [...steps.values()].flat(2))
  return [...steps].map(([block, nodes]) => {
    const path = nodes.map((step) => joined(step.map(stored)))
    const hash = headerHash(block)
    const leads =
      block.number === newest.number || rootFromPath(block.number - 1, size, hash, path)?.equals(newest.history)
    if (!leads || !hash.equals(block.hash)) throw new SealBroken(`block ${block.number} is not in the chain`)
    return { header: headerText(block), path: hexes(path) }
  })
}

const hexes = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('hex'))
