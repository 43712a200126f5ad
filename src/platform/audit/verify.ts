import { sql } from 'kysely'
import type { Db, Tx } from '../db/tables.ts'
import { type AuditFault, Findings } from './findings.ts'
import { overdueRows, waitingRows } from './unsealed.ts'
import { type SealedSum, verifyBlocks } from './verify-blocks.ts'
import { type VersionsOf, verifyChains } from './verify-chains.ts'

/** A root that was kept outside the database: on paper, in a file, in a message. */
export interface KeptRoot {
  /** 64 hexadecimal digits, lower case. */
  readonly root: string
  /** Where it was kept, for the finding: “给出的”, “数据目录 audit-roots.txt 第 3 行的”. */
  readonly keptIn?: string
}

export interface VerifyOptions {
  /** `runner.versionsOf`. */
  readonly versionsOf?: VersionsOf
  readonly roots?: readonly KeptRoot[]
  /** Rows from before this instant that are not sealed mean that sealing has stopped. Undefined: not judged. */
  readonly sealedBefore?: Date
  /** Hears of the progress in rows; throw to give up. */
  onProgress?(done: number, total: number): Promise<void> | void
}

export interface AuditVerification {
  /** Actions looked at. */
  readonly checked: number
  readonly blocks: number
  /** Sealed rows: actions and refusals. */
  readonly sealed: number
  readonly newest: { readonly block: number; readonly root: string; readonly sealedAt: Date } | null
  /** Up to when the newest block says that nothing is missing. */
  readonly completeTo: Date | null
  /** Rows that wait for the next block, and since when. */
  readonly waiting: { readonly rows: number; readonly since: Date | null }
  /** The blocks whose roots were kept outside. */
  readonly matched: readonly { readonly block: number; readonly root: string; readonly sealedAt: Date }[]
  /** Faults in all; `faults` names the first thousand. */
  readonly count: number
  readonly faults: readonly AuditFault[]
}

/**
 * Proves the audit from its rows: the chain of every record, every sealed block, the chain and the tree of the blocks, and
 * that every row old enough is in a block. Reads one snapshot, so that a write meanwhile is no fault.
 */
export function verifyAudit(db: Db, county: string, options: VerifyOptions = {}): Promise<AuditVerification> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => verifySnapshot(tx, county, options))
}

/** The same inside a transaction that the caller has opened; repeatable read, or what others write meanwhile looks forged. */
export async function verifySnapshot(tx: Tx, county: string, options: VerifyOptions = {}): Promise<AuditVerification> {
  const findings = new Findings()
  const total = await rowsToCheck(tx, county)
  let done = 0
  const onRows = async (rows: number) => {
    done += rows
    await options.onProgress?.(Math.min(done, total), total)
  }
  const checked = await verifyChains(tx, county, findings, { versionsOf: options.versionsOf, onRows })
  const roots = new RootSearch(options.roots ?? [])
  const sum = await verifyBlocks(tx, county, findings, { onBlock: roots.see, onRows })
  for (const fault of roots.unknown()) findings.add(fault)
  const waiting = await verifyUnsealed(tx, county, sum, findings)
  if (options.sealedBefore && waiting.since && waiting.since < options.sealedBefore) {
    findings.add({ kind: 'stalled', since: waiting.since })
  }
  const { newest } = sum
  return {
    checked,
    blocks: sum.blocks,
    sealed: sum.leaves,
    newest: newest ? { block: newest.number, root: newest.hash.toString('hex'), sealedAt: newest.sealed_at } : null,
    completeTo: newest?.complete_to ?? null,
    waiting,
    matched: roots.matched,
    count: findings.count,
    faults: findings.faults,
  }
}

async function rowsToCheck(tx: Tx, county: string): Promise<number> {
  const result = await sql<{ n: number }>`
    select (select count(*) from action where county = ${county})
      + (select count(*) from audit_leaf where county = ${county}) as n`.execute(tx)
  return result.rows[0]?.n ?? 0
}

/** Looks for roots kept outside among the blocks as they pass by. */
class RootSearch {
  readonly matched: { block: number; root: string; sealedAt: Date }[] = []
  readonly #wanted: Map<string, KeptRoot>

  constructor(roots: readonly KeptRoot[]) {
    this.#wanted = new Map(roots.map((root) => [root.root, root]))
  }

  readonly see = (block: { number: number; sealed_at: Date }, hash: Buffer) => {
    const root = hash.toString('hex')
    if (this.#wanted.delete(root)) this.matched.push({ block: block.number, root, sealedAt: block.sealed_at })
  }

  unknown(): AuditFault[] {
    return [...this.#wanted.values()].map((kept) => ({ kind: 'rootUnknown', ...kept }))
  }
}

/** Rows in no block: those the newest block should know of are faults, the others wait for the next. */
async function verifyUnsealed(tx: Tx, county: string, { newest }: SealedSum, findings: Findings) {
  const complete = newest?.complete_to ?? null
  if (complete) {
    for (const { kind, row_id, record_id, seq } of await overdueRows(tx, county, complete)) {
      findings.add(
        kind === 'refusal' ? { kind: 'unsealed', refusalId: row_id } : { kind: 'unsealed', recordId: record_id, seq },
      )
    }
  }
  return waitingRows(tx, county, complete)
}
