import { sql } from 'kysely'
import { tellDeeds } from '#apps/demo/plan/store-duties.ts'
import type { Product } from '#apps/server/product.ts'
import { markDeed } from '#capabilities/duty/server/store-marks.ts'
import { dayOf, systemClock } from '#kernel/time.ts'
import { ms, type Row } from '../measure/report.ts'
import { type Ground, type Stage, visit } from '../stage/stage.ts'

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/**
 * Duties of a whole county worked out anew, beside the least that any way of doing it has to do: writing as many marks into
 * a table with the same key, and summing them up by item once. And one deed recorded, beside writing its row and its item.
 */
export async function measureDuties(ground: Ground, stage: Stage, say: (line: string) => void): Promise<Row[]> {
  const product = await visit(ground, stage.url)
  try {
    const { duties } = product.modules
    const first = await timed(() => duties.advance({}))
    const verified = [...duties.book.forms.values()].filter(({ verify }) => verify).map(({ id }) => id)
    await tellDeeds(product.database.db, stage.county, dayOf(systemClock.now()), verified)
    await duties.advance({ full: true })
    await sql`vacuum analyze`.execute(product.database.db)
    const counts = await countsOf(product, stage.county)
    say(`${counts.items} duty items, ${counts.marks} marks; first projection ${(first / 1000).toFixed(1)} s`)
    const whole = await timed(() => duties.advance({ full: true }))
    const floor = await floorOf(product, stage.county)
    return [wholeRow(counts, first, whole, floor), await oneDeed(product, stage.county)]
  } finally {
    await product.close()
  }
}

interface Counts {
  readonly items: number
  readonly marks: number
  readonly deeds: number
}

async function countsOf({ database }: Product, county: string): Promise<Counts> {
  const found = await sql<Counts>`
    select (select count(*) from duty_item where county = ${county}) as items,
      (select count(*) from duty_mark where county = ${county}) as marks,
      (select count(*) from duty_deed where county = ${county}) as deeds`.execute(database.db)
  return found.rows[0] ?? { items: 0, marks: 0, deeds: 0 }
}

/** The same marks written once, and every item joined to its sums. */
function floorOf({ database }: Product, county: string): Promise<number> {
  return database.db.transaction().execute(async (tx) => {
    const write = await timed(async () => {
      await sql`create temporary table floor_mark (like duty_mark including indexes) on commit drop`.execute(tx)
      await sql`insert into floor_mark select * from duty_mark where county = ${county}`.execute(tx)
    })
    const read = await timed(() =>
      sql`
        select count(*), sum(m.n) from duty_item i
        left join (select item_id, count(*) as n, min(day) as first from floor_mark group by item_id) m on m.item_id = i.id
        where i.county = ${county}`.execute(tx),
    )
    return write + read
  })
}

function wholeRow(counts: Counts, first: number, whole: number, floor: number): Row {
  const ratio = whole / floor
  return {
    id: 'h',
    title: `recompute ${counts.items} duty items`,
    measured: `${(whole / 1000).toFixed(1)} s`,
    floor: `${(floor / 1000).toFixed(1)} s (marks copied and summed once)`,
    ratio,
    aim: '≤ 6',
    met: ratio <= 6,
    figures: { ...counts, firstMs: first, wholeMs: whole, floorMs: floor },
  }
}

const tries = 200

/** One deed counted in its transaction, among all others. */
async function oneDeed({ database }: Product, county: string): Promise<Row> {
  const { db } = database
  const chosen = await sql<{ id: string; item: string }>`
    select d.id, m.item_id as item from duty_deed d
    join duty_mark m on m.county = ${county} and m.source = 'deed' and m.key = d.id::text
    where d.county = ${county} order by d.id limit ${tries}`.execute(db)
  let [measured, floor] = [0, 0]
  for (const { id, item } of chosen.rows) {
    measured += await timed(() => db.transaction().execute((tx) => markDeed(tx, county, id)))
    floor += await timed(() =>
      db.transaction().execute(async (tx) => {
        await sql`update duty_deed set version = version where county = ${county} and id = ${id}`.execute(tx)
        await sql`update duty_item set done = done where county = ${county} and id = ${item}`.execute(tx)
      }),
    )
  }
  const n = Math.max(1, chosen.rows.length)
  const ratio = measured / floor
  return {
    id: 'i',
    title: 'count one deed among them',
    measured: ms(measured / n),
    floor: `${ms(floor / n)} (its row and its item written)`,
    ratio,
    aim: '≤ 6',
    met: ratio <= 6,
    figures: { tries: n, measuredMs: measured / n, floorMs: floor / n },
  }
}
