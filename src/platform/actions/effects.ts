import { sql } from 'kysely'
import { newId } from '#kernel/ids.ts'
import type { Day } from '#kernel/time.ts'
import type { Tx } from '../db/tables.ts'
import type { ArmedDeadline, NoticeDraft, TallyCell } from './types.ts'

const cellKey = (cell: TallyCell): string =>
  [cell.metric, cell.area, cell.sector, cell.level, cell.channel, cell.state, cell.month].join('\u001f')

/** What the statistics must change by when a record goes from one set of cells to another; zero changes drop out. */
export function tallyDeltas(before: readonly TallyCell[], after: readonly TallyCell[]): TallyCell[] {
  const sum = new Map<string, TallyCell>()
  const add = (cell: TallyCell, sign: 1 | -1) => {
    const key = cellKey(cell)
    sum.set(key, { ...cell, n: (sum.get(key)?.n ?? 0) + sign * cell.n })
  }
  for (const cell of before) add(cell, -1)
  for (const cell of after) add(cell, 1)
  return [...sum.values()].filter((cell) => cell.n !== 0)
}

export async function bookTally(
  tx: Tx,
  county: string,
  actionId: string,
  day: Day,
  deltas: readonly TallyCell[],
): Promise<void> {
  if (deltas.length === 0) return
  await tx
    .insertInto('tally_delta')
    .values(deltas.map((cell, ord) => ({ county, action_id: actionId, ord, day, ...cell })))
    .execute()
}

/** Arms what the record wants now. Fired rungs stay as history; rungs not wanted any more are disarmed. */
export async function armDeadlines(
  tx: Tx,
  owner: { county: string; recordId: string; recordType: string; area: string },
  wanted: readonly ArmedDeadline[],
): Promise<void> {
  await tx
    .deleteFrom('deadline')
    .where('county', '=', owner.county)
    .where('record_id', '=', owner.recordId)
    .where('fired_at', 'is', null)
    .execute()
  if (wanted.length === 0) return
  await tx
    .insertInto('deadline')
    .values(
      wanted.map((rung) => ({
        county: owner.county,
        record_id: owner.recordId,
        rung: rung.rung,
        basis: rung.basis,
        record_type: owner.recordType,
        area: owner.area,
        fire_at: rung.at,
        fired_at: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export function sameDeadlines(a: readonly ArmedDeadline[], b: readonly ArmedDeadline[]): boolean {
  const text = (list: readonly ArmedDeadline[]) =>
    list
      .map((rung) => `${rung.rung}|${rung.basis}|${rung.at.getTime()}`)
      .sort()
      .join('\n')
  return text(a) === text(b)
}

/** Puts notices and their deliveries into the outbox, in the writer's transaction. */
export async function queueNotices(
  tx: Tx,
  about: { county: string; recordType: string; recordId: string; actionId: string | null; now: Date },
  drafts: readonly NoticeDraft[],
): Promise<void> {
  if (drafts.length === 0) return
  const rows = drafts.map((draft) => ({
    county: about.county,
    id: newId(about.now.getTime()),
    dedupe_key: draft.key,
    recipient_kind: draft.to.kind,
    recipient_id: draft.to.id,
    kind: draft.kind,
    title: draft.title,
    body: draft.body,
    record_type: about.recordType,
    record_id: about.recordId,
    action_id: about.actionId,
    created_at: about.now,
  }))
  await tx
    .insertInto('notice')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['county', 'dedupe_key']).doNothing())
    .execute()
  // Each notice also leaves the product; the delivery worker resolves address and channel and keeps trying.
  await sql`
    insert into delivery (county, id, notice_id, channel, address, state, next_at)
    select county, id, id, 'default', '', 'queued', created_at from notice
    where county = ${about.county} and id = any(${rows.map((row) => row.id)}::uuid[])`.execute(tx)
}
