import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendWrites } from '#platform/actions/writes.ts'
import { createTestDatabase, type TestDatabase } from '#test/kit/database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query('create table noted (county text, n int, primary key (county, n))')
})
afterAll(() => database?.drop())

const note = (...rows: number[]) => ({ name: 'noted_rows', into: 'noted', rows: rows.map((n) => ({ county: '1', n })) })
const stored = async () => (await database.pool.query('select n from noted order by n')).rows.map(({ n }) => n)

describe('writes that are not waited for', () => {
  it('are there once the transaction has ended', async () => {
    await database.db.transaction().execute((tx) => sendWrites(tx, [note(1, 2)], { last: true }))
    expect(await stored()).toEqual([1, 2])
  })

  it('fail the transaction with their own error, at its commit or at the statement that follows', async () => {
    const again = (more: boolean) =>
      database.db.transaction().execute(async (tx) => {
        await sendWrites(tx, [note(3)])
        await sendWrites(tx, [note(1)], { last: true })
        if (more) await sql`select 1`.execute(tx)
      })
    await expect(again(false)).rejects.toMatchObject({ code: '23505', constraint: 'noted_pkey' })
    await expect(again(true)).rejects.toMatchObject({ code: '23505', constraint: 'noted_pkey' })
    expect(await stored()).toEqual([1, 2])
  })

  it('leave the connection as good as before, prepared or not', async () => {
    for (let n = 10; n < 30; n += 1) {
      await database.db.transaction().execute((tx) => sendWrites(tx, [note(n)], { last: true }))
      const twice = database.db.transaction().execute((tx) => sendWrites(tx, [note(n)], { last: true }))
      await expect(twice).rejects.toMatchObject({ code: '23505' })
    }
    expect(await stored()).toHaveLength(22)
  })
})
