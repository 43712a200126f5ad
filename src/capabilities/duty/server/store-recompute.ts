import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Day } from '#kernel/time.ts'
import type { Db } from '#platform/db/tables.ts'
import type { DeedSource } from '#platform/module/module.ts'
import { aloneInCounty, countItems, deedMarks, sourceMarks } from './store-marks.ts'

/** Marks, and items, to each subject of a slice, so that no step takes much longer than another. */
const marksEach = 8
const itemsEach = 4

/** What of one rule is worked out anew. */
export interface Recompute {
  readonly rule: string
  readonly sources: readonly DeedSource[]
  /** Days whose records count. */
  readonly days: readonly [Day, Day]
  /** Also items whose marks are as they were: after a change of the calendar or of the rule. */
  readonly whole: boolean
  /** The size of a slice, in subjects. */
  readonly together: number
  readonly signal?: AbortSignal | undefined
}

/**
 * All marks of one rule made what the records say, and the items they touch counted, slice by slice. Stopped or killed in
 * between, what has been done is right and the rest is as it was.
 */
export async function recomputeRule(db: Db, county: string, work: Recompute): Promise<void> {
  const touched = new Set<string>()
  for (const slice of await keySlices(db, county, work)) {
    if (work.signal?.aborted) return
    for (const id of await remark(db, county, work, slice)) touched.add(id)
  }
  const itemsTogether = work.together * itemsEach
  const items = work.whole ? await itemsOf(db, county, work.rule) : [...touched]
  for (let at = 0; at < items.length; at += itemsTogether) {
    if (work.signal?.aborted) return
    const ids = items.slice(at, at + itemsTogether)
    await db.transaction().execute(async (tx) => {
      await aloneInCounty(tx, county)
      await countItems(county, sql<SqlBool>`i.id = any(${ids}::uuid[])`).execute(tx)
    })
  }
}

async function itemsOf(db: Db, county: string, rule: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from duty_item where county = ${county} and rule = ${rule} order by id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Keys of records from one on and below another; they are ids, whose first digits lie evenly. */
interface Slice {
  readonly from: string | null
  readonly below: string | null
}

const within = ({ from, below }: Slice, key: RawBuilder<string>) => sql<SqlBool>`(
  (${from}::text is null or ${key} >= ${from}) and (${below}::text is null or ${key} < ${below}))`

async function keySlices(db: Db, county: string, { rule, sources, days, together }: Recompute): Promise<Slice[]> {
  const counts = [
    sql`select count(*) as n from duty_mark where county = ${county} and rule = ${rule}`,
    sql`select count(*) as n from duty_deed d join duty_rule r on r.county = ${county} and r.rule = ${rule}
      where d.county = ${county} and d.form = any(r.forms)`,
    ...sources.map((source) => sql`select count(*) as n from (${source.rows(county, ...days)}) s`),
  ]
  const { rows } = await sql<{ n: number }>`select max(n) as n from (${sql.join(counts, sql` union all `)}) c`.execute(
    db,
  )
  const wanted = Math.ceil((rows[0]?.n ?? 0) / (together * marksEach))
  const digits = wanted <= 1 ? 0 : wanted <= 16 ? 1 : 2
  const starts = Array.from({ length: 16 ** digits }, (_, at) => at.toString(16).padStart(digits, '0'))
  return starts.map((start, at) => ({ from: at === 0 ? null : start, below: starts[at + 1] ?? null }))
}

/** Marks of one slice that are not what the records say are written, the others left alone; answers whose they are. */
async function remark(db: Db, county: string, { rule, sources, days }: Recompute, slice: Slice): Promise<string[]> {
  const ofRule = sql<SqlBool>`r.rule = ${rule}`
  const marks = [
    deedMarks(county, sql<SqlBool>`${ofRule} and ${within(slice, sql`d.id::text`)}`),
    ...sources.map((source) =>
      sourceMarks(county, source, days, sql<SqlBool>`${ofRule} and ${within(slice, sql`s.key`)}`),
    ),
  ]
  return db.transaction().execute(async (tx) => {
    await aloneInCounty(tx, county)
    const { rows } = await sql<{ item_id: string }>`
      with wanted as materialized (
        select distinct on (item_id, source, key, day) * from (${sql.join(marks, sql` union all `)}) w
      ), gone as (
        delete from duty_mark m
        where m.county = ${county} and m.rule = ${rule} and ${within(slice, sql`m.key`)} and not exists (
          select 1 from wanted w
          where w.item_id = m.item_id and w.source = m.source and w.key = m.key and w.day = m.day)
        returning m.item_id
      ), written as (
        insert into duty_mark as m (county, item_id, source, key, day, rule, amount, counted)
        select w.county, w.item_id, w.source, w.key, w.day, w.rule, w.amount, w.counted from wanted w
        where not exists (
          select 1 from duty_mark k
          where k.county = ${county} and k.item_id = w.item_id and k.source = w.source and k.key = w.key and k.day = w.day
            and (k.rule, k.amount, k.counted) = (w.rule, w.amount, w.counted))
        on conflict (county, item_id, source, key, day)
        do update set rule = excluded.rule, amount = excluded.amount, counted = excluded.counted
        returning m.item_id
      )
      select item_id from gone union select item_id from written`.execute(tx)
    return rows.map((row) => row.item_id)
  })
}
