import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import * as i from '#capabilities/identity/model/index.ts'
import { loadAccount } from '#capabilities/identity/server/store.ts'
import { type ActionContract, operationPath, type QueryContract } from '#kernel/contract.ts'
import type { Role } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { addDays, type Day, dayOf } from '#kernel/time.ts'
import { county } from '#test/kit/hazard-acts.ts'
import { systemActor } from '#test/kit/hazard-play.ts'
import { refusalOf } from '#test/kit/product.ts'
import { type Answer, ownPage, type Web } from '#test/kit/web.ts'
import type { GivenGrant } from './reading.ts'
import { bodies, sectors, towns, visitorLogin, type World } from './world.ts'

/** When a drawn grant holds, as seen from the day on which its holder looks around. */
const times = ['now', 'now', 'now', 'lastDay', 'expired', 'takenBack', 'tomorrow'] as const

export interface DrawnGrant extends Omit<GivenGrant, 'from' | 'to'> {
  readonly time: (typeof times)[number]
}

const area = fc.constantFrom<string>(county, ...towns)
const body = fc.constantFrom<string>(...bodies)
const some = fc.option(fc.uniqueArray(fc.constantFrom<string>(...sectors), { minLength: 1, maxLength: 3 }))

/** Grants as the product gives them: what does not fit a role is refused when it is given, and tested there. */
export function anyGrant(world: World): fc.Arbitrary<DrawnGrant> {
  const time = fc.constantFrom(...times)
  const of = <T extends object>(role: Role, more: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
    fc.record({ time, ...more }).map((drawn) => ({
      role,
      sectors: null,
      unitId: null,
      bodyId: null,
      area: county,
      ...drawn,
    })) as fc.Arbitrary<DrawnGrant>
  const unit = fc.record({
    unit: fc.constantFrom(...world.units),
    length: fc.constantFrom(6, 9, 12),
    role: fc.constantFrom<Role>('unitPrincipal', 'unitWorker'),
    time,
  })
  return fc.oneof(
    of('committeeOffice', { area, bodyId: fc.constant(world.office) }),
    of('countyLeader', { area, sectors: some, bodyId: fc.option(body) }),
    of('department', { area, sectors: some, bodyId: body }),
    of('department', { area, sectors: some, bodyId: body }),
    of('town', { area: fc.constantFrom<string>(...towns), bodyId: body }),
    of('town', { area: fc.constantFrom<string>(...towns), bodyId: body }),
    of('inspector', { area, sectors: some, bodyId: fc.option(body) }),
    unit.map((drawn) => ({
      role: drawn.role,
      area: drawn.unit.area.slice(0, drawn.length),
      sectors: null,
      unitId: drawn.unit.id,
      bodyId: null,
      time: drawn.time,
    })),
    of('administrator', { area }),
    of('auditor', { area }),
  )
}

/** What the page of a list, a count, a record or a file answers this person. */
export interface Visitor {
  readonly accountId: string
  /** Ends all grants there are and gives these, the day before; comes back the next morning with what still holds. */
  become(grants: readonly DrawnGrant[]): Promise<{ readonly grants: readonly GivenGrant[]; readonly today: Day }>
  get(contract: QueryContract, input: object): Promise<Answer>
  act(contract: ActionContract, call: { recordId: string; version: number; input: object }): Promise<Answer>
  /** Any other address of the API. */
  fetch(url: string): Promise<Answer>
}

/** One person with a real account and a real session, whose grants change from one look to the next. */
export async function openVisitor(world: World, web: Web): Promise<Visitor> {
  const login = visitorLogin
  const { product } = world
  const { accountId } = await product.account(login, [])
  let cookie = ''
  let asked = 0
  const request = async (url: string, more: InjectOptions = {}) => {
    asked += 1
    // The limit on requests is per address; this person looks at more than a minute's worth.
    const remoteAddress = `10.1.${(asked >> 18) % 250}.${(asked >> 10) % 250}`
    return web.request({ method: 'GET', url, remoteAddress, ...more, headers: { cookie, ...more.headers } })
  }
  return {
    accountId,
    get: (contract, input) =>
      request(`${operationPath(contract.id)}?input=${encodeURIComponent(JSON.stringify(input))}`),
    fetch: (url) => request(url),
    act: (contract, call) =>
      request(operationPath(contract.id), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...ownPage },
        payload: JSON.stringify({ actionId: newId(product.clock.now().getTime()), ...call }),
      }),
    async become(drawn) {
      const grants = await regrant(world, accountId, drawn)
      const eve = dayOf(product.clock.now())
      product.clock.set(`${addDays(eve, 1)}T08:00:00`)
      const signedIn = await web.signIn(login, undefined, { remoteAddress: `10.2.0.${asked % 250}` })
      cookie = signedIn.cookie
      if (signedIn.status !== 200) throw new Error(`${login} cannot sign in: ${JSON.stringify(signedIn.body)}`)
      return { grants, today: dayOf(product.clock.now()) }
    },
  }
}

/** The days of a grant given today that shall hold, or not, tomorrow. */
function daysOf(time: DrawnGrant['time'], today: Day): { from: Day; to: Day | null } {
  const tomorrow = addDays(today, 1)
  if (time === 'lastDay') return { from: today, to: tomorrow }
  if (time === 'expired') return { from: today, to: today }
  if (time === 'tomorrow') return { from: addDays(tomorrow, 1), to: null }
  return { from: today, to: null }
}

async function regrant(world: World, accountId: string, drawn: readonly DrawnGrant[]): Promise<GivenGrant[]> {
  const { product } = world
  const today = dayOf(product.clock.now())
  const account = async () => {
    const found = await loadAccount(product.product.database.db, county, accountId, false)
    if (!found) throw new Error('the account is gone')
    return found
  }
  const end = async (grantId: string) => {
    const { version } = await account()
    await product.run(systemActor, i.endGrant, { recordId: accountId, version, input: { grantId, reason: '换一个人' } })
  }
  for (const { id, to } of (await account()).grants) if (to === null || to >= today) await end(id)
  const given: GivenGrant[] = []
  for (const { time, ...terms } of drawn) {
    const { version } = await account()
    const days = daysOf(time, today)
    const input = { ...terms, sectors: terms.sectors && [...terms.sectors], ...days }
    const refusal = await refusalOf(
      product
        .run(systemActor, i.addGrant, { recordId: accountId, version, input })
        .then(({ output }) => (time === 'takenBack' ? end(output.grantId) : undefined)),
    )
    // The same grant twice is refused, and would change nothing.
    if (refusal !== 'accepted' && refusal !== 'identity.grantHeld')
      throw new Error(`${refusal}: ${JSON.stringify(terms)}`)
    if (refusal === 'accepted')
      given.push({ ...terms, ...days, ...(time === 'takenBack' ? { to: addDays(today, -1) } : {}) })
  }
  return given
}
