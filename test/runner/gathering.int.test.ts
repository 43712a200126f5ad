import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Gathering } from '#platform/actions/gathering.ts'
import { createTestDatabase, type TestDatabase } from '#test/kit/database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query(`
    create table noted (
      county text, id int, words text, tags text[], facts jsonb, hash bytea, at timestamptz, search tsvector, gone date,
      primary key (county, id)
    );
    create table told (county text, id int, primary key (county, id));
    create sequence noted_number start 41`)
})
afterAll(() => database?.drop())
beforeEach(() => database.pool.query('truncate noted, told'))

const at = new Date('2026-11-25T08:00:00.123Z')
const row = (id: number, words = '灭火器') => ({
  county: '1',
  id,
  words,
  tags: ['危险', '含"引号"与,逗号'],
  facts: JSON.stringify({ 整改: [1, null, '是'] }),
  hash: Buffer.from([0, 92, 255]),
  at,
  search: '灭火器 消防栓',
  gone: null,
})
const insert = (...ids: number[]) => ({
  name: 'noted_rows',
  into: 'noted',
  rows: ids.map((id) => row(id)),
  json: ['facts'],
  around: { search: "to_tsvector('simple', ?)" },
})
const stored = async () => (await database.pool.query('select * from noted order by id')).rows

/** Sends one part for each list of writes, all in one transaction. */
const sent = (...parts: Parameters<ReturnType<Gathering['part']>['add']>[0][]) =>
  database.db.transaction().execute(async (tx) => {
    const gathering = new Gathering(parts.length)
    for (const writes of parts) {
      const part = gathering.part()
      part.add(writes)
      gathering.keep(part)
    }
    await gathering.send(tx)
  })

describe('writes gathered from many actions', () => {
  it('are stored as they would be one by one, whatever their kind', async () => {
    await sent([insert(1)], [insert(2), insert(3)])
    const [first, ...more] = await stored()
    expect(first).toMatchObject({
      words: '灭火器',
      tags: ['危险', '含"引号"与,逗号'],
      facts: { 整改: [1, null, '是'] },
      hash: Buffer.from([0, 92, 255]),
      at,
      gone: null,
    })
    expect(first.search).toBe("'消防栓':2 '灭火器':1")
    expect(more.map(({ id }) => id)).toEqual([2, 3])
  })

  it('keep words that JSON or a pattern would take for something else', async () => {
    const words = ['引"号\\反斜', '换\n行\t', '$1 ~search $$', '\ud83d\ude92', '半个\ud83d字']
    await sent([{ ...insert(), rows: words.map((text, id) => row(id, text)) }])
    expect((await stored()).map((one) => one.words)).toEqual(words.map((text) => text.toWellFormed()))
  })

  it('take a change into the row that was only just to be inserted', async () => {
    const key = { county: '1', id: 1 }
    const change = {
      name: 'changed',
      update: 'noted',
      key,
      set: { words: '已整改', gone: '2026-11-25', search: '整改' },
    }
    await sent([insert(1, 2), { ...change, around: insert().around }, insert(3)])
    const rows = await stored()
    expect(rows.map(({ words, gone }) => [words, gone])).toEqual([
      ['已整改', '2026-11-25'],
      ['灭火器', null],
      ['灭火器', null],
    ])
    expect(rows[0].search).toBe("'整改':1")
  })

  it('leave out what was removed again, and let it be inserted anew', async () => {
    const removal = { name: 'removed', remove: 'noted', key: { county: '1', gone: null }, except: [{ id: 2 }] }
    await sent([insert(1, 2), removal, insert(2)])
    expect((await stored()).map(({ id }) => id)).toEqual([2])
  })

  it('carry along what follows an insertion, once for each row that was new', async () => {
    const rows = { ...insert(1, 2), end: 'on conflict (county, id) do nothing returning county, id' }
    const behind = { name: 'told_rows', text: 'insert into told select county, id from noted_rows' }
    await sent([insert(2)])
    await sent([{ ...rows, behind }], [{ ...rows, behind, rows: [row(3)] }])
    expect((await database.pool.query('select id from told order by id')).rows).toEqual([{ id: 1 }, { id: 3 }])
  })

  it('refuse to change or to run what is not theirs', () => {
    const part = new Gathering(1).part()
    const stray = { name: 'changed', update: 'noted', key: { county: '1', id: 9 }, set: { words: '' } }
    expect(() => part.add([stray])).toThrow('did not come into being')
    const query = database.db.deleteFrom('action')
    expect(() => part.add([{ name: 'other', query }])).toThrow('cannot be gathered')
  })

  it('write nothing of a part that is not kept, and nothing at all when one row is refused', async () => {
    await database.db.transaction().execute(async (tx) => {
      const gathering = new Gathering(2)
      gathering.part().add([insert(7)])
      await gathering.send(tx)
    })
    await sent([insert(1)])
    await expect(sent([insert(2)], [insert(1)])).rejects.toMatchObject({ code: '23505', constraint: 'noted_pkey' })
    expect((await stored()).map(({ id }) => id)).toEqual([1])
  })
})

describe('numbers of a gathering', () => {
  it('come in the order in which they are asked for, drawn a block at a time', async () => {
    const numbers = await database.db.transaction().execute(async (tx) => {
      const gathering = new Gathering(3)
      return Promise.all(Array.from({ length: 5 }, () => gathering.number(tx, 'noted_number')))
    })
    expect(numbers.map(Number)).toEqual([41, 42, 43, 44, 45])
  })
})
