import {
  addItem,
  confirmZero,
  isRequired,
  isShown,
  type Ledger,
  type Move,
  moveItem,
  reachMilestone,
} from '#capabilities/ledger/model/index.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { addDays, type Day, dayOf } from '#kernel/time.ts'
import type { BatchRun } from '#platform/actions/runner.ts'
import type { Product } from '../../server/product.ts'
import { at, daysBetween, earlier } from '../days.ts'
import { demoId } from '../ids.ts'
import { drawPaper, sendIn } from '../papers.ts'
import { createRandom, type Random } from '../random.ts'
import { settlePast } from '../store.ts'
import type { DemoUnit } from '../units.ts'
import { isLater, titleFor, valueFor } from './ledger-values.ts'

/** Nothing of the kind is in this county: every town says so. */
const empty = new Set(['cohort-hospital', 'aged-locomotives'])
const mostItems = 7
/** Ledgers per transaction; told again from the beginning after a kill, what was told answers at once. */
const together = 4
/** Transactions at a time: most of the time is spent waiting for the database and the disk. */
const lanes = 4

interface Telling {
  readonly product: Product
  readonly run: BatchRun
  readonly office: Actor
  readonly now: Date
  account(login: string): Promise<Actor | undefined>
}

interface Thing {
  readonly id: string
  version: number
  fields: Record<string, unknown>
  state: string
  readonly milestones: Set<string>
}

/** Some items in every ledger of the pack, each with its course: in time, late or still open, and towns that have none. */
export async function fillLedgers(
  product: Product,
  office: Actor,
  units: readonly DemoUnit[],
  now: Date,
  account: Telling['account'],
): Promise<void> {
  const { ledgers } = product.pack
  const groups = Array.from({ length: Math.ceil(ledgers.length / together) }, (_, nth) => nth * together)
  const tellGroup = (from: number) =>
    product.runner.batch(async (run, tx) => {
      for (const [at, ledger] of ledgers.slice(from, from + together).entries()) {
        await fill({ product, run, office, now, account }, ledger, from + at, units)
      }
      await settlePast(tx, product.county, now)
    })
  const lane = async (nth: number) => {
    for (const from of groups.filter((_from, at) => at % lanes === nth)) await tellGroup(from)
  }
  await Promise.all(Array.from({ length: lanes }, (_, nth) => lane(nth)))
}

async function fill(telling: Telling, ledger: Ledger, nth: number, units: readonly DemoUnit[]): Promise<void> {
  const random = createRandom(90_000 + nth)
  const { pack } = telling.product
  const towns = pack.areas.filter(({ supervised }) => supervised)
  const fitting = units.filter(({ trade }) => !ledger.sectors || ledger.sectors.includes(trade.sector))
  const filled = new Set<string>()
  const none = empty.has(ledger.id) || (ledger.subject === 'unit' && fitting.length === 0)
  const count = none ? 0 : random.int(3, mostItems)
  for (let serial = 1; serial <= count; serial += 1) {
    const unit = fitting[(serial + nth) % Math.max(1, fitting.length)]
    if (ledger.subject === 'unit' && (!unit || serial > fitting.length)) break
    const town = random.pick(towns)
    const area = ledger.subject === 'unit' && unit ? unit.area : town.code
    filled.add(area)
    await tell(telling, ledger, random, {
      serial: nth * 20 + serial,
      area,
      town: town.name,
      unit,
      units: fitting,
      last: serial === count,
    })
  }
  for (const { code, body } of towns) {
    if (filled.has(code) || !(none || random.chance(0.3))) continue
    await sayZero(telling, ledger, code, (await telling.account(body ?? '')) ?? telling.office, nth)
  }
}

async function sayZero({ run, now }: Telling, ledger: Ledger, area: string, actor: Actor, nth: number): Promise<void> {
  const then = at('2024-06-18', nth, now)
  const words = `zero ${ledger.id} ${area}`
  const input = { ledger: ledger.id, area, statement: '经逐村逐单位排查，本辖区没有此类对象（演示）' }
  await run(
    actor,
    confirmZero.id,
    { actionId: demoId(words, then), recordId: demoId(`${words} record`, then), input },
    { now: then },
  )
}

interface Plot {
  readonly serial: number
  readonly area: string
  readonly town: string
  readonly unit: DemoUnit | undefined
  readonly units: readonly DemoUnit[]
  /** The last of a ledger came in after the stock was counted. */
  readonly last: boolean
}

async function tell(telling: Telling, ledger: Ledger, random: Random, plot: Plot): Promise<void> {
  const today = dayOf(telling.now)
  const stock = addDays('2024-03-07', -random.int(0, 25))
  const since = plot.unit && ledger.subject === 'unit' ? plot.unit.since : stock
  const listedOn = earlier(
    plot.last ? addDays('2024-04-10', random.int(0, 300)) : stock > since ? stock : addDays(since, 3),
    addDays(today, -20),
  )
  const making = { random, serial: plot.serial, area: plot.area, listedOn, units: plot.units }
  const fields: Record<string, unknown> = {}
  for (const field of ledger.fields) {
    const asked = { today, value: (id: string) => fields[id] }
    const required = isRequired(field, asked)
    if (!isShown(field, asked) || (isLater(ledger, field) && !required)) continue
    const value = required || random.chance(0.85) ? valueFor(field, making) : undefined
    if (value !== undefined) fields[field.id] = value
  }
  const story = new Course(telling, ledger, random, plot.serial)
  await story.begin({
    ledger: ledger.id,
    title: ledger.subject === 'unit' ? '' : titleFor(ledger, plot.town, plot.serial),
    area: plot.area,
    unitId: ledger.subject === 'unit' ? (plot.unit?.id ?? null) : null,
    bodyId:
      ledger.subject === 'body' && !ledger.body
        ? (telling.product.pack.areas.find(({ code }) => code === plot.area)?.body ?? null)
        : null,
    listedOn,
    fields,
  })
  await story.goOn(making)
}

/** One item on its way through the states of its ledger, each step on its own day. */
class Course {
  readonly telling: Telling
  readonly ledger: Ledger
  readonly random: Random
  readonly serial: number
  readonly words: string
  thing: Thing = { id: '', version: 0, fields: {}, state: '', milestones: new Set() }
  day: Day = ''
  #step = 0

  constructor(telling: Telling, ledger: Ledger, random: Random, serial: number) {
    this.telling = telling
    this.ledger = ledger
    this.random = random
    this.serial = serial
    this.words = `ledger ${ledger.id} ${serial}`
  }

  async begin(
    input: { readonly listedOn: Day; readonly fields: Record<string, unknown> } & Record<string, unknown>,
  ): Promise<void> {
    this.day = input.listedOn
    const id = demoId(this.words, at(this.day, this.serial, this.telling.now))
    this.thing = { id, version: 0, fields: input.fields, state: this.ledger.start, milestones: new Set() }
    await this.act(addItem, input)
  }

  async act(contract: ActionContract, input: object): Promise<void> {
    const { run, office, now } = this.telling
    this.#step += 1
    const then = at(this.day, this.serial + this.#step, now)
    const ids = { actionId: demoId(`${this.words} step ${this.#step}`, then), recordId: this.thing.id }
    const envelope = { ...ids, ...(contract.creates ? {} : { version: this.thing.version }), input }
    this.thing.version = (await run(office, contract.id, envelope, { now: then })).version
  }

  /** Towards being done: most get there, some late, some stay on the way. */
  async goOn(making: Parameters<typeof valueFor>[1]): Promise<void> {
    const today = dayOf(this.telling.now)
    const steps = this.random.chance(0.72) ? 6 : this.random.int(0, 1)
    const room = Math.max(20, daysBetween(this.day, today))
    for (let step = 0; step < steps; step += 1) {
      const move = this.next()
      if (!move) return
      const day = addDays(this.day, this.random.int(10, Math.max(12, Math.floor(room / 3))))
      if (day >= today) return
      this.day = day
      for (const milestone of move.after ?? []) await this.reach(milestone)
      await this.make(move, making)
    }
  }

  /** The step that leads on; steps back ask for a reason and are not taken here. */
  next(): Move | undefined {
    if (this.ledger.states[this.thing.state]?.type === 'closed') return undefined
    return this.ledger.moves.find(
      ({ from, reason, to }) => from.includes(this.thing.state) && !reason && to !== this.thing.state,
    )
  }

  async make(move: Move, making: Parameters<typeof valueFor>[1]): Promise<void> {
    const fields: Record<string, unknown> = {}
    for (const id of move.needs ?? []) {
      const field = this.ledger.fields.find((one) => one.id === id)
      if (!field || this.thing.fields[id] !== undefined) continue
      if (field.type === 'attachment') fields[id] = await this.paper(`field ${id}`)
      else fields[id] = field.type === 'day' ? this.day : field.type === 'yesNo' ? true : valueFor(field, making)
    }
    const attachments = move.evidence ? await this.paper(move.id) : []
    await this.act(moveItem, { move: move.id, on: this.day, fields, reason: '', attachments })
    this.thing.fields = { ...this.thing.fields, ...fields }
    this.thing.state = move.to
  }

  async reach(milestone: string): Promise<void> {
    if (this.thing.milestones.has(milestone)) return
    const evidence = this.ledger.milestones.find(({ id }) => id === milestone)?.evidence
    await this.act(reachMilestone, {
      milestone,
      on: this.day,
      attachments: evidence ? await this.paper(`milestone ${milestone}`) : [],
    })
    this.thing.milestones.add(milestone)
  }

  async paper(what: string) {
    const { product, office, now } = this.telling
    const then = at(this.day, this.serial, now)
    const id = demoId(`${this.words} file ${what} ${this.#step}`, then)
    const file = {
      id,
      name: `${this.ledger.id}-${this.serial}.pdf`,
      bytes: drawPaper(`Demo ${this.ledger.id} ${this.serial} ${what}`),
      purpose: 'other' as const,
    }
    return [await sendIn(product.files, product.database.db, office, file, then)]
  }
}
