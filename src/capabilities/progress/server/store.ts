import { type ColumnType, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Reader, Tx } from '#platform/db/tables.ts'
import type { ProgressPeriod, ProgressReturn, ReturnDetail } from '../model/index.ts'

type ProgressTables = {
  progress_return: {
    county: string
    id: string
    version: number
    period_id: string
    period: string
    from_on: string
    to_on: string
    opens_on: string
    due_on: string
    body_id: string
    area: string
    state: ProgressReturn['state']
    submitted_on: string | null
    endorsed_on: string | null
    accepted_on: string | null
    locked_on: string | null
    detail: ColumnType<ReturnDetail, string, string>
  }
  progress_period: {
    county: string
    id: string
    version: number
    name: string
    from_on: string
    to_on: string
    opens_on: string
    due_on: string
    state: ProgressPeriod['state']
    locked_on: string | null
    locked_by: string | null
  }
}

export type ReturnColumns = Omit<ProgressTables['progress_return'], 'detail'> & { readonly detail: ReturnDetail }

export const returnOf = (row: ReturnColumns): ProgressReturn => ({
  county: row.county,
  id: row.id,
  version: row.version,
  periodId: row.period_id,
  period: row.period,
  fromOn: row.from_on,
  toOn: row.to_on,
  opensOn: row.opens_on,
  dueOn: row.due_on,
  bodyId: row.body_id,
  area: row.area,
  state: row.state,
  submittedOn: row.submitted_on,
  endorsedOn: row.endorsed_on,
  acceptedOn: row.accepted_on,
  lockedOn: row.locked_on,
  detail: row.detail,
})

export async function loadReturn(tx: Reader, county: string, id: string, lock: boolean) {
  const { rows } = await sql<ReturnColumns>`
    select * from progress_return where county = ${county} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0] && returnOf(rows[0])
}

export async function saveReturn(tx: Tx, after: ProgressReturn, before: ProgressReturn | undefined): Promise<void> {
  const db = tx.withTables<ProgressTables>()
  const { county, id } = after
  const row = {
    version: after.version,
    state: after.state,
    submitted_on: after.submittedOn,
    endorsed_on: after.endorsedOn,
    accepted_on: after.acceptedOn,
    locked_on: after.lockedOn,
    detail: JSON.stringify(after.detail),
  }
  if (before) {
    await db.updateTable('progress_return').set(row).where('county', '=', county).where('id', '=', id).execute()
    return
  }
  const fixed = {
    ...{ county, id, period_id: after.periodId, period: after.period, from_on: after.fromOn, to_on: after.toOn },
    ...{ opens_on: after.opensOn, due_on: after.dueOn, body_id: after.bodyId, area: after.area },
  }
  await db
    .insertInto('progress_return')
    .values({ ...fixed, ...row })
    .execute()
}

type PeriodColumns = ProgressTables['progress_period']

const periodOfRow = (row: PeriodColumns): ProgressPeriod => ({
  county: row.county,
  id: row.id,
  version: row.version,
  name: row.name,
  fromOn: row.from_on,
  toOn: row.to_on,
  opensOn: row.opens_on,
  dueOn: row.due_on,
  state: row.state,
  lockedOn: row.locked_on,
  lockedBy: row.locked_by,
})

export async function loadPeriod(tx: Reader, county: string, id: string, lock: boolean) {
  const { rows } = await sql<PeriodColumns>`
    select * from progress_period where county = ${county} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0] && periodOfRow(rows[0])
}

export async function loadPeriods(reader: Reader, county: string): Promise<ProgressPeriod[]> {
  const { rows } = await sql<PeriodColumns>`
    select * from progress_period where county = ${county} order by from_on desc`.execute(reader)
  return rows.map(periodOfRow)
}

export async function savePeriod(tx: Tx, after: ProgressPeriod, before: ProgressPeriod | undefined): Promise<void> {
  const db = tx.withTables<ProgressTables>()
  const { county, id, version, name, state } = after
  const row = {
    ...{ version, name, from_on: after.fromOn, to_on: after.toOn, opens_on: after.opensOn, due_on: after.dueOn },
    ...{ state, locked_on: after.lockedOn, locked_by: after.lockedBy },
  }
  if (before)
    await db.updateTable('progress_period').set(row).where('county', '=', county).where('id', '=', id).execute()
  else
    await db
      .insertInto('progress_period')
      .values({ county, id, ...row })
      .execute()
}

/** Returns that meet a condition over the alias `r`. */
export async function returnsWhere(reader: Reader, where: RawBuilder<SqlBool>, more: RawBuilder<unknown> = sql``) {
  const { rows } = await sql<ReturnColumns>`select r.* from progress_return r where ${where} ${more}`.execute(reader)
  return rows.map(returnOf)
}

/** What the body handed in for the last period before a day. */
export async function returnBefore(reader: Reader, { county, bodyId, fromOn }: ProgressReturn) {
  const { rows } = await sql<ReturnColumns>`
    select * from progress_return where county = ${county} and body_id = ${bodyId} and from_on < ${fromOn}
      and submitted_on is not null order by from_on desc limit 1`.execute(reader)
  return rows[0] && returnOf(rows[0])
}

/** Ids of the returns whose clocks may run, page after page. */
export async function clockedReturns(reader: Reader, county: string, after: string | null, size: number) {
  const { rows } = await sql<{ id: string }>`
    select id from progress_return where county = ${county} and state in ('due', 'returned') and locked_on is null
      and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${size}`.execute(reader)
  return rows.map(({ id }) => id)
}

export async function returnsOfPeriod(reader: Reader, county: string, periodId: string): Promise<ProgressReturn[]> {
  return returnsWhere(reader, sql<SqlBool>`r.county = ${county} and r.period_id = ${periodId}`, sql`order by r.body_id`)
}

/** What bodies have not handed in, the earliest first. */
export async function owedReturns(reader: Reader, county: string): Promise<ProgressReturn[]> {
  return returnsWhere(reader, sql<SqlBool>`r.county = ${county} and r.state = 'due'`, sql`order by r.due_on, r.body_id`)
}
