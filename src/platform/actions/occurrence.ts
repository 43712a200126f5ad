import type { RecordIdentity } from '#kernel/record.ts'
import type { EffectContext, RecordType } from './types.ts'

export interface Occurrence extends RecordIdentity {
  readonly area: string
  readonly ownerId: string
}

/**
 * A record type for things that happen once and have no state of their own (messages marked as read, a changed
 * parameter): the action row is all there is of them, and its being there makes a second sending a replay.
 */
export function occurrenceType(type: string, title: string): RecordType<Occurrence> {
  return {
    type,
    title,
    readPermission: 'session',
    async load(tx, county, id) {
      const row = await tx
        .selectFrom('action')
        .select(['seq', 'account_id'])
        .where('county', '=', county)
        .where('record_id', '=', id)
        .executeTakeFirst()
      return row && { county, id, version: row.seq, area: county, ownerId: row.account_id }
    },
    // It happened once and is never acted on again.
    versions: async (_tx, _county, ids) => new Map(ids.map((id) => [id, 1])),
    async save() {},
    facets: (record) => ({
      area: record.area,
      sectors: null,
      unitId: null,
      bodyIds: [],
      ownerIds: [record.ownerId],
    }),
    label: () => title,
  }
}

/** What an action leaves behind that is the occurrence itself. */
export const occurred = (context: EffectContext): Occurrence => ({
  county: context.county,
  id: context.recordId,
  version: 0,
  area: context.county,
  ownerId: context.actor.accountId,
})
