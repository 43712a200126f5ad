import { startSheetImport } from '#capabilities/ledger/model/index.ts'
import { sheetJob } from '#capabilities/ledger/server/module.ts'
import type { Actor } from '#kernel/grants.ts'
import type { TestProduct } from './product.ts'

/** Lets the server work on an import until it is done, paused, or the signal ends it. */
export async function workOn(
  test: TestProduct,
  importId: string,
  signal = new AbortController().signal,
): Promise<void> {
  const job = test.product.modules.all.flatMap(({ jobs }) => jobs ?? []).find(({ name }) => name === sheetJob)
  if (!job) throw new Error('no job brings sheets in')
  await job.run({ importId }, { id: importId, signal })
}

/** Begins the import of an uploaded sheet and lets the server finish it; answers its id. */
export async function bringIn(
  test: TestProduct,
  actor: Actor,
  input: { readonly ledger: string; readonly uploadId: string },
): Promise<string> {
  const { recordId } = await test.run(actor, startSheetImport, { input })
  await workOn(test, recordId)
  return recordId
}
