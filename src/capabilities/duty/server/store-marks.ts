import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Day } from '#kernel/time.ts'
import type { Tx } from '#platform/db/tables.ts'
import type { DeedSource } from '#platform/module/module.ts'

/** The id of an item, the same however often it is worked out. */
export const itemIdSql = (rule: string, period: string, kind: string, subject: string) =>
  sql<string>`md5(concat_ws('|', ${sql.ref(rule)}, ${sql.ref(period)}, ${sql.ref(kind)}, ${sql.ref(subject)}))::uuid`

/** The turn of a rule a day lies in; of an open one also after its end. */
const periodOfDay = (county: string, day: string) => sql`
  lateral (
    select p.period from duty_period p
    where p.county = ${county} and p.rule = r.rule and p.start_on <= ${sql.ref(day)}
    order by p.start_on desc limit 1
  ) t join duty_period f on f.county = ${county} and f.rule = r.rule and f.period = t.period
    and (f.open or ${sql.ref(day)} <= f.end_on)`

/** Marks of deeds: for the turn their days lie in, or the one they name, of every rule that takes their form. */
export function deedMarks(county: string, which: RawBuilder<SqlBool>) {
  return sql`
    select d.county, ${itemIdSql('r.rule', 'f.period', 'd.subject_kind', 'd.subject_id')} as item_id, 'deed' as source,
      d.id::text as key, x.day, r.rule, d.amount, d.state = 'counted' as counted
    from duty_deed d
    join duty_rule r on r.county = ${county} and r.active and d.form = any(r.forms) and r.subject_kind = d.subject_kind
    cross join lateral unnest(d.days) as x(day)
    cross join ${periodOfDay(county, 'x.day')}
    where d.county = ${county} and d.state in ('unverified', 'counted') and d.for_rule is distinct from r.rule and ${which}
    union all
    select d.county, ${itemIdSql('r.rule', 'd.for_period', 'd.subject_kind', 'd.subject_id')}, 'deed', d.id::text, x.day,
      r.rule, d.amount, d.state = 'counted'
    from duty_deed d
    join duty_rule r on r.county = ${county} and r.active and r.rule = d.for_rule and d.form = any(r.forms)
    cross join lateral unnest(d.days) as x(day)
    where d.county = ${county} and d.state in ('unverified', 'counted') and ${which}`
}

/** Which records are asked about, by a condition on their id. */
export type OfIds = (id: RawBuilder<string>) => RawBuilder<SqlBool>

/** Marks of records of another capability found on these days. */
export function sourceMarks(
  county: string,
  source: DeedSource,
  [from, to]: readonly [Day, Day],
  which: RawBuilder<SqlBool>,
  ids: OfIds,
) {
  return sql`
    select ${county} as county, ${itemIdSql('r.rule', 'f.period', 's.subject_kind', 's.subject_id')} as item_id,
      ${source.id} as source, s.key, s.day, r.rule, 1::double precision as amount, true as counted
    from (${source.rows(county, from, to, ids)}) s
    join duty_rule r on r.county = ${county} and r.active and ${source.id} = any(r.sources)
      and r.subject_kind = s.subject_kind
    cross join ${periodOfDay(county, 's.day')}
    where s.period is null and ${which}
    union
    select ${county}, ${itemIdSql('r.rule', 's.period', 's.subject_kind', 's.subject_id')}, ${source.id}, s.key, s.day,
      r.rule, 1::double precision, true
    from (${source.rows(county, from, to, ids)}) s
    join duty_rule r on r.county = ${county} and r.active and ${source.id} = any(r.sources)
      and r.subject_kind = s.subject_kind
    where s.period is not null and ${which}`
}

/**
 * Counts items anew from their marks: `progressOf` of the model as one statement over any number of items. Items that
 * count the same as before are not written.
 */
export function countItems(county: string, which: RawBuilder<SqlBool>) {
  return sql`
    with chosen as (
      select i.id, i.quota, r.quota_unit
      from duty_item i join duty_rule r on r.county = ${county} and r.rule = i.rule
      where i.county = ${county} and ${which}
    ), by_day as (
      select c.id, c.quota, c.quota_unit, m.day,
        case when c.quota_unit <> 'days' or h.kind = 'workday' then 1
          when h.kind = 'holiday' or extract(isodow from m.day) > 5 then 0 else 1 end as worked,
        count(*) filter (where m.counted) as n, count(*) as n_all,
        coalesce(sum(m.amount) filter (where m.counted), 0) as total, sum(m.amount) as total_all,
        coalesce(max(m.amount) filter (where m.counted), 0) as most, max(m.amount) as most_all
      from chosen c join duty_mark m on m.county = ${county} and m.item_id = c.id
      left join holiday h on h.county = ${county} and h.day = m.day
      group by c.id, c.quota, c.quota_unit, m.day, h.kind
    ), weighed as (
      select id, quota, day, quota_unit = 'percent' as highest,
        case quota_unit when 'times' then n when 'days' then least(n, 1) * worked when 'persons' then total when 'hours' then total else most end as w,
        case quota_unit when 'times' then n_all when 'days' then worked when 'persons' then total_all when 'hours' then total_all else most_all end as w_all
      from by_day
    ), running as (
      select id, quota, day, highest, w, w_all,
        case when highest then max(w) over (partition by id order by day) else sum(w) over (partition by id order by day) end
          as reached
      from weighed
    ), counted as (
      select id, max(reached) as done, case when bool_or(highest) then max(w_all) else sum(w_all) end as done_all,
        min(day) filter (where reached >= quota) as met_on
      from running group by id
    )
    update duty_item i
    set done = coalesce(n.done, 0), pending = coalesce(n.done_all - n.done, 0), met_on = n.met_on
    from chosen c left join counted n on n.id = c.id
    where i.county = ${county} and i.id = c.id
      and (i.done, i.pending, i.met_on)
        is distinct from (coalesce(n.done, 0), coalesce(n.done_all - n.done, 0), n.met_on)`
}

/** Those who record for the same item at the same moment count one after the other. */
async function lockItems(tx: Tx, county: string, ids: readonly string[]): Promise<void> {
  await sql`
    select id from duty_item where county = ${county} and id = any(${[...ids]}::uuid[]) order by id for update`.execute(
    tx,
  )
}

/** The items a record counts for, whatever they are. */
async function itemsOfKey(tx: Tx, county: string, source: string, key: string): Promise<string[]> {
  const result = await sql<{ item_id: string }>`
    select distinct item_id from duty_mark where county = ${county} and source = ${source} and key = ${key}`.execute(tx)
  return result.rows.map((row) => row.item_id)
}

/**
 * Single deeds and units go side by side; a recompute goes alone, since it would bring back a mark whose record is being
 * taken back, or overwrite with what it counted before what somebody records meanwhile. Everybody who records waits for it,
 * so it goes slice by slice, each in a transaction of its own.
 */
export async function besideOthers(tx: Tx, county: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtext('duty.recompute'), hashtext(${county}))`.execute(tx)
}

export async function aloneInCounty(tx: Tx, county: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('duty.recompute'), hashtext(${county}))`.execute(tx)
}

const columns = sql`(county, item_id, source, key, day, rule, amount, counted)`

async function rewrite(
  tx: Tx,
  county: string,
  source: string,
  key: string,
  marks: RawBuilder<unknown>,
): Promise<number> {
  await besideOthers(tx, county)
  const before = await itemsOfKey(tx, county, source, key)
  await sql`delete from duty_mark where county = ${county} and source = ${source} and key = ${key}`.execute(tx)
  await sql`insert into duty_mark ${columns} ${marks} on conflict do nothing`.execute(tx)
  const touched = [...new Set([...before, ...(await itemsOfKey(tx, county, source, key))])]
  if (touched.length === 0) return 0
  await lockItems(tx, county, touched)
  await countItems(county, sql<SqlBool>`i.id = any(${touched}::uuid[])`).execute(tx)
  return touched.length
}

/** A deed has come into being or changed: the items it counts for are counted anew, and no others. */
export const markDeed = (tx: Tx, county: string, deedId: string): Promise<number> =>
  rewrite(tx, county, 'deed', deedId, deedMarks(county, sql<SqlBool>`d.id = ${deedId}`))

/** The same for a record of another capability. */
export const markSource = (
  tx: Tx,
  county: string,
  source: DeedSource,
  key: string,
  days: readonly [Day, Day],
): Promise<number> => {
  const marks = sourceMarks(county, source, days, sql<SqlBool>`true`, (id) => sql<SqlBool>`${id} = ${key}::uuid`)
  return rewrite(tx, county, source.id, key, marks)
}
