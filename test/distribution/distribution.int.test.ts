import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Catalog,
  distribute,
  distributionFaults,
  distributionSteps,
  readCatalog,
} from '#platform/db/distribution.ts'
import { createTestDatabase, type TestDatabase } from '#test/kit/database.ts'

let database: TestDatabase
let catalog: Catalog

beforeAll(async () => {
  database = await createTestDatabase()
  const client = await database.pool.connect()
  catalog = await readCatalog(client)
  client.release()
})
afterAll(() => database?.drop())

describe('the schema', () => {
  it('can be spread by county: keys, foreign keys, no triggers, no numbers of its own', () => {
    expect(catalog.tables.length).toBeGreaterThan(40)
    expect(catalog.foreignKeys.length).toBeGreaterThan(10)
    expect(distributionFaults(catalog)).toEqual([])
  })

  it('would be found out if it could not', async () => {
    const bad = await createTestDatabase()
    try {
      await bad.pool.query(`
        create table loose (id serial primary key, county text);
        create table other (county text, id uuid, loose_id int references loose (id), primary key (id, county));
        create table keyless (county text);
        create table alien (id uuid primary key);
        create function nothing() returns trigger language plpgsql as 'begin return new; end';
        create trigger busy before insert on keyless for each row execute function nothing();`)
      const client = await bad.pool.connect()
      const faults = distributionFaults(await readCatalog(client))
      client.release()
      expect(faults.sort()).toEqual([
        'alien has no county',
        'alien_pkey does not begin with county',
        'keyless has no key',
        'keyless has the trigger busy',
        'loose.id draws its own numbers',
        'loose_pkey does not begin with county',
        'other: other_loose_id_fkey crosses counties',
        'other_pkey does not begin with county',
      ])
    } finally {
      await bad.drop()
    }
  })
})

describe('the steps', () => {
  it('take the foreign keys away, spread every table beside the first, and put the same keys back', async () => {
    const steps = distributionSteps(catalog)
    const spread = steps.filter((step) => step.startsWith('select create_distributed_table'))
    const business = catalog.tables.map(({ name }) => name).filter((name) => name !== 'migration')
    expect(spread.map((step) => /'"(.+?)"'/.exec(step)?.[1])).toEqual(business)
    expect(spread.slice(1).every((step) => step.includes(`colocate_with => '"${business[0]}"'`))).toBe(true)
    // What has to do with foreign keys runs on any PostgreSQL, and leaves the schema as it was.
    const rest = steps.filter((step) => !spread.includes(step))
    for (const step of rest) await database.pool.query(step)
    const client = await database.pool.connect()
    expect((await readCatalog(client)).foreignKeys).toEqual(catalog.foreignKeys)
    client.release()
  })

  it('leave out what is spread already, and lay the rest beside it', () => {
    const tables = catalog.tables.map((table) => ({ ...table, distributed: table.name !== 'hazard' }))
    const steps = distributionSteps({ ...catalog, tables })
    const spread = steps.filter((step) => step.includes('create_distributed_table'))
    expect(spread).toEqual([
      `select create_distributed_table('"hazard"', 'county', colocate_with => '"${catalog.tables[0]?.name}"')`,
    ])
    expect(steps.some((step) => step.includes('hazard_report_county_hazard_id_fkey'))).toBe(true)
    const all = catalog.tables.map((table) => ({ ...table, distributed: true }))
    expect(distributionSteps({ ...catalog, tables: all })).toEqual([])
  })

  it('are not carried out without the extension, and said on request', async () => {
    expect(await distribute(database.pool, false)).toBe('noExtension')
    expect(await distribute(database.pool, true)).toEqual({ steps: distributionSteps(catalog) })
  })
})
