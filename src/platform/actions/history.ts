import type { Reader } from '../db/tables.ts'

/** What was done with a record, the latest first; at most 200 actions. */
export function historyOf(db: Reader, county: string, recordId: string) {
  return db
    .selectFrom('action')
    .select(['seq', 'name', 'at', 'effective_on', 'actor_name', 'from_state', 'to_state', 'summary'])
    .where('county', '=', county)
    .where('record_id', '=', recordId)
    .orderBy('seq', 'desc')
    .limit(200)
    .execute()
}
