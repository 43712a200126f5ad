import { sql } from 'kysely'
import type { Day } from '#kernel/time.ts'
import type { Reader } from '#platform/db/tables.ts'
import type { QuotaUnit } from '../model/index.ts'

export interface HeldPeriod {
  readonly rule: string
  readonly period: string
  readonly label: string
  readonly dueOn: Day
  readonly unit: QuotaUnit
}

export async function periodById(db: Reader, county: string, id: string): Promise<HeldPeriod | undefined> {
  const result = await sql<{ rule: string; period: string; label: string; due_on: Day; quota_unit: QuotaUnit }>`
    select p.rule, p.period, p.label, p.due_on, r.quota_unit
    from duty_period p join duty_rule r on r.county = ${county} and r.rule = p.rule
    where p.county = ${county} and p.id = ${id}`.execute(db)
  const row = result.rows[0]
  return row && { rule: row.rule, period: row.period, label: row.label, dueOn: row.due_on, unit: row.quota_unit }
}

/** Who is told of a turn that is not fulfilled: of one item by name, of several by their number. */
export interface Recipient {
  readonly kind: 'person' | 'body'
  readonly id: string
  readonly items: number
  readonly subject: string
  readonly done: number
  readonly quota: number
}

/** Deeds that only wait for somebody's word are not asked for again. */
export async function openOfPeriod(
  db: Reader,
  county: string,
  { rule, period }: HeldPeriod,
  today: Day,
): Promise<Recipient[]> {
  const result = await sql<Recipient>`
    with open_items as (
      select i.* from duty_item i
      where i.county = ${county} and i.rule = ${rule} and i.period = ${period} and not i.exempt and i.met_on is null
        and i.done + i.pending < i.quota and i.start_on <= ${today}
    ), told as (
      select 'person' as kind, i.subject_id as id, i.subject_name, i.done, i.quota
      from open_items i where i.subject_kind = 'person'
      union all
      select 'person', p.person_id::text, i.subject_name, i.done, i.quota
      from open_items i join post p on p.county = ${county} and p.unit_id = i.unit_id and p.kind = 'principal'
        and p.to_day is null
      where i.subject_kind = 'unit'
      union all
      select 'body', i.body_id, i.subject_name, i.done, i.quota
      from open_items i where i.body_id is not null
    )
    select kind, id, count(*)::int as items, min(subject_name) as subject, max(done) as done, max(quota) as quota
    from told group by kind, id order by kind, id`.execute(db)
  return result.rows
}
