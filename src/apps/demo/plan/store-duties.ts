import { sql } from 'kysely'
import type { Day } from '#kernel/time.ts'
import type { Db } from '#platform/db/tables.ts'

/**
 * Evidence for the turns of the past, in one statement and not through twenty thousand actions, which a first start could
 * not wait for. What became of a turn follows from its id alone, so it is the same however often it is told: most were
 * done in time, some with one day too few, some late, some never. `form` of `verified` ones still waits now and then.
 */
export async function tellDeeds(db: Db, county: string, today: Day, verified: readonly string[]): Promise<void> {
  await sql`
    with turns as (
      select i.*, r.quota_unit, r.forms[1] as form, p.open,
        abs(hashtext(i.id::text)) % 100 as fate, abs(hashtext('day' || i.id::text)) as at,
        cardinality(r.forms) + cardinality(r.sources) > 1 as otherwise
      from duty_item i
      join duty_rule r on r.county = i.county and r.rule = i.rule and cardinality(r.forms) > 0
      join duty_period p on p.county = i.county and p.rule = i.rule and p.period = i.period
      where i.county = ${county} and i.start_on <= ${today} and not i.exempt and i.met_on is null
        -- Whoever tries the product as a unit finds something to do: what runs now is left to them.
        and not (i.due_on >= ${today}::date and i.unit_id is not distinct from (
          select g.unit_id from account a join account_grant g on g.county = a.county and g.account_id = a.id
          where a.county = ${county} and a.login = 'unit001' limit 1))
    ), days as (
      select t.*,
        case when t.fate >= 84 then t.end_on + 3 + t.at % 20
          else date_trunc('week', t.start_on + t.at % greatest(1, t.end_on - t.start_on - 6))::date + t.at % 4 end as day
      from turns t where t.fate < 90 and (not t.otherwise or t.fate < 40)
    ), deeds as (
      select d.*, greatest(d.day, d.start_on) as first_day,
        case when d.quota_unit = 'days' and d.quota >= 2 and d.fate >= 10
          then array[greatest(d.day, d.start_on), greatest(d.day, d.start_on) + 1] else array[greatest(d.day, d.start_on)] end
          as done_on
      from days d
    )
    insert into duty_deed (county, id, version, form, subject_kind, subject_id, subject_name, area, sectors, unit_id, body_id,
      days, first_day, people, amount, for_rule, for_period, state, detail)
    select ${county}, md5('demo deed ' || id::text)::uuid, 1, form, subject_kind, subject_id, subject_name, area, sectors,
      unit_id, body_id, done_on, first_day, '（演示）带队人和参加人员',
      case quota_unit when 'persons' then 20 + at % 60 when 'hours' then quota when 'percent' then 70 + at % 31 else 1 end,
      case when first_day > end_on and not open then rule end, case when first_day > end_on and not open then period end,
      case when form = any(${[...verified]}::text[]) and first_day > ${today}::date - 30 and at % 3 = 0 then 'unverified'
        else 'counted' end,
      jsonb_build_object('note', '（演示）按要求开展，佐证材料存档', 'recordedBy', '（演示）', 'accountId', null,
        'recordedOn', first_day, 'verification', null, 'corrections', '[]'::jsonb, 'voided', null)
    from deeds where first_day + cardinality(done_on) - 1 <= ${today}::date
    on conflict do nothing`.execute(db)
}
