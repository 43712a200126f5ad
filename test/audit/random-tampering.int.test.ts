import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as hazard from '#capabilities/hazard/model/index.ts'
import { coreErrors, Problem } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { faultWords } from '#platform/audit/findings.ts'
import { verifyAudit } from '#platform/audit/verify.ts'
import type { Tx } from '#platform/db/tables.ts'
import { createRefusalBook } from '#platform/http/refusals.ts'
import { changesOf, findingsAfter, run } from '#test/audit/tampering.ts'
import { registered, town } from '#test/kit/hazards.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { otherProcess, sealerOf } from '#test/kit/sealing.ts'

/*
 * Somebody changes, removes or swaps anything at all in the audit while others go on working. What is asked of the
 * verification: a finding whenever something was changed, none when nothing was, and words for every finding.
 */

let test: TestProduct
let office: Actor
let unitId: string
let working = true
let work: Promise<unknown>
const tables = ['action', 'refusal', 'audit_leaf', 'audit_block'] as const
type Table = (typeof tables)[number]
let columns: Record<Table, Awaited<ReturnType<typeof changesOf>>>

async function keepWorking(): Promise<void> {
  const book = createRefusalBook(test.database.db, test.clock, (error) => {
    throw error
  })
  for (let n = 0; working; n += 1) {
    test.clock.advance(60_000)
    const { recordId, version } = await registered(test, office, unitId)
    await test.run(office, hazard.setInterim, { recordId, version, input: { text: '安排专人值守看护' } })
    if (n % 3 === 0) await book.book(office, 'hazard.close', recordId, new Problem(coreErrors.notAllowed))
    // At full speed the history would grow faster than a hundred verifications can read it.
    await sleep(1000)
  }
}

beforeAll(async () => {
  test = await openTestProduct()
  office = await test.as('anwei')
  unitId = await test.unit('青山机械厂', town, 'industryTrade')
  const made = await Promise.all(tables.map((table) => changesOf(test, table)))
  columns = Object.fromEntries(tables.map((table, at) => [table, made[at] ?? []])) as typeof columns
  const processes = [1, 2].map(() => otherProcess(test, { blockRows: () => 7 }))
  const sealing = processes.map(async (process) => {
    for (; working; await sleep(50)) await process.pass()
    await process.close()
  })
  work = Promise.all([keepWorking(), keepWorking(), ...sealing])
  // Some history before the first forgery.
  const enough = async () => (await verifyAudit(test.database.db, test.product.county)).blocks > 8
  while (!(await enough())) await sleep(200)
}, 120_000)

afterAll(async () => {
  working = false
  await work
  await test?.close()
})

describe('while others write and seal', () => {
  it('an audit nobody has touched never has a finding', async () => {
    for (let n = 0; n < 15; n += 1) {
      const result = await verifyAudit(test.database.db, test.product.county, test.product.runner)
      expect(result.faults).toEqual([])
    }
  })

  const Pick = fc.nat({ max: 1_000_000 })
  const Tampering = fc.record({
    table: fc.constantFrom(...tables),
    how: fc.constantFrom('change', 'remove', 'swap'),
    row: Pick,
    other: Pick,
    column: Pick,
  })
  type Tampering = typeof Tampering extends fc.Arbitrary<infer T> ? T : never

  /** Sealed rows only: what has not been sealed yet and has no chain (a refusal of this minute) nobody vouches for. */
  const sealedRows: Record<Table, ReturnType<typeof sql>> = {
    action: sql`select a.ctid from action a join audit_leaf l on l.row_id = a.id order by a.id`,
    refusal: sql`select r.ctid from refusal r join audit_leaf l on l.row_id = r.id order by r.id`,
    audit_leaf: sql`select ctid from audit_leaf order by block, position`,
    audit_block: sql`select ctid from audit_block where number < (select max(number) from audit_block) order by number`,
  }

  async function apply(tx: Tx, { table, how, row, other, column }: Tampering): Promise<void> {
    const found = await sql<{ ctid: string }>`${sealedRows[table]}`.execute(tx)
    const ctids = found.rows.map(({ ctid }) => ctid)
    const one = ctids[row % ctids.length]
    const two = ctids[other % ctids.length]
    const change = columns[table][column % columns[table].length]
    if (how === 'remove' || !change) {
      await run(tx, sql`delete from ${sql.table(table)} where ctid = ${one}::tid`)
    } else if (how === 'change') {
      await run(
        tx,
        sql`update ${sql.table(table)} set ${sql.ref(change.column)} = ${change.value} where ctid = ${one}::tid`,
      )
    } else {
      await run(
        tx,
        sql`update ${sql.table(table)} t set ${sql.ref(change.column)} = o.${sql.ref(change.column)}
          from ${sql.table(table)} o
          where (t.ctid, o.ctid) in ((${one}::tid, ${two}::tid), (${two}::tid, ${one}::tid))`,
      )
    }
  }

  /** What the four tables say: forgeries that undo each other, or that exchange equals, have changed nothing. */
  async function content(tx: Tx): Promise<string> {
    const parts = tables.map(
      (table) => sql`(select md5(string_agg(t::text, '|' order by t::text)) from ${sql.table(table)} t)`,
    )
    const result = await sql<{ all: string }>`select concat_ws('|', ${sql.join(parts)}) as all`.execute(tx)
    return result.rows[0]?.all ?? ''
  }

  it('one to three forgeries anywhere are found, and every finding has words', async () => {
    let tried = 0
    await fc.assert(
      fc.asyncProperty(fc.array(Tampering, { minLength: 1, maxLength: 3 }), async (forgeries) => {
        let changed = false
        const faults = await findingsAfter(test, async (tx) => {
          const before = await content(tx)
          for (const [at, forgery] of forgeries.entries()) {
            // A forgery the database's own constraints refuse is no forgery.
            await run(tx, sql`savepoint ${sql.id(`s${at}`)}`)
            try {
              await apply(tx, forgery)
            } catch {
              await run(tx, sql`rollback to savepoint ${sql.id(`s${at}`)}`)
            }
          }
          changed = (await content(tx)) !== before
        })
        if (!changed) return
        tried += 1
        expect(faults, JSON.stringify(forgeries)).not.toEqual([])
        for (const fault of faults) expect(faultWords(fault)).toMatch(/^(记录 \S+ 的第 \d+ 步|被拒绝的操作 \S+|封存)/)
      }),
      { numRuns: 80 },
    )
    expect(tried).toBeGreaterThan(50)
  }, 240_000)

  it('leaves nothing behind: after all of it the audit is whole', async () => {
    working = false
    await work
    await sealerOf(test).pass()
    const result = await verifyAudit(test.database.db, test.product.county, test.product.runner)
    expect(result).toMatchObject({ count: 0, faults: [], waiting: { rows: 0 } })
  })
})
