import { inForce } from '#capabilities/criteria/model/index.ts'
import { demoAccount } from '#capabilities/identity/server/module.ts'
import type { Actor } from '#kernel/grants.ts'
import { addDays, type Day, dayOf } from '#kernel/time.ts'
import type { BatchRun } from '#platform/actions/runner.ts'
import type { Tx } from '#platform/db/tables.ts'
import { systemActor } from '../server/modules.ts'
import type { Product } from '../server/product.ts'
import { castOf, demoPassword } from './cast.ts'
import { at } from './days.ts'
import { demoId } from './ids.ts'
import { importLedger } from './ledger.ts'
import { furnishBodies } from './officials.ts'
import { seedDuties } from './plan/duties.ts'
import { fillLedgers } from './plan/ledgers.ts'
import { tellPlanWork } from './plan/plan-work.ts'
import { find, play } from './play.ts'
import { createRandom } from './random.ts'
import {
  accountIds,
  demoHazards,
  isTold,
  markOldNoticesRead,
  markTold,
  readSeed,
  settlePast,
  writeSeed,
} from './store.ts'
import { planStories, type Story } from './story.ts'
import { type Players, type Stage, Teller } from './teller.ts'
import { firstRegistered, furnishUnits, hasWorker, planUnits, registerUnits } from './units.ts'
import { tellYear } from './yearly.ts'

/*
 * The demo county follows from this seed and from the instant it was first made, which is kept: all its stories end
 * there. Units, hazards, their files and actions have ids derived from both, so an interrupted seeding tells the same
 * stories again and every action already carried out answers with its first result. What the product mints or draws
 * itself stays its own: ids of people, posts, grants and notices, and which closings are drawn for re-inspection.
 */
const seed = 20_240_307
/** Hazards per round; a kill loses at most the transactions of one, and they are made again. */
const together = 40
/** Transactions of a round at a time: most of the time is spent waiting for the database and the disk. */
const lanes = 4

/** Units per transaction. */
const unitsTogether = 25

interface Enrolment {
  readonly run: BatchRun
  readonly tx: Tx
  readonly now: Date
  /** Of the demo password, made once: hashing it for every account would take minutes. */
  readonly hash: string
}

type Enrolled = Omit<Parameters<typeof demoAccount>[1], 'password' | 'hash'>

function enrol(product: Product, { run, tx, now, hash }: Enrolment, account: Enrolled, on: Day, step: number) {
  const then = at(on, step, now)
  const parts = { db: tx, county: product.county, passwords: product.modules.passwords, run }
  const id = demoId(`account ${account.login}`, then)
  return demoAccount(parts, { id, ...account, password: demoPassword, hash }, then)
}

/** Accounts of the demo county and its first unit, made before the product listens so that all shown may sign in. */
export async function seedAccounts(product: Product): Promise<void> {
  const { database, county, pack, runner, modules, options } = product
  if (await readSeed(database.db, county)) return
  const now = options.clock.now()
  const hash = await modules.passwords.hash(demoPassword)
  await runner.batch(async (run, tx) => {
    const enrolment = { run, tx, now, hash }
    for (const [step, member] of castOf(pack).entries()) {
      await enrol(product, enrolment, member, addDays(firstRegistered, -1), step)
    }
    await seedSome(product, enrolment, 0, 1)
    await writeSeed(tx, county, { now: now.toISOString(), registered: 1, done: 0 })
  })
  product.markDemo()
}

/** Units of the demo county with their accounts; goes on where an interrupted run left off, stops when `signal` aborts. */
export async function seedUnits(product: Product, signal: AbortSignal): Promise<void> {
  const { database, county, pack, runner, modules } = product
  const state = await readSeed(database.db, county)
  if (!state) return
  const total = planUnits(pack, createRandom(seed)).length
  const hash = await modules.passwords.hash(demoPassword)
  const now = new Date(state.now)
  for (let from = state.registered; from < total && !signal.aborted; from += unitsTogether) {
    const until = Math.min(from + unitsTogether, total)
    await runner.batch(async (run, tx) => {
      await seedSome(product, { run, tx, now, hash }, from, until)
      await writeSeed(tx, county, { ...state, registered: until })
    })
  }
}

async function seedSome(product: Product, enrolment: Enrolment, from: number, until: number): Promise<void> {
  const { county, pack, modules } = product
  const { run, tx, now } = enrolment
  const units = planUnits(pack, createRandom(seed))
  await registerUnits(run, systemActor(county), pack, units, [from, until], now)
  for (const [step, unit] of units.entries()) {
    if (step < from || step >= until) continue
    const grant = { area: unit.area, unitId: unit.id }
    const contacts = await modules.directory.unitContacts(tx, county, unit.id)
    const personId = contacts.find((contact) => contact.role === 'principal')?.personId ?? null
    const grants = [{ role: 'unitPrincipal' as const, ...grant }]
    const principal = { login: unit.login, name: unit.principal, personId, grants }
    await enrol(product, enrolment, principal, addDays(unit.since, 1), step)
    if (!hasWorker(unit)) continue
    const worker = { login: `${unit.login}-w`, name: '安全员', grants: [{ role: 'unitWorker' as const, ...grant }] }
    await enrol(product, enrolment, worker, addDays(unit.since, 2), step)
  }
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
  const { database, county, runner, pack, files } = product
  const { db } = database
  const state = await readSeed(db, county)
  if (!state || state.done >= demoHazards) return
  const now = new Date(state.now)
  const units = planUnits(pack, createRandom(seed))
  if (state.registered < units.length) return
  const stories = planStories(seed, units, dayOf(now), demoHazards)
  const theatre = await openTheatre(product, now)
  const stage: Stage = { db, files, now, criterionOn: criteriaOf(product) }
  const office = (await theatre.account('anwei2')) ?? systemActor(county)
  if (state.done === 0) {
    await runner.batch(async (run) => {
      await furnishUnits(run, office, units, now)
      await furnishBodies(run, office, pack, now)
    })
  }
  for (let done = state.done; done < demoHazards && !signal.aborted; ) {
    const until = Math.min(done + together, demoHazards)
    const round = stories.slice(done, until)
    await tellRound(
      product,
      stage,
      await Promise.all(round.map(async (story) => ({ story, players: await theatre.cast(story) }))),
    )
    if (until === demoHazards) {
      await tellYears(product, stage, theatre, stories)
      await importLedger(product, office, units, now)
    }
    await runner.batch((_run, tx) => writeSeed(tx, county, { ...state, done: until }))
    done = until
    report(done, demoHazards)
  }
}

/**
 * What else the plan asks for: ledgers, duties, tasks, meetings and returns. After the hazards, which people look for
 * first; told again it finds what has been told and goes on behind it.
 */
export async function seedPlan(product: Product, signal: AbortSignal): Promise<void> {
  const { database, county, pack } = product
  const { db } = database
  const state = await readSeed(db, county)
  if (!state || state.done < demoHazards || (await isTold(db, county))) return
  const now = new Date(state.now)
  const { account } = await openTheatre(product, now)
  const office = (await account('anwei2')) ?? systemActor(county)
  const steps = [
    () => fillLedgers(product, office, planUnits(pack, createRandom(seed)), now, account),
    () => seedDuties(product, now, signal),
    () => tellPlanWork(product, account, now),
    () => markOldNoticesRead(db, county, now),
    () => markTold(db, county),
  ]
  for (const step of steps) if (!signal.aborted) await step()
}

/** First all findings in the order of their days, then the rest of the stories side by side. */
async function tellRound(
  { runner, county }: Product,
  stage: Stage,
  round: readonly { story: Story; players: Players }[],
): Promise<void> {
  let tellers: Teller[] = []
  await runner.batch(async (run, tx) => {
    tellers = round.map(({ story, players }) => new Teller(stage, story, players))
    for (const teller of tellers) {
      teller.within(run)
      await find(teller)
    }
    await settlePast(tx, county, stage.now)
  })
  const found = tellers
  await Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      runner.batch(async (run, tx) => {
        for (const teller of found.filter((_teller, index) => index % lanes === lane)) {
          teller.within(run)
          await play(teller)
        }
        await settlePast(tx, county, stage.now)
      }),
    ),
  )
}

/** The yearly batches, told again from the beginning: what was told before answers at once with its first result. */
async function tellYears(
  { runner, county }: Product,
  stage: Stage,
  theatre: Theatre,
  stories: readonly Story[],
): Promise<void> {
  const drafter = await theatre.account('fire-rescue')
  const leader = await theatre.account('leader')
  if (!drafter || !leader) return
  for (const year of new Set(stories.flatMap(({ yearly }) => (yearly === null ? [] : [yearly])))) {
    const listed = await Promise.all(
      stories
        .filter(({ yearly }) => yearly === year)
        .map(async (story) => ({ story, players: await theatre.cast(story) })),
    )
    await runner.batch(async (run, tx) => {
      const tellers = listed.map(({ story, players }) => new Teller(stage, story, players))
      for (const teller of tellers) {
        teller.within(run)
        await find(teller)
        await play(teller)
      }
      await tellYear({ run, tx, county, now: stage.now, drafter, leader }, year, tellers)
      await settlePast(tx, county, stage.now)
    })
  }
}

function criteriaOf({ pack }: Product): Stage['criterionOn'] {
  const standards = new Map(pack.standards.flatMap((standard) => standard.items.map((item) => [item.id, standard])))
  return (ids, day) =>
    ids.find((id) => {
      const standard = standards.get(id)
      return standard !== undefined && inForce(standard, day)
    }) ?? null
}

interface Theatre {
  account(login: string): Promise<Actor | undefined>
  cast(story: Story): Promise<Players>
}

/** Who acts in a story: the body that leads its sector, or the committee office where the plan names none. */
async function openTheatre({ modules, county, pack, database }: Product, now: Date): Promise<Theatre> {
  const known = new Map<string, Actor>()
  const ids = await accountIds(database.db, county)
  const account = async (login: string): Promise<Actor | undefined> => {
    const cached = known.get(login)
    const id = ids.get(login)
    if (cached || !id) return cached
    const actor = await modules.sessions.accountActor(id, now)
    if (actor) known.set(login, actor)
    return actor
  }
  const needed = async (login: string): Promise<Actor> => {
    const actor = await account(login)
    if (!actor) throw new Error(`demo account ${login} is missing`)
    return actor
  }
  const officeId = pack.bodies.find((body) => body.kind === 'committeeOffice')?.id ?? ''
  return {
    account,
    async cast({ sector, unit, variation }) {
      const leads = pack.matrix.filter((entry) => entry.sector === sector && entry.role !== 'participant')
      // Of joint leads now the one, now the other takes the matter.
      const lead = leads[variation % Math.max(1, leads.length)]?.body
      return {
        office: await needed('anwei'),
        clerk: await needed('anwei2'),
        department: await needed(lead ?? 'anwei'),
        leader: await needed('leader'),
        inspector: await needed(lead ? `${lead}-jc` : 'anwei2'),
        town: await needed(pack.areas.find((area) => area.code === unit.area)?.body ?? unit.area),
        principal: await needed(unit.login),
        finder: await needed(hasWorker(unit) ? `${unit.login}-w` : unit.login),
        system: systemActor(county),
        bodyId: lead ?? officeId,
      }
    },
  }
}
