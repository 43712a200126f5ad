import { inForce } from '#capabilities/criteria/model/index.ts'
import { demoAccount } from '#capabilities/identity/server/module.ts'
import type { Actor } from '#kernel/grants.ts'
import { type Day, dayOf } from '#kernel/time.ts'
import { systemActor } from '../server/modules.ts'
import type { Product } from '../server/product.ts'
import { type CastMember, castOf, demoPassword } from './cast.ts'
import { type Players, play } from './play.ts'
import { createRandom } from './random.ts'
import { accountIds, markOldNoticesRead, readSeed, settlePast, writeSeed } from './store.ts'
import { planStory } from './story.ts'
import { type DemoUnit, planUnits, registerUnits } from './units.ts'

const seed = 20_240_307
export const demoHazards = 800
/** Hazards per transaction: a kill loses at most these, and they are made again. */
const together = 20

/** Units and accounts of the demo county, made before the product listens so that everybody can sign in at once. */
export async function seedPeople(product: Product): Promise<void> {
  const { database, county, pack, runner, modules, options } = product
  const { db } = database
  if (await readSeed(db, county)) return
  const now = options.clock.now()
  const random = createRandom(seed)
  const units = planUnits(pack, random, now)
  const cast = castOf(pack)
  const hash = await modules.passwords.hash(demoPassword)
  await runner.batch(async (run, tx) => {
    const parts = { db: tx, county, passwords: modules.passwords, run }
    for (const member of cast) await demoAccount(parts, { ...member, password: demoPassword, hash }, now)
    await registerUnits(run, systemActor(county), pack, units, random, now)
    for (const [at, unit] of units.entries()) {
      const login = `unit${String(at + 1).padStart(3, '0')}`
      const grants = [{ role: 'unitPrincipal' as const, area: unit.area, unitId: unit.id }]
      const contacts = await modules.directory.unitContacts(tx, county, unit.id)
      const personId = contacts.find((contact) => contact.role === 'principal')?.personId ?? null
      const account = { login, name: unit.principal, personId, grants }
      await demoAccount(parts, { ...account, password: demoPassword, hash }, now)
    }
    await writeSeed(tx, county, { units: units.map((unit) => unit.id), done: 0 })
  })
  product.markDemo()
}

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
  if (!state) return
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
      await writeSeed(tx, county, { units: state.units, done: until })
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
    const principal = `unit${String(order.indexOf(unit.id) + 1).padStart(3, '0')}`
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
