import { sql } from 'kysely'
import type { Day } from '#kernel/time.ts'
import type { Reader, Tx } from '#platform/db/tables.ts'
import type { Deed, DeedDetail, DeedState, Exemption, ExemptionState, RuleRecord, SubjectKind } from '../model/index.ts'

export interface DeedColumns {
  readonly county: string
  readonly id: string
  readonly version: number
  readonly form: string
  readonly subject_kind: SubjectKind
  readonly subject_id: string
  readonly subject_name: string
  readonly area: string
  readonly sectors: string[]
  readonly unit_id: string | null
  readonly body_id: string | null
  readonly days: Day[]
  readonly people: string
  readonly amount: number
  readonly for_rule: string | null
  readonly for_period: string | null
  readonly state: DeedState
  readonly detail: DeedDetail
}

/** Days as texts: the driver would make an array of dates into instants of the machine's zone. */
export const deedColumns = sql`
  d.county, d.id, d.version, d.form, d.subject_kind, d.subject_id, d.subject_name, d.area, d.sectors, d.unit_id, d.body_id,
  d.days::text[] as days, d.people, d.amount, d.for_rule, d.for_period, d.state, d.detail`

export const deedOf = (row: DeedColumns): Deed => ({
  county: row.county,
  id: row.id,
  version: row.version,
  form: row.form,
  subjectKind: row.subject_kind,
  subjectId: row.subject_id,
  subjectName: row.subject_name,
  area: row.area,
  sectors: row.sectors,
  unitId: row.unit_id,
  bodyId: row.body_id,
  days: row.days,
  people: row.people,
  amount: row.amount,
  forRule: row.for_rule,
  forPeriod: row.for_period,
  state: row.state,
  detail: row.detail,
})

export async function loadDeed(db: Reader, county: string, id: string, lock: boolean): Promise<Deed | undefined> {
  const result = await sql<DeedColumns>`
    select ${deedColumns} from duty_deed d where d.county = ${county} and d.id = ${id} ${lock ? sql`for update` : sql``}`.execute(
    db,
  )
  return result.rows[0] && deedOf(result.rows[0])
}

export async function saveDeed(tx: Tx, after: Deed): Promise<void> {
  const { county, id, version, form, amount, people, state } = after
  await sql`
    insert into duty_deed as d (county, id, version, form, subject_kind, subject_id, subject_name, area, sectors, unit_id,
      body_id, days, first_day, people, amount, for_rule, for_period, state, detail)
    values (${county}, ${id}, ${version}, ${form}, ${after.subjectKind}, ${after.subjectId}, ${after.subjectName},
      ${after.area}, ${[...after.sectors]}, ${after.unitId}, ${after.bodyId}, ${[...after.days]}::date[],
      ${after.days[0] ?? null}, ${people}, ${amount}, ${after.forRule}, ${after.forPeriod}, ${state},
      ${JSON.stringify(after.detail)})
    on conflict (county, id) do update set version = excluded.version, days = excluded.days, first_day = excluded.first_day,
      people = excluded.people, amount = excluded.amount, state = excluded.state, detail = excluded.detail`.execute(tx)
}

interface ExemptionColumns {
  readonly county: string
  readonly id: string
  readonly version: number
  readonly rule: string
  readonly subject_kind: SubjectKind
  readonly subject_id: string
  readonly subject_name: string
  readonly area: string
  readonly sectors: string[]
  readonly unit_id: string | null
  readonly body_id: string | null
  readonly from_day: Day
  readonly to_day: Day
  readonly reason: string
  readonly state: ExemptionState
  readonly detail: Exemption['detail']
}

const exemptionOf = (row: ExemptionColumns): Exemption => ({
  county: row.county,
  id: row.id,
  version: row.version,
  rule: row.rule,
  subjectKind: row.subject_kind,
  subjectId: row.subject_id,
  subjectName: row.subject_name,
  area: row.area,
  sectors: row.sectors,
  unitId: row.unit_id,
  bodyId: row.body_id,
  fromDay: row.from_day,
  toDay: row.to_day,
  reason: row.reason,
  state: row.state,
  detail: row.detail,
})

export async function loadExemption(
  db: Reader,
  county: string,
  id: string,
  lock: boolean,
): Promise<Exemption | undefined> {
  const result = await sql<ExemptionColumns>`
    select * from duty_exemption where county = ${county} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(db)
  return result.rows[0] && exemptionOf(result.rows[0])
}

/** Every exemption a subject ever had from a rule, the latest first. */
export async function exemptionsOf(
  db: Reader,
  county: string,
  { rule, subjectKind, subjectId }: { rule: string; subjectKind: string; subjectId: string },
): Promise<Exemption[]> {
  const result = await sql<ExemptionColumns>`
    select * from duty_exemption
    where county = ${county} and rule = ${rule} and subject_kind = ${subjectKind} and subject_id = ${subjectId}
    order by from_day desc, id desc limit 50`.execute(db)
  return result.rows.map(exemptionOf)
}

export async function saveExemption(tx: Tx, after: Exemption): Promise<void> {
  await sql`
    insert into duty_exemption (county, id, version, rule, subject_kind, subject_id, subject_name, area, sectors, unit_id,
      body_id, from_day, to_day, reason, state, detail)
    values (${after.county}, ${after.id}, ${after.version}, ${after.rule}, ${after.subjectKind}, ${after.subjectId},
      ${after.subjectName}, ${after.area}, ${[...after.sectors]}, ${after.unitId}, ${after.bodyId}, ${after.fromDay},
      ${after.toDay}, ${after.reason}, ${after.state}, ${JSON.stringify(after.detail)})
    on conflict (county, id) do update set version = excluded.version, state = excluded.state,
      detail = excluded.detail`.execute(tx)
}

export async function loadRule(db: Reader, county: string, id: string, lock: boolean): Promise<RuleRecord | undefined> {
  const result = await sql<{
    id: string
    version: number
    rule: string
    title: string
    from_day: Day
    until_day: Day | null
    adjusted: boolean
    reproject_from: Day | null
  }>`
    select id, version, rule, title, from_day, until_day, adjusted, reproject_from
    from duty_rule where county = ${county} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(db)
  const row = result.rows[0]
  return (
    row && {
      county,
      id: row.id,
      version: row.version,
      rule: row.rule,
      title: row.title,
      fromDay: row.from_day,
      untilDay: row.until_day,
      adjusted: row.adjusted,
      reprojectFrom: row.reproject_from,
    }
  )
}

export async function saveRule(tx: Tx, after: RuleRecord): Promise<void> {
  await sql`
    update duty_rule set version = ${after.version}, from_day = ${after.fromDay}, until_day = ${after.untilDay},
      adjusted = ${after.adjusted}, reproject_from = ${after.reprojectFrom}
    where county = ${after.county} and id = ${after.id}`.execute(tx)
}

/** An item as the database holds it. */
export interface ItemColumns {
  readonly id: string
  readonly rule: string
  readonly period: string
  readonly label: string | null
  readonly subject_kind: SubjectKind
  readonly subject_id: string
  readonly subject_name: string
  readonly unit_id: string | null
  readonly unit_name: string | null
  readonly area: string
  readonly sectors: string[]
  readonly body_id: string | null
  readonly start_on: Day
  readonly end_on: Day
  readonly due_on: Day
  readonly quota: number
  readonly exempt: boolean
  readonly done: number
  readonly pending: number
  readonly met_on: Day | null
}

export async function loadItem(db: Reader, county: string, id: string): Promise<ItemColumns | undefined> {
  const result = await sql<ItemColumns>`
    select i.*, p.label, u.name as unit_name
    from duty_item i
    left join duty_period p on p.county = ${county} and p.rule = i.rule and p.period = i.period
    left join unit u on u.county = ${county} and u.id = i.unit_id
    where i.county = ${county} and i.id = ${id}`.execute(db)
  return result.rows[0]
}
