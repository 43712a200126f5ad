import type { Readable } from 'node:stream'
import type { RawBuilder, SqlBool } from 'kysely'
import type { z } from 'zod'
import type { QueryContract } from '#kernel/contract.ts'
import type { ErrorDef } from '#kernel/errors.ts'
import type { Actor, Facets, PermissionTable, ScopeBox } from '#kernel/grants.ts'
import type { Lifecycle } from '#kernel/lifecycle.ts'
import type { CodeKind } from '#kernel/list/filter.ts'
import { parseInput } from '#kernel/parse.ts'
import type { Day } from '#kernel/time.ts'
import type { BatchRun } from '../actions/runner.ts'
import type { RegisteredAction } from '../actions/types.ts'
import type { ClockedKind } from '../clock/projection.ts'
import type { Reader, Tx } from '../db/tables.ts'
import type { Environment } from '../parameters/environment.ts'
import type { Recount } from '../tally/verify.ts'

/** What a read may see. `boxes` turns a permission into the scope that the SQL predicate is built from. */
export interface QueryContext {
  readonly db: Reader
  readonly county: string
  readonly actor: Actor
  readonly now: Date
  readonly today: Day
  readonly environment: Environment
  /** The data is made up; every file that leaves says so, as every screen does. */
  readonly demo: boolean
  boxes(permission: string): readonly ScopeBox[]
  can(permission: string, facets: Facets): boolean
  holds(permission: string): boolean
}

/** What was taken out of the system. */
export interface TakenOut {
  readonly title: string
  /** As it was asked for; `words` says the same to people. */
  readonly filter: unknown
  readonly words: string
  readonly columns: readonly string[]
  readonly rows: number
  readonly format: 'xlsx' | 'csv' | 'docx'
}

/** What every export needs beside its rows. */
export interface ExportDesk {
  /** Writes into the audit who took what out of the system; an export that cannot be written down does not leave. */
  log(actor: Actor, now: Date, what: TakenOut): Promise<void>
  /** The name of a code that a filter holds. */
  nameOf(context: QueryContext, kind: CodeKind, code: string): Promise<string>
}

export interface RegisteredQuery {
  readonly contract: QueryContract
  /** Parses input and output with the contract. */
  run(context: QueryContext, input: unknown): Promise<unknown>
}

/** A file made while it is being sent: exports, templates. */
export interface FileAnswer {
  readonly name: string
  readonly type: string
  readonly body: Readable
  /** How many rows it will have, so that whoever waits for it can be told. */
  readonly total?: number
}

export interface RegisteredDownload {
  readonly contract: QueryContract
  open(context: QueryContext, input: unknown): Promise<FileAnswer>
}

/** What a sign-in, sign-out or other session operation may touch of the request. */
export interface PlainContext {
  readonly actor: Actor | undefined
  readonly token: string | undefined
  readonly ip: string
  readonly agent: string
  readonly now: Date
  setSession(token: string, endsAt: Date): void
  clearSession(): void
}

/** An operation without an action envelope that runs before or around a session. POST when it changes something. */
export interface PlainOperation {
  readonly contract: QueryContract
  readonly method: 'GET' | 'POST'
  run(context: PlainContext, input: unknown): Promise<unknown>
}

/** Everything a capability brings to the server; `apps` puts the modules together. */
export interface ServerModule {
  readonly name: string
  readonly permissions: PermissionTable
  readonly errors: readonly ErrorDef[]
  readonly lifecycles?: readonly Lifecycle<string, never>[]
  readonly actions?: readonly RegisteredAction[]
  readonly queries?: readonly RegisteredQuery[]
  readonly downloads?: readonly RegisteredDownload[]
  readonly plain?: readonly PlainOperation[]
  readonly jobs?: readonly JobSpec[]
  readonly clocks?: readonly ClockHandler[]
  readonly recordTypes?: readonly RecordSight[]
  readonly recounts?: readonly Recount[]
  /** Records whose clocks are armed anew when the calendar or a parameter changes. */
  readonly clocked?: readonly ClockedKind[]
  /** What clauses of the plan may be bound to. */
  readonly mechanisms?: readonly MechanismSource[]
}

/** A record with rungs that have come due, longest due first; usually one, several after the clock stood still. */
export interface DueRecord {
  readonly county: string
  readonly recordId: string
  readonly now: Date
  readonly rungs: readonly { readonly rung: string; readonly basis: Day }[]
}

/** What happens when rungs of a record type fire; runs in the transaction that marks them fired and holds the record. */
export interface ClockHandler {
  readonly recordType: string
  /** Where the records lie, by county and id. */
  readonly table: string
  fire(due: DueRecord, run: BatchRun, tx: Tx): Promise<void>
}

export interface Sight {
  readonly label: string
  readonly path: string
  /** Whether this viewer may have the record's pictures as they were sent, with the camera's time, place and device. */
  readonly originals?: boolean
  /** `false` keeps from this viewer who was told of the record and who has read it. */
  readonly receipts?: boolean
}

/** Whether a viewer may see a record, and its name; asked for attachments and notices that point at it. */
export interface RecordSight {
  readonly type: string
  sight(context: QueryContext, recordId: string): Promise<Sight | undefined>
}

/** Work that runs beside requests. `cron` in Asia/Shanghai; `queue` jobs are sent by name with data. */
export interface JobSpec {
  readonly name: string
  readonly cron?: string
  /** Seconds after which a started job counts as dead and is tried again. */
  readonly expireSeconds?: number
  readonly retries?: number
  run(data: unknown, job: { readonly id: string; readonly signal: AbortSignal }): Promise<void>
}

/** One live thing a clause of the plan is fulfilled by: a duty, a ledger, a kind of task, a number of the hazard loop … */
export interface Mechanism {
  /** `<kind>:<name>`, such as `duty:town-supervision`; clauses of a pack name it so. */
  readonly id: string
  readonly title: string
  /** The page of the office where a person uses it. */
  readonly path: string
  /** Clauses it names itself, where the pack says of the mechanism what it serves and not of the clause what serves it. */
  readonly clauses?: readonly string[]
  /** The test that runs it, from the root of the project: what no test runs is not called live. */
  readonly test?: string
}

/** What is asked of mechanisms: how they stood on a day, over all that this viewer may see, or a part of it. */
export interface StandingQuestion {
  readonly ids: readonly string[]
  readonly asOf: Day
  /** Prefix of area codes; absent means the county. */
  readonly area?: string
  readonly body?: string
}

/**
 * How a mechanism stood on a day, counted from records and never typed. Every item that ought to be fulfilled is in exactly
 * one of `met`, `late`, `open`, `missed`; the four add up to `due`.
 */
export interface Standing {
  readonly id: string
  /** Items that ought to be fulfilled, sooner or later: the population. */
  readonly due: number
  /** Fulfilled by their day. */
  readonly met: number
  /** Fulfilled after their day. */
  readonly late: number
  /** Not fulfilled, and their day has not passed (or they have none). */
  readonly open: number
  /** Not fulfilled, and their day has passed. */
  readonly missed: number
  /** The next day an open item falls due. */
  readonly nextDue: Day | null
  /** The day the last of them was fulfilled; only when none is open or missed. */
  readonly metOn: Day | null
  /** Somebody confirmed that there is nothing to do: an empty population that is not missing. */
  readonly zeroConfirmed: boolean
  /** The page with the records behind these numbers, filter included. */
  readonly list: string
}

/** What a capability tells the clause wall of the mechanisms it keeps. */
export interface MechanismSource {
  /** The part of the id before the colon. */
  readonly kind: string
  mechanisms(): readonly Mechanism[]
  /** One standing for each known id that was asked for; through the viewer's grants like every read. */
  standings(context: QueryContext, question: StandingQuestion): Promise<readonly Standing[]>
}

/** Records of a capability by which duties of others are fulfilled, so that nobody reports the same thing twice. */
export interface DeedSource {
  /** `<capability>.<name>`; rules of a pack name it so. */
  readonly id: string
  readonly title: string
  /** Page of the office where such a record stands. */
  path(key: string): string
  /**
   * A query for the rows subject_kind, subject_id (texts), day (date), key (text, the id of the record) and period (text,
   * the turn it belongs to, or NULL for the one its day lies in), between two days and of the records with these ids: nothing
   * but an action on a record may change its rows. Asked with every record that comes in, so the ids need an index.
   */
  rows(county: string, from: Day, to: Day, ids: (id: RawBuilder<string>) => RawBuilder<SqlBool>): RawBuilder<unknown>
}

/** Registers a read; its output is parsed, so that what the contract does not name cannot leak. */
export function answer<I extends z.ZodType, O extends z.ZodType>(
  contract: QueryContract<I, O>,
  run: (context: QueryContext, input: z.output<I>) => Promise<z.input<O>>,
): RegisteredQuery {
  return {
    contract,
    async run(context, input) {
      return contract.output.parse(await run(context, parseInput(contract.input, input)))
    },
  }
}

/** Registers a download; the contract's output describes nothing, the file is the answer. */
export function download<I extends z.ZodType, O extends z.ZodType>(
  contract: QueryContract<I, O>,
  open: (context: QueryContext, input: z.output<I>) => Promise<FileAnswer>,
): RegisteredDownload {
  return { contract, open: async (context, input) => open(context, parseInput(contract.input, input)) }
}

/** Registers a session operation. */
export function plain<I extends z.ZodType, O extends z.ZodType>(
  method: 'GET' | 'POST',
  contract: QueryContract<I, O>,
  run: (context: PlainContext, input: z.output<I>) => Promise<z.input<O>>,
): PlainOperation {
  return {
    contract,
    method,
    async run(context, input) {
      return contract.output.parse(await run(context, parseInput(contract.input, input)))
    },
  }
}
