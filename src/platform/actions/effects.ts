import { newId } from '#kernel/ids.ts'
import type { Day } from '#kernel/time.ts'
import type { Tx } from '../db/tables.ts'
import type { ArmedDeadline, NoticeDraft, TallyCell } from './types.ts'
import { sendWrites, type Write } from './writes.ts'

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

export function tallyWrites(county: string, actionId: string, day: Day, deltas: readonly TallyCell[]): Write[] {
  if (deltas.length === 0) return []
  const rows = deltas.map((cell, ord) => ({ county, action_id: actionId, ord, day, ...cell }))
  return [{ name: 'booked', into: 'tally_delta', rows }]
}

export interface DeadlineOwner {
  readonly county: string
  readonly recordId: string
  readonly recordType: string
  readonly area: string
}

const rearmed = `on conflict (county, record_id, rung, basis) do update set fire_at = excluded.fire_at, area = excluded.area
  where deadline.fired_at is null`

/** Arms what the record wants now. Fired rungs stay as history; rungs not wanted any more are disarmed. */
export function deadlineWrites(owner: DeadlineOwner, wanted: readonly ArmedDeadline[], known: boolean): Write[] {
  const rows = wanted.map((rung) => ({
    county: owner.county,
    record_id: owner.recordId,
    rung: rung.rung,
    basis: rung.basis,
    record_type: owner.recordType,
    area: owner.area,
    fire_at: rung.at,
    fired_at: null,
  }))
  const unfired = { county: owner.county, record_id: owner.recordId, fired_at: null }
  // Both go in one statement, in which a row can be written only once: what stays wanted is left to the insert.
  const except = wanted.map(({ rung, basis }) => ({ rung, basis }))
  return [
    ...(known ? [{ name: 'disarmed', remove: 'deadline', key: unfired, except }] : []),
    ...(rows.length > 0 ? [{ name: 'armed', into: 'deadline', rows, end: rearmed }] : []),
  ]
}

export async function armDeadlines(tx: Tx, owner: DeadlineOwner, wanted: readonly ArmedDeadline[]): Promise<void> {
  await sendWrites(tx, deadlineWrites(owner, wanted, true))
}

export function sameDeadlines(a: readonly ArmedDeadline[], b: readonly ArmedDeadline[]): boolean {
  const text = (list: readonly ArmedDeadline[]) =>
    list
      .map((rung) => `${rung.rung}|${rung.basis}|${rung.at.getTime()}`)
      .sort()
      .join('\n')
  return text(a) === text(b)
}

export interface NoticeSubject {
  readonly county: string
  readonly recordType: string
  readonly recordId: string
  readonly actionId: string | null
  readonly now: Date
}

const once = 'on conflict (county, dedupe_key) do nothing returning county, id, created_at'
const delivered = {
  name: 'sent',
  text: `insert into delivery (county, id, notice_id, channel, address, state, next_at)
    select county, id, id, 'default', '', 'queued', created_at from told`,
}

/** Puts notices and their deliveries into the outbox; the delivery worker resolves address and channel and keeps trying. */
export function noticeWrites(about: NoticeSubject, drafts: readonly NoticeDraft[]): Write[] {
  if (drafts.length === 0) return []
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
  return [{ name: 'told', into: 'notice', rows, end: once, behind: delivered }]
}

export async function queueNotices(tx: Tx, about: NoticeSubject, drafts: readonly NoticeDraft[]): Promise<void> {
  await sendWrites(tx, noticeWrites(about, drafts))
}
