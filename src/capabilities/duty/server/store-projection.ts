import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Day } from '#kernel/time.ts'
import { readSetting, writeSetting } from '#platform/db/settings.ts'
import type { Db, Reader, Tx } from '#platform/db/tables.ts'
import type { DutyPeriod, Rule } from '../model/index.ts'
import { countItems, itemIdSql } from './store-marks.ts'
import { everything, inSlice, type Slice, slicesOf } from './store-slices.ts'
import type { PopulationRows } from './tables.ts'

/** A rule as it stands in the database, as far as projecting goes. */
export interface HeldRule {
  readonly id: string
  readonly rule: string
  readonly from_day: Day
  readonly until_day: Day | null
  readonly adjusted: boolean
  readonly projected_on: Day | null
  readonly reproject_from: Day | null
  readonly active: boolean
}

export async function heldRules(db: Reader, county: string): Promise<HeldRule[]> {
  const result = await sql<HeldRule>`
    select id, rule, from_day, until_day, adjusted, projected_on, reproject_from, active
    from duty_rule where county = ${county} order by ord`.execute(db)
  return result.rows
}

const list = (values: readonly string[] | null) => (values ? [...values] : null)

/** Makes the table say what the pack says; days that somebody adjusted stay as they are. */
export async function writeRules(tx: Tx, county: string, rules: readonly Rule[]): Promise<void> {
  await sql`
    update duty_rule set active = false
    where county = ${county} and rule <> all(${rules.map(({ id }) => id)}::text[]) and active`.execute(tx)
  for (const [ord, { id, title, selector: s, quota, recurrence, forms, sources, exempt }] of rules.entries()) {
    const exemptIds = exempt.flatMap((group) => group.ids)
    await sql`
      insert into duty_rule (county, id, version, rule, title, subject_kind, ids, kinds, sectors, tags, scales, belongings,
        high_risk, supervised, post, responsible, exempt_ids, quota, quota_unit, forms, sources, from_day, until_day,
        adjusted, active, ord)
      values (${county}, md5('duty|' || ${id}::text)::uuid, 1, ${id}, ${title}, ${s.kind}, ${list(s.ids)}, ${list(s.kinds)},
        ${list(s.sectors)}, ${list(s.tags)}, ${list(s.scales)}, ${list(s.belongings)}, ${s.highRisk}, ${s.supervised},
        ${s.post}, ${s.responsible}, ${exemptIds}, ${quota.n}, ${quota.unit}, ${list(forms)}, ${list(sources)},
        ${recurrence.from}, ${recurrence.until}, false, true, ${ord})
      on conflict (county, id) do update set title = excluded.title, subject_kind = excluded.subject_kind,
        ids = excluded.ids, kinds = excluded.kinds, sectors = excluded.sectors, tags = excluded.tags,
        scales = excluded.scales, belongings = excluded.belongings, high_risk = excluded.high_risk,
        supervised = excluded.supervised, post = excluded.post, responsible = excluded.responsible,
        exempt_ids = excluded.exempt_ids, quota = excluded.quota, quota_unit = excluded.quota_unit,
        forms = excluded.forms, sources = excluded.sources, active = true, ord = excluded.ord,
        from_day = case when duty_rule.adjusted then duty_rule.from_day else excluded.from_day end,
        until_day = case when duty_rule.adjusted then duty_rule.until_day else excluded.until_day end`.execute(tx)
  }
}

/** The turns of a rule that end on or after `floor`; those before stay as they were. Answers those still to come. */
export async function writePeriods(
  tx: Tx,
  county: string,
  rule: string,
  periods: readonly DutyPeriod[],
  floor: Day,
): Promise<{ id: string; period: string; dueOn: Day }[]> {
  const kept = periods.filter(({ endOn }) => endOn >= floor)
  await sql`
    delete from duty_period
    where county = ${county} and rule = ${rule} and end_on >= ${floor}
      and period <> all(${kept.map(({ key }) => key)}::text[])`.execute(tx)
  if (kept.length === 0) return []
  const rows = kept.map(
    ({ key, label, startOn, endOn, dueOn, open }) => sql`
      (${county}, md5(concat_ws('|', 'period', ${rule}::text, ${key}::text))::uuid, ${rule}, ${key}, ${label},
        ${startOn}::date, ${endOn}::date, ${dueOn}::date, ${open}::boolean)`,
  )
  const result = await sql<{ id: string; period: string; due_on: Day }>`
    insert into duty_period (county, id, rule, period, label, start_on, end_on, due_on, open) values ${sql.join(rows)}
    on conflict (county, id) do update set label = excluded.label, start_on = excluded.start_on, end_on = excluded.end_on,
      due_on = excluded.due_on, open = excluded.open
    returning id, period, due_on`.execute(tx)
  return result.rows.map((row) => ({ id: row.id, period: row.period, dueOn: row.due_on }))
}

/** Whose turn is asked about: a slice of one rule with its floor, or one unit in all rules. */
export type ProjectionScope =
  | { readonly rule: string; readonly floor: Day; readonly slice: Slice }
  | { readonly unitId: string; readonly floor: Day }

/** Units and people are many; of them so many are projected `together`, of all others everybody at once. */
export async function subjectSlices(
  db: Reader,
  county: string,
  { units, posts }: PopulationRows,
  kind: Rule['selector']['kind'],
  together: number,
): Promise<Slice[]> {
  const ids =
    kind === 'unit'
      ? sql`select u.id::text as id from ${units(county)} u`
      : kind === 'person'
        ? sql`select distinct p.person_id::text as id from ${posts(county)} p`
        : undefined
  if (!ids) return [everything]
  return slicesOf(db, ids, together)
}

const inScope = (scope: ProjectionScope, id: RawBuilder<string>) =>
  inSlice('slice' in scope ? scope.slice : everything, id, 'text')

function subjects(county: string, people: PopulationRows, scope: ProjectionScope): RawBuilder<unknown> {
  const unitId = 'unitId' in scope ? scope.unitId : undefined
  const rule = 'rule' in scope ? sql`r.rule = ${scope.rule}` : sql`true`
  const rules = sql`duty_rule r where r.county = ${county} and r.active and ${rule}`
  const limits = sql`
    (r.sectors is null or u.sectors && r.sectors) and (r.tags is null or u.tags && r.tags)
    and (r.scales is null or u.scale = any(r.scales)) and (r.belongings is null or u.belonging = any(r.belongings))
    and (r.kinds is null or u.kind = any(r.kinds)) and (r.high_risk is null or u.high_risk = r.high_risk)`
  const rulesOf = (kind: string) => sql`(select r.* from ${rules} and r.subject_kind = ${kind}) r`
  const units = sql`
    select r.rule, 'unit' as subject_kind, u.id::text as subject_id, u.name as subject_name, u.id as unit_id, u.area,
      u.sectors, null::text as body_id, u.registered_on as since
    from ${rulesOf('unit')} join ${people.units(county, unitId)} u on ${limits}
    where ${inScope(scope, sql`u.id::text`)}`
  const persons = sql`
    select * from (
      select distinct on (r.rule, p.person_id) r.rule, 'person', p.person_id::text, p.name || '（' || u.name || '）',
        u.id, u.area, u.sectors, null::text, greatest(p.from_day, u.registered_on)
      from ${rulesOf('person')} join ${people.units(county, unitId)} u on ${limits}
      join ${people.posts(county, unitId)} p on p.unit_id = u.id and p.kind = r.post
      where ${inScope(scope, sql`p.person_id::text`)}
      order by r.rule, p.person_id, u.id) each_once`
  if (unitId !== undefined) return sql`${units} union all ${persons}`
  return sql`${units} union all ${persons}
    union all
    select r.rule, 'body', b.id, b.name, null, b.area, '{}'::text[], b.id, '-infinity'
    from ${rulesOf('body')} join ${people.bodies(county)} b
      on (r.kinds is null or b.kind = any(r.kinds)) and (r.ids is null or b.id = any(r.ids))
    union all
    select r.rule, 'area', a.code, a.name, null, a.code, '{}'::text[], coalesce(r.responsible, a.body_id), '-infinity'
    from ${rulesOf('area')} join ${people.areas(county)} a
      on (r.supervised is null or a.supervised = r.supervised) and (r.ids is null or a.code = any(r.ids))
    union all
    select r.rule, 'sector', s.id, s.name, null, ${county}, array[s.id], s.body_id, '-infinity'
    from ${rulesOf('sector')} join ${people.sectors(county)} s on r.ids is null or s.id = any(r.ids)`
}

/** True where the rule leaves the subject out, or somebody exempted it in turns that this one touches. */
const exemptSql = (county: string) => sql<boolean>`(
  w.subject_id = any(r.exempt_ids) or exists (
    select 1 from duty_exemption e
    where e.county = ${county} and e.rule = w.rule and e.subject_kind = w.subject_kind and e.subject_id = w.subject_id
      and e.state = 'inForce' and e.from_day <= w.end_on and e.to_day >= w.start_on))`

/**
 * Makes the items of turns that end on or after the floor what population and turns say they are; what ended before stays.
 * An item that has been fulfilled stays too when its subject leaves the population: it was fulfilled all the same.
 */
export async function projectItems(
  tx: Tx,
  county: string,
  people: PopulationRows,
  scope: ProjectionScope,
): Promise<void> {
  const { floor } = scope
  const own =
    'rule' in scope
      ? sql<SqlBool>`i.rule = ${scope.rule} and ${inScope(scope, sql`i.subject_id`)}`
      : sql<SqlBool>`i.unit_id = ${scope.unitId}`
  await sql`
    with due as materialized (
      select s.*, d.period, d.start_on, d.end_on, d.due_on
      from (${subjects(county, people, scope)}) s
      join duty_period d on d.county = ${county} and d.rule = s.rule and d.end_on >= ${floor}::date and d.end_on >= s.since
    ), wanted as materialized (
      select ${itemIdSql('w.rule', 'w.period', 'w.subject_kind', 'w.subject_id')} as id, w.*, r.quota,
        ${exemptSql(county)} as exempt
      from due w join duty_rule r on r.county = ${county} and r.rule = w.rule
    ), gone as (
      delete from duty_item i
      where i.county = ${county} and ${own} and i.end_on >= ${floor}::date and i.met_on is null
        and not exists (select 1 from wanted w where w.id = i.id)
    )
    insert into duty_item as i (county, id, rule, period, subject_kind, subject_id, subject_name, unit_id, area, sectors,
      body_id, start_on, end_on, due_on, quota, exempt, done, pending, met_on)
    select ${county}, w.id, w.rule, w.period, w.subject_kind, w.subject_id, w.subject_name, w.unit_id, w.area, w.sectors,
      w.body_id, w.start_on, w.end_on, w.due_on, w.quota, w.exempt, 0, 0, null
    from wanted w
    -- What is right already is not even locked: most days that is all of them.
    where not exists (
      select 1 from duty_item k
      where k.county = ${county} and k.id = w.id
        and (k.subject_name, k.unit_id, k.area, k.sectors, k.body_id, k.start_on, k.end_on, k.due_on, k.quota, k.exempt)
          is not distinct from (w.subject_name, w.unit_id, w.area, w.sectors, w.body_id, w.start_on, w.end_on, w.due_on,
            w.quota, w.exempt))
    on conflict (county, id) do update set subject_name = excluded.subject_name, unit_id = excluded.unit_id,
      area = excluded.area, sectors = excluded.sectors, body_id = excluded.body_id, start_on = excluded.start_on,
      end_on = excluded.end_on, due_on = excluded.due_on, quota = excluded.quota, exempt = excluded.exempt`.execute(tx)
  if (!('unitId' in scope)) return
  // An item that came into being may have been fulfilled before it did: the check counts, whichever rule asked for it.
  await countItems(county, sql<SqlBool>`i.unit_id = ${scope.unitId} and i.end_on >= ${floor}::date`).execute(tx)
}

/** Says that a rule's items stand as of a day; a rewriting of the past is done with. */
export async function markProjected(tx: Tx, county: string, rule: string, on: Day): Promise<void> {
  await sql`
    update duty_rule set projected_on = ${on}, reproject_from = null
    where county = ${county} and rule = ${rule}`.execute(tx)
}

export interface Progress {
  readonly done: number
  readonly total: number
  readonly at: string
  readonly finished: boolean
}

const progressKey = 'duty.progress'

export async function readProgress(db: Reader, county: string): Promise<Progress | null> {
  return ((await readSetting(db, county, progressKey)) as Progress | undefined) ?? null
}

export const writeProgress = (db: Db, county: string, progress: Progress): Promise<void> =>
  db.transaction().execute((tx) => writeSetting(tx, county, progressKey, progress))

/** Exemptions of one subject as they are now, in its items. Answers how many changed. */
export async function applyExemptions(
  tx: Tx,
  county: string,
  { rule, subjectKind, subjectId }: { rule: string; subjectKind: string; subjectId: string },
): Promise<number> {
  const result = await sql`
    update duty_item w set exempt = ${exemptSql(county)}
    from duty_rule r
    where w.county = ${county} and w.rule = ${rule} and w.subject_kind = ${subjectKind} and w.subject_id = ${subjectId}
      and r.county = ${county} and r.rule = w.rule and w.exempt <> ${exemptSql(county)}`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}
