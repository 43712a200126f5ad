import type { z } from 'zod'
import * as hazard from '#capabilities/hazard/model/index.ts'
import type { AttachmentInput } from '#kernel/attachment.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { addDays, type Day, dayOf } from '#kernel/time.ts'
import type { BatchRun } from '#platform/actions/runner.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Files } from '#platform/files/files.ts'
import { at, earlier } from './days.ts'
import { demoId } from './ids.ts'
import { drawPaper, drawPicture, sendIn } from './papers.ts'
import type { Story } from './story.ts'

/** The people of one story; none of them takes two of the parts that must be different people. */
export interface Players {
  readonly office: Actor
  readonly clerk: Actor
  readonly department: Actor
  readonly leader: Actor
  readonly inspector: Actor
  /** Looks again at what others have closed. */
  readonly town: Actor
  readonly principal: Actor
  /** Who at the unit reports what was found there: its worker, if it has one. */
  readonly finder: Actor
  readonly system: Actor
  readonly bodyId: string
}

export interface Stage {
  readonly db: Db
  readonly files: Files
  /** The instant the county was first made: the end of every story. */
  readonly now: Date
  /** The first of these criteria that was in force on that day; with none the case had to be reasoned. */
  criterionOn(ids: readonly string[], day: Day): string | null
}

/** A record of a story and the version it has come to. */
export interface Thing {
  readonly id: string
  version: number
}

/** Tells a story step by step, each at its own time; the same story told again repeats the same actions. */
export class Teller {
  readonly story: Story
  readonly players: Players
  readonly stage: Stage
  readonly hazard: Thing
  readonly today: Day
  day: Day
  due: Day | null = null
  /** The listing of the hazard, once it is listed. */
  listing: Thing | undefined
  #shots = 0
  #step = 0
  #run: BatchRun | undefined

  constructor(stage: Stage, story: Story, players: Players) {
    this.stage = stage
    this.story = story
    this.players = players
    this.today = dayOf(stage.now)
    this.day = story.foundOn
    this.hazard = this.thing('hazard')
  }

  /** Told in parts, each in a transaction of its own. */
  within(run: BatchRun): void {
    this.#run = run
  }

  thing(words: string): Thing {
    return { id: this.#id(words, at(this.day, 0, this.stage.now)), version: 0 }
  }

  pass(days: number): void {
    this.day = earlier(addDays(this.day, days), this.today)
  }

  /** True while `days` more would still lie before the end. */
  hasTime(days: number): boolean {
    return addDays(this.day, days) < this.today
  }

  get #now(): Date {
    return at(this.day, this.#step, this.stage.now)
  }

  #id(words: string, when: Date): string {
    return demoId(`${this.story.variation} ${words}`, when)
  }

  async act<I extends z.ZodType, O extends z.ZodType>(
    actor: Actor,
    contract: ActionContract<I, O>,
    input: z.input<I>,
    on: Thing = this.hazard,
  ): Promise<z.output<O>> {
    if (!this.#run) throw new Error('a story is told within a transaction')
    this.#step += 1
    const now = this.#now
    const ids = { actionId: this.#id(`step ${this.#step}`, now), recordId: on.id }
    const envelope = { ...ids, ...(contract.creates ? {} : { version: on.version }), input }
    // A story is told as a whole or not at all.
    const result = await this.#run(actor, contract.id, envelope, { now, ahead: true })
    on.version = result.version
    return contract.output.parse(result.output)
  }

  /** The clock of that day: a deadline that passed unmet was marked overdue the next morning. */
  async passDeadline(): Promise<void> {
    if (this.due === null || this.due >= this.day) return
    const { day } = this
    this.day = addDays(this.due, 1)
    await this.act(this.players.system, hazard.passDeadline, { basis: this.due })
    this.day = day
    this.due = null
  }

  async paper(actor: Actor, purpose: 'after' | 'review' | 'before' | 'order'): Promise<AttachmentInput[]> {
    const { db, files } = this.stage
    const { photos, variation } = this.story
    const picture = photos && (purpose === 'before' || purpose === 'after')
    const bytes = picture
      ? await drawPicture(variation, purpose === 'after', this.#shots++)
      : drawPaper(`Demo ${purpose} record ${variation}-${this.#step}`)
    const name = picture ? `${purpose}-${variation}.jpg` : `${purpose}-${variation}.pdf`
    const now = this.#now
    const id = this.#id(`file ${purpose} ${this.#step}`, now)
    return [await sendIn(files, db, actor, { id, name, bytes, purpose }, now)]
  }
}
