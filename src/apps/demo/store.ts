import { sql } from 'kysely'
import { readSetting, writeSetting } from '#platform/db/settings.ts'
import type { Db, Reader, Tx } from '#platform/db/tables.ts'

export interface SeedState {
  readonly units: readonly string[]
  /** Units registered so far; not written down by databases whose units were made all at once. */
  readonly registered?: number
  /** Hazards made so far. */
  readonly done: number
}

/** True in a database that demo data was made in; every screen of it says so. */
export async function isMarkedDemo(reader: Reader, county: string): Promise<boolean> {
  return (await readSetting(reader, county, 'demo')) === true
}

export const registeredIn = (state: SeedState): number => state.registered ?? state.units.length

export async function readSeed(reader: Reader, county: string): Promise<SeedState | undefined> {
  return (await readSetting(reader, county, 'demo.seed')) as SeedState | undefined
}

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
 * Rungs and notices of told history that lie in the past have had their day: firing or sending them now would pour years
 * of reminders over the people, and over whatever message platform is set up.
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
    update delivery d set state = 'undeliverable', last_error = '演示数据中过去的通知，不向外发送'
    from notice n
    where d.county = ${county} and d.state = 'queued' and n.county = d.county and n.id = d.notice_id
      and n.created_at < ${before}`.execute(tx)
}

/** What was sent more than ten days ago counts as read by whom it was for, so that inboxes look as offices keep them. */
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
