import { sql } from 'kysely'
import type { Pack } from '#apps/packs/read.ts'
import { dayZero, emptyDetail, standingStates } from '#capabilities/hazard/model/index.ts'
import { hazardRecount } from '#capabilities/hazard/server/queries/recount.ts'
import { bigrams, nameKey } from '#kernel/chinese/text.ts'
import type { Db } from '#platform/db/tables.ts'
import { searchTokens } from '#platform/search/tokens.ts'
import { pick, uuidOf } from './random.ts'
import { descriptions, unitName } from './words.ts'

export interface Size {
  readonly hazards: number
  readonly units: number
}

/**
 * Fills a migrated database with as many units and hazards as asked, by SQL alone: a million actions would take hours.
 * The rows are such as the product itself writes (spans, reports, statistics), and `zhiben tally verify` finds no
 * difference; only the audit holds one plain row per hazard instead of its whole history. The same on every run.
 */
export async function fill(db: Db, pack: Pack, size: Size): Promise<void> {
  const { county } = pack.manifest
  await withoutIndexes(db, ['unit', 'hazard', 'hazard_report', 'hazard_span', 'action'], async () => {
    await fillUnits(db, pack, size.units)
    await fillHazards(db, pack, size)
    await fillHistory(db, county)
  })
  await fillTally(db, county)
  await sql`select setval('hazard_number', ${size.hazards})`.execute(db)
  await sql`vacuum analyze`.execute(db)
}

/** Takes the indexes of the tables away while they are filled: building each once is many times cheaper. */
async function withoutIndexes(db: Db, tables: readonly string[], work: () => Promise<void>): Promise<void> {
  const kept = await sql<{ name: string; definition: string }>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class c on c.oid = i.indrelid
    where c.relname = any(${[...tables]}::text[]) and c.relnamespace = 'public'::regnamespace and not i.indisprimary
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`.execute(db)
  for (const { name } of kept.rows) await sql`drop index ${sql.raw(name)}`.execute(db)
  await work()
  for (const { definition } of kept.rows) await sql.raw(definition).execute(db)
}

async function fillUnits(db: Db, pack: Pack, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => {
    const name = unitName(i)
    const key = nameKey(name)
    return { i, name, key, grams: [...new Set(bigrams(key))], tokens: searchTokens(name) }
  })
  await sql`create table bench_unit (at integer primary key, id uuid, name text, tokens text, area text, sector text)`.execute(
    db,
  )
  const towns = pack.areas.filter((area) => area.supervised).map((area) => area.code)
  const sectors = pack.sectors.map((sector) => sector.id)
  for (let from = 0; from < rows.length; from += 5000) {
    const part = JSON.stringify(rows.slice(from, from + 5000))
    await sql`
      with fresh as (
        select i, ${uuidOf('unit', sql`timestamptz '2023-01-01'`)} as id, name, tokens, key, grams,
          (${towns}::text[])[1 + ${pick(1, 97)} * ${pick(2, 97)} * ${towns.length} / 9409] as area,
          (${sectors}::text[])[1 + ${pick(3, sectors.length)}] as sector
        from jsonb_to_recordset(${part}::jsonb) as r (i integer, name text, tokens text, key text, grams text[])
      ), known as (
        insert into bench_unit select i, id, name, tokens, area, sector from fresh
      )
      insert into unit (county, id, version, name, name_key, name_grams, credit_code, kind, area, sectors, scale, belonging,
        tags, high_risk_override, address, contacts, lng, lat, state, state_reason, registered_on)
      select ${pack.manifest.county}, id, 1, name, key, grams, null, 'unit', area, array[sector], 'small', 'county',
        '{}', null, '', '[]', null, null, 'active', '', date '2023-01-01' from fresh`.execute(db)
  }
}

/** Of twenty hazards eighteen are closed, one or two stand, one in fifty was removed otherwise; one in thirty is major. */
async function fillHazards(db: Db, pack: Pack, size: Size): Promise<void> {
  const { county } = pack.manifest
  await sql`create table bench_text (at integer primary key, text text, tokens text)`.execute(db)
  const texts = descriptions()
  await sql`
    insert into bench_text select (ord - 1)::int, row->>'text', row->>'tokens'
    from jsonb_array_elements(${JSON.stringify(texts)}::jsonb) with ordinality as t (row, ord)`.execute(db)
  const detail = emptyDetail({
    kind: 'none',
    criterionId: null,
    documentId: null,
    text: '',
    reason: '',
    on: '2026-01-01',
    by: '测量',
  })
  const body = pack.bodies.find((row) => row.kind === 'department')?.id ?? ''
  const inserted = sql`county, id, version, number, area, unit_id, unit_name, sector, level, channel, state, description, location,
    found_on, registered_on, lead_body_id, joint_body_ids, town_body_id, assigned_body_id, issuer_body_id, due_on, overdue,
    stopped, listing, listing_id, listing_body_id, closed_on, close_kind, closures, reopened, reinspection, merged_into,
    progress_on, plan_complete, interim_missing, extension_pending, source_key, search, detail`
  const leads = JSON.stringify(
    Object.fromEntries(pack.sectors.map((sector) => [sector.id, leadOf(pack, sector.id) ?? body])),
  )
  const bodies = JSON.stringify(Object.fromEntries(pack.areas.map((area) => [area.code, area.body])))
  const step = 100_000
  for (let from = 0; from < size.hazards; from += step) {
    await sql`
      with drawn as (
        select i, date '2023-01-01' + ${pick(10, 1400)} as found_on, ${pick(11, 1000)} as fate, ${pick(12, 30)} = 0 as major,
          3 + ${pick(13, 40)} as days, 10 + ${pick(14, 60)} as term,
          (array['selfCheck','selfCheck','inspection','inspection','inspection','publicReport'])[1 + ${pick(15, 6)}] as channel,
          u.id as unit_id, u.name, u.area, u.sector, u.tokens as unit_tokens, t.text, t.tokens
        from generate_series(${from}::int, ${Math.min(from + step, size.hazards) - 1}::int) i
        join bench_unit u on u.at = ${pick(16, size.units)}
        join bench_text t on t.at = ${pick(17, texts.length)}
      ), told as (
        select *, case when fate < 900 and found_on + days < date '2026-11-20' then 'closed'
          when fate < 920 then 'voided' when fate < 930 then 'reported' when fate < 940 then 'registered'
          when fate < 955 then 'assigned' when fate < 980 then 'rectifying' when fate < 990 then 'awaitingReview'
          else 'awaitingClosure' end as state from drawn
      )
      insert into hazard (${inserted})
      select ${county}, ${uuidOf('hazard', sql`found_on::timestamptz`)}, 3,
        '〔' || to_char(found_on, 'YYYY') || '〕' || lpad(i::text, 7, '0'), area, unit_id, name, sector,
        case when major then 'major' else 'general' end, channel, state, text, '', found_on, found_on,
        ${leads}::jsonb->>sector, '{}', ${bodies}::jsonb->>area, ${leads}::jsonb->>sector, ${leads}::jsonb->>sector, found_on + term,
        state in ('assigned', 'rectifying') and found_on + term < date '2026-11-20', false, 'none', null, null,
        case when state = 'closed' then found_on + days end, case when state = 'closed' then 'general' end,
        case when state = 'closed' then 1 else 0 end, 0, 'none', null, found_on, not major, false, false, null,
        to_tsvector('simple', '〔' || to_char(found_on, 'YYYY') || '〕' || lpad(i::text, 7, '0') || ' ' || unit_tokens || ' ' || tokens),
        ${JSON.stringify(detail)}::jsonb
          || case when state = 'closed' then jsonb_build_object('closures', jsonb_build_array(jsonb_build_object(
            'on', (found_on + days)::text, 'kind', 'general', 'accountId', ${uuidOf('account', sql`timestamptz '2023-01-01'`)},
            'by', '测量', 'opinion', '整改到位', 'document', '', 'reopenedOn', null, 'reopenReason', null))) else '{}' end
          || case when state = 'voided' then jsonb_build_object('ending', jsonb_build_object(
            'reason', '登记有误', 'on', (found_on + 1)::text, 'by', '测量', 'receiver', '', 'from', 'registered')) else '{}' end
      from told`.execute(db)
  }
}

const leadOf = (pack: Pack, sector: string) =>
  pack.matrix.find((entry) => entry.sector === sector && entry.role !== 'participant')?.body

/** One finding and one action per hazard, and the spans the statistics of past days stand on. */
async function fillHistory(db: Db, county: string): Promise<void> {
  await sql`
    insert into hazard_report (county, id, hazard_id, filed_under, channel, area, sector, found_on, source, description,
      reporter, account_id, reported_at, booked_on)
    select county, id, id, id, channel, area, sector, found_on, '', description, '测量', id, found_on::timestamptz, found_on
    from hazard where county = ${county}`.execute(db)
  await sql`
    insert into action (county, record_id, seq, id, record_type, name, account_id, actor_name, cause_id, at, effective_on,
      from_state, to_state, summary, input, output, prev_hash, hash)
    select county, id, 3, id, 'hazard', 'hazard.report', id, '测量', null, found_on::timestamptz, found_on, null, state, '登记',
      jsonb_build_object('description', description), '{}', null, sha256(id::text::bytea)
    from hazard where county = ${county}`.execute(db)
  await sql`
    insert into hazard_span (county, hazard_id, seq, from_day, to_day, area, sector, level, channel, state, month, found_on,
      due_on, overdue, listing, reopened, closures, closed_on, close_kind)
    select county, id, 1, found_on, case state when 'closed' then closed_on when 'voided' then found_on + 1
        else date '9999-12-31' end, area, sector, level, channel,
      case when state in ('closed', 'voided') then 'assigned' else state end, to_char(found_on, 'YYYY-MM'), found_on,
      due_on, overdue, 'none', 0, 0, null, null
    from hazard where county = ${county}
    union all
    select county, id, 2, coalesce(closed_on, found_on + 1), date '9999-12-31', area, sector, level, channel, state,
      to_char(found_on, 'YYYY-MM'), found_on, due_on, false, 'none', 0, closures, closed_on, close_kind
    from hazard where county = ${county} and state in ('closed', 'voided')`.execute(db)
}

/** The statistics of now from the product's own recount; those of past days from both ends of every span. */
async function fillTally(db: Db, county: string): Promise<void> {
  const cells = await hazardRecount.cells(db, county, undefined)
  for (let from = 0; from < cells.length; from += 20_000) {
    await sql`
      insert into tally (county, metric, area, sector, level, channel, state, month, n)
      select ${county}, metric, area, sector, level, channel, state, month, n
      from jsonb_to_recordset(${JSON.stringify(cells.slice(from, from + 20_000))}::jsonb)
        as r (metric text, area text, sector text, level text, channel text, state text, month text, n bigint)`.execute(
      db,
    )
  }
  await sql`
    with ends as (
      select s.*, substr(s.area, 1, 9) as town, d.day, d.sign
      from hazard_span s cross join lateral (values (s.from_day, 1), (s.to_day, -1)) d (day, sign)
      where s.county = ${county} and d.day <> date '9999-12-31'
    ), cells (metric, day, area, sector, level, channel, state, month, n) as (
      select 'hazard', day, town, sector, level, channel, state, month, sign::bigint from ends
      union all
      select 'foundDay', day, town, sector, level, channel, state, month, sign * (found_on - ${dayZero}::date) from ends
        where state = any(${[...standingStates]}::text[])
      union all
      select 'overdue', day, town, sector, level, channel, state, month, sign from ends
        where overdue and state = any(${[...standingStates]}::text[])
      union all
      select 'everClosed', day, town, sector, level, channel, '', month, sign from ends where closures > 0
      union all
      select 'closed', day, town, sector, level, channel, coalesce(close_kind, ''), to_char(closed_on, 'YYYY-MM'), sign
        from ends where state = 'closed'
      union all
      select 'closedDays', day, town, sector, level, channel, coalesce(close_kind, ''), to_char(closed_on, 'YYYY-MM'),
        sign * (closed_on - found_on) from ends where state = 'closed' and closed_on > found_on
      union all
      select 'report', booked_on, substr(area, 1, 9), sector, '', channel, '', to_char(found_on, 'YYYY-MM'), 1
        from hazard_report where county = ${county}
    )
    insert into tally_day (county, metric, day, area, sector, level, channel, state, month, n)
    select ${county}, metric, day, area, sector, level, channel, state, month, sum(n)
    from cells group by 2, 3, 4, 5, 6, 7, 8, 9 having sum(n) <> 0`.execute(db)
  // The grains of platform/tally/grains.ts, as the folding keeps them.
  await sql`
    insert into tally_sum (county, grain, metric, period, area, sector, level, state, month, n)
    select county, g.grain, metric, period, area, g.sector, level, state, g.month, sum(n)
    from (
      select county, metric, '' as period, area, sector, level, state, month, n from tally
      union all
      select county, metric, to_char(day, 'YYYY-MM'), area, sector, level, state, month, n from tally_day
    ) cells
    cross join lateral (values ('kind', cells.sector, ''), ('time', '', cells.month)) g (grain, sector, month)
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9`.execute(db)
}
