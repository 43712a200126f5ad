import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as hazard from '#capabilities/hazard/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { proveRecord, type RecordProof } from '#platform/audit/proof.ts'
import { projectRoot } from '#platform/config/config.ts'
import { registered, town } from '#test/kit/hazards.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { sealerOf } from '#test/kit/sealing.ts'

interface Proven {
  readonly root: string
  readonly record: string
  readonly steps: readonly { readonly facts: { readonly seq: number }; readonly block: number }[]
}

const script = join(projectRoot, 'scripts/verify-proof.mjs')
const { verifyProof } = (await import(script)) as { verifyProof(proof: unknown): Proven }

let test: TestProduct
let office: Actor
let unitId: string
let recordId: string
let proof: RecordProof
let root: string
const hour = 3_600_000

/** One more step of the record, in a block of its own among others. */
async function step(version: number): Promise<void> {
  test.clock.advance(hour)
  await test.run(office, hazard.setInterim, { recordId, version, input: { text: `第${version}次布置专人值守` } })
  for (let n = 0; n < 3; n += 1) await registered(test, office, unitId)
  await sealerOf(test, { blockRows: () => 5 }).pass()
}

const prove = async (id = recordId, upTo?: number) => {
  const answer = await proveRecord(test.database.db, test.product.county, id, upTo)
  if ('refused' in answer) throw new Error(answer.refused)
  return answer
}

beforeAll(async () => {
  test = await openTestProduct()
  office = await test.as('anwei')
  unitId = await test.unit('青山机械厂', town, 'industryTrade')
  recordId = (await registered(test, office, unitId)).recordId
  for (let version = 1; version <= 6; version += 1) await step(version)
  // A day in which nothing happens.
  for (let n = 0; n < 24; n += 1) {
    test.clock.advance(hour)
    await sealerOf(test).pass()
  }
  ;({ proof, root } = await prove())
})
afterAll(() => test?.close())

describe('the proof of a record', () => {
  it('is verified with Node alone, against the root on paper', async () => {
    const file = join(test.home, 'proof.json')
    await writeFile(file, JSON.stringify(proof))
    const run = promisify(execFile)
    const { stdout } = await run(process.execPath, [script, file, ...(root.toUpperCase().match(/.{8}/g) ?? [])], {
      cwd: test.home,
      env: {},
    })
    expect(stdout).toContain('与给出的封存根一致：证明成立')
    expect(stdout).toContain('第 7 步')
    expect(stdout).toContain('第6次布置专人值守')
    const wrong = run(process.execPath, [script, file, 'ab'.repeat(32)], { cwd: test.home })
    await expect(wrong).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('不一致') })
    await writeFile(file, JSON.stringify(proof).replace('第3次', '第5次'))
    const changed = run(process.execPath, [script, file, root], { cwd: test.home })
    await expect(changed).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('第 4 步：与封存时不符') })
    await expect(run(process.execPath, [script])).rejects.toMatchObject({ code: 2 })
  })

  it('holds every step with what was handed in, and stays small beside a long chain', async () => {
    const proven = verifyProof(JSON.parse(JSON.stringify(proof)))
    expect(proven).toMatchObject({ root, record: recordId })
    expect(proven.steps.map(({ facts }) => facts.seq)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(new Set(proven.steps.map(({ block }) => block)).size).toBeGreaterThan(3)
    const blocks = await test.database.db.selectFrom('audit_block').select('number').execute()
    expect(blocks.length).toBeGreaterThan(30)
    expect(proof.blocks.length).toBeLessThan(8)
    expect(Math.max(...proof.blocks.map(({ path }) => path.length))).toBeLessThan(7)
  })

  it('can be made for a block whose root was printed earlier, with the steps up to then', async () => {
    const first = verifyProof(proof).steps[0]?.block ?? 0
    const then = await prove(recordId, first + 1)
    expect(then.left).toBeGreaterThan(0)
    expect(verifyProof(then.proof)).toMatchObject({ root: then.root })
    expect(then.root).not.toBe(root)
    for (const block of await test.database.db.selectFrom('audit_block').selectAll().execute()) {
      const answer = await proveRecord(test.database.db, test.product.county, recordId, block.number)
      if (!('refused' in answer)) expect(verifyProof(answer.proof).root).toBe(block.hash.toString('hex'))
    }
  })
})

type Json = string | number | null | Json[] | { [key: string]: Json }

/** Every place in a value, as the way to it. */
function placesIn(value: Json, way: (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== 'object') return [way]
  const inside = Array.isArray(value)
    ? value.flatMap((item, at) => placesIn(item, [...way, at]))
    : Object.entries(value).flatMap(([key, item]) => placesIn(item, [...way, key]))
  return way.length === 0 ? inside : [way, ...inside]
}

function changedAt(value: Json, [key, ...rest]: (string | number)[], change: (at: Json) => Json | undefined): Json {
  if (key === undefined) return change(value) ?? null
  const copy = structuredClone(value) as Record<string | number, Json>
  if (rest.length > 0) copy[key] = changedAt(copy[key] ?? null, rest, change)
  else {
    const next = change(copy[key] ?? null)
    if (next !== undefined) copy[key] = next
    else if (Array.isArray(copy)) copy.splice(Number(key), 1)
    else delete copy[key]
  }
  return copy as Json
}

const rejected = (forged: unknown): boolean => {
  try {
    return verifyProof(forged).root !== root
  } catch {
    return true
  }
}

describe('a proof that was changed', () => {
  it('is rejected wherever a letter, a digit, a number or an element was changed, removed or doubled', () => {
    const value = JSON.parse(JSON.stringify(proof)) as Json
    const places = placesIn(value)
    expect(places.length).toBeGreaterThan(60)
    // Leaving out the last step is no lie about the others, see below.
    const isShorter = (forged: Json) =>
      JSON.stringify(forged) === JSON.stringify({ ...proof, rows: proof.rows.slice(0, -1) })
    const Mutation = fc.record({
      place: fc.constantFrom(...places),
      how: fc.constantFrom('letter', 'remove', 'double', 'number'),
      at: fc.nat({ max: 5000 }),
    })
    fc.assert(
      fc.property(Mutation, ({ place, how, at }) => {
        const forged = changedAt(value, place, (old) => {
          if (how === 'remove') return undefined
          if (how === 'double' && Array.isArray(old) && old.length > 0) return [...old, old[at % old.length] ?? null]
          if (typeof old === 'number') return how === 'letter' ? String(old) : old + 1
          if (typeof old !== 'string') return 'x'
          const index = at % Math.max(1, old.length)
          return `${old.slice(0, index)}${old[index] === '0' ? '1' : '0'}${old.slice(index + 1)}`
        })
        if (JSON.stringify(forged) === JSON.stringify(value) || isShorter(forged)) return
        expect(rejected(forged), JSON.stringify({ place, how, at })).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('is rejected when steps are left out, moved, or taken from another record', async () => {
    const { rows, blocks } = proof
    const other = await prove((await registered(test, office, unitId).then(sealed)).recordId)
    const last = rows.length - 1
    const forgeries = [
      { ...proof, rows: rows.slice(1) },
      { ...proof, rows: rows.filter((_, at) => at !== 2) },
      { ...proof, rows: [...rows.slice(0, 2), rows[3], rows[2], ...rows.slice(4)] },
      { ...proof, rows: [...rows, rows[last]] },
      { ...proof, rows: [...rows, other.proof.rows[0]] },
      { ...proof, blocks: blocks.slice(1) },
      { ...proof, blocks: [...blocks, blocks[0]] },
      { ...proof, newest: { header: blocks[0]?.header } },
      {},
      null,
    ]
    for (const [at, forged] of forgeries.entries()) expect(rejected(forged), String(at)).toBe(true)
    // Leaving out the last steps is no lie about the others; the file says how many steps it proves.
    expect(verifyProof({ ...proof, rows: rows.slice(0, -1) }).steps).toHaveLength(rows.length - 1)
  })
})

async function sealed<T>(made: T): Promise<T> {
  await sealerOf(test).pass()
  return made
}

describe('a proof is not made', () => {
  const refusal = async (id: string, upTo?: number) => {
    const answer = await proveRecord(test.database.db, test.product.county, id, upTo)
    return 'refused' in answer ? answer.refused : 'made'
  }

  it('of what is not there, or not yet sealed', async () => {
    expect(await refusal('01900000-0000-7000-8000-000000000009')).toBe('nothing')
    const { recordId: fresh } = await registered(test, office, unitId)
    expect(await refusal(fresh)).toBe('unsealed')
    expect(await refusal(fresh, 1)).toBe('nothing')
    expect(await refusal(recordId, 99_999)).toBe('nothing')
  })

  it.each([
    ['a changed step', sql`update action set summary = '没有' where record_id = :id and seq = 3`],
    ['a changed leaf', sql`update audit_leaf set seq = 77 where record_id = :id and seq = 3`],
    [
      'a changed block',
      sql`update audit_block set sealed_at = now()
        where number = (select block from audit_leaf where record_id = :id and seq = 3)`,
    ],
    ['a missing step', sql`delete from action where record_id = :id and seq = 3`],
  ])('of %s', async (_, tamper) => {
    const text = tamper.compile(test.database.db).sql.replaceAll(':id', `'${recordId}'`)
    let answer = ''
    await test.database.db
      .transaction()
      .execute(async (tx) => {
        await sql.raw(text).execute(tx)
        const made = await proveRecord(tx, test.product.county, recordId)
        answer = 'refused' in made ? made.refused : 'made'
        throw new Error('undone')
      })
      .catch((error: Error) => {
        if (error.message !== 'undone') throw error
      })
    expect(answer).toBe('broken')
  })
})
