import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coreErrors, Problem } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { SealBroken } from '#platform/audit/seal.ts'
import { verifyAudit } from '#platform/audit/verify.ts'
import { openDatabase } from '#platform/db/pool.ts'
import { createRefusalBook } from '#platform/http/refusals.ts'
import { registered, town } from '#test/kit/hazards.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { otherProcess, sealerOf } from '#test/kit/sealing.ts'

let test: TestProduct
let office: Actor
let unitId: string

beforeAll(async () => {
  test = await openTestProduct()
  office = await test.as('anwei')
  unitId = await test.unit('青山机械厂', town, 'industryTrade')
})
afterAll(() => test?.close())

const db = () => test.database.db
const hour = 3_600_000
const verify = () => verifyAudit(db(), test.product.county, test.product.runner)
const blocks = () => db().selectFrom('audit_block').selectAll().orderBy('number').execute()
const count = async (table: 'action' | 'refusal' | 'audit_leaf') => {
  const { n } = await db()
    .selectFrom(table)
    .select((row) => row.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}
const refused = () =>
  createRefusalBook(db(), test.clock, (error) => {
    throw error
  }).book(office, 'hazard.close', undefined, new Problem(coreErrors.notAllowed))

describe('sealing', () => {
  it('takes every action and every refusal into exactly one block, in blocks that are not too long', async () => {
    for (let n = 0; n < 3; n += 1) await registered(test, office, unitId)
    for (let n = 0; n < 40; n += 1) await refused()
    const rows = (await count('action')) + (await count('refusal'))
    expect(rows).toBeGreaterThan(40)
    expect(await sealerOf(test).pass()).toBe(rows)
    expect(await count('audit_leaf')).toBe(rows)
    const made = await blocks()
    expect(made.map((block) => block.number)).toEqual(made.map((_, at) => at + 1))
    expect(made.every((block) => block.rows <= 16)).toBe(true)
    expect(made.reduce((sum, block) => sum + block.rows, 0)).toBe(rows)
    const result = await verify()
    expect(result).toMatchObject({ count: 0, faults: [], sealed: rows, blocks: made.length, waiting: { rows: 0 } })
    expect(result.newest).toMatchObject({ block: made.length, root: made.at(-1)?.hash.toString('hex') })
  })

  it('claims completeness only with the block that takes the last row, and only for what has settled', async () => {
    const made = await blocks()
    expect(made.slice(0, -1).every((block) => block.complete_to === null)).toBe(true)
    expect(made.at(-1)?.complete_to).toEqual(new Date(test.clock.now().getTime() - hour))
  })

  it('makes no block when nothing has happened, and an empty one after an hour', async () => {
    const before = (await blocks()).length
    expect(await sealerOf(test).pass()).toBe(0)
    expect(await blocks()).toHaveLength(before)
    test.clock.advance(hour)
    expect(await sealerOf(test).pass()).toBe(0)
    const made = await blocks()
    expect(made).toHaveLength(before + 1)
    expect(made.at(-1)).toMatchObject({ rows: 0, first_at: null, last_at: null })
    expect(made.at(-1)?.complete_to).toEqual(new Date(test.clock.now().getTime() - hour))
    expect((await verify()).faults).toEqual([])
  })

  it('finds a row that began earlier and was committed after the block of its time', async () => {
    const slow = openDatabase(test.database.url, { max: 1 })
    let committed = () => {}
    const wait = new Promise<void>((resolve) => {
      committed = resolve
    })
    let begun = () => {}
    const started = new Promise<void>((resolve) => {
      begun = resolve
    })
    const id = '01900000-0000-7000-8000-000000000001'
    const late = slow.db.transaction().execute(async (tx) => {
      await tx
        .insertInto('refusal')
        .values({
          county: test.product.county,
          id,
          at: test.clock.now(),
          account_id: null,
          actor_name: '慢',
          operation: 'hazard.close',
          record_id: null,
          code: 'core.notAllowed',
          detail: '慢',
        })
        .execute()
      begun()
      await wait
    })
    await started
    test.clock.advance(1000)
    await registered(test, office, unitId)
    expect(await sealerOf(test).pass()).toBeGreaterThan(0)
    committed()
    await late
    await slow.close()
    expect(await sealerOf(test).pass()).toBe(1)
    expect(await sealerOf(test).pass()).toBe(0)
    expect((await verify()).faults).toEqual([])
  })

  it('seals what turns up too late all the same, within the hour, and the verification says that it came late', async () => {
    const sealer = sealerOf(test)
    await sealer.pass()
    const at = new Date(test.clock.now().getTime() - 5 * hour)
    await db()
      .insertInto('refusal')
      .values({
        county: test.product.county,
        id: '01900000-0000-7000-8000-000000000002',
        at,
        account_id: null,
        actor_name: '迟',
        operation: 'hazard.close',
        record_id: null,
        code: 'core.notAllowed',
        detail: '迟',
      })
      .execute()
    const fault = { kind: 'unsealed', refusalId: '01900000-0000-7000-8000-000000000002' }
    expect((await verify()).faults).toEqual([fault])
    expect(await sealer.pass()).toBe(0)
    test.clock.advance(hour)
    expect(await sealer.pass()).toBe(1)
    expect((await verify()).faults).toMatchObject([{ ...fault, kind: 'late' }])
    // Taken out again, so that the cases that follow begin with an audit that is whole: no row may come back unseen.
    await sql`delete from refusal where id = '01900000-0000-7000-8000-000000000002'`.execute(db())
    expect((await verify()).faults).toMatchObject([{ ...fault, kind: 'removed' }])
  })
})

describe('sealing on a database of its own', () => {
  let fresh: TestProduct
  beforeAll(async () => {
    fresh = await openTestProduct()
  })
  afterAll(() => fresh?.close())

  const leaves = () => sql<{ n: number }>`select count(*) as n from audit_leaf`.execute(fresh.database.db)

  it('leaves nothing half-done when it is cut off between leaves and block, and goes on afterwards', async () => {
    await fresh.as('anwei')
    await sql`alter table audit_block add constraint cut check (number < 1) not valid`.execute(fresh.database.db)
    await expect(sealerOf(fresh).pass()).rejects.toThrow(/cut/)
    expect((await leaves()).rows[0]?.n).toBe(0)
    await sql`alter table audit_block drop constraint cut`.execute(fresh.database.db)
    expect(await sealerOf(fresh).pass()).toBeGreaterThan(0)
  })

  it('ends between two blocks when the product is to stop, and seals the rest afterwards', async () => {
    const by = await fresh.as('anwei')
    await sealerOf(fresh).pass()
    const unit = await fresh.unit('青山停机厂', town, 'industryTrade')
    for (let n = 0; n < 8; n += 1) await registered(fresh, by, unit)
    expect(await sealerOf(fresh, { blockRows: () => 3, stopping: () => true }).pass()).toBe(3)
    await sealerOf(fresh).pass()
    const result = await verifyAudit(fresh.database.db, fresh.product.county, fresh.product.runner)
    expect(result).toMatchObject({ count: 0, waiting: { rows: 0 } })
  })

  it('is shared by several processes without a row sealed twice or a number used twice', async () => {
    const by = await fresh.as('anwei')
    const unit = await fresh.unit('青山机械厂', town, 'industryTrade')
    const processes = [1, 2, 3].map(() => otherProcess(fresh, { blockRows: () => 5 }))
    let writing = true
    const writers = [1, 2].map(async () => {
      for (let n = 0; n < 12; n += 1) await registered(fresh, by, unit)
    })
    const sealing = processes.map(async (process) => {
      while (writing) await process.pass()
    })
    await Promise.all(writers)
    writing = false
    await Promise.all(sealing)
    await processes[0]?.pass()
    await Promise.all(processes.map((process) => process.close()))
    const result = await verifyAudit(fresh.database.db, fresh.product.county, fresh.product.runner)
    expect(result).toMatchObject({ count: 0, faults: [], waiting: { rows: 0 } })
    expect(result.blocks).toBeGreaterThan(5)
  })

  it('makes no claim while history is told, so that told years do not look forged', async () => {
    const told = await openTestProduct()
    try {
      const sealer = sealerOf(told, { settled: async () => false })
      await told.as('anwei')
      await sealer.pass()
      told.clock.set('2024-03-01T09:00:00')
      await told.unit('旧年机械厂', town, 'industryTrade')
      told.clock.set('2026-11-24T10:30:00')
      await sealer.pass()
      const result = await verifyAudit(told.database.db, told.product.county, told.product.runner)
      expect(result).toMatchObject({ count: 0, completeTo: null, waiting: { rows: 0 } })
      await sealerOf(told).pass()
      const settled = await verifyAudit(told.database.db, told.product.county, told.product.runner)
      expect(settled).toMatchObject({ count: 0, completeTo: new Date('2026-11-24T09:30:00+08:00') })
    } finally {
      await told.close()
    }
  })

  it('does not build on a block that was changed, nor over leaves whose block is gone', async () => {
    const { db: own } = fresh.database
    const refusesTo = async (tamper: ReturnType<typeof sql>, restore: ReturnType<typeof sql>) => {
      fresh.clock.advance(2 * hour)
      await tamper.execute(own)
      await expect(sealerOf(fresh).pass()).rejects.toThrow(SealBroken)
      await restore.execute(own)
    }
    const last = sql`(select max(number) from audit_block)`
    await refusesTo(
      sql`update audit_block set rows = rows + 1 where number = ${last}`,
      sql`update audit_block set rows = rows - 1 where number = ${last}`,
    )
    await refusesTo(
      sql`create table gone as select * from audit_block where number = (select max(block) from audit_leaf);
        delete from audit_block where number >= (select max(block) from audit_leaf)`,
      sql`insert into audit_block select * from gone`,
    )
    await registered(fresh, await fresh.as('anwei'), await fresh.unit('新厂', town, 'industryTrade'))
    expect(await sealerOf(fresh).pass()).toBeGreaterThan(0)
    const result = await verifyAudit(fresh.database.db, fresh.product.county, fresh.product.runner)
    expect(result.faults).toEqual([])
  })
})
