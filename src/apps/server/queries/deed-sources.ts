import { sql } from 'kysely'
import type { DeedSource } from '#platform/module/module.ts'

/** 企业自查: a unit reported what it found itself; the report counts for the check that found it. */
export const unitSelfCheck: DeedSource = {
  id: 'hazard.selfCheck',
  title: '企业自查上报的隐患',
  path: (key) => `/hazards/${key}`,
  rows: (county, from, to, ids) => sql`
    select 'unit' as subject_kind, h.unit_id::text as subject_id, r.found_on as day, r.filed_under::text as key,
      null::text as period
    from hazard_report r join hazard h on h.county = r.county and h.id = r.hazard_id
    where r.county = ${county} and r.channel = 'selfCheck' and h.unit_id is not null
      and r.found_on between ${from} and ${to} and ${ids(sql`r.filed_under`)}`,
}

/** 年度挂牌批次 of the county's government: the list of a year, published, or the word that the year has none (M07-11). */
export const yearlyBatch: DeedSource = {
  id: 'listing.batch',
  title: '年度挂牌批次',
  path: (key) => `/listings/batches/${key}`,
  rows: (county, from, to, ids) => sql`
    select 'body' as subject_kind, g.id as subject_id, x.day, b.id::text as key, b.year::text as period
    from listing_batch b
    join body g on g.county = b.county and g.kind = 'government' and g.active
    cross join lateral (
      select coalesce(b.published_on, case when b.state = 'none' then (b.detail->'none'->>'on')::date end) as day) x
    where b.county = ${county} and b.state <> 'voided' and x.day between ${from} and ${to} and ${ids(sql`b.id`)}`,
}

/** What rules of a pack may name. */
export const deedSources: readonly DeedSource[] = [unitSelfCheck, yearlyBatch]
