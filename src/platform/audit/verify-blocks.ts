import type { Tx } from '../db/tables.ts'
import type { AuditFault, AuditFaultKind, Findings } from './findings.ts'
import { headerHash } from './header.ts'
import { hashOfLeaf } from './leaf.ts'
import { completedNodes, hashBytes, joined, treeRoot } from './merkle.ts'
import { type Block, blocksOf, leavesByBlock, type SealedRow } from './sealed.ts'

export interface SealedSum {
  readonly blocks: number
  readonly leaves: number
  readonly newest: Block | undefined
}

/** So many missing blocks, or leaves of one block, in a row are named one by one. */
const namedGaps = 500

interface Watch {
  /** Hears of every block with the hash its facts give, which is not the stored one when the block was changed. */
  onBlock(block: Block, hash: Buffer): void
  onRows(rows: number): Promise<void>
}

/** Recomputes every block from its leaves, every leaf from its row, and the chain and the tree over all blocks. */
export async function verifyBlocks(tx: Tx, county: string, findings: Findings, watch: Watch): Promise<SealedSum> {
  const chain = new BlockChain(findings)
  const groups = leavesByBlock(tx, county)
  let group = await groups.next()
  let leaves = 0
  let newest: Block | undefined
  const missing = (block: number) => findings.add({ kind: 'blockMissing', block })
  for await (const block of blocksOf(tx, county)) {
    for (; !group.done && group.value.block < block.number; group = await groups.next()) missing(group.value.block)
    const rows = !group.done && group.value.block === block.number ? group.value.rows : []
    if (rows.length > 0) group = await groups.next()
    const { hash, sound } = chain.take(block)
    watch.onBlock(block, hash)
    const sealed = { ...block, rows: sound ? block.rows : rows.length }
    for (const fault of leafFaults(sealed, rows, newest?.complete_to ?? null)) findings.add(fault)
    leaves += rows.length
    newest = block
    await watch.onRows(rows.length)
  }
  // Leaves whose blocks were cut off at the end.
  for (; !group.done; group = await groups.next()) missing(group.value.block)
  return { blocks: chain.blocks, leaves, newest }
}

/** The chain from block to block, and the tree over them as it grows. */
class BlockChain {
  blocks = 0
  readonly #findings: Findings
  #last: Block | undefined
  /** Hashes of the full subtrees of the tree over all blocks so far, the largest first; undefined once a block is missing. */
  #peaks: { readonly level: number; readonly hash: Buffer }[] | undefined = []

  constructor(findings: Findings) {
    this.#findings = findings
  }

  /** The hash its facts give, and whether it is the block's own. */
  take(block: Block): { readonly hash: Buffer; readonly sound: boolean } {
    const last = this.#last
    const next = (last?.number ?? 0) + 1
    for (let gone = next; gone < block.number && gone < next + namedGaps; gone += 1) {
      this.#findings.add({ kind: 'blockMissing', block: gone })
    }
    // One missing block is still known by the hash its successor names; of several nothing is.
    if (block.number > next + 1) this.#peaks = undefined
    else if (block.number === next + 1 && last && this.#peaks) this.#peaks = grown(this.#peaks, last.hash)
    const previous = block.number === 1 ? null : block.previous
    // What the chain says of the block before counts for the tree: a rewritten block is reported once, not with all its heirs.
    if (previous && this.#peaks && block.number > 1) this.#peaks = grown(this.#peaks, previous)
    if (last && block.number === next && !(previous?.equals(last.hash) ?? false)) {
      this.#findings.add({ kind: 'blockRewritten', block: last.number })
    }
    const hash = headerHash(block)
    const history = this.#peaks && joined(this.#peaks.map((peak) => peak.hash))
    const fits = hash.equals(block.hash) && (block.number > 1 || block.previous === null)
    if (!fits || (history && !history.equals(block.history)) || !this.#nodesFit(block)) {
      this.#findings.add({ kind: 'blockChanged', block: block.number })
    }
    this.blocks += 1
    this.#last = block
    return { hash, sound: hash.equals(block.hash) }
  }

  /** Whether the stored hashes of subtrees, of which proofs are made, are those that this block completes. */
  #nodesFit(block: Block): boolean {
    const peaks = this.#peaks
    if (!peaks) return true
    let count = 1
    for (let left = block.number - 1; left % 2 === 1; left = Math.floor(left / 2)) count += 1
    const waiting = peaks.slice(peaks.length - (count - 1)).map((peak) => peak.hash)
    const nodes = Buffer.concat(completedNodes(block.hash, count === 1 ? [] : waiting.reverse()))
    return nodes.length === count * hashBytes && nodes.equals(block.nodes)
  }
}

function grown(peaks: readonly { level: number; hash: Buffer }[], leaf: Buffer) {
  const out = [...peaks]
  const waiting: Buffer[] = []
  let level = 0
  for (let top = out.at(-1); top?.level === level; top = out.at(-1), level += 1) {
    waiting.push(top.hash)
    out.pop()
  }
  const hash = completedNodes(leaf, waiting).at(-1) ?? leaf
  return [...out, { level, hash }]
}

const named = (kind: AuditFaultKind, { leaf }: SealedRow): AuditFault => {
  const { block, position, record_id, seq, row_id } = leaf
  if (leaf.kind === 'refusal') return { kind, refusalId: row_id, block, position }
  return { kind, ...(record_id ? { recordId: record_id } : {}), ...(seq === null ? {} : { seq }), block, position }
}

/** What is wrong with the leaves of one block, or with the rows they are of. */
function leafFaults(block: Block, all: readonly SealedRow[], completeBefore: Date | null): AuditFault[] {
  const placed = all.filter(({ leaf }) => leaf.position < block.rows)
  const extra = all.filter(({ leaf }) => leaf.position >= block.rows)
  const there = new Set(placed.map(({ leaf }) => leaf.position))
  const gone: number[] = []
  // A forged number of rows may be a thousand million.
  for (let at = 0; at < block.rows && gone.length < namedGaps; at += 1) if (!there.has(at)) gone.push(at)
  const faults: AuditFault[] = [
    ...extra.map(({ leaf }) => ({ kind: 'leafInserted' as const, block: block.number, position: leaf.position })),
    ...gone.map((position) => ({ kind: 'leafRemoved' as const, block: block.number, position })),
  ]
  const sealedAs = placed.map(({ leaf }) => hashOfLeaf(leaf))
  if (gone.length === 0 && !treeRoot(sealedAs).equals(block.root)) {
    return [...faults, ...falseLeaves(block, placed, sealedAs)]
  }
  return [...faults, ...placed.flatMap((sealed) => rowFaults(sealed, completeBefore))]
}

/** The leaves do not give the root. If the rows themselves do, the leaves were changed; else nobody can tell which is true. */
function falseLeaves(block: Block, placed: readonly SealedRow[], sealedAs: readonly Buffer[]): AuditFault[] {
  const rowsAre = placed.map(({ row }, at) => (row ? hashOfLeaf(row) : (sealedAs[at] ?? Buffer.alloc(0))))
  if (!treeRoot(rowsAre).equals(block.root)) return [{ kind: 'blockRoot', block: block.number }]
  return placed
    .filter((_, at) => !rowsAre[at]?.equals(sealedAs[at] ?? Buffer.alloc(0)))
    .map(({ leaf }) => ({ kind: 'leafChanged', block: block.number, position: leaf.position }))
}

/** The leaf is what was sealed; so whatever differs from it is the row's fault. */
function rowFaults(sealed: SealedRow, completeBefore: Date | null): AuditFault[] {
  const { leaf, row } = sealed
  if (!row) return [named('removed', sealed)]
  // Facts changed under an unchanged hash, number and record among them, are found by the chain of the record.
  if (!row.hash.equals(leaf.hash)) return [named('rewritten', sealed)]
  return completeBefore && row.at < completeBefore ? [named('late', sealed)] : []
}
