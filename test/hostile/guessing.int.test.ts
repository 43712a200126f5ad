import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { disableAccount } from '#capabilities/identity/model/index.ts'
import { type OperationContract, operationPath } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { county, otherTown, townBody } from '#test/kit/hazard-acts.ts'
import { openPlay } from '#test/kit/hazard-play.ts'
import { openTestProduct, type TestProduct, testPassword } from '#test/kit/product.ts'
import { type Answer, openWeb, ownPage, type Web } from '#test/kit/web.ts'
import { type Door, doorsOf } from './doors.ts'
import { sensible } from './shapes.ts'
import { type HostileStage, openHostileStage, type Sender } from './stage.ts'
import { statementsOf } from './statements.ts'

let test: TestProduct
let web: Web
let stage: HostileStage
let doors: readonly Door[]
/** People of other towns, units and departments, with records of their own. */
const strangers: Sender[] = []
/** Records of the strangers' own, by type. */
const own = new Map<string, { readonly id: string; readonly version: number }>()

beforeAll(async () => {
  test = await openTestProduct('2026-06-01T09:00:00')
  web = await openWeb(test)
  stage = await openHostileStage(test, web)
  doors = doorsOf(test)
  await openStrangers()
})
afterAll(async () => {
  await web?.close()
  await test?.close()
})

async function openStrangers(): Promise<void> {
  const unitId = await test.unit('陵阳镇试验加油站', otherTown, 'fire')
  const play = await openPlay(test)
  const town = { role: 'town' as const, area: otherTown, bodyId: townBody(test, otherTown) }
  const people = {
    'stranger-town': [town],
    'stranger-principal': [{ role: 'unitPrincipal' as const, area: otherTown, unitId }],
    'stranger-worker': [{ role: 'unitWorker' as const, area: otherTown, unitId }],
    'stranger-department': [{ role: 'department' as const, area: county, bodyId: 'forestry' }],
    'stranger-inspector': [{ role: 'inspector' as const, area: otherTown, bodyId: 'forestry' }],
  }
  for (const [login, grants] of Object.entries(people)) {
    const actor = await test.account(login, grants)
    const { cookie } = await web.signIn(login, undefined, { remoteAddress: `10.42.${strangers.length}.1` })
    strangers.push({ name: login, actor, cookie })
  }
  const clerk = await test.account('stranger-town', [town])
  own.set('hazard', {
    id: await play.register(clerk, { unitId, sector: 'fire', channel: 'inspection', major: false }),
    version: 1,
  })
  own.set('unit', { id: unitId, version: 1 })
}

let asked = 0
async function send(door: Door, sender: Sender, on: object, input: unknown) {
  asked += 1
  const remoteAddress = `10.60.${asked >> 8}.${asked % 256}`
  const headers = { ...ownPage, cookie: sender.cookie, 'content-type': 'application/json' }
  const path = operationPath(door.contract.id)
  const body = door.envelope ? { actionId: newId(test.clock.now().getTime()), ...on, input } : input
  return statementsOf(() =>
    door.method === 'GET'
      ? web.request({
          method: 'GET',
          url: `${path}?input=${encodeURIComponent(JSON.stringify(input))}`,
          headers,
          remoteAddress,
        })
      : web.request({ method: 'POST', url: path, headers, payload: JSON.stringify(body), remoteAddress }),
  )
}

const numbers = new Set(['requestId', 'actionId', 'recordId'])

/** An answer without what is different in any two: the numbers of the request. */
function told({ status, body }: Answer): string {
  // A file names in its head what it was asked for; who sees which unit's name is asked in test/downloads.
  if (Buffer.isBuffer(body)) return `${status} a file`
  return `${status} ${JSON.stringify(body, (key, value) => (numbers.has(key) ? undefined : value))}`
}

const anId = '01930000-0000-7000-8000-0000000000aa'

/** An input the contract accepts, always the same one; none when it takes none of those drawn. */
function inputsFor(contract: OperationContract): unknown[] {
  const drawn = fc.sample(sensible(contract.input, { ids: { '': [anId] } }), { numRuns: 400, seed: 20261125 })
  return drawn.filter((input) => contract.input.safeParse(input).success).slice(0, 1)
}

const nowhere = () => newId(test.clock.now().getTime())

type Request = readonly [on: object, input: unknown]

interface Guess {
  readonly door: Door
  /** The same request for an id, whatever it is of. */
  about(id: string): Request
  readonly ids: readonly string[]
}

/** Sends each guess for what is out of sight and for nothing; where the two answers differ, in words. */
async function differences(guesses: readonly Guess[], what: 'words' | 'words and statements'): Promise<string[]> {
  const found: string[] = []
  for (const { door, about, ids } of guesses) {
    for (const sender of strangers) {
      for (const id of ids) {
        const there = await send(door, sender, ...about(id))
        const nothing = await send(door, sender, ...about(nowhere()))
        const said = `${sender.name} ${door.contract.id} ${JSON.stringify(about(id)).slice(0, 300)}`
        if (told(there.answer) !== told(nothing.answer)) {
          found.push(`${said}: ${told(there.answer)} for ${told(nothing.answer)}`)
        } else if (what !== 'words' && there.statements.join('\n') !== nothing.statements.join('\n')) {
          const first = there.statements.find((text, at) => text !== nothing.statements[at])
          found.push(`${said}: ${there.statements.length} statements for ${nothing.statements.length}, ${first}`)
        }
      }
    }
  }
  return found
}

/** Records of the types that can be out of somebody's sight, none of them a stranger's. */
const hidden = (...types: string[]) =>
  types.flatMap((type) =>
    stage
      .targets(type)
      .slice(0, 1)
      .map(({ id }) => id),
  )
const hiddenTypes = ['hazard', 'unit', 'listing', 'ledgerImport', 'account', 'savedFilter']

/** The fields of an input that are an id and nothing else. */
function idFields({ input }: OperationContract): string[] {
  const shape = input instanceof z.ZodObject ? (input.shape as Record<string, z.ZodType>) : {}
  const takesIds = (field: z.ZodType) => field.safeParse(anId).success && !field.safeParse('no id').success
  return Object.keys(shape).filter((key) => shape[key] && takesIds(shape[key]))
}

const withField = (input: unknown, key: string, id: string) => ({ ...(input as object), [key]: id })

describe('a record out of sight', { timeout: 120_000 }, () => {
  it('cannot be told from one that does not exist by acting on it: the same words, the same statements', async () => {
    const guesses = doors.flatMap((door): Guess[] => {
      const { contract } = door
      // The county's phone book of its bodies is open to all of them.
      if (contract.kind !== 'action' || contract.creates || contract.record === 'bodyPost') return []
      const targets = stage.targets(contract.record).slice(0, 2)
      const version = targets[0]?.version ?? 1
      const about = (recordId: string, input: unknown): Request => [{ recordId, version }, input]
      const ids = targets.map(({ id }) => id)
      return inputsFor(contract).map((input) => ({ door, about: (id) => about(id, input), ids }))
    })
    expect(guesses.length).toBeGreaterThan(50)
    expect(await differences(guesses, 'words and statements')).toEqual([])
  })

  it('cannot be told from one that does not exist by asking for it: the same words, the same statements', async () => {
    const guesses = doors.flatMap((door): Guess[] => {
      if (door.contract.kind !== 'query') return []
      return idFields(door.contract).flatMap((key) =>
        inputsFor(door.contract).map((input) => ({
          door,
          about: (id): Request => [{}, withField(input, key, id)],
          ids: hidden(...hiddenTypes),
        })),
      )
    })
    expect(guesses.length).toBeGreaterThan(20)
    expect(await differences(guesses, 'words and statements')).toEqual([])
  })

  it('cannot be told from one that does not exist by naming it in an action on something of one’s own', async () => {
    const guesses = doors.flatMap((door): Guess[] => {
      const { contract } = door
      if (contract.kind !== 'action') return []
      const on = contract.creates ? undefined : own.get(contract.record)
      if (!contract.creates && !on) return []
      return idFields(contract).flatMap((key) =>
        inputsFor(contract).map((input) => ({
          door,
          about: (id): Request => [
            on ? { recordId: on.id, version: on.version } : { recordId: nowhere() },
            withField(input, key, id),
          ],
          ids: hidden(...hiddenTypes),
        })),
      )
    })
    expect(guesses.length).toBeGreaterThan(5)
    expect(await differences(guesses, 'words')).toEqual([])
  })
})

describe('the door', () => {
  it('does the same work for a login that does not exist, one that is disabled and one with another password', async () => {
    const admin = await test.as('admin')
    const gone = await test.account('gone', [{ role: 'auditor', area: county }])
    await test.run(admin, disableAccount, { recordId: gone.accountId, version: 1, input: { reason: '已经调离本单位' } })
    await test.account('present', [{ role: 'auditor', area: county }])
    const attempt = (login: string, at: number, password = 'Wrong#Pass99') =>
      statementsOf(() => web.signIn(login, password, { remoteAddress: `10.43.0.${at}` }))
    const answers = [
      await attempt('nobody', 1),
      await attempt('gone', 2),
      await attempt('gone', 3, testPassword),
      await attempt('present', 4),
    ]
    for (const { answer, statements } of answers) {
      expect(answer.status).toBe(401)
      expect([told(answer), statements]).toEqual([told(answers[0]?.answer ?? answer), answers[0]?.statements])
    }
    // Had it counted nothing, the same statements would prove nothing.
    expect(answers[0]?.statements.length).toBeGreaterThan(4)
  })
})

describe('a page of another site', () => {
  it('can have no operation that writes carried out, whoever is signed in', async () => {
    const { cookie } = stage.senders[0] ?? { cookie: '' }
    const wrong: string[] = []
    const writing = doors
      .filter(({ method }) => method === 'POST')
      .map(({ contract }) => ['POST', operationPath(contract.id)] as const)
    const id = nowhere()
    const uploads = [
      ['POST', '/api/uploads'],
      ['PUT', `/api/uploads/${id}?offset=0`],
      ['POST', `/api/uploads/${id}/finish`],
      ['DELETE', `/api/uploads/${id}`],
    ] as const
    for (const [method, url] of [...writing, ...uploads]) {
      for (const headers of [
        {},
        { 'x-zhiben': '1', 'sec-fetch-site': 'cross-site' },
        { 'x-zhiben': '1', origin: 'https://evil.example' },
      ]) {
        const { status, body } = await web.request({
          method,
          url,
          headers: { cookie, 'content-type': 'application/json', ...headers },
          payload: '{}',
        })
        if (status !== 403 || body.code !== 'core.crossSite') wrong.push(`${method} ${url} ${status}`)
      }
    }
    expect(wrong).toEqual([])
    expect(writing.length).toBeGreaterThan(60)
  })
})

describe('a token', () => {
  it('that is guessed is answered without a question to the database when it has not the form, and with one when it has', async () => {
    const ask = (token: string) => statementsOf(() => web.get('/api/identity/session', `zhiben_session=${token}`))
    for (const token of ['', 'x', `${'A'.repeat(42)}'`, 'A'.repeat(44), 'A'.repeat(100_000)]) {
      expect((await ask(token)).statements).toEqual([])
    }
    const { answer, statements } = await ask('A'.repeat(43))
    expect([answer.status, answer.body.code]).toEqual([401, 'core.signInFirst'])
    expect(statements.every((text) => text.includes('token_hash'))).toBe(true)
  })
})
