import { inForce } from '#capabilities/criteria/model/index.ts'
import { demoAccount } from '#capabilities/identity/server/module.ts'
import type { Actor } from '#kernel/grants.ts'
import { type Day, dayOf } from '#kernel/time.ts'
import type { BatchRun } from '#platform/actions/runner.ts'
import type { Tx } from '#platform/db/tables.ts'
import { systemActor } from '../server/modules.ts'
import type { Product } from '../server/product.ts'
import { type CastMember, castOf, demoPassword } from './cast.ts'
import { type Players, play } from './play.ts'
import { createRandom } from './random.ts'
import { accountIds, markOldNoticesRead, readSeed, registeredIn, settlePast, writeSeed } from './store.ts'
import { planStory } from './story.ts'
import { type DemoUnit, planUnits, registerDemoUnit } from './units.ts'

const seed = 20_240_307
export const demoHazards = 800
/** Units or hazards per transaction: a kill loses at most these, and they are made again. */
const together = 20

/** Accounts of the demo county and its first unit, made before the product listens so that all shown may sign in. */
export async function seedAccounts(product: Product): Promise<void> {
  const { database, county, pack, runner, modules, options } = product
  if (await readSeed(database.db, county)) return
  const now = options.clock.now()
  const units = planUnits(pack, createRandom(seed), now)
  const hash = await modules.passwords.hash(demoPassword)
  await runner.batch(async (run, tx) => {
    const parts = { db: tx, county, passwords: modules.passwords, run }
    for (const member of castOf(pack)) await demoAccount(parts, { ...member, password: demoPassword, hash }, now)
    await seedUnit(product, { run, tx, hash }, units, 0)
    await writeSeed(tx, county, { units: units.map((unit) => unit.id), registered: 1, done: 0 })
  })
  product.markDemo()
}

/** Units of the demo county with an account each; goes on where an interrupted run left off, stops when `signal` aborts. */
export async function seedUnits(product: Product, signal: AbortSignal): Promise<void> {
  const { database, county, runner, modules } = product
  const state = await readSeed(database.db, county)
  if (!state) return
  const units = restoreUnits(product, state.units)
  const hash = await modules.passwords.hash(demoPassword)
  for (let from = registeredIn(state); from < units.length && !signal.aborted; from += together) {
    const until = Math.min(from + together, units.length)
    await runner.batch(async (run, tx) => {
      for (let at = from; at < until; at += 1) await seedUnit(product, { run, tx, hash }, units, at)
      await writeSeed(tx, county, { ...state, registered: until })
    })
  }
}

interface Batch {
  readonly run: BatchRun
  readonly tx: Tx
  /** Of the demo password, made once: hashing it for every account would take minutes. */
  readonly hash: string
}

async function seedUnit(product: Product, { run, tx, hash }: Batch, units: readonly DemoUnit[], at: number) {
  const unit = units[at]
  if (!unit) return
  const { county, pack, modules, options } = product
  const now = options.clock.now()
  // A generator of its own per unit: a resumed run makes the same units.
  await registerDemoUnit(run, systemActor(county), pack, unit, at, createRandom(seed - 1 - at), now)
  const contacts = await modules.directory.unitContacts(tx, county, unit.id)
  const personId = contacts.find((contact) => contact.role === 'principal')?.personId ?? null
  const grants = [{ role: 'unitPrincipal' as const, area: unit.area, unitId: unit.id }]
  const account = { login: unitLogin(at), name: unit.principal, personId, grants }
  const parts = { db: tx, county, passwords: modules.passwords, run }
  await demoAccount(parts, { ...account, password: demoPassword, hash }, now)
}

const unitLogin = (at: number) => `unit${String(at + 1).padStart(3, '0')}`

/**
 * Hazards of the demo county with their histories since 2023, through the product's own actions. Goes on where an
 * interrupted run left off; `report` hears how many are done. Stops when `signal` aborts.
 */
export async function seedHazards(
  product: Product,
  report: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { database, county, runner, options } = product
  const { db } = database
  const state = await readSeed(db, county)
  if (!state || registeredIn(state) < state.units.length) return
  const now = options.clock.now()
  const units = restoreUnits(product, state.units)
  const theatre = await openTheatre(product)
  const standardOf = (id: string) =>
    product.pack.standards.find((candidate) => candidate.items.some((item) => item.id === id))
  const criterionOn = (ids: readonly string[], day: Day) =>
    ids.find((id) => {
      const standard = standardOf(id)
      return standard !== undefined && inForce(standard, day)
    }) ?? null
  for (let done = state.done; done < demoHazards && !signal.aborted; ) {
    const until = Math.min(done + together, demoHazards)
    await runner.batch(async (run, tx) => {
      for (let at = done; at < until; at += 1) {
        // A generator of its own per hazard: a resumed run tells the same stories.
        const random = createRandom(seed + 1 + at)
        const unit = random.pick(units)
        const story = planStory(random, unit, dayOf(now), at)
        await play({ run, db, files: product.files, now, criterionOn }, story, await theatre(unit))
      }
      await settlePast(tx, county, now)
      await writeSeed(tx, county, { ...state, done: until })
    })
    done = until
    report(done, demoHazards)
  }
  await markOldNoticesRead(db, county, now)
}

/** Ids were minted at the first run and are kept; everything else of a unit follows from the seed. */
function restoreUnits(product: Product, ids: readonly string[]): DemoUnit[] {
  const planned = planUnits(product.pack, createRandom(seed), product.options.clock.now())
  return planned.map((unit, at) => ({ ...unit, id: ids[at] ?? unit.id }))
}

async function openTheatre(product: Product): Promise<(unit: DemoUnit) => Promise<Players>> {
  const { modules, county, pack, database, options } = product
  const now = options.clock.now()
  const known = new Map<string, Actor>()
  const ids = await accountIds(database.db, county)
  const actorOf = async (login: string): Promise<Actor> => {
    const cached = known.get(login)
    if (cached) return cached
    const id = ids.get(login)
    const actor = id ? await modules.sessions.accountActor(id, now) : undefined
    if (!actor) throw new Error(`demo account ${login} is missing`)
    known.set(login, actor)
    return actor
  }
  const cast = new Set(castOf(pack).map((member: CastMember) => member.login))
  const order = (await readSeed(database.db, county))?.units ?? []
  return async (unit) => {
    const lead = pack.matrix.find((entry) => entry.sector === unit.trade.sector && entry.role === 'lead')?.body
    const department = lead && cast.has(lead) ? lead : undefined
    const principal = unitLogin(order.indexOf(unit.id))
    return {
      office: await actorOf('anwei'),
      clerk: await actorOf('anwei2'),
      department: await actorOf(department ?? 'anwei'),
      inspector: await actorOf(department ? `${department}-jc` : 'anwei2'),
      principal: await actorOf(principal),
      leader: await actorOf('leader'),
      system: systemActor(county),
      bodyId: department ?? pack.bodies.find((body) => body.kind === 'committeeOffice')?.id ?? '',
    }
  }
}
