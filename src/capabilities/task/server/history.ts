import type { ActionContract } from '#kernel/contract.ts'
import { historyOf } from '#platform/actions/history.ts'
import type { QueryContext } from '#platform/module/module.ts'
import type { HistoryEntry } from '../model/index.ts'

/** What was done with a record, under the names of these contracts. */
export async function entriesOf(
  { db, county }: QueryContext,
  recordType: string,
  id: string,
  contracts: ReadonlyMap<string, ActionContract>,
): Promise<HistoryEntry[]> {
  const history = await historyOf(db, county, recordType, id)
  return history.map(({ seq, name, at, actor_name: actor, summary }) => ({
    seq,
    title: contracts.get(name)?.title ?? name,
    at: at.toISOString(),
    actor,
    summary,
  }))
}
