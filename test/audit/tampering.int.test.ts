import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as hazard from '#capabilities/hazard/model/index.ts'
import { coreErrors, Problem } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { auditHash } from '#platform/actions/audit.ts'
import { faultWords } from '#platform/audit/findings.ts'
import { headerHash } from '#platform/audit/header.ts'
import { hashOfLeaf } from '#platform/audit/leaf.ts'
import { completedNodes, joined, peaksOf, treeRoot, waitingNodes } from '#platform/audit/merkle.ts'
import { verifyAudit } from '#platform/audit/verify.ts'
import type { Tx } from '#platform/db/tables.ts'
import { createRefusalBook } from '#platform/http/refusals.ts'
import { changesOf, findingsAfter, run } from '#test/audit/tampering.ts'
import { registered, town } from '#test/kit/hazards.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { sealerOf } from '#test/kit/sealing.ts'

let test: TestProduct
let office: Actor
/** A hazard with four sealed steps, and another one like it. */
let recordId: string
let otherId: string
const refusalId = '01900000-0000-7000-8000-00000000000a'
const hour = 3_600_000

async function history(unitId: string): Promise<string> {
  const made = await registered(test, office, unitId)
  for (let version = 1; version <= 3; version += 1) {
    const input = { text: `第${version}次布置专人值守` }
    await test.run(office, hazard.setInterim, { recordId: made.recordId, version, input })
  }
  return made.recordId
}

beforeAll(async () => {
  test = await openTestProduct()
  office = await test.as('anwei')
  const unitId = await test.unit('青山机械厂', town, 'industryTrade')
  recordId = await history(unitId)
  otherId = await history(unitId)
  const book = createRefusalBook(test.database.db, test.clock, (error) => {
    throw error
  })
  for (let n = 0; n < 6; n += 1) await book.book(office, 'hazard.close', otherId, new Problem(coreErrors.notAllowed))
  await sql`update refusal set id = ${refusalId} where id = (select min(id::text)::uuid from refusal)`.execute(
    test.database.db,
  )
  // Blocks of five rows, so that the four steps of a record lie in more than one; two hours with a block each behind them.
  const sealer = sealerOf(test, { blockRows: () => 5 })
  await sealer.pass()
  for (let n = 0; n < 3; n += 1) {
    test.clock.advance(hour)
    await history(unitId)
    await sealer.pass()
  }
})
afterAll(() => test?.close())

const step = (seq: number, id = recordId) => sql`record_id = ${id} and seq = ${seq}`
const findings = (tamper: (tx: Tx) => Promise<unknown>) => findingsAfter(test, tamper)
/** Kind and number of the findings about the record. */
const ofRecord = async (tamper: (tx: Tx) => Promise<unknown>, id = recordId) =>
  (await findings(tamper))
    .filter((fault) => fault.recordId === id)
    .map(({ kind, seq }) => `${kind} ${seq}`)
    .sort()
const leafOf = async (seq: number) =>
  test.database.db
    .selectFrom('audit_leaf')
    .selectAll()
    .where('record_id', '=', recordId)
    .where('seq', '=', seq)
    .executeTakeFirstOrThrow()

describe('an audit nobody has touched', () => {
  it('has no finding, with the records of every kind and several blocks', async () => {
    const result = await verifyAudit(test.database.db, test.product.county, test.product.runner)
    expect(result).toMatchObject({ count: 0, faults: [], waiting: { rows: 0 } })
    expect(result.blocks).toBeGreaterThan(6)
    expect(result.sealed).toBeGreaterThan(25)
  })
})

describe('a changed row', () => {
  it('is found and named whichever column it is', async () => {
    for (const { column, value } of await changesOf(test, 'action')) {
      const found = await findings((tx) =>
        run(tx, sql`update action set ${sql.ref(column)} = ${value} where ${step(3)}`),
      )
      const named = found.filter((fault) => fault.recordId === recordId && [2, 3, 4].includes(fault.seq ?? 0))
      expect(named, `${column}: ${JSON.stringify(found)}`).not.toEqual([])
    }
  })

  it('is found and named whichever column of a refusal it is', async () => {
    for (const { column, value } of await changesOf(test, 'refusal')) {
      const found = await findings((tx) =>
        run(tx, sql`update refusal set ${sql.ref(column)} = ${value} where id = ${refusalId}`),
      )
      const kind = column === 'id' || column === 'county' ? 'removed' : 'rewritten'
      expect(found, column).toContainEqual(expect.objectContaining({ kind, refusalId }))
    }
  })
})

describe('a missing row', () => {
  it.each([
    ['first', 1],
    ['middle', 2],
    ['last', 4],
  ])('is named with its block: the %s of a record', async (_, seq) => {
    const { block, position } = await leafOf(seq)
    const found = await findings((tx) => run(tx, sql`delete from action where ${step(seq)}`))
    expect(found).toEqual([{ kind: 'removed', recordId, seq, block, position }])
    expect(faultWords(found[0] ?? { kind: 'changed' })).toBe(
      `记录 ${recordId} 的第 ${seq} 步：被删除了（封存于第 ${block} 块第 ${position + 1} 行）`,
    )
  })

  it('is named even when the whole record is gone, its state and its history', async () => {
    const found = await ofRecord(async (tx) => {
      await run(tx, sql`set local session_replication_role = replica`)
      await run(tx, sql`delete from hazard where id = ${recordId}`)
      await run(tx, sql`delete from action where record_id = ${recordId}`)
    })
    expect(found).toEqual(['removed 1', 'removed 2', 'removed 3', 'removed 4'])
  })

  it('is named among the refusals', async () => {
    const found = await findings((tx) => run(tx, sql`delete from refusal where id = ${refusalId}`))
    expect(found).toMatchObject([{ kind: 'removed', refusalId }])
    expect(faultWords(found[0] ?? { kind: 'changed' })).toContain(`被拒绝的操作 ${refusalId}：被删除了`)
  })
})

describe('rows in another order', () => {
  const swap = (tx: Tx, one: number, other: number) =>
    [
      sql`update action set seq = 900 where ${step(one)}`,
      sql`update action set seq = ${one} where ${step(other)}`,
      sql`update action set seq = ${other} where ${step(900)}`,
    ].reduce<Promise<unknown>>((before, next) => before.then(() => run(tx, next)), Promise.resolve())

  it('are named both', async () => {
    expect(await ofRecord((tx) => swap(tx, 2, 3))).toEqual(['reordered 2', 'reordered 3'])
  })

  it('are named when they were moved to another record', async () => {
    const found = await ofRecord((tx) =>
      run(tx, sql`update action set record_id = ${recordId}, seq = 5 where ${step(4, otherId)}`),
    )
    expect(found).toContain('changed 5')
    const lost = await ofRecord(
      (tx) => run(tx, sql`update action set record_id = ${recordId}, seq = 5 where ${step(4, otherId)}`),
      otherId,
    )
    expect(lost).toContain('removed 4')
  })
})

/** A row like another one, with hashes that are right. */
async function forge(tx: Tx, from: number, changes: { seq: number; at?: Date }) {
  const row = await tx
    .selectFrom('action')
    .selectAll()
    .where('record_id', '=', recordId)
    .where('seq', '=', from)
    .executeTakeFirstOrThrow()
  const { hash, prev_hash: _before, ...rest } = row
  const facts = { ...rest, id: newId(0), summary: '同意销号', ...changes }
  const texts = { input: JSON.stringify(facts.input), output: JSON.stringify(facts.output) }
  await tx
    .insertInto('action')
    .values({ ...facts, ...texts, prev_hash: hash, hash: auditHash(facts, hash) })
    .execute()
  return facts
}

describe('a forged row with the right hashes', () => {
  it('is found behind the last, because the record knows nothing of it', async () => {
    expect(await ofRecord((tx) => forge(tx, 4, { seq: 5, at: test.clock.now() }))).toEqual(['inserted 5'])
  })

  it('is found when the record was made to know of it: no block holds it, though it says to be old', async () => {
    const found = await ofRecord(async (tx) => {
      await forge(tx, 4, { seq: 5 })
      await run(tx, sql`update hazard set version = 5 where id = ${recordId}`)
    })
    expect(found).toEqual(['unsealed 5'])
  })

  it('is found when sealing has taken it in since: it came late', async () => {
    // As if the block sealed it: what the sealer itself does with such a row is in sealing.int.test.ts.
    const found = await ofRecord(async (tx) => {
      await forge(tx, 4, { seq: 5 })
      await run(tx, sql`update hazard set version = 5 where id = ${recordId}`)
      await sealIntoNewBlock(tx, 5)
    })
    expect(found).toEqual(['late 5'])
  })
})

/** Recomputes a record's whole history from a changed row on, as somebody with the code and the password would. */
async function rewriteChain(tx: Tx, id: string) {
  const rows = await tx.selectFrom('action').selectAll().where('record_id', '=', id).orderBy('seq').execute()
  let previous: Buffer | null = null
  for (const { hash: _old, prev_hash: _before, ...rest } of rows) {
    const facts = rest.seq === 2 ? { ...rest, summary: '已经布置专人值守' } : rest
    const hash = auditHash(facts, previous)
    await run(
      tx,
      sql`update action set summary = ${facts.summary}, prev_hash = ${previous}, hash = ${hash} where ${step(rest.seq, id)}`,
    )
    previous = hash
  }
}

/** Puts a block in the shape its leaves and the blocks before it ask for, as if it had always been so. */
async function rewriteBlock(tx: Tx, number: number, fresh = false) {
  const all = await tx.selectFrom('audit_block').selectAll().orderBy('number').execute()
  const leaves = await tx.selectFrom('audit_leaf').selectAll().where('block', '=', number).orderBy('position').execute()
  const nodes = all.map((block) => block.nodes)
  const of = ({ level, end }: { level: number; end: number }) =>
    nodes[end]?.subarray(level * 32, level * 32 + 32) ?? Buffer.alloc(0)
  const model = all[fresh ? number - 2 : number - 1]
  if (!model) throw new Error('no such block')
  const { hash: _hash, nodes: _nodes, ...rest } = model
  const header = {
    ...rest,
    number,
    previous: all[number - 2]?.hash ?? null,
    history: joined(peaksOf(number - 1).map(of)),
    rows: leaves.length,
    root: treeRoot(leaves.map(hashOfLeaf)),
  }
  const hash = headerHash(header)
  const row = { ...header, hash, nodes: Buffer.concat(completedNodes(hash, waitingNodes(number - 1).map(of))) }
  if (!fresh) await run(tx, sql`delete from audit_block where number = ${number}`)
  await tx.insertInto('audit_block').values(row).execute()
}

async function sealIntoNewBlock(tx: Tx, seq: number) {
  await run(
    tx,
    sql`insert into audit_leaf (county, block, position, kind, row_id, record_id, seq, hash)
      select county, (select max(number) + 1 from audit_block), 0, 'action', id, record_id, seq, hash
      from action where ${step(seq)}`,
  )
  const { number } = await tx
    .selectFrom('audit_leaf')
    .select(({ fn }) => fn.max<number>('block').as('number'))
    .executeTakeFirstOrThrow()
  await rewriteBlock(tx, number, true)
}

const newestRoot = async () => {
  const { newest } = await verifyAudit(test.database.db, test.product.county)
  if (!newest) throw new Error('nothing sealed')
  return newest
}

describe('a history rewritten with all its hashes', () => {
  it('is found from the changed row on, because it is not what was sealed', async () => {
    const found = await ofRecord((tx) => rewriteChain(tx, recordId))
    expect(found).toEqual(['rewritten 2', 'rewritten 3', 'rewritten 4'])
  })

  it('is found by the block when its leaves were rewritten too', async () => {
    const { block } = await leafOf(4)
    const found = await findings(async (tx) => {
      await rewriteChain(tx, recordId)
      await run(
        tx,
        sql`update audit_leaf l set hash = a.hash from action a where a.id = l.row_id and a.record_id = ${recordId}`,
      )
    })
    expect(found).toContainEqual({ kind: 'blockRoot', block })
  })

  it('is found by the next block when the block was rewritten too', async () => {
    const first = (await leafOf(2)).block
    const found = await findings(async (tx) => {
      await rewriteChain(tx, recordId)
      await run(
        tx,
        sql`update audit_leaf l set hash = a.hash from action a where a.id = l.row_id and a.record_id = ${recordId}`,
      )
      await rewriteBlock(tx, first)
    })
    expect(found).toContainEqual({ kind: 'blockRewritten', block: first })
  })

  it('is caught only by a root kept outside when every later block was rewritten as well', async () => {
    const kept = await newestRoot()
    // Rows of one instant lie in the order of their ids.
    const first = Math.min(...(await Promise.all([2, 3, 4].map(leafOf))).map(({ block }) => block))
    const everything = async (tx: Tx) => {
      await rewriteChain(tx, recordId)
      await run(
        tx,
        sql`update audit_leaf l set hash = a.hash from action a where a.id = l.row_id and a.record_id = ${recordId}`,
      )
      for (let number = first; number <= kept.block; number += 1) await rewriteBlock(tx, number)
    }
    // From inside nothing is wrong: whoever may write everything may write a consistent past. Hence the paper.
    expect(await findingsAfter(test, everything)).toEqual([])
    const found = await findingsAfter(test, everything, { roots: [{ root: kept.root }] })
    expect(found).toEqual([{ kind: 'rootUnknown', root: kept.root }])
    expect(faultWords(found[0] ?? { kind: 'changed' })).toContain(kept.root)
    const { county } = test.product
    const whole = await verifyAudit(test.database.db, county, { roots: [{ root: kept.root }] })
    expect(whole).toMatchObject({ count: 0, matched: [{ block: kept.block, root: kept.root }] })
  })
})

describe('the seal itself', () => {
  it('tells a changed leaf from a changed row, whichever column it is', async () => {
    const { block, position } = await leafOf(2)
    for (const { column, value } of await changesOf(test, 'audit_leaf')) {
      const found = await findings((tx) =>
        run(
          tx,
          sql`update audit_leaf set ${sql.ref(column)} = ${value} where block = ${block} and position = ${position}`,
        ),
      )
      expect(found, column).not.toEqual([])
      expect(
        found.some((fault) => fault.block === block || fault.recordId === recordId),
        `${column}: ${JSON.stringify(found)}`,
      ).toBe(true)
      if (['record_id', 'seq', 'hash'].includes(column)) {
        expect(found, column).toEqual([{ kind: 'leafChanged', block, position }])
      }
    }
  })

  it('names a removed and an added leaf', async () => {
    const { block, position } = await leafOf(2)
    const gone = await findings((tx) =>
      run(tx, sql`delete from audit_leaf where block = ${block} and position = ${position}`),
    )
    expect(gone).toEqual(
      expect.arrayContaining([
        { kind: 'leafRemoved', block, position },
        { kind: 'unsealed', recordId, seq: 2 },
      ]),
    )
    const added = await findings((tx) =>
      run(
        tx,
        sql`insert into audit_leaf values (${test.product.county}, ${block}, 77, 'refusal', gen_random_uuid(), null, null, '\\x00')`,
      ),
    )
    expect(added).toEqual([{ kind: 'leafInserted', block, position: 77 }])
  })

  it('names a changed block, whichever column it is', async () => {
    for (const { column, value } of await changesOf(test, 'audit_block')) {
      const found = await findings((tx) =>
        run(tx, sql`update audit_block set ${sql.ref(column)} = ${value} where number = 3`),
      )
      const ours = found.filter((fault) => fault.block === 3)
      expect(ours, `${column}: ${JSON.stringify(found)}`).not.toEqual([])
    }
  })

  it.each([
    ['first', (last: number) => last - last + 1],
    ['middle', () => 4],
    ['last', (last: number) => last],
  ])('names a missing block: the %s', async (_, which) => {
    const { block: last } = await newestRoot()
    const number = which(last)
    const found = await findings((tx) => run(tx, sql`delete from audit_block where number = ${number}`))
    expect(found).toEqual([{ kind: 'blockMissing', block: number }])
  })

  it('finds blocks cut off at the end with their leaves by a root kept outside', async () => {
    const kept = await newestRoot()
    const cut = async (tx: Tx) => {
      await run(tx, sql`delete from audit_leaf where block = ${kept.block}`)
      await run(tx, sql`delete from audit_block where number = ${kept.block}`)
    }
    const root = { root: kept.root, keptIn: '数据目录中的' }
    expect(await findingsAfter(test, cut, { roots: [root] })).toEqual([{ kind: 'rootUnknown', ...root }])
  })

  it('says when sealing has stopped', async () => {
    const sealedBefore = new Date(test.clock.now().getTime() + 1)
    const stop = (tx: Tx) => forge(tx, 4, { seq: 5, at: test.clock.now() })
    const found = await findingsAfter(test, stop, { sealedBefore })
    expect(found).toContainEqual({ kind: 'stalled', since: test.clock.now() })
    expect(faultWords({ kind: 'stalled', since: test.clock.now() })).toContain('封存已经停滞')
  })
})
