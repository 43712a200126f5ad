import type { Reader, Tx } from './tables.ts'

/** What the product itself remembers of a county: which pack is loaded, whether demo data was made. Undefined: nothing yet. */
export async function readSetting(reader: Reader, county: string, key: string): Promise<unknown> {
  const row = await reader
    .selectFrom('setting')
    .select('value')
    .where('county', '=', county)
    .where('key', '=', key)
    .executeTakeFirst()
  return row?.value
}

export async function writeSetting(tx: Tx, county: string, key: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value)
  await tx
    .insertInto('setting')
    .values({ county, key, value: text })
    .onConflict((conflict) => conflict.columns(['county', 'key']).doUpdateSet({ value: text }))
    .execute()
}
