import fc from 'fast-check'
import type { z } from 'zod'
import { addBodyPost, registerUnit } from '#capabilities/directory/model/index.ts'
import {
  addReport,
  assignHazard,
  type HazardState,
  hazardStateIds,
  isStanding,
  mergeHazard,
  mergeRefusal,
} from '#capabilities/hazard/model/index.ts'
import { creditCodeCheckDigit } from '#kernel/chinese/codes.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { addDays, type Day, dayOf } from '#kernel/time.ts'
import { foldTally } from '#platform/tally/fold.ts'
import { county, stored } from '#test/kit/hazard-acts.ts'
import { openPlay, type Play, systemActor } from '#test/kit/hazard-play.ts'
import { hazardIn } from '#test/kit/hazard-states.ts'
import type { TestProduct } from '#test/kit/product.ts'
import { Chronicle } from './chronicle.ts'
import { fillBatches } from './world-batches.ts'
import { fillLedgerItems } from './world-ledgers.ts'
import { fillListings } from './world-listings.ts'
import { type Belongings, fillBelongings } from './world-own.ts'
import { fillWork } from './world-work.ts'

/** Two towns, a third beside them, and villages: what begins alike must not be taken for the same. */
export const towns = ['341723100', '341723101', '341723102'] as const
export const villages = ['341723100001', '341723101001', '341723101200', '341723102001'] as const
export const places: readonly string[] = [...towns, ...villages]
/** Three with a lead, one of them with two; the last has none and goes to the office. */
export const sectors = ['civilExplosives', 'elderlyCare', 'industryTrade', 'commerce'] as const
export const bodies = [
  'emergency-management',
  'civil-affairs',
  'public-security',
  'technology-economy-information',
  'town-muzhen',
  'county-government',
] as const

export interface UnitFacts {
  readonly id: string
  readonly name: string
  readonly creditCode: string
  readonly phone: string
  readonly area: string
  readonly sectors: readonly string[]
  readonly principal: Actor
}

/** A small county with a past: units, and hazards of every state, level, channel, sector and place. */
export interface World extends Belongings {
  readonly product: TestProduct
  readonly office: string
  readonly units: readonly UnitFacts[]
  readonly bodyPosts: readonly { readonly id: string; readonly bodyId: string; readonly name: string }[]
  readonly chronicle: Chronicle
  /** Some days of its past, from before anything was known to the last one played. */
  readonly days: readonly Day[]
  leads(bodyId: string): readonly string[]
  /** Every action the product knows. */
  readonly actions: readonly ActionContract[]
}

export interface Builder {
  readonly product: TestProduct
  readonly play: Play
  readonly chronicle: Chronicle
  readonly people: Readonly<Record<'office' | 'office2' | 'hands' | 'leader', Actor>>
  readonly units: readonly UnitFacts[]
  /** Writes down what has just happened, as of the day it took effect. */
  note(day?: Day): Promise<void>
}

/** Who will look around; has files of their own. */
export const visitorLogin = 'visitor'

const seed = 20261125
const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number) => fc.sample(arbitrary, { numRuns, seed })

export async function openWorld(product: TestProduct): Promise<World> {
  const { pool } = product.product.database
  const chronicle = new Chronicle(pool)
  const play = await openPlay(product)
  const office = (await product.as('anwei')).grants[0]?.bodyId ?? ''
  const ofOffice = [{ role: 'committeeOffice' as const, area: county, bodyId: office }]
  const people = {
    office: await product.account('world-office', ofOffice),
    office2: await product.account('world-office2', ofOffice),
    hands: await product.account('world-hands', ofOffice),
    leader: await product.as('leader'),
  }
  // Somebody who stays administrator, whatever the visitor is.
  await product.as('admin')
  const units = await registerUnits(product)
  const bodyPosts = await fillBodies(product, people.office)
  const note = (day?: Day) => chronicle.note(day ?? dayOf(product.clock.now()))
  const builder: Builder = { product, play, chronicle, people, units, note }
  const days = [
    addDays(dayOf(product.clock.now()), -900),
    ...(await fillLedger(builder)),
    ...(await fillStates(builder)),
    ...(await live(builder)),
    await fillListings(builder),
  ]
  await fillBatches(builder)
  await fillLedgerItems(builder)
  await fillWork(builder)
  const leads = (bodyId: string) =>
    product.product.pack.matrix
      .filter((entry) => entry.body === bodyId && entry.role !== 'participant')
      .map((entry) => entry.sector)
  const visitor = await product.account(visitorLogin, ofOffice)
  const own = await fillBelongings(product, [visitor, people.hands])
  const actions = product.product.modules.all.flatMap((module) =>
    (module.actions ?? []).map(({ contract }) => contract),
  )
  return { product, office, units, bodyPosts, chronicle, days, leads, actions, ...own }
}

/** Names hold signs that a pattern language gives a meaning. */
const unitNames = ['百分之百%_厂', '民爆器材公司', '养老服务中心', '机械_加工厂', '红星商场', '石料%场']

async function registerUnits(product: TestProduct): Promise<UnitFacts[]> {
  const drawn = sample(
    fc.record({
      area: fc.constantFrom(...places),
      sectors: fc.uniqueArray(fc.constantFrom<string>(...sectors), { minLength: 1, maxLength: 2 }),
    }),
    12,
  )
  const units: UnitFacts[] = []
  for (const [at, facts] of drawn.entries()) {
    const id = newId(product.clock.now().getTime())
    const first17 = `91${county}MA${2_000_000 + at}`
    const creditCode = first17 + creditCodeCheckDigit(first17)
    const phone = `139${String(70_000_000 + at * 1_111)}`
    const name = `第${at}号${unitNames[at % unitNames.length]}`
    const input: z.input<typeof registerUnit.input> = {
      ...facts,
      name,
      creditCode,
      kind: 'unit',
      scale: 'small',
      principal: { name: `负责人${at}号`, phone },
      confirmNew: true,
    }
    await product.run(systemActor, registerUnit, { recordId: id, input })
    const grant = { role: 'unitPrincipal' as const, area: facts.area, unitId: id }
    const principal = await product.account(`world-principal-${at}`, [grant])
    units.push({ id, name, creditCode, phone, principal, ...facts })
  }
  return units
}

/** Two people at every body. */
async function fillBodies({ run }: TestProduct, by: Actor): Promise<World['bodyPosts']> {
  const posts = []
  for (const [at, bodyId] of [...bodies, ...bodies].entries()) {
    const name = `机构人员${at}号`
    const { recordId } = await run(by, addBodyPost, { input: { bodyId, name, kind: 'liaison' } })
    posts.push({ id: recordId, bodyId, name })
  }
  return posts
}

/** What an old ledger brought: it counts from the days it names, long before anybody here was at work. */
async function fillLedger({ play, note }: Builder): Promise<Day[]> {
  const rows: readonly [area: string, sector: string, foundOn: Day, closedOn?: Day][] = [
    ['341723101', 'civilExplosives', '2023-03-02', '2023-09-30'],
    ['341723101001', 'industryTrade', '2023-05-11'],
    ['341723102', 'elderlyCare', '2023-11-15'],
    ['341723100', 'commerce', '2024-02-01', '2024-06-15'],
    ['341723102001', 'civilExplosives', '2023-12-31'],
  ]
  for (const [area, sector, foundOn, closedOn] of rows) {
    const id = await play.fromLedger(area, sector, foundOn)
    await note(foundOn)
    if (closedOn === undefined) continue
    await play.closeInLedger(id, closedOn)
    await note(closedOn)
  }
  return ['2023-05-11', '2023-12-31', '2024-06-14']
}

/** Every state, at units here and there. */
async function fillStates({ product, play, people, units, note }: Builder): Promise<Day[]> {
  const at = (index: number) => units[index % units.length] as UnitFacts
  for (const [index, state] of [...hazardStateIds, ...hazardStateIds].entries()) {
    const unit = at(index * 5)
    const crew = { ...people, principal: unit.principal, worker: unit.principal, town: people.office2 }
    const whole = { ...crew, department: people.office, inspector: people.office2, office2: people.leader }
    await hazardIn(play, whole, unit.id, state as HazardState, sectors[index % sectors.length])
    await note()
    product.clock.advance(3_600_000 * 7)
  }
  return [dayOf(product.clock.now())]
}

/** Findings of every channel by everybody, given to bodies near and far, and weeks in which people do what they may. */
async function live({ product, play, people, units, note }: Builder): Promise<Day[]> {
  const ids: string[] = []
  const findings = sample(
    fc.record({
      unit: fc.nat(units.length - 1),
      sector: fc.constantFrom(...sectors),
      channel: fc.constantFrom('selfCheck', 'inspection', 'publicReport'),
      major: fc.boolean(),
      by: fc.nat(2),
      body: fc.constantFrom(...bodies),
      given: fc.boolean(),
      found: fc.nat(40),
    }),
    40,
  )
  for (const { unit, sector, channel, major, by, body, given, found } of findings) {
    const facts = units[unit] as UnitFacts
    const actor = by === 0 ? facts.principal : people.office
    const id = await play.register(actor, {
      unitId: facts.id,
      sector,
      channel,
      major,
      foundOn: addDays(play.today(), -found),
    })
    ids.push(id)
    const { version, state } = await stored(product, id)
    if (!given || state !== 'registered') continue
    const input = { bodyId: body, dueOn: addDays(play.today(), 10), demand: '按期完成整改' }
    await product.run(people.office, assignHazard, { recordId: id, version, input })
  }
  await note()
  const days = new Set<Day>()
  const steps = sample(fc.record({ pick: fc.nat(99), order: fc.nat(60), days: fc.constantFrom(0, 0, 0, 1, 3) }), 150)
  for (const [at, step] of steps.entries()) {
    await play.step({ ...people, ...principalsOf(units) }, ids, step)
    await play.passDue(ids)
    if (at % 10 === 3) await findEarlier(product, play, people.office, ids, at)
    await note()
    if (at % 30 === 15) days.add(play.today())
    // Numbers are read from sums and from what has not been summed up yet; here are some of each.
    if (at === 90) await foldTally(product.product.database.db, county)
  }
  return [...days]
}

/** What was found once more, and sooner: a hazard grows older, by a finding that comes in late or by one it takes over. */
async function findEarlier({ run }: TestProduct, play: Play, by: Actor, ids: readonly string[], turn: number) {
  const hazards = []
  for (const id of [...ids, ...ids].slice(turn % ids.length).slice(0, 12)) hazards.push(await stored(play.test, id))
  const [into, ...others] = hazards
    .filter(({ state, listing }) => isStanding(state) && listing === 'none')
    .slice(turn % 7)
  if (!into) return
  const foundOn = addDays(into.foundOn, -35)
  const input = { channel: 'publicReport' as const, description: '群众早就反映过', foundOn }
  const older = others.find((one) => one.foundOn < into.foundOn && !mergeRefusal(one, into) && !one.stopped)
  const call = { recordId: (older ?? into).id, version: (older ?? into).version }
  const reason = '同一处隐患重复登记'
  if (older) await run(by, mergeHazard, { ...call, input: { into: into.id, intoVersion: into.version, reason } })
  else await run(by, addReport, { ...call, input })
}

const principalsOf = (units: readonly UnitFacts[]) =>
  Object.fromEntries(units.map(({ id, principal }) => [id, principal]))
