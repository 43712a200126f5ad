import { coreErrors, refuse } from '#kernel/errors.ts'
import { mostMissed, type Overtaken, type RecordIdentity } from '#kernel/record.ts'
import { minuteOf } from '#kernel/time.ts'
import type { Tx } from '../db/tables.ts'

/**
 * Refuses an action on a version that is no longer the latest, and tells what was done since: who, when and in words, as
 * the record's own history says it to whoever may read the record. Never what was typed: an input may hold what this
 * person must not see, so the new content is read through the grant, like all content.
 */
export async function refuseStale(tx: Tx, record: RecordIdentity, seen: number | undefined): Promise<never> {
  const { county, id, version } = record
  const since = seen ?? version - 1
  const missed = await tx
    .selectFrom('action')
    .select(['actor_name', 'at', 'summary'])
    .where('county', '=', county)
    .where('record_id', '=', id)
    .where('seq', '>', since)
    .orderBy('seq', 'desc')
    .limit(mostMissed)
    .execute()
  const changes = missed.reverse().map(({ actor_name: by, at, summary }) => ({ by, at: at.toISOString(), summary }))
  const last = missed.at(-1)
  const leftOut = Math.max(0, version - since - changes.length)
  return refuse(coreErrors.staleVersion, {
    detail: last && `“${last.actor_name}”已先于您在 ${minuteOf(last.at)} 办理：${last.summary}。请核对后再提交`,
    data: { currentVersion: version, changes, leftOut } satisfies Overtaken,
  })
}
