import { type Insertable, sql } from 'kysely'
import { z } from 'zod'
import { type Actor, grantedBodies } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import type { Day } from '#kernel/time.ts'
import { readSetting, writeSetting } from '#platform/db/settings.ts'
import type { Db, PlatformTables, Reader, Tx } from '#platform/db/tables.ts'
import type { TakenOut } from '#platform/module/module.ts'
import type { CalendarYear } from '../model/index.ts'

export type SystemTables = {
  export_log: {
    county: string
    id: string
    at: Date
    account_id: string
    actor_name: string
    title: string
    filter: string
    words: string
    columns: readonly string[]
    format: string
    rows: number
  }
}

/** Notices for the account itself, for its person and for its bodies. */
export function noticesFor(actor: Actor) {
  const bodies = grantedBodies(actor)
  return sql<boolean>`(
    (n.recipient_kind = 'account' and n.recipient_id = ${actor.accountId})
    or (n.recipient_kind = 'person' and n.recipient_id = ${actor.personId ?? ''})
    or (n.recipient_kind = 'body' and n.recipient_id = any(${bodies}::text[])))`
}

export async function countUnread(reader: Reader, actor: Actor): Promise<number> {
  const result = await sql<{ n: number }>`
    select count(*) as n from notice n where n.county = ${actor.county} and ${noticesFor(actor)}
      and not exists (select 1 from notice_receipt r
        where r.county = n.county and r.notice_id = n.id and r.account_id = ${actor.accountId})`.execute(reader)
  return result.rows[0]?.n ?? 0
}

/** Marks those of the notices that are really for this account; returns how many were new to it. */
export async function saveReceipts(tx: Tx, actor: Actor, noticeIds: readonly string[], now: Date): Promise<number> {
  const result = await sql`
    insert into notice_receipt (county, notice_id, account_id, read_at)
    select n.county, n.id, ${actor.accountId}, ${now} from notice n
    where n.county = ${actor.county} and n.id = any(${[...noticeIds]}::uuid[]) and ${noticesFor(actor)}
    on conflict do nothing`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}

export async function logExport(db: Db, actor: Actor, now: Date, what: TakenOut): Promise<void> {
  await db
    .withTables<SystemTables>()
    .insertInto('export_log')
    .values({
      county: actor.county,
      id: newId(now.getTime()),
      at: now,
      account_id: actor.accountId,
      actor_name: actor.name,
      ...what,
      filter: JSON.stringify(what.filter),
    })
    .execute()
}

/** Every value of a parameter, the earliest first; empty when there is no such parameter. `lock` makes changes queue up. */
export async function listValues(reader: Reader, county: string, id: string, lock = false) {
  const rows = reader.selectFrom('parameter').selectAll().where('county', '=', county).where('id', '=', id)
  return (lock ? rows.forUpdate() : rows).orderBy('effective_from').execute()
}

export async function saveParameter(tx: Tx, row: Insertable<PlatformTables['parameter']>): Promise<void> {
  const { value, source, confidence } = row
  await tx
    .insertInto('parameter')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['county', 'id', 'effective_from']).doUpdateSet({ value, source, confidence }),
    )
    .execute()
}

export async function deleteParameter(tx: Tx, county: string, id: string, effectiveFrom: Day): Promise<void> {
  await tx
    .deleteFrom('parameter')
    .where('county', '=', county)
    .where('id', '=', id)
    .where('effective_from', '=', effectiveFrom)
    .execute()
}

export interface CalendarYearRecord extends CalendarYear {
  readonly county: string
}

export async function loadCalendarYear(tx: Reader, county: string, id: string, lock: boolean) {
  let query = tx.selectFrom('calendar_year').selectAll().where('county', '=', county).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  if (!row) return undefined
  const days = await tx
    .selectFrom('holiday')
    .selectAll()
    .where('county', '=', county)
    .where('day', '>=', `${row.year}-01-01`)
    .where('day', '<=', `${row.year}-12-31`)
    .orderBy('day')
    .execute()
  const of = (kind: string): Day[] => days.filter((day) => day.kind === kind).map((day) => day.day)
  return { ...row, holidays: of('holiday'), workdays: of('workday'), source: days[0]?.source ?? null }
}

export async function listYears(reader: Reader, county: string): Promise<{ id: string; year: number }[]> {
  return reader
    .selectFrom('calendar_year')
    .select(['id', 'year'])
    .where('county', '=', county)
    .orderBy('year')
    .execute()
}

/** Its days carry the year's source, so that each tells where it comes from. */
export async function saveCalendarYear(
  tx: Tx,
  year: CalendarYearRecord,
  before: CalendarYearRecord | undefined,
): Promise<void> {
  const { county, id, complete, version } = year
  const source = year.source ?? ''
  if (before) {
    await tx
      .updateTable('calendar_year')
      .set({ complete, version })
      .where('county', '=', county)
      .where('id', '=', id)
      .execute()
  } else {
    // Two who open the same year at once meet at its key: the second finds the first and is refused.
    await tx.insertInto('calendar_year').values({ county, year: year.year, id, complete, version }).execute()
  }
  await tx
    .deleteFrom('holiday')
    .where('county', '=', county)
    .where('day', '>=', `${year.year}-01-01`)
    .where('day', '<=', `${year.year}-12-31`)
    .execute()
  const rows = [
    ...year.holidays.map((day) => ({ county, day, kind: 'holiday' as const, source })),
    ...year.workdays.map((day) => ({ county, day, kind: 'workday' as const, source })),
  ]
  if (rows.length > 0) await tx.insertInto('holiday').values(rows).execute()
}

/** By which settings the clocks were last armed anew, and what that moved. */
export interface Projection {
  readonly fingerprint: string
  readonly at: string
  readonly records: number
  readonly rungs: number
}

const ProjectionSetting = z.object({
  fingerprint: z.string(),
  at: z.string(),
  records: z.number().int(),
  rungs: z.number().int(),
})

export async function readProjection(reader: Reader, county: string): Promise<Projection | undefined> {
  return ProjectionSetting.optional().parse(await readSetting(reader, county, 'clock.projection'))
}

export async function writeProjection(db: Db, county: string, projection: Projection): Promise<void> {
  await db.transaction().execute((tx) => writeSetting(tx, county, 'clock.projection', projection))
}
