import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import type { JobSpec } from '#platform/module/module.ts'
import { finishImport, type LedgerImport } from '../model/index.ts'
import { allOf, bringInCluster, bringInTogether, type Cluster, type WorkParts } from './bring-in.ts'
import { loadImport, type ReadyRow, readyRows } from './store.ts'

export type { WorkParts } from './bring-in.ts'

export const importJob = 'ledgerimport.work'

/**
 * Hazards per transaction, whose rows are then written together: most of what an import costs is sending, parsing and
 * planning. Short enough that a pause and a stop are not waited for.
 */
const together = 100

/**
 * Carries out an import, some hazards per transaction: after a kill at any point every row is either untouched or done and
 * marked, and the job goes on with those still ready. A pause takes effect before the next transaction.
 */
export function ledgerImportJob(parts: WorkParts): JobSpec {
  return {
    name: importJob,
    expireSeconds: 3600,
    async run(data, job) {
      const importId = (data as { importId: string }).importId
      await workOff(parts, importId, job.signal)
    },
  }
}

async function workOff(parts: WorkParts, importId: string, signal: AbortSignal): Promise<void> {
  const { db, county } = parts
  const running = async () => {
    const record = await loadImport(db, county, importId, false)
    return record?.state === 'running' && !signal.aborted ? record : undefined
  }
  // What is left after a round are rows that were waiting for their twin; a round that settles nothing is the last.
  for (let left = Number.POSITIVE_INFINITY; ; ) {
    const ready = await readyRows(db, county, importId)
    if (ready.length === 0 || ready.length >= left) break
    left = ready.length
    const { plain, repeated } = clustersOf(ready)
    let next = 0
    const lane = async () => {
      while (next < plain.length) {
        const at = next
        next += together
        const record = await running()
        if (!record) return
        await bringInTogether(parts, record, plain.slice(at, at + together))
      }
    }
    // The product puts one group together while the database writes the other.
    await allOf([lane(), lane()])
    for (const cluster of repeated) {
      const record = await running()
      if (!record) return
      await bringInCluster(parts, record, cluster)
    }
  }
  const record = await running()
  if (!record) return
  const now = parts.clock.now()
  const envelope = { actionId: newId(now.getTime()), recordId: importId, version: record.version, input: {} }
  await parts.runner().run(systemFor(record), finishImport.id, envelope, { now })
}

/** The last step is the product's own: the account may have been disabled while its import ran. */
const systemFor = (record: LedgerImport): Actor => ({
  county: record.county,
  accountId: record.accountId,
  personId: null,
  name: record.accountName,
  grants: [],
  system: true,
})

/** Rows that are a hazard of their own, in the order of the sheet, and those that others repeat or that repeat others. */
function clustersOf(rows: readonly ReadyRow[]): { plain: number[]; repeated: Cluster[] } {
  const mains = new Map<number, number[]>()
  for (const row of rows) if (row.mergeRow === null) mains.set(row.row, [])
  const plain: number[] = []
  const repeated: Cluster[] = []
  for (const row of rows) {
    if (row.mergeRow === null) continue
    const repeats = mains.get(row.mergeRow)
    if (repeats) repeats.push(row.row)
    // The row it repeats came in at an earlier run; it then stands alone and is merged into that hazard.
    else repeated.push({ main: row.row, repeats: [] })
  }
  for (const [main, repeats] of mains) {
    if (repeats.length === 0) plain.push(main)
    else repeated.push({ main, repeats })
  }
  return { plain, repeated: repeated.sort((a, b) => a.main - b.main) }
}
