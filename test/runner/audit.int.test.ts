import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as hazard from '#capabilities/hazard/model/index.ts'
import { createAccount, resetPassword } from '#capabilities/identity/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { auditHash } from '#platform/actions/audit.ts'
import { verifyAudit } from '#platform/audit/verify.ts'
import { registered, town } from '#test/kit/hazards.ts'
import { openTestProduct, type TestProduct, testPassword } from '#test/kit/product.ts'

let test: TestProduct
let office: Actor
let unitId: string
let recordId: string

beforeAll(async () => {
  test = await openTestProduct()
  office = await test.as('anwei')
  unitId = await test.unit('青山机械厂', town, 'industryTrade')
})
afterAll(() => test?.close())

/** Every case tampers with a record of its own, with four rows of history. */
beforeEach(async () => {
  const made = await registered(test, office, unitId)
  recordId = made.recordId
  for (let version = 1; version <= 3; version += 1) {
    await test.run(office, hazard.setInterim, { recordId, version, input: { text: `第${version}次布置专人值守` } })
  }
})

const db = () => test.database.db
const faults = async () => {
  const { faults: found } = await verifyAudit(db(), test.product.county, test.product.runner)
  return found.filter((fault) => fault.recordId === recordId).map(({ seq, kind }) => ({ seq, kind }))
}
const at = (seq: number) => sql`record_id = ${recordId} and seq = ${seq}`

describe('the chain of a record', () => {
  it('holds after everything the product itself has written, the accounts and units too', async () => {
    const result = await verifyAudit(db(), test.product.county, test.product.runner)
    const { n } = await db()
      .selectFrom('action')
      .select((row) => row.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    expect(result).toMatchObject({ checked: n, count: 0, faults: [] })
  })

  it('tells a changed row by its number', async () => {
    await sql`update action set summary = '什么也没有发生' where ${at(3)}`.execute(db())
    expect(await faults()).toEqual([{ seq: 3, kind: 'changed' }])
  })

  it('tells a changed input', async () => {
    await sql`update action set input = '{"text":"没有布置"}' where ${at(2)}`.execute(db())
    expect(await faults()).toEqual([{ seq: 2, kind: 'changed' }])
  })

  it('tells a row missing at the beginning, in the middle and at the end', async () => {
    await sql`delete from action where ${at(1)}`.execute(db())
    expect(await faults()).toEqual([{ seq: 1, kind: 'removed' }])
    await sql`delete from action where ${at(3)}`.execute(db())
    expect(await faults()).toEqual([1, 3].map((seq) => ({ seq, kind: 'removed' })))
    await sql`delete from action where ${at(4)}`.execute(db())
    expect(await faults()).toEqual([1, 3, 4].map((seq) => ({ seq, kind: 'removed' })))
  })

  it('tells two rows that have changed places', async () => {
    await sql`update action set seq = 100 where ${at(2)}`.execute(db())
    await sql`update action set seq = 2 where ${at(3)}`.execute(db())
    await sql`update action set seq = 3 where ${at(100)}`.execute(db())
    expect(await faults()).toEqual([
      { seq: 2, kind: 'reordered' },
      { seq: 3, kind: 'reordered' },
    ])
  })

  it('tells a forged row even when its own hash was computed anew', async () => {
    const row = await db()
      .selectFrom('action')
      .selectAll()
      .where('record_id', '=', recordId)
      .where('seq', '=', 3)
      .executeTakeFirstOrThrow()
    const { hash: _hash, prev_hash, ...facts } = { ...row, summary: '什么也没有发生' }
    await db()
      .updateTable('action')
      .set({ summary: facts.summary, hash: auditHash(facts, prev_hash) })
      .where('record_id', '=', recordId)
      .where('seq', '=', 3)
      .execute()
    expect(await faults()).toEqual([{ seq: 3, kind: 'inserted' }])
  })

  it('tells a row appended behind the record’s back', async () => {
    const row = await db()
      .selectFrom('action')
      .selectAll()
      .where('record_id', '=', recordId)
      .where('seq', '=', 4)
      .executeTakeFirstOrThrow()
    const { hash, prev_hash: _prev, ...facts } = { ...row, seq: 5, id: newId(0), summary: '同意销号' }
    const text = { input: JSON.stringify(facts.input), output: JSON.stringify(facts.output) }
    const forged = { ...facts, ...text, prev_hash: hash, hash: auditHash(facts, hash) }
    await db().insertInto('action').values(forged).execute()
    expect(await faults()).toEqual([{ seq: 5, kind: 'inserted' }])
  })
})

describe('what an action row keeps', () => {
  const inputOf = async (id: string, seq: number) =>
    (
      await db()
        .selectFrom('action')
        .select('input')
        .where('record_id', '=', id)
        .where('seq', '=', seq)
        .executeTakeFirst()
    )?.input

  it('is the parsed input: what the contract does not name is gone', async () => {
    const smuggled = { text: '  安排专人值守看护  ', notes: 'x'.repeat(100_000), deep: { more: 'y'.repeat(1000) } }
    await test.run(office, hazard.setInterim, { recordId, version: 4, input: smuggled })
    expect(await inputOf(recordId, 5)).toEqual({ text: '安排专人值守看护', attachments: [] })
  })

  it('never a password, neither of a new account nor of a reset', async () => {
    const admin = await test.as('admin')
    const id = newId(test.clock.now().getTime())
    const pair = { password: testPassword, confirmPassword: testPassword }
    await test.run(admin, createAccount, { recordId: id, input: { login: 'newcomer', name: '新来的人', ...pair } })
    await test.run(admin, resetPassword, { recordId: id, version: 1, input: pair })
    const kept = JSON.stringify([await inputOf(id, 1), await inputOf(id, 2)])
    expect(kept).not.toContain(testPassword)
    expect(kept).toContain('newcomer')
  })
})
