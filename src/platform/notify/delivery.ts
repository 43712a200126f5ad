import { sql } from 'kysely'
import type { Db, Tx } from '../db/tables.ts'
import { type Channel, type OutgoingMessage, Unreachable } from './channel.ts'

export interface DeliveryParts {
  readonly db: Db
  readonly county: string
  /** Undefined: no way out is set up. Deliveries then stand as `inboxOnly` with that reason, for everybody to see. */
  readonly channel: Channel | undefined
  /** Aborted when the product is to stop: what is being sent stays queued as it was. */
  readonly signal?: AbortSignal
  recipient(tx: Tx, county: string, kind: string, id: string): Promise<{ name: string; phones: readonly string[] }>
}

/** Minutes to wait after the 1st, 2nd … failed try; after the last one the delivery stands as failed. */
const pauses = [1, 5, 15, 60, 180, 360, 720, 1440]
const givingUpAfter = 3
const noChannel = '没有配置短信或消息平台，只在系统内送达'

/**
 * Sends what is due, one delivery per transaction; returns how many were handled. The row stays locked while it is being
 * sent: two workers never send the same one, and a kill in the middle leaves it queued (the receiver drops repeats by id).
 */
export async function deliverDue(parts: DeliveryParts, now: Date, limit = 200): Promise<number> {
  if (!parts.channel) return shelve(parts, now)
  let failures = 0
  for (let handled = 0; handled < limit; handled += 1) {
    if (parts.signal?.aborted) return handled
    const outcome = await parts.db.transaction().execute((tx) => deliverOne(parts, parts.channel, tx, now))
    if (outcome === 'none') return handled
    failures = outcome === 'refused' ? failures + 1 : 0
    // The receiver is down: the others wait for the next pass instead of each waiting for its own time-out.
    if (failures === givingUpAfter) return handled + 1
  }
  return limit
}

async function shelve({ db, county }: DeliveryParts, now: Date): Promise<number> {
  const result = await db
    .updateTable('delivery')
    .set({ state: 'inboxOnly', last_error: noChannel })
    .where('county', '=', county)
    .where('state', '=', 'queued')
    .where('next_at', '<=', now)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Queues again what stood as failed, undeliverable or never tried; returns how many. For the button in 系统 and for a new channel. */
export async function requeueDeliveries(tx: Tx, county: string, ids: readonly string[], now: Date): Promise<number> {
  const result = await tx
    .updateTable('delivery')
    .set({ state: 'queued', attempts: 0, next_at: now, last_error: null })
    .where('county', '=', county)
    .where('id', 'in', [...ids])
    .where('state', 'in', ['failed', 'undeliverable', 'inboxOnly'])
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

type Outcome = 'none' | 'sent' | 'unreachable' | 'refused'

async function deliverOne(parts: DeliveryParts, channel: Channel | undefined, tx: Tx, now: Date): Promise<Outcome> {
  const row = await tx
    .selectFrom('delivery as d')
    .innerJoin('notice as n', (join) => join.onRef('n.county', '=', 'd.county').onRef('n.id', '=', 'd.notice_id'))
    .select(['d.county', 'd.id', 'd.attempts', 'n.id as notice_id', 'n.kind', 'n.title', 'n.body', 'n.record_type'])
    .select(['n.record_id', 'n.created_at', 'n.recipient_kind', 'n.recipient_id'])
    .where('d.county', '=', parts.county)
    .where('d.state', '=', 'queued')
    .where('d.next_at', '<=', now)
    .orderBy('d.next_at')
    .limit(1)
    .forUpdate('d')
    .skipLocked()
    .executeTakeFirst()
  if (!row || !channel) return 'none'
  const recipient = await parts.recipient(tx, row.county, row.recipient_kind, row.recipient_id)
  const message: OutgoingMessage = {
    id: row.id,
    kind: row.kind,
    title: row.title,
    body: row.body,
    recordType: row.record_type,
    recordId: row.record_id,
    createdAt: row.created_at,
    recipient: { kind: row.recipient_kind, id: row.recipient_id, ...recipient },
  }
  const update = tx.updateTable('delivery').where('county', '=', row.county).where('id', '=', row.id)
  try {
    const address = await channel.send(message, parts.signal)
    await update
      .set({ state: 'sent', sent_at: now, channel: channel.id, address, attempts: row.attempts + 1, last_error: null })
      .execute()
    return 'sent'
  } catch (error) {
    // Not the receiver's doing, so not a try of it.
    if (parts.signal?.aborted) return 'none'
    const pause = pauses[row.attempts]
    const words = (error instanceof Error ? error.message : String(error)).slice(0, 300)
    const state = error instanceof Unreachable ? 'undeliverable' : pause === undefined ? 'failed' : 'queued'
    await update
      .set({ state, channel: channel.id, attempts: row.attempts + 1, last_error: words })
      .set({ next_at: sql<Date>`${now}::timestamptz + make_interval(mins => ${pause ?? 0})` })
      .execute()
    return error instanceof Unreachable ? 'unreachable' : 'refused'
  }
}
