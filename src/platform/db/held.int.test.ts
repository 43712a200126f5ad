import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#test/kit/database.ts'
import { holdRows } from './held.ts'
import { type Database, openDatabase } from './pool.ts'

let test: TestDatabase
let database: Database
beforeAll(async () => {
  test = await createTestDatabase()
  database = openDatabase(test.url)
  await sql`create table counted (n integer primary key)`.execute(database.db)
  await sql`insert into counted select generate_series(1, 1200)`.execute(database.db)
})
afterAll(async () => {
  await database.close()
  await test.drop()
})

const question = (least = 1) => sql<{ n: number }>`select n from counted where n >= ${least} order by n desc`

async function all(pieces: AsyncIterable<{ n: number }[]>): Promise<number[]> {
  const found: number[] = []
  for await (const piece of pieces) found.push(...piece.map(({ n }) => n))
  return found
}

/** Sessions of the product that are in a transaction, hold a snapshot, or are in the middle of something. */
async function inTransaction(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
      and (state <> 'idle' or backend_xmin is not null or xact_start is not null)`.execute(database.db)
  return rows[0]?.n ?? -1
}

it('reads what stood there at one moment, in order, with parameters, whatever happens meanwhile', async () => {
  const held = await holdRows(database.db, question(11))
  expect(held.total).toBe(1190)
  await sql`delete from counted where n = 600`.execute(database.db)
  await sql`insert into counted values (600), (5000)`.execute(database.db)
  expect(await all(held.read())).toEqual(Array.from({ length: 1190 }, (_, at) => 1200 - at))
  await sql`delete from counted where n = 5000`.execute(database.db)
})

it('holds neither lock nor snapshot while somebody reads slowly', async () => {
  const held = await holdRows(database.db, question())
  const reader = held.read()
  expect((await reader.next()).value).toHaveLength(500)
  expect(await inTransaction()).toBe(0)
  const locks = await sql<{ n: number }>`select count(*) as n from pg_locks
    where relation = 'counted'::regclass and pid <> pg_backend_pid()`.execute(database.db)
  expect(locks.rows[0]?.n).toBe(0)
  await held.close()
})

/** Holds as many as there may be; answers how many that was. */
async function places(): Promise<number> {
  const taken = await Promise.allSettled(Array.from({ length: 6 }, () => holdRows(database.db, question())))
  const held = taken.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  await Promise.all(held.map((one) => one.close()))
  return held.length
}

it('gives its place back when the reader stops, gives up, or never begins, and turns away one too many', async () => {
  expect(await places()).toBe(4)
  expect(await places()).toBe(4)
  const [first, second, third, fourth] = await Promise.all([1, 2, 3, 4].map(() => holdRows(database.db, question())))
  await expect(holdRows(database.db, question())).rejects.toThrow('同时进行的导出较多')
  await first?.read().next()
  await first?.close()
  await second?.close()
  if (third) for await (const _ of third.read()) break
  if (fourth) await all(fourth.read())
  expect(await places()).toBe(4)
})

it('forgets the answer of a reader who is gone, and says so to one who comes back', async () => {
  const held = await holdRows(database.db, question(), { patience: 50 })
  const reader = held.read()
  await reader.next()
  await new Promise((resolve) => setTimeout(resolve, 120))
  await expect(reader.next()).rejects.toThrow('given up')
})

it('tells at once that a question is wrong, and keeps no place for it', async () => {
  for (let n = 0; n < 6; n += 1) await expect(holdRows(database.db, sql`select nothing from counted`)).rejects.toThrow()
})
