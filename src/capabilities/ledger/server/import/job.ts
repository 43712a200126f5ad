import { Problem } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import type { Clock } from '#kernel/time.ts'
import type { ActionRunner } from '#platform/actions/runner.ts'
import type { Db } from '#platform/db/tables.ts'
import type { JobSpec } from '#platform/module/module.ts'
import {
  importLedgerRows,
  ledgerBatchSize,
  ledgerErrors,
  pauseSheetImport,
  type SheetImport,
} from '../../model/index.ts'
import { loadSheet } from '../store-sheets.ts'

export interface SheetJobParts {
  readonly db: Db
  readonly county: string
  readonly clock: Clock
  readonly runner: () => ActionRunner
  /** The account as it may act now; undefined once it is disabled. */
  actorOf(accountId: string, now: Date): Promise<Actor | undefined>
}

export const sheetJob = 'ledger.sheet'

/**
 * Brings a sheet into its ledger, a batch per transaction: after a kill at any point the rows of a batch are all in and
 * accounted for or none is, and the job goes on behind the last one. A pause is heard before the next batch.
 */
export function ledgerSheetJob(parts: SheetJobParts): JobSpec {
  return {
    name: sheetJob,
    expireSeconds: 3600,
    run: (data, { signal }) => workOff(parts, (data as { importId: string }).importId, signal),
  }
}

/** Queued again by whoever starts up after a kill; two workers on one sheet only find each other's batches taken. */
async function workOff(parts: SheetJobParts, id: string, signal: AbortSignal): Promise<void> {
  const { db, county, clock } = parts
  // After a refusal the rows of that batch are tried one by one, so that one row does not keep the others out.
  let singly = 0
  while (!signal.aborted) {
    const sheet = await loadSheet(db, county, id, false)
    if (sheet?.state !== 'running') return
    const actor = await parts.actorOf(sheet.accountId, clock.now())
    if (!actor) return pauseFor(parts, sheet)
    const take = singly > 0 ? 1 : ledgerBatchSize
    const refusal = await refusalOf(parts, actor, sheet, { take })
    if (refusal === undefined) singly = Math.max(0, singly - 1)
    else if (refusal === moved) continue
    else if (take > 1) singly = ledgerBatchSize
    else {
      const again = await refusalOf(parts, actor, sheet, { take, refused: refusal })
      if (typeof again === 'string') return pauseFor(parts, sheet)
      if (again === undefined) singly -= 1
    }
  }
}

/** Another worker was there first, or a person has paused it: what stands now is looked at again. */
const moved = Symbol('moved')

async function refusalOf(
  parts: SheetJobParts,
  actor: Actor,
  { id, next }: SheetImport,
  more: { readonly take: number; readonly refused?: string },
): Promise<string | typeof moved | undefined> {
  const now = parts.clock.now()
  const input = { importId: id, skip: next, ...more }
  const envelope = { actionId: newId(now.getTime()), recordId: newId(now.getTime()), input }
  try {
    await parts.runner().run(actor, importLedgerRows.id, envelope, { now })
    return undefined
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.def === ledgerErrors.importMoved || error.def === ledgerErrors.importNotRunning) return moved
    const fields = error.fields?.map(({ message }) => message) ?? []
    return (fields.length > 0 ? fields.join('；') : (error.detail ?? error.def.message)).slice(0, 1000)
  }
}

/** The product's own step: whoever ordered the import may not act any more, and only they can go on with it. */
async function pauseFor({ runner, clock, county }: SheetJobParts, sheet: SheetImport): Promise<void> {
  const now = clock.now()
  const { id: recordId, version, accountId, accountName: name } = sheet
  const actor: Actor = { county, accountId, personId: null, name, grants: [], system: true }
  const envelope = { actionId: newId(now.getTime()), recordId, version, input: {} }
  await runner().run(actor, pauseSheetImport.id, envelope, { now })
}
