import type { z } from 'zod'
import type { Calendar } from '#kernel/calendar.ts'
import type { ActionContract, ActionEnvelope, ActionResult } from '#kernel/contract.ts'
import type { Actor, Facets } from '#kernel/grants.ts'
import type { Lifecycle } from '#kernel/lifecycle.ts'
import type { RecordIdentity } from '#kernel/record.ts'
import type { Day } from '#kernel/time.ts'
import type { Tx } from '../db/tables.ts'
import type { Parameters } from '../parameters/parameters.ts'
import type { Part } from './gathering.ts'
import type { Write } from './writes.ts'

/** One cell a record counts in. Dimensions a metric does not use are ''. `n` is the weight, usually 1. */
export interface TallyCell {
  readonly metric: string
  readonly area: string
  readonly sector: string
  readonly level: string
  readonly channel: string
  readonly state: string
  /** 'YYYY-MM' or ''. */
  readonly month: string
  readonly n: number
}

/** One rung to fire: `basis` is the due day the rung belongs to, `at` the instant it fires. */
export interface ArmedDeadline {
  readonly rung: string
  readonly basis: Day
  readonly at: Date
}

export interface ClockEnv {
  readonly calendar: Calendar
  readonly parameters: Parameters
}

/** How the runner reads and writes one kind of record, and what follows from its content alone. */
export interface RecordType<R extends RecordIdentity> {
  readonly type: string
  /** Chinese name, for messages. */
  readonly title: string
  /** Without this permission on the record it answers 'not found'. */
  readonly readPermission: string
  readonly lifecycle?: Lifecycle<string, R>
  /** The state the audit names, of records whose lifecycle is data and not one of the runner's. */
  stateOf?(record: R): string
  /** The sequence its records are numbered from, where they are. */
  readonly numbers?: string
  load(tx: Tx, county: string, id: string, lock: boolean): Promise<R | undefined>
  /** The versions of many records at once, for the verification of the audit; `versionsIn('<table>')` is the usual answer. */
  versions?(tx: Tx, county: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>>
  /**
   * Writes the new state row; `before` is undefined when the record comes into being, `day` when the change takes effect.
   * Writes that it answers instead of sending go out together with the runner's own.
   */
  save(tx: Tx, after: R, before: R | undefined, day: Day): Promise<void> | readonly Write[]
  facets(record: R): Facets
  /** Short Chinese words by which a person knows the record. */
  label(record: R): string
  /** The statistics cells the record counts in; the runner books the difference before/after. */
  tallyCells?(record: R): readonly TallyCell[]
  /** The clocks the record has armed; the runner re-arms when the answer changes. */
  deadlines?(record: R, env: ClockEnv): readonly ArmedDeadline[]
}

/** A message for people; `key` makes a second sending of the same notice impossible. */
export interface NoticeDraft {
  readonly key: string
  readonly to: { readonly kind: 'person' | 'body' | 'account'; readonly id: string }
  readonly kind: string
  readonly title: string
  readonly body: string
}

/** What an effect may see. It must not read a clock of its own, and writes only through `tx` beside its record. */
export interface EffectContext {
  readonly tx: Tx
  readonly county: string
  readonly actor: Actor
  readonly actionId: string
  readonly recordId: string
  readonly now: Date
  readonly today: Day
  readonly calendar: Calendar
  readonly parameters: Parameters
  /** The number of a record that comes into being, where its type has numbers; what is refused leaves a gap. */
  readonly number: number | null
  /** Carries out another action in the same transaction, with the same actor, as a consequence of this one. */
  child<I extends z.ZodType, O extends z.ZodType>(
    contract: ActionContract<I, O>,
    envelope: Omit<ActionEnvelope<z.input<I>>, 'actionId'>,
  ): Promise<ActionResult<z.output<O>>>
}

/** What an effect answers: the record as it shall be (the runner sets `version`), and what the caller is told. */
export interface Effect<R, O> {
  readonly record: R
  readonly output: O
  /** One Chinese sentence for the timeline. */
  readonly summary: string
  /** Legal day the change takes effect, when it is not today (imported history). */
  readonly effectiveOn?: Day
  readonly notices?: readonly NoticeDraft[]
}

/** Facts of the request that belong to the run, not to the input. */
export interface RunOptions {
  readonly now: Date
  /** The action this one follows from. */
  readonly causeId?: string
  /**
   * Its writes are not waited for: a failure is then that of what follows in the transaction, at the latest of its commit.
   * Not where a failure must be known to be this action's.
   */
  readonly ahead?: boolean
  /** The actions on one record that comes into being in this transaction, carried out one after the other. */
  readonly chain?: Chain
  /**
   * Its writes are held back, to be sent with those of many others. Only for actions on records that come into being in
   * the same part, under ids the product has minted just now, whose effects read nothing that is held back.
   */
  readonly gathered?: Part
}

/**
 * Hands a record that came into being in a transaction on to the next action on it, which then need not read what was just
 * written. Nothing else may touch the record in between.
 */
export interface Chain {
  newest?: { readonly type: string; readonly record: RecordIdentity; readonly hash: Buffer }
}

/** A registered action with its types closed over; the runner holds many of them in one map. */
export interface RegisteredAction {
  readonly contract: ActionContract
  readonly recordType: string
  carryOut(
    tx: Tx,
    actor: Actor,
    envelope: ActionEnvelope<unknown>,
    options: RunOptions,
    host: RunnerHost,
  ): Promise<ActionResult<unknown>>
  /** The versions the records of this type have now; of those that are there. */
  versionsOf(tx: Tx, county: string, recordIds: readonly string[]): Promise<ReadonlyMap<string, number>>
}

/** What a carried-out action needs of the runner that holds it. */
export interface RunnerHost extends ClockEnv {
  can(actor: Actor, permission: string, facets: Facets): boolean
  holds(actor: Actor, permission: string): boolean
  runChild(
    tx: Tx,
    actor: Actor,
    name: string,
    envelope: ActionEnvelope<unknown>,
    options: RunOptions,
  ): Promise<ActionResult<unknown>>
}
