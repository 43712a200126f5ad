import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as criteria from '#capabilities/criteria/model/index.ts'
import * as directory from '#capabilities/directory/model/index.ts'
import * as duty from '#capabilities/duty/model/index.ts'
import * as hazard from '#capabilities/hazard/model/index.ts'
import * as identity from '#capabilities/identity/model/index.ts'
import * as ledger from '#capabilities/ledger/model/index.ts'
import * as ledgerimport from '#capabilities/ledgerimport/model/index.ts'
import * as listing from '#capabilities/listing/model/index.ts'
import * as lists from '#capabilities/lists/model/index.ts'
import * as progress from '#capabilities/progress/model/index.ts'
import * as system from '#capabilities/system/model/index.ts'
import * as task from '#capabilities/task/model/index.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import type { Lifecycle } from '#kernel/lifecycle.ts'
import { dayOf } from '#kernel/time.ts'
import { projectRoot } from '#platform/config/config.ts'
import { openTestProduct, type TestProduct, testPassword } from '#test/kit/product.ts'
import { type Answer, openWeb, type Web } from '#test/kit/web.ts'
import { readPage } from '../oracle/page.ts'
import { readFor } from '../oracle/reading.ts'
import { actionsElsewhere, readsElsewhere, recordsElsewhere } from './elsewhere.ts'
import { fingerprint } from './fingerprint.ts'
import { drawEverybody } from './samples/hazard.ts'
import { drivers } from './samples/index.ts'
import { altered, openStage, type Person, type Sample, type Stage, strangers } from './samples/stage.ts'
import { raisedOnce } from './samples/task.ts'

const isAction = (value: unknown): value is ActionContract =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'action' && 'record' in value

/** Every action a person can take, from the contracts of all capabilities. */
const contracts = [
  ...[criteria, directory, duty, hazard, identity, ledger, ledgerimport, listing, lists, progress, system, task],
]
  .flatMap((model) => Object.values(model as Record<string, unknown>))
  .filter(isAction)
const personal = [...new Map(contracts.map((contract) => [contract.id, contract])).values()].filter(
  (contract) => !contract.internal,
)

/** The states of every record that has some. */
const lifecycles: Readonly<Record<string, Lifecycle<string, never>>> = {
  hazard: hazard.hazardLifecycle,
  listing: listing.listingLifecycle,
  listingBatch: listing.batchLifecycle,
  account: identity.accountLifecycle,
  unit: directory.unitLifecycle,
  ledgerImport: ledgerimport.ledgerImportLifecycle,
  savedFilter: lists.savedFilterLifecycle,
  dutyDeed: duty.deedLifecycle,
  dutyExemption: duty.exemptionLifecycle,
  task: task.taskLifecycle,
  meeting: task.meetingLifecycle,
  progressReturn: progress.returnLifecycle,
}

let product: TestProduct
let web: Web
let stage: Stage
let people: Person[]
const page = readPage()
const cookies = new Map<string, string>()

beforeAll(async () => {
  product = await openTestProduct('2026-06-01T09:00:00')
  web = await openWeb(product)
  stage = await openStage(product, web)
  // Before anything here changes which towns are asked.
  await raisedOnce(stage)
  await drawEverybody(stage, await product.as('admin'), system.setParameter)
  people = await strangers(stage)
}, 300_000)
afterAll(async () => {
  await web?.close()
  await product?.close()
})

const driverOf = (contract: ActionContract) => {
  const driver = drivers.find(({ record }) => record === contract.record)
  if (!driver) throw new Error(`no driver for records of type ${contract.record}`)
  return driver
}

const freshId = () => newId(product.clock.now().getTime())

async function signIn(accountId: string, remoteAddress: string): Promise<string> {
  const { rows } = await product.product.database.pool.query('select login from account where id = $1', [accountId])
  const { cookie } = await web.signIn(rows[0].login, testPassword, { remoteAddress })
  cookies.set(accountId, cookie)
  return cookie
}

let calls = 0
/** As a browser sends it, by this account. */
async function send(by: Actor, contract: ActionContract, call: object): Promise<Answer> {
  calls += 1
  const remoteAddress = `10.3.${(calls >> 10) % 250}.1`
  const cookie = cookies.get(by.accountId) ?? (await signIn(by.accountId, remoteAddress))
  return web.request({
    method: 'POST',
    url: `/api/${contract.id.replace('.', '/')}`,
    headers: { 'content-type': 'application/json', cookie, 'x-zhiben': '1', 'sec-fetch-site': 'same-origin' },
    payload: JSON.stringify({ actionId: freshId(), ...call }),
    remoteAddress,
  })
}

const codeOf = ({ status, body }: Answer): string => (status === 200 ? 'accepted' : String(body.code))
const seen = (person: Person, contract: ActionContract, { sides }: Sample) => {
  const { read } = driverOf(contract)
  return read === 'session' || readingOf(person).may(read, sides)
}
const readingOf = ({ actor, grants }: Person) => {
  const leads = (bodyId: string) =>
    product.product.pack.matrix
      .filter(({ body, role }) => body === bodyId && role !== 'participant')
      .map((row) => row.sector)
  return readFor(page, { accountId: actor.accountId, grants, today: dayOf(product.clock.now()) }, leads)
}

/** What the page of permissions says this person is told; undefined when the page lets them do it. */
function refusalFor(person: Person, contract: ActionContract, sample: Sample): string | undefined {
  const { permission, creates } = contract
  if (permission === 'session') return undefined
  const reading = readingOf(person)
  if (!creates && !seen(person, contract, sample)) return 'core.notFound'
  if (!reading.holds(permission)) return 'core.notAllowed'
  if (sample.eachTheirOwn) return undefined
  if (reading.may(permission, sample.sides)) return undefined
  return creates && !seen(person, contract, sample) ? (sample.elsewhere ?? 'core.notAllowed') : 'core.notAllowed'
}

const on = (contract: ActionContract, sample: Sample) => sample.on ?? { recordId: contract.creates ? freshId() : '' }

test('there is a right call for every action of every capability, and for nothing else', () => {
  const registered = product.product.modules.all.flatMap((module) => module.actions ?? [])
  const elsewhere = actionsElsewhere.map(({ contract }) => contract.id)
  const own = registered.filter(({ contract }) => !contract.internal && !elsewhere.includes(contract.id))
  const ids = own.map(({ contract }) => contract.id)
  expect(personal.map(({ id }) => id).sort()).toEqual(ids.sort())
  expect(drivers.flatMap(({ samples }) => Object.keys(samples)).sort()).toEqual(ids)
})

test('what is tried elsewhere is there, and is called by its name in the test that tries it', () => {
  const { all } = product.product.modules
  const registered = all.flatMap((module) => [
    ...[...(module.actions ?? []), ...(module.queries ?? []), ...(module.downloads ?? [])],
  ])
  const known = registered.map(({ contract }) => contract.id)
  for (const { file, name, contract } of [...actionsElsewhere, ...readsElsewhere]) {
    expect(known).toContain(contract.id)
    expect(
      readFileSync(join(projectRoot, file), 'utf8').split(new RegExp(`\\b${name}\\b`)).length,
      name,
    ).toBeGreaterThan(2)
  }
})

test('an action that only follows from another has no address', async () => {
  const internal = contracts.filter((contract) => contract.internal)
  expect(internal.length).toBeGreaterThan(5)
  const by = await product.as('anwei')
  for (const contract of internal) {
    const answer = await send(by, contract, { recordId: freshId(), version: 1, input: {} })
    expect([contract.id, answer.status, answer.body.code]).toEqual([contract.id, 404, 'core.unknownOperation'])
  }
})

describe.each(personal.map((contract) => [contract.id, contract] as const))('%s', (id, contract) => {
  let sample: Sample
  beforeAll(async () => {
    const make = driverOf(contract).samples[id]
    if (!make) throw new Error(`no sample for ${id}`)
    sample = await make(stage)
  })

  test('is refused to everybody whom the page of permissions does not let, in the words it gives them', async () => {
    const call = { ...on(contract, sample), input: sample.input }
    const anonymous = await web.post(`/api/${id.replace('.', '/')}`, { actionId: freshId(), ...call })
    expect([anonymous.status, anonymous.body.code]).toEqual([401, 'core.signInFirst'])
    const expected = people.flatMap((person) => {
      const refusal = refusalFor(person, contract, sample)
      return refusal === undefined ? [] : [{ person, refusal }]
    })
    const told = await Promise.all(
      expected.map(async ({ person }) => [person.login, codeOf(await send(person.actor, contract, call))]),
    )
    expect(told).toEqual(expected.map(({ person, refusal }) => [person.login, refusal]))
    if (contract.permission !== 'session') expect(told.length).toBeGreaterThan(sample.eachTheirOwn ? 0 : 3)
  })

  if (!contract.creates) {
    test('is refused on an old version with who was first, and on a record that is not there', async () => {
      const { recordId, version } = sample.on ?? { recordId: '', version: 0 }
      const old = await send(sample.by, contract, { recordId, version: version - 1, input: sample.input })
      expect([old.status, old.body.code]).toEqual([409, 'core.staleVersion'])
      const { rows } = await product.product.database.pool.query(
        'select actor_name from action where record_id = $1 order by seq desc limit 1',
        [recordId],
      )
      const changes = rows.map(({ actor_name: by }) => ({ by }))
      expect(old.body.data).toMatchObject({ currentVersion: version, changes })
      const nowhere = await send(sample.by, contract, { recordId: freshId(), version, input: sample.input })
      expect([nowhere.status, nowhere.body.code]).toEqual([404, 'core.notFound'])
    })

    const transition = lifecycles[contract.record]?.transitions.find(({ action }) => action === id)
    const { inState } = driverOf(contract)
    if (transition && inState) {
      const states = Object.keys(lifecycles[contract.record]?.states ?? {}).filter(
        (state) => !transition.from.includes(state),
      )
      test(`is refused as wrong state: ${states.join(', ')}`, async () => {
        const calls: [state: string, call: object][] = []
        for (const state of states) calls.push([state, { ...(await inState(stage, state)), input: sample.input }])
        const told = await Promise.all(
          calls.map(async ([state, call]) => [state, codeOf(await send(sample.by, contract, call))]),
        )
        expect(told).toEqual(states.map((state) => [state, 'core.wrongState']))
      })
    }
  }

  test('is carried out once, answers the same again, and carries nothing else under its id', async () => {
    const call = { ...on(contract, sample), actionId: freshId(), input: sample.input }
    const first = await send(sample.by, contract, call)
    expect([first.status, first.body]).toMatchObject([200, { version: (sample.on?.version ?? 0) + 1, replayed: false }])
    const before = await fingerprint(product.product.database.pool)
    expect((await send(sample.by, contract, call)).body).toEqual({ ...first.body, replayed: true })
    const other = altered(contract, sample.input)
    if (other) expect(codeOf(await send(sample.by, contract, { ...call, input: other }))).toBe('core.replayMismatch')
    else expect(Object.keys(sample.input).filter((key) => !/password$/i.test(key))).toEqual([])
    if (contract.creates) {
      const reloaded = { ...call, actionId: freshId() }
      expect((await send(sample.by, contract, reloaded)).body).toEqual({ ...first.body, replayed: true })
      const changed = await send(sample.by, contract, { ...reloaded, input: other })
      expect(codeOf(changed)).toBe('core.alreadyCreated')
    }
    expect(await fingerprint(product.product.database.pool)).toEqual(before)
  })
})

/** Before, around and about one's own session: no record, no version, no replay. Where else each of them is tried. */
const ofTheSession: Readonly<Record<string, string>> = {
  'identity.signIn': 'test/http.int.test.ts',
  'identity.signOut': 'test/identity/sessions.int.test.ts',
  'identity.session': 'test/identity/sessions.int.test.ts',
  'identity.changePassword': 'test/identity/passwords.int.test.ts',
  'identity.ownAccount': 'test/identity/own-account.int.test.ts',
  'identity.endOwnSessions': 'test/identity/own-account.int.test.ts',
  'identity.demoAccounts': 'test/contracts/every-action.int.test.ts',
}

describe('what is asked outside of any record', () => {
  test('is tried where it is said to be', () => {
    const plain = product.product.modules.all.flatMap((module) => module.plain ?? [])
    expect(Object.keys(ofTheSession).sort()).toEqual(plain.map(({ contract }) => contract.id).sort())
    for (const [id, file] of Object.entries(ofTheSession)) {
      expect(readFileSync(join(projectRoot, file), 'utf8'), id).toContain(`/api/${id.replace('.', '/')}`)
    }
  })

  test('is refused to whoever is not signed in, unless it is there for them', async () => {
    const plain = product.product.modules.all.flatMap((module) => module.plain ?? [])
    for (const { contract, method } of plain.filter(({ contract: { permission } }) => permission !== 'public')) {
      const url = `/api/${contract.id.replace('.', '/')}`
      const answer = method === 'POST' ? await web.post(url, {}) : await web.get(url)
      expect([contract.id, answer.status, answer.body.code]).toEqual([contract.id, 401, 'core.signInFirst'])
    }
  })

  test('shows no password while there is anything but demo data', async () => {
    expect((await web.get('/api/identity/demoAccounts')).body).toEqual({ accounts: [] })
  })
})

test('every record with states is walked through all of them, here or in the test of its own', () => {
  const known = product.product.modules.all.flatMap((module) => module.lifecycles ?? []).map(({ record }) => record)
  const here = drivers.filter(({ inState }) => inState).map(({ record }) => record)
  expect([...here, 'listing', 'listingBatch', ...recordsElsewhere].sort()).toEqual([...known].sort())
  expect([...Object.keys(lifecycles), ...recordsElsewhere].sort()).toEqual([...known].sort())
})
