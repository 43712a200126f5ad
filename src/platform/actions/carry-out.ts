import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { ActionContract, ActionEnvelope, ActionResult } from '#kernel/contract.ts'
import { coreErrors, type ErrorDef, refuse } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { assertMove, refusalFor } from '#kernel/lifecycle.ts'
import { parseInput } from '#kernel/parse.ts'
import type { RecordIdentity } from '#kernel/record.ts'
import { type Day, dayOf } from '#kernel/time.ts'
import type { ActionTable, Tx } from '../db/tables.ts'
import { auditHash, canonicalJson, recordable } from './audit.ts'
import { deadlineWrites, noticeWrites, sameDeadlines, tallyDeltas, tallyWrites } from './effects.ts'
import type { Part } from './gathering.ts'
import { refuseStale } from './overtaken.ts'
import type { Effect, EffectContext, RecordType, RegisteredAction, RunnerHost, RunOptions } from './types.ts'
import { versionsOf } from './versions.ts'
import { sendWrites, type Write } from './writes.ts'

/** Registers an effect for an action on an existing record. */
export function onRecord<R extends RecordIdentity, I extends z.ZodType, O extends z.ZodType>(
  contract: ActionContract<I, O>,
  recordType: RecordType<R>,
  effect: (
    context: EffectContext,
    record: R,
    input: z.output<I>,
  ) => Effect<NoInfer<R>, NoInfer<z.input<O>>> | Promise<Effect<NoInfer<R>, NoInfer<z.input<O>>>>,
): RegisteredAction {
  return register(contract, recordType, (context, record, input) => {
    if (!record) throw new Error(`${contract.id} runs on an existing record`)
    return effect(context, record, input)
  })
}

/** Registers an effect for an action that brings its record into being. */
export function onCreate<R extends RecordIdentity, I extends z.ZodType, O extends z.ZodType>(
  contract: ActionContract<I, O>,
  recordType: RecordType<R>,
  effect: (
    context: EffectContext,
    input: z.output<I>,
  ) => Effect<NoInfer<R>, NoInfer<z.input<O>>> | Promise<Effect<NoInfer<R>, NoInfer<z.input<O>>>>,
): RegisteredAction {
  return register(contract, recordType, (context, _record, input) => effect(context, input))
}

type AnyEffect<R, I, O> = (
  context: EffectContext,
  record: R | undefined,
  input: I,
) => Effect<R, O> | Promise<Effect<R, O>>

function register<R extends RecordIdentity, I extends z.ZodType, O extends z.ZodType>(
  contract: ActionContract<I, O>,
  recordType: RecordType<R>,
  effect: AnyEffect<R, z.output<I>, z.input<O>>,
): RegisteredAction {
  if (contract.record !== recordType.type) throw new Error(`${contract.id} names record ${contract.record}`)
  return {
    contract,
    recordType: recordType.type,
    async carryOut(tx, actor, envelope, options, host) {
      const run = { tx, actor, envelope, options, host, contract, recordType }
      if (!host.holds(actor, contract.permission)) await turnAway(run)
      const input = parseInput(contract.input, envelope.input)
      const known = handedOn(run)
      // What is only now coming into being has no row; whether its id is taken, the audit knows.
      const lock = true
      const before =
        known?.record ??
        (contract.creates ? undefined : await recordType.load(tx, actor.county, envelope.recordId, lock))
      // Asked after the lock: a twin of this request that won the race has committed by now and is found here. Asked before
      // anything is refused: the action itself may have taken the record out of its actor's sight.
      const numbers = contract.creates ? recordType.numbers : undefined
      const found = options.gathered
        ? { ...nothingFound, drawn: await gatheredNumber(run, options.gathered, known !== undefined) }
        : known
          ? nothingFound
          : await findActions(tx, actor.county, envelope, before?.version ?? 1, numbers)
      const { earlier, last } = found
      if (earlier) return replay(run, earlier, input, coreErrors.replayMismatch)
      // A form sent again after a reload has an action id of its own; the record it would create tells that it came in.
      if (contract.creates && last) return replay(run, last, input, coreErrors.alreadyCreated)
      await admit(run, before, input)
      const context = contextFor(run, found.drawn)
      const result = await effect(context, before, input)
      return settle({ ...run, input, previous: known?.hash ?? last?.hash ?? null }, before, result)
    },
    versionsOf: (tx, county, ids) => versionsOf(recordType, tx, county, ids),
  }
}

const nothingFound = { earlier: undefined, last: undefined, drawn: null }

/**
 * The record as the action before in the chain has left it. No other action can have been carried out on it, since nobody
 * else sees it yet; that the id of this one is new is then kept by the audit's own key alone.
 */
function handedOn<R extends RecordIdentity>({ contract, envelope, options, recordType }: Run<R>) {
  const newest = options.chain?.newest
  if (!newest || contract.creates) return undefined
  if (newest.type !== recordType.type || newest.record.id !== envelope.recordId) return undefined
  // Of this very type: only `settle` writes it, for the type it names.
  return { record: newest.record as R, hash: newest.hash }
}

/** That the ids are new is the caller's word, kept by the keys of the audit and of the record. */
async function gatheredNumber<R extends RecordIdentity>(run: Run<R>, part: Part, known: boolean) {
  const { tx, contract, recordType } = run
  if (known) return null
  if (!contract.creates) throw new Error(`${contract.id} cannot be gathered: its record is not handed on`)
  return recordType.numbers === undefined ? null : part.gathering.number(tx, recordType.numbers)
}

interface Run<R extends RecordIdentity> {
  readonly tx: Tx
  readonly actor: Actor
  readonly envelope: ActionEnvelope<unknown>
  readonly options: RunOptions
  readonly host: RunnerHost
  readonly contract: ActionContract
  readonly recordType: RecordType<R>
}

/**
 * Refuses somebody who holds the permission nowhere, before the form is looked at; unless the action was carried out
 * before, when they still held it. Whether the record exists is told only to those who may see it.
 */
async function turnAway<R extends RecordIdentity>(run: Run<R>): Promise<void> {
  const { tx, actor, envelope, contract, recordType, host } = run
  if ((await findActions(tx, actor.county, envelope, 0)).earlier) return
  const record = contract.creates ? undefined : await recordType.load(tx, actor.county, envelope.recordId, false)
  const seen = record && host.can(actor, recordType.readPermission, recordType.facets(record))
  refuse(contract.creates || seen ? coreErrors.notAllowed : coreErrors.notFound)
}

/** Lets the action go on, or refuses it. A record the caller may not see is not found, whatever its state and version. */
async function admit<R extends RecordIdentity>(run: Run<R>, before: R | undefined, input: unknown): Promise<void> {
  const { tx, contract, recordType, host, actor, envelope } = run
  if (contract.creates) return
  if (!before || !host.can(actor, recordType.readPermission, recordType.facets(before))) refuse(coreErrors.notFound)
  if (!host.can(actor, contract.permission, recordType.facets(before))) refuse(coreErrors.notAllowed)
  if (envelope.version !== before.version) await refuseStale(tx, before, envelope.version)
  if (recordType.lifecycle) {
    const refusal = refusalFor(recordType.lifecycle, contract.id, { record: before, actor, input })
    if (refusal) refuse(refusal.def, refusal)
  }
}

type CarriedOut = Pick<Selectable<ActionTable>, 'id' | 'record_id' | 'seq' | 'name' | 'account_id'> &
  Pick<Selectable<ActionTable>, 'input' | 'output' | 'hash'>

/**
 * The action of this very id, when it was carried out before, and the one that brought the record to this version. With
 * `numbers` one is drawn from that sequence on the way, which saves a question of its own.
 */
async function findActions(
  tx: Tx,
  county: string,
  { actionId, recordId }: ActionEnvelope<unknown>,
  version: number,
  numbers?: string,
) {
  const drawn = numbers === undefined ? sql`null::bigint` : sql`nextval(${sql.lit(numbers)})`
  const { rows } = await sql<CarriedOut & { drawn: number | null }>`
    select a.id, a.record_id, a.seq, a.name, a.account_id, a.input, a.output, a.hash, ${drawn} as drawn
    from (select 1) one left join action a
      on a.county = ${county} and (a.id = ${actionId} or (a.record_id = ${recordId} and a.seq = ${version}))`.execute(
    tx,
  )
  return {
    earlier: rows.find((row) => row.id === actionId),
    last: rows.find((row) => row.record_id === recordId && row.seq === version),
    drawn: rows[0]?.drawn ?? null,
  }
}

/** The same thing sent again returns its first result; anything else under its id is refused. Passwords do not count. */
function replay<R extends RecordIdentity>(
  run: Run<R>,
  earlier: CarriedOut,
  input: unknown,
  otherwise: ErrorDef,
): ActionResult<unknown> {
  const { actor, envelope, contract } = run
  const same =
    earlier.record_id === envelope.recordId &&
    earlier.name === contract.id &&
    earlier.account_id === actor.accountId &&
    canonicalJson(earlier.input) === canonicalJson(recordable(input))
  if (!same) refuse(otherwise)
  const { record_id: recordId, seq: version, output } = earlier
  return { actionId: earlier.id, recordId, version, output, replayed: true }
}

function contextFor<R extends RecordIdentity>(run: Run<R>, drawn: number | null): EffectContext {
  const { tx, actor, envelope, options, host } = run
  return {
    tx,
    county: actor.county,
    actor,
    actionId: envelope.actionId,
    recordId: envelope.recordId,
    now: options.now,
    today: dayOf(options.now),
    calendar: host.calendar,
    parameters: host.parameters,
    number: drawn,
    async child(contract, inner) {
      if (options.gathered) throw new Error(`${contract.id} would not see what is held back`)
      const actionId = newId(options.now.getTime())
      const result = await host.runChild(
        tx,
        actor,
        contract.id,
        { actionId, ...inner },
        { now: options.now, causeId: envelope.actionId },
      )
      // The runner has parsed the output with this very contract, so the type follows from the contract's name.
      return { ...result, output: contract.output.parse(result.output) }
    },
  }
}

/** A run whose input has been parsed: what the audit keeps, chained to the record's action before it. */
type Parsed<R extends RecordIdentity> = Run<R> & { readonly input: unknown; readonly previous: Buffer | null }

async function settle<R extends RecordIdentity, O>(
  run: Parsed<R>,
  before: R | undefined,
  effect: Effect<R, O>,
): Promise<ActionResult<unknown>> {
  const { tx, actor, envelope, options, host, contract, recordType } = run
  const after: R = { ...effect.record, version: (before?.version ?? 0) + 1 }
  const facets = recordType.facets(after)
  if (contract.creates && !host.can(actor, contract.permission, facets)) refuse(coreErrors.notAllowed)
  if (before && recordType.lifecycle) assertMove(recordType.lifecycle, contract.id, before, after)
  const output = contract.output.parse(effect.output)
  const day = effect.effectiveOn ?? dayOf(options.now)
  const saved = (await recordType.save(tx, after, before, day)) ?? []
  const deltas = recordType.tallyCells
    ? tallyDeltas(before ? recordType.tallyCells(before) : [], recordType.tallyCells(after))
    : []
  const about = { county: actor.county, recordType: recordType.type, recordId: after.id, actionId: envelope.actionId }
  const action = actionRow(run, before, after, { summary: effect.summary, day, output })
  const writes = [
    ...saved,
    ...tallyWrites(actor.county, envelope.actionId, day, deltas),
    ...clockWrites(run, before, after),
    { name: 'recorded', into: 'action', rows: [action], json: ['input', 'output'] },
    ...noticeWrites({ ...about, now: options.now }, effect.notices ?? []),
  ]
  if (options.gathered) options.gathered.add(writes)
  else await sendWrites(tx, writes, { last: options.ahead ?? false })
  if (options.chain) options.chain.newest = { type: recordType.type, record: after, hash: action.hash }
  return { actionId: envelope.actionId, recordId: after.id, version: after.version, output, replayed: false }
}

function clockWrites<R extends RecordIdentity>(run: Run<R>, before: R | undefined, after: R): Write[] {
  const { host, recordType } = run
  if (!recordType.deadlines) return []
  const was = before ? recordType.deadlines(before, host) : []
  const wanted = recordType.deadlines(after, host)
  if (sameDeadlines(was, wanted)) return []
  const { area } = recordType.facets(after)
  const owner = { county: after.county, recordId: after.id, recordType: recordType.type, area }
  return deadlineWrites(owner, wanted, before !== undefined)
}

function actionRow<R extends RecordIdentity>(
  run: Parsed<R>,
  before: R | undefined,
  after: R,
  { summary, day, output }: { readonly summary: string; readonly day: Day; readonly output: unknown },
) {
  const { actor, envelope, options, contract, recordType, previous } = run
  const state = (record: R | undefined) =>
    record ? (recordType.lifecycle?.stateOf(record) ?? recordType.stateOf?.(record) ?? null) : null
  const facts = {
    county: actor.county,
    record_id: after.id,
    seq: after.version,
    id: envelope.actionId,
    record_type: recordType.type,
    name: contract.id,
    account_id: actor.accountId,
    actor_name: actor.name,
    cause_id: options.causeId ?? null,
    at: options.now,
    effective_on: day,
    from_state: state(before),
    to_state: state(after),
    summary,
    input: recordable(run.input),
    output: recordable(output),
  }
  return {
    ...facts,
    input: JSON.stringify(facts.input),
    output: JSON.stringify(facts.output),
    prev_hash: previous,
    hash: auditHash(facts, previous),
  }
}
