import type { Reader, Tx } from '#platform/db/tables.ts'
import type { ColumnMapping, ValueMapping } from '../model/index.ts'
import { tables } from './store.ts'

interface MemoryKey {
  readonly county: string
  readonly owner: string
  readonly signature: string
}

export async function recall(reader: Reader, { county, owner, signature }: MemoryKey) {
  return tables(reader)
    .selectFrom('ledger_memory')
    .select(['columns', 'words'])
    .where('county', '=', county)
    .where('owner', '=', owner)
    .where('signature', '=', signature)
    .executeTakeFirst()
}

export async function remember(
  tx: Tx,
  key: MemoryKey,
  columns: ColumnMapping,
  words: ValueMapping,
  now: Date,
): Promise<void> {
  const row = { columns: JSON.stringify(columns), words: JSON.stringify(words), updated_at: now }
  await tables(tx)
    .insertInto('ledger_memory')
    .values({ ...key, ...row })
    .onConflict((conflict) => conflict.columns(['county', 'owner', 'signature']).doUpdateSet(row))
    .execute()
}
