import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '#platform/db/migrate.ts'
import { openDatabase } from '#platform/db/pool.ts'
import { createTestDatabase, type TestDatabase } from '#test/kit/database.ts'

let database: TestDatabase
let folder: string

beforeAll(async () => {
  database = await createTestDatabase('template0')
  folder = await mkdtemp(join(tmpdir(), 'migrations-'))
  await writeFile(join(folder, '20270101000000-create-noted.sql'), 'create table noted (county text, id int, n int);')
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await database?.drop()
})

const indexes = async () =>
  (
    await database.pool.query(
      `select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
       where i.indrelid = 'noted'::regclass`,
    )
  ).rows

describe('a migration that makes an index concurrently', () => {
  const name = '20270102000000-index-noted.sql'
  const text = `-- Asked by the number.
drop index concurrently if exists noted_n;
create unique index concurrently noted_n on noted (county, n);
`

  it('fails by its name where the rows do not allow it, and counts as not run', async () => {
    expect(await migrate(database.pool, folder)).toEqual(['20270101000000-create-noted.sql'])
    await database.pool.query(`insert into noted values ('341723', 1, 5), ('341723', 2, 5)`)
    await writeFile(join(folder, name), text)
    await expect(migrate(database.pool, folder)).rejects.toThrow(name)
    expect(await indexes()).toEqual([{ name: 'noted_n', valid: false }])
  })

  it('is run again from its beginning, once, by one of several processes that start together', async () => {
    await database.pool.query('update noted set n = id')
    const others = Array.from({ length: 3 }, () => openDatabase(database.url, { max: 1 }))
    const ran = await Promise.all(others.map(({ pool }) => migrate(pool, folder)))
    for (const other of others) await other.close()
    expect(ran.flat()).toEqual([name])
    expect(await indexes()).toEqual([{ name: 'noted_n', valid: true }])
  })
})

describe('any other migration', () => {
  it('leaves the database as it was when one of its statements fails', async () => {
    const text = 'alter table noted add column more text; insert into noted values (1, 2, 3, 4, 5, 6);'
    await writeFile(join(folder, '20270103000000-add-more.sql'), text)
    await expect(migrate(database.pool, folder)).rejects.toThrow('20270103000000-add-more.sql')
    const columns = await database.pool.query(`select 1 from information_schema.columns where table_name = 'noted'`)
    expect(columns.rowCount).toBe(3)
  })
})
