import { sql } from 'kysely'
import { readSetting, writeSetting } from '#platform/db/settings.ts'
import type { Db, Reader, Tx } from '#platform/db/tables.ts'

export interface SeedState {
  /** The instant the county was first made, where all its stories end. */
  readonly now: string
  /** Units registered so far, each with its accounts. */
  readonly registered: number
  /** Hazards made so far. */
  readonly done: number
}

/** True in a database that demo data was made in; every screen of it says so. */
export async function isMarkedDemo(reader: Reader, county: string): Promise<boolean> {
  return (await readSetting(reader, county, 'demo')) === true
}

export async function readSeed(reader: Reader, county: string): Promise<SeedState | undefined> {
  return (await readSetting(reader, county, 'demo.seed')) as SeedState | undefined
}

/** Hazards of the demo county. */
export const demoHazards = 800

/** False while the history of a demo county is being told: rows then come in dated years back. */
export async function isTold(reader: Reader, county: string): Promise<boolean> {
  if (!(await readSeed(reader, county))) return true
  return (await readSetting(reader, county, 'demo.told')) === true
}

export const markTold = (db: Db, county: string): Promise<void> =>
  db.transaction().execute((tx) => writeSetting(tx, county, 'demo.told', true))

export async function writeSeed(tx: Tx, county: string, state: SeedState): Promise<void> {
  await writeSetting(tx, county, 'demo.seed', state)
  await writeSetting(tx, county, 'demo', true)
}

export async function accountIds(reader: Reader, county: string): Promise<ReadonlyMap<string, string>> {
  const result = await sql<{ id: string; login: string }>`
    select id, login from account where county = ${county}`.execute(reader)
  return new Map(result.rows.map((row) => [row.login, row.id]))
}

/** True as long as nobody has an account: only then may demo data be made. */
export async function isEmpty(reader: Reader, county: string): Promise<boolean> {
  return (await accountIds(reader, county)).size === 0
}

/**
 * Rungs of told history that lie in the past have had their day. Written directly and not through the clock: to fire
 * them is the clock's own way, and it would send out years of reminders about hazards closed long ago. It stands in the
 * transaction that armed them, so that the running clock never sees one of them due. Their notices stay inside: nobody's
 * message platform is poured over with the past.
 */
export async function settlePast(tx: Tx, county: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - 3_600_000)
  await tx
    .updateTable('deadline')
    .set({ fired_at: now })
    .where('county', '=', county)
    .where('fired_at', 'is', null)
    .where('fire_at', '<', before)
    .execute()
  await sql`
    update delivery d set state = 'inboxOnly', last_error = '演示数据中过去的通知，不向外发送'
    from notice n
    where d.county = ${county} and d.state = 'queued' and n.county = d.county and n.id = d.notice_id
      and n.created_at < ${before}`.execute(tx)
}

/**
 * What was sent more than ten days ago counts as read by whom it was for, so that inboxes look as offices keep them.
 * One statement instead of some ten thousand readings by some four hundred accounts, whose audit would tell nothing.
 */
export async function markOldNoticesRead(db: Db, county: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - 10 * 86_400_000)
  await sql`
    insert into notice_receipt (county, notice_id, account_id, read_at)
    select n.county, n.id, a.id, least(n.created_at + interval '1 day', ${now}::timestamptz)
    from notice n
    join account a on a.county = n.county and (
      (n.recipient_kind = 'person' and a.person_id::text = n.recipient_id)
      or (n.recipient_kind = 'account' and a.id::text = n.recipient_id)
      or (n.recipient_kind = 'body' and exists (
        select 1 from account_grant g
        where g.county = a.county and g.account_id = a.id and g.body_id = n.recipient_id)))
    where n.county = ${county} and n.created_at < ${before}
    on conflict do nothing`.execute(db)
}
