import { type ColumnType, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Day } from '#kernel/time.ts'
import type { Reader, Tx } from '#platform/db/tables.ts'
import type { Meeting } from '../../model/index.ts'

type MeetingTables = {
  meeting: {
    county: string
    id: string
    version: number
    kind: Meeting['kind']
    state: Meeting['state']
    title: string
    body_id: string
    area: string
    held_on: string
    recorded_on: string
    voided_on: string | null
    attendee_body_ids: string[]
    detail: ColumnType<Meeting['detail'], string, string>
  }
}

export type MeetingColumns = Omit<MeetingTables['meeting'], 'detail'> & { readonly detail: Meeting['detail'] }

export const meetingOf = (row: MeetingColumns): Meeting => ({
  county: row.county,
  id: row.id,
  version: row.version,
  kind: row.kind,
  state: row.state,
  title: row.title,
  bodyId: row.body_id,
  area: row.area,
  heldOn: row.held_on,
  recordedOn: row.recorded_on,
  voidedOn: row.voided_on,
  attendeeBodyIds: row.attendee_body_ids,
  detail: row.detail,
})

export async function loadMeeting(tx: Reader, county: string, id: string, lock: boolean): Promise<Meeting | undefined> {
  let query = tx
    .withTables<MeetingTables>()
    .selectFrom('meeting')
    .selectAll()
    .where('county', '=', county)
    .where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row && meetingOf(row)
}

export async function saveMeeting(tx: Tx, after: Meeting, before: Meeting | undefined): Promise<void> {
  const db = tx.withTables<MeetingTables>()
  const { county, id } = after
  const row = {
    version: after.version,
    kind: after.kind,
    state: after.state,
    title: after.title,
    body_id: after.bodyId,
    area: after.area,
    held_on: after.heldOn,
    recorded_on: after.recordedOn,
    voided_on: after.voidedOn,
    attendee_body_ids: [...after.attendeeBodyIds],
    detail: JSON.stringify(after.detail),
  }
  if (before) await db.updateTable('meeting').set(row).where('county', '=', county).where('id', '=', id).execute()
  else
    await db
      .insertInto('meeting')
      .values({ county, id, ...row })
      .execute()
}

/** Meetings known and not voided at the end of a day, within a condition over the alias `m`. */
export async function heldMeetings(reader: Reader, county: string, asOf: Day, where: RawBuilder<SqlBool>) {
  const { rows } = await sql<{ kind: string; body_id: string; held_on: string; area: string }>`
    select m.kind, m.body_id, m.held_on, m.area from meeting m
    where m.county = ${county} and m.held_on <= ${asOf} and (m.voided_on is null or m.voided_on > ${asOf})
      and ${where}`.execute(reader)
  return rows.map((row) => ({ kind: row.kind, bodyId: row.body_id, heldOn: row.held_on, area: row.area }))
}
