import type { Reader } from '../db/tables.ts'

/**
 * What was done with a record, the latest first; at most 200 actions. The type counts: who may see every area's history
 * must not read a hazard's by giving its id for an area's.
 */
export function historyOf(db: Reader, county: string, recordType: string, recordId: string) {
  return db
    .selectFrom('action')
    .select(['seq', 'name', 'at', 'effective_on', 'actor_name', 'from_state', 'to_state', 'summary'])
    .where('county', '=', county)
    .where('record_id', '=', recordId)
    .where('record_type', '=', recordType)
    .orderBy('seq', 'desc')
    .limit(200)
    .execute()
}
