import { type SqlBool, sql } from 'kysely'
import { addDays, type Day } from '#kernel/time.ts'
import type { Db } from '#platform/db/tables.ts'
import type { DeedSource } from '#platform/module/module.ts'
import { aloneInCounty, countItems, deedMarks, sourceMarks } from './store-marks.ts'
import { inSlice, type Slice, slicesOf } from './store-slices.ts'

/** Marks, and items, to each subject of a slice, so that no step takes much longer than another. */
const marksEach = 8
const itemsEach = 4

/** Days whose records of other capabilities are looked through every night, although each has marked itself when it came. */
const lookedBack = 62

/** What of one rule is worked out anew. */
export interface Recompute {
  readonly rule: string
  readonly sources: readonly DeedSource[]
  /** Days whose records count. */
  readonly days: readonly [Day, Day]
  /** Everything, also items whose marks are as they were: after a change of the calendar or of the rule. */
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

/** Of which records marks may be wrong: of all, or of those of other capabilities found lately. */
function lookedAt({ sources, days: [from, to], whole }: Recompute) {
  const recent = addDays(to, -lookedBack)
  const days: readonly [Day, Day] = [whole || recent < from ? from : recent, to]
  return { days, deeds: whole, kinds: [...(whole ? ['deed'] : []), ...sources.map(({ id }) => id)] }
}

async function keySlices(db: Db, county: string, work: Recompute): Promise<Slice[]> {
  const { rule, sources, together } = work
  const { days, deeds, kinds } = lookedAt(work)
  const keys = [
    sql`select m.key as id from duty_mark m
      where m.county = ${county} and m.rule = ${rule} and m.source = any(${kinds}::text[]) and (${deeds} or m.day >= ${days[0]})`,
    ...(deeds
      ? [
          sql`select d.id::text from duty_deed d join duty_rule r on r.county = ${county} and r.rule = ${rule}
            where d.county = ${county} and d.form = any(r.forms)`,
        ]
      : []),
    ...sources.map((source) => sql`select s.key from (${source.rows(county, ...days, () => sql<SqlBool>`true`)}) s`),
  ]
  return slicesOf(db, sql.join(keys, sql` union `), together * marksEach)
}

/** Marks of one slice that are not what the records say are written, the others left alone; answers whose they are. */
async function remark(db: Db, county: string, work: Recompute, slice: Slice): Promise<string[]> {
  const { rule, sources } = work
  const { days, deeds, kinds } = lookedAt(work)
  const ofRule = sql<SqlBool>`r.rule = ${rule}`
  const marks = [
    ...(deeds ? [deedMarks(county, sql<SqlBool>`${ofRule} and ${inSlice(slice, sql`d.id`, 'uuid')}`)] : []),
    ...sources.map((source) => sourceMarks(county, source, days, ofRule, (id) => inSlice(slice, id, 'uuid'))),
  ]
  return db.transaction().execute(async (tx) => {
    await aloneInCounty(tx, county)
    const { rows } = await sql<{ item_id: string }>`
      with wanted as materialized (
        select distinct on (item_id, source, key, day) * from (${sql.join(marks, sql` union all `)}) w
      ), gone as (
        delete from duty_mark m
        where m.county = ${county} and m.rule = ${rule} and m.source = any(${kinds}::text[])
          and (${deeds} or m.day >= ${days[0]}) and ${inSlice(slice, sql`m.key`, 'text')} and not exists (
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
