import {
  type Hazard,
  type HazardState,
  hazardFacets,
  hazardLifecycle,
  importClosure,
  importHazard,
  passDeadline,
  reportHazard,
} from '#capabilities/hazard/model/index.ts'
import { Problem } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { addDays, type Day, dayOf } from '#kernel/time.ts'
import { type Crew, contractOf, county, fillers, type Judgements, judgementsOf, stored } from './hazard-acts.ts'
import type { TestProduct } from './product.ts'

const personal = hazardLifecycle.transitions.filter(({ action }) => action in fillers)

const neighbours = 6

/** The way to closing and back; without a push along it a random walk rarely arrives. */
const forward: Partial<Record<HazardState, readonly string[]>> = {
  reported: ['hazard.verify'],
  registered: ['hazard.assign'],
  assigned: ['hazard.savePlan', 'hazard.startRectifying'],
  rectifying: ['hazard.savePlan', 'hazard.applyAcceptance'],
  awaitingAcceptance: ['hazard.accept', 'hazard.closeGeneral'],
  awaitingReview: ['hazard.recordReview'],
  awaitingClosure: ['hazard.approveClosure'],
  closed: ['hazard.reopen'],
  merged: ['hazard.unmerge'],
}

export const systemActor: Actor = {
  county,
  accountId: newId(0),
  personId: null,
  name: '系统',
  grants: [],
  system: true,
}

export interface Finding {
  readonly unitId: string
  readonly sector: string
  readonly channel: 'selfCheck' | 'inspection' | 'publicReport'
  readonly major: boolean
  /** Today when absent. */
  readonly foundOn?: Day
}

/** Lets people of every role do real things to hazards, chosen by numbers that a property test draws. */
export class Play {
  readonly test: TestProduct
  readonly judgements: Judgements
  /** How often each action was carried out. */
  readonly done = new Map<string, number>()

  constructor(test: TestProduct, judgements: Judgements) {
    this.test = test
    this.judgements = judgements
  }

  today(): Day {
    return dayOf(this.test.clock.now())
  }

  private count(action: string): void {
    this.done.set(action, (this.done.get(action) ?? 0) + 1)
  }

  async register(actor: Actor, { unitId, sector, channel, major, foundOn = this.today() }: Finding): Promise<string> {
    const recordId = newId(this.test.clock.now().getTime())
    const judgement = major ? this.judgements.major : this.judgements.general
    const input = { channel, unitId, sector, description: '仓库安全距离不足须整改', foundOn, judgement }
    await this.test.run(actor, reportHazard, { recordId, input })
    return recordId
  }

  /** Tries up to four actions the state allows, forward moves first, by everybody who holds the permission. */
  async step(
    crew: Crew | Readonly<Record<string, Actor>>,
    ids: readonly string[],
    { pick, order, days }: { pick: number; order: number; days: number },
    check?: (action: string, work: () => Promise<void>) => Promise<void>,
  ): Promise<string | undefined> {
    this.test.clock.set(new Date(this.test.clock.now().getTime() + days * 86_400_000 + 60_000))
    const hazards: Hazard[] = []
    // A few neighbours are enough to be merged with, and reading all of a large county at every step is not.
    for (let at = 0; at < Math.min(neighbours, ids.length); at += 1) {
      hazards.push(await stored(this.test, ids[(pick + at) % ids.length] ?? ''))
    }
    const [hazard] = hazards
    if (!hazard) return undefined
    const usable = personal.filter(({ from }) => from.includes(hazard.state))
    const at = usable.length === 0 ? 0 : order % usable.length
    const pushed = order % 3 === 0 ? [] : [...(forward[hazard.state] ?? [])].sort(() => (order % 2 ? 1 : -1))
    const free = [...usable.slice(at), ...usable.slice(0, at)].map(({ action }) => action)
    for (const action of [...pushed, ...free].slice(0, 4)) {
      const others = hazards.filter((other) => other.id !== hazard.id && other.state !== 'merged')
      if (action === 'hazard.merge' && others.length === 0) continue
      const { permission } = contractOf(action)
      const able = Object.values(crew).filter((actor) => this.test.context(actor).can(permission, hazardFacets(hazard)))
      for (let turn = 0; turn < able.length; turn += 1) {
        const actor = able[(turn + order) % able.length]
        if (!actor) continue
        const work = async () => {
          const input = await fillers[action]?.({ test: this.test, actor, hazard, ...this.judgements, others })
          await this.test.run(actor, contractOf(action), { recordId: hazard.id, version: hazard.version, input })
        }
        try {
          await (check ? check(action, work) : work())
        } catch (error) {
          // A refusal is an answer; anything else is a mistake of the product and fails the run.
          if (error instanceof Problem) continue
          throw error
        }
        this.count(action)
        return action
      }
    }
    return undefined
  }

  /** What the clock does when a deadline has passed. */
  async passDue(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const { state, dueOn, overdue, version } = await stored(this.test, id)
      if (!dueOn || dueOn >= this.today() || overdue || (state !== 'assigned' && state !== 'rectifying')) continue
      await this.test.run(systemActor, passDeadline, { recordId: id, version, input: { basis: dueOn } })
      this.count(passDeadline.id)
    }
  }

  /** A row of an old ledger, found long ago; closed later when a day is given. */
  async fromLedger(area: string, sector: string, foundOn: Day, closedOn?: Day): Promise<string> {
    const recordId = newId(this.test.clock.now().getTime())
    const words = {
      source: '',
      criterionText: '',
      responsiblePerson: '',
      measures: '',
      fundsNote: '',
      emergencyPlan: '',
    }
    const place = { unitId: null, placeName: '台账所列场所', area, sector, channel: 'inspection' as const }
    const key = `test-${recordId}`
    await this.test.run(systemActor, importHazard, {
      recordId,
      input: {
        ...words,
        ...place,
        level: 'major',
        description: '台账所列隐患',
        foundOn,
        dueOn: addDays(foundOn, 30),
        fundsYuan: null,
        progress: closedOn ? 'closed' : 'open',
        listing: 'none',
        file: '台账.xlsx',
        row: 1,
        key,
        notes: [],
      },
    })
    if (closedOn) await this.closeInLedger(recordId, closedOn)
    return recordId
  }

  async closeInLedger(recordId: string, on: Day): Promise<void> {
    const { version } = await stored(this.test, recordId)
    await this.test.run(systemActor, importClosure, { recordId, version, input: { on, words: '台账记载' } })
  }
}

export const openPlay = async (test: TestProduct) => new Play(test, await judgementsOf(test))
