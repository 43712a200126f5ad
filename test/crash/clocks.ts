import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { systemActor } from '#apps/server/modules.ts'
import type { Product } from '#apps/server/product.ts'
import { assignHazard, reportHazard } from '#capabilities/hazard/model/index.ts'
import { newId } from '#kernel/ids.ts'
import { addDays, dayOf } from '#kernel/time.ts'
import { createFiring } from '#platform/clock/firing.ts'
import { verifyTally } from '#platform/tally/verify.ts'

type Db = Product['database']['db']

/** Tables in which one hazard lies, with the columns that say which one; every id of a copy is made from the copy's number. */
const tables: readonly (readonly [table: string, owner: string, ids: readonly string[]])[] = [
  ['hazard', 'id', ['id']],
  ['hazard_report', 'hazard_id', ['id', 'hazard_id', 'filed_under']],
  ['hazard_span', 'hazard_id', ['hazard_id']],
  ['tally_delta', 'action', ['action_id']],
  ['action', 'record_id', ['id', 'record_id']],
  ['deadline', 'record_id', ['record_id']],
]

/**
 * Arms the clocks of as many hazards as asked: one is registered and assigned by the product itself, the others are its
 * copies, row by row, statistics too. A hundred thousand of them through the product would take half an hour.
 */
export async function armClocks(product: Product, hazards: number, now: Date): Promise<void> {
  const { county, runner, database } = product
  const actor = systemActor(county)
  const recordId = newId(now.getTime())
  const ids = () => ({ actionId: newId(now.getTime()), recordId })
  const today = dayOf(now)
  const place = { placeName: '试验场所', area: `${county}101`, sector: 'industryTrade' }
  const found = { channel: 'inspection', description: '配电箱前堆放杂物', foundOn: today }
  const input = { ...place, ...found, judgement: { level: 'general' } }
  const { version } = await runner.run(actor, reportHazard.id, { ...ids(), input }, { now })
  const order = { bodyId: 'emergency-management', dueOn: addDays(today, 20), demand: '限期整改到位' }
  await runner.run(actor, assignHazard.id, { ...ids(), version, input: order }, { now })
  for (const [table, owner, columns] of tables)
    await copyRows(database.db, table, owner, columns, recordId, hazards - 1)
  await sql`analyze`.execute(database.db)
}

async function copyRows(db: Db, table: string, owner: string, ids: readonly string[], of: string, copies: number) {
  const mine =
    owner === 'action'
      ? sql`t.action_id in (select id from action where county = t.county and record_id = ${of})`
      : sql`t.${sql.ref(owner)} = ${of}`
  const renamed = ids.map(
    (column) => sql`, ${sql.lit(column)}::text, md5(i || (to_jsonb(t)->>${sql.lit(column)}))::uuid`,
  )
  const number = table === 'hazard' ? sql`, 'number', t.number || '-' || i` : sql``
  await sql`
    insert into ${sql.table(table)}
    select (jsonb_populate_record(null::${sql.table(table)}, to_jsonb(t) || jsonb_build_object('county', county
      ${sql.join(renamed, sql``)} ${number}))).*
    from ${sql.table(table)} t, generate_series(1, ${copies}::int) i where t.county is not null and ${mine}`.execute(db)
}

export interface Struck {
  readonly rungs: number
  readonly seconds: number
  readonly faults: readonly string[]
}

/** Jumps far over every deadline, fires with as many loops as asked, each as a process of its own has it, and looks. */
export async function strikeAll(product: Product, loops: number, now: Date): Promise<Struck> {
  const { county, runner, modules, database } = product
  const { db } = database
  const handlers = modules.all.flatMap((module) => module.clocks ?? [])
  const errors: unknown[] = []
  const armed = await count(db, sql`deadline where county is not null and fired_at is null`)
  const firing = Array.from({ length: loops }, () =>
    createFiring({ county, runner, handlers, onError: (error) => errors.push(error) }),
  )
  const begun = performance.now()
  let fired = 0
  // What a loop passes over because another one holds it waits for the next pass, as in the product.
  for (let passes = 0; fired < armed && passes < 20; passes += 1) {
    const each = await Promise.all(firing.map((loop) => loop.fireDue(now)))
    fired += each.reduce((sum, n) => sum + n, 0)
    if (fired < armed) await sleep(50)
  }
  const seconds = (performance.now() - begun) / 1000
  const faults = errors.map((error) => `a rung failed: ${error}`)
  if (fired !== armed) faults.push(`${armed} rungs were armed and ${fired} fired`)
  for (const [what, rows] of Object.entries(wrong)) {
    const n = await count(db, rows)
    if (n > 0) faults.push(`${n} × ${what}`)
  }
  const recounts = modules.all.flatMap((module) => module.recounts ?? [])
  const { differences } = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((tx) => verifyTally(tx, county, recounts, []))
  if (differences.length > 0) faults.push(`${differences.length} × a number a recount does not agree with`)
  return { rungs: fired, seconds, faults }
}

const wrong: Readonly<Record<string, ReturnType<typeof sql>>> = {
  'a rung that is still armed': sql`deadline where county is not null and fired_at is null`,
  'a hazard whose deadline did not pass exactly once': sql`hazard h where not overdue or 1 <> (
    select count(*) from action a where a.county = h.county and a.record_id = h.id and a.name = 'hazard.passDeadline')`,
  'a hazard whose version is not the number of its actions': sql`hazard h where version <> (
    select count(*) from action a where a.county = h.county and a.record_id = h.id)`,
  'a hazard without exactly one word of its passing to the body that rectifies it': sql`hazard h where 1 <> (
    select count(*) from notice n where n.county = h.county and n.record_id = h.id and n.kind = 'overdue'
      and n.recipient_kind = 'body' and n.recipient_id = h.assigned_body_id)`,
  'a notice without exactly one delivery': sql`notice n where 1 <> (
    select count(*) from delivery d where d.county = n.county and d.notice_id = n.id)`,
}

async function count(db: Db, rows: ReturnType<typeof sql>): Promise<number> {
  return (await sql<{ n: number }>`select count(*) as n from ${rows}`.execute(db)).rows[0]?.n ?? 0
}
