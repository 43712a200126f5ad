import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { holds } from '#kernel/grants.ts'
import { verifyAudit } from '#platform/audit/verify.ts'
import { foldTally } from '#platform/tally/fold.ts'
import { verifyTally } from '#platform/tally/verify.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { type Answer, openWeb, type Web } from '#test/kit/web.ts'
import { fingerprint } from '../contracts/fingerprint.ts'
import { type Attack, damaged, isSound, uploadAttacks, wellFormed } from './attack.ts'
import { type Door, doorsOf } from './doors.ts'
import { type HostileStage, openHostileStage, type Sender } from './stage.ts'
import { newestTransaction, unaccountedWrites } from './written.ts'

/** Of each operation. */
const wrongEach = 62
const slyEach = 16
/** Of a machine that does other things besides; what takes a pattern or a loop for a walk takes far longer. */
const patience = 15_000
const atOnce = 4

let product: TestProduct
let web: Web
let stage: HostileStage
let doors: Door[]

beforeAll(async () => {
  product = await openTestProduct('2026-06-01T09:00:00')
  web = await openWeb(product)
  stage = await openHostileStage(product, web)
  doors = doorsOf(product)
})
afterAll(async () => {
  await web?.close()
  await product?.close()
})

/** Mostly somebody who holds the permission, so that what answers is the operation and not the grant. */
function sendersFor({ contract }: Door): fc.Arbitrary<Sender> {
  const table = product.product.modules.permissions
  if (endsSessions.has(contract.id)) return fc.constant(stage.spare)
  const able = stage.senders.filter(
    ({ actor }) => actor && (contract.permission === 'session' || holds(actor, contract.permission, table)),
  )
  const anybody = fc.constantFrom(...stage.senders)
  return able.length === 0
    ? anybody
    : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...able) }, { weight: 1, arbitrary: anybody })
}

const endsSessions = new Set([
  'identity.signIn',
  'identity.signOut',
  'identity.endOwnSessions',
  'identity.changePassword',
])

const chinese = /[\u4e00-\u9fff]/
const answered = new Map<string, number>()
let sent = 0
let slowest = { ms: 0, of: '' }

async function send(sender: Sender, attack: Attack): Promise<Answer> {
  sent += 1
  const began = performance.now()
  const answer = await request({
    ...attack,
    headers: { ...(sender.cookie ? { cookie: sender.cookie } : {}), ...attack.headers },
    // An address of its own each time, or the limit of requests would answer instead.
    remoteAddress: `10.${50 + (sent >> 16)}.${(sent >> 8) % 256}.${sent % 256}`,
  })
  const ms = performance.now() - began
  if (ms > slowest.ms) slowest = { ms, of: `${attack.method} ${attack.url}` }
  const key = answer.status < 400 ? String(answer.status) : `${answer.status} ${answer.body?.code}`
  answered.set(key, (answered.get(key) ?? 0) + 1)
  return answer
}

async function request(attack: Attack & { readonly remoteAddress: string }): Promise<Answer> {
  const options = { ...attack, method: attack.method as 'GET' }
  if (attack.method !== 'HEAD') return web.request(options)
  // Says what type the answer would have, and has none.
  const { statusCode, headers } = await web.app.inject(options)
  return { status: statusCode, headers, body: undefined }
}

/** What no answer may give away: what it is made with, where it lies, and to which other sites it opens. */
function leakOf({ headers, body }: Answer): string | undefined {
  const told = ['server', 'x-powered-by', 'access-control-allow-origin'].find((name) => headers[name] !== undefined)
  if (told) return `has the header ${told}`
  return /node_modules|\.ts:\d|postgres|kysely|fastify/i.test(JSON.stringify(body)) ? 'tells how it is made' : undefined
}

/** A refusal is a problem with a code, told in Chinese, down to each field. */
function faultOf(attack: Attack, answer: Answer): string | undefined {
  const { status, headers, body } = answer
  if (status >= 500) return `answered ${status}`
  if (status < 400 || attack.method === 'HEAD') return undefined
  if (!String(headers['content-type']).startsWith('application/problem+json')) return 'is no problem'
  if (!/^[a-zA-Z]+\.[a-zA-Z]+$/.test(body.code)) return 'has no code'
  const mute = [body.title, body.detail, ...body.fields.map((field: { message: string }) => field.message)].find(
    (words) => !chinese.test(words),
  )
  return mute === undefined ? leakOf(answer) : `says “${mute}”`
}

const short = (attack: Attack) =>
  `${attack.method} ${attack.url.slice(0, 400)} ${String(attack.payload ?? '').slice(0, 600)}`

/** Tries the property on every operation, several at once; answers what was found, one line each. */
async function assault(
  property: (door: Door) => [property: fc.IAsyncProperty<unknown[]>, numRuns: number],
): Promise<string[]> {
  const found: string[] = []
  const waiting = [...doors]
  const worker = async () => {
    for (let door = waiting.pop(); door; door = waiting.pop()) {
      const [asked, numRuns] = property(door)
      const details = await fc.check(asked, { numRuns, seed: 20261125 + doors.indexOf(door) })
      if (details.failed) found.push(`${door.contract.id}: ${String(details.errorInstance ?? details.counterexample)}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return found
}

test('whatever a contract does not understand is refused in words, and leaves nothing behind', {
  timeout: 240_000,
}, async () => {
  const before = await fingerprint(product.product.database.pool)
  const found = await assault((door) => [
    fc.asyncProperty(sendersFor(door), damaged(door, stage.pool, stage.targets), async (sender, attack) => {
      fc.pre(!isSound(door, attack))
      const answer = await send(sender, attack)
      const fault = faultOf(attack, answer) ?? (answer.status < 400 ? `was accepted: ${answer.status}` : undefined)
      if (fault) throw new Error(`${sender.name}: ${short(attack)} ${fault}`)
    }),
    wrongEach,
  ])
  expect(found).toEqual([])
  expect(await fingerprint(product.product.database.pool)).toEqual(before)
  expect(sent).toBeGreaterThan(10_000)
  // Not kept off at the door, or nothing would have been tried.
  expect(answered.get('422 core.invalidInput')).toBeGreaterThan(sent / 2)
})

test('whatever a contract does understand is carried out as a whole or not at all, however sly', {
  timeout: 240_000,
}, async () => {
  const { pool } = product.product.database
  const since = await newestTransaction(pool)
  const refused: string[] = []
  const accepted: string[] = []
  const found = await assault((door) => [
    fc.asyncProperty(sendersFor(door), wellFormed(door, stage.pool, stage.targets), async (sender, attack) => {
      const answer = await send(sender, attack)
      const fault = faultOf(attack, answer)
      if (fault) throw new Error(`${sender.name}: ${short(attack)} ${fault}`)
      const { actionId } = door.envelope ? JSON.parse(String(attack.payload)) : { actionId: undefined }
      if (actionId) (answer.status === 200 ? accepted : refused).push(actionId)
    }),
    slyEach,
  ])
  expect(found).toEqual([])
  const carriedOut = await pool.query<{ id: string }>('select id from action where id = any($1)', [
    [...refused, ...accepted],
  ])
  expect(carriedOut.rows.map(({ id }) => id).sort()).toEqual([...new Set(accepted)].sort())
  expect(accepted.length).toBeGreaterThan(50)
  expect(await unaccountedWrites(pool, since)).toEqual([])
})

test('the routes of files, which have no contract, refuse in words too', { timeout: 120_000 }, async () => {
  const anybody = fc.constantFrom(...stage.senders)
  await fc.assert(
    fc.asyncProperty(anybody, uploadAttacks(stage.pool), async (sender, attack) => {
      expect(faultOf(attack, await send(sender, attack)), short(attack)).toBeUndefined()
    }),
    { numRuns: 400, seed: 20261125 },
  )
})

test('afterwards none has taken long, every sender still stands, and audit and numbers hold', async () => {
  expect(slowest.ms, slowest.of).toBeLessThan(patience)
  for (const { name, actor, cookie } of stage.senders.filter((sender) => sender.actor)) {
    expect([name, actor?.accountId, (await web.get('/api/identity/session', cookie)).status]).toEqual([
      name,
      actor?.accountId,
      200,
    ])
  }
  const { database, county, runner, modules } = product.product
  const recounts = modules.all.flatMap((module) => module.recounts ?? [])
  await foldTally(database.db, county)
  expect((await verifyTally(database.db, county, recounts, ['2026-06-01'])).differences).toEqual([])
  expect((await verifyAudit(database.db, county, runner)).faults).toEqual([])
})
