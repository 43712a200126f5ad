import { type Selectable, sql } from 'kysely'
import type { RecordIdentity } from '#kernel/record.ts'
import type { Day } from '#kernel/time.ts'
import { armDeadlines } from '../actions/effects.ts'
import type { ArmedDeadline, ClockEnv, RecordType } from '../actions/types.ts'
import type { Db, DeadlineTable, Reader, Tx } from '../db/tables.ts'

/** A rung that another calendar or other parameters would move, arm (`was` null) or disarm (`will` null). */
export interface ClockMove {
  readonly recordId: string
  readonly rung: string
  readonly was: ArmedDeadline | null
  readonly will: ArmedDeadline | null
}

export interface Projected {
  readonly records: number
  readonly rungs: number
}

/** Records of one kind whose clocks are armed anew when the calendar or a parameter changes. */
export interface ClockedKind {
  readonly type: string
  readonly title: string
  /** The parameters its clocks are set by. */
  readonly parameters: readonly string[]
  /** What a rung is for, in a few Chinese words. */
  rungWords(rung: string): string
  /** Arms all of them anew; what has fired stays fired. Answers how much moved. */
  rearm(env: ClockEnv, db: Db): Promise<Projected>
  /** What `rearm` would move among the records that have a deadline on or after a day. Writes nothing. */
  moves(env: ClockEnv, db: Db, from: Day): Promise<ClockMove[]>
}

export interface ClockedParts<R extends RecordIdentity> {
  readonly county: string
  readonly recordType: RecordType<R>
  /** The parameters its clocks are set by. */
  readonly parameters: readonly string[]
  rungWords(rung: string): string
  /** A page of the ids, in order, of the records that may have a clock running. */
  standing(db: Reader, county: string, after: string | null, size: number): Promise<readonly string[]>
}

const page = 500

/** Closes the type of a kind of record over what the projection does with it. */
export function clockedKind<R extends RecordIdentity>(parts: ClockedParts<R>): ClockedKind {
  const { county, recordType } = parts
  const wanted = (record: R, env: ClockEnv) => recordType.deadlines?.(record, env) ?? []
  const movesOf = async (tx: Tx, env: ClockEnv, id: string) => {
    const record = await recordType.load(tx, county, id, true)
    if (!record) return undefined
    const rows = await deadlinesOf(tx, county, id)
    return { record, ...project(rows, wanted(record, env)) }
  }
  return {
    type: recordType.type,
    title: recordType.title,
    parameters: parts.parameters,
    rungWords: parts.rungWords,
    async rearm(env, db) {
      let [records, rungs] = [0, 0]
      for (let after: string | null = null; ; ) {
        const ids: readonly string[] = await parts.standing(db, county, after, page)
        for (const id of ids) {
          const moved = await db.transaction().execute(async (tx) => {
            const found = await movesOf(tx, env, id)
            if (!found || found.moves.length === 0) return 0
            const owner = { county, recordId: id, recordType: recordType.type }
            await armDeadlines(tx, { ...owner, area: recordType.facets(found.record).area }, found.armed)
            return found.moves.length
          })
          if (moved > 0) records += 1
          rungs += moved
        }
        after = ids.at(-1) ?? null
        if (ids.length < page) return { records, rungs }
      }
    },
    moves: (env, db, from) =>
      movesOfArmed(db, { county, type: recordType.type, from }, async (tx, id) => {
        const record = await recordType.load(tx, county, id, false)
        return record && wanted(record, env)
      }),
  }
}

/** What would move among the records of a type that have a deadline on or after a day, asked in one snapshot. */
export function movesOfArmed(
  db: Db,
  { county, type, from }: { readonly county: string; readonly type: string; readonly from: Day },
  wantedOf: (tx: Tx, id: string) => Promise<readonly ArmedDeadline[] | undefined>,
): Promise<ClockMove[]> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const all: ClockMove[] = []
      for (const id of await armedFrom(tx, county, type, from)) {
        const wanted = await wantedOf(tx, id)
        if (!wanted) continue
        for (const move of project(await deadlinesOf(tx, county, id), wanted).moves) all.push({ recordId: id, ...move })
      }
      return all
    })
}

type DeadlineRow = Pick<Selectable<DeadlineTable>, 'rung' | 'basis' | 'fire_at' | 'fired_at'>

interface Projection {
  /** What shall be armed, fired rungs left out. */
  readonly armed: readonly ArmedDeadline[]
  readonly moves: readonly Omit<ClockMove, 'recordId'>[]
}

const keyOf = ({ rung, basis }: { rung: string; basis: Day }) => `${rung}|${basis}`

/**
 * Compares what is armed with what the record wants now. A rung that has fired is never armed again for the same day; nor
 * for another day that only the calendar has moved it to, or one reminder would be given twice: such a rung is armed no
 * more, has fired before, and its day belongs to no deadline that is still running.
 */
export function project(rows: readonly DeadlineRow[], wanted: readonly ArmedDeadline[]): Projection {
  const armed = rows.filter((row) => row.fired_at === null)
  const fired = rows.filter((row) => row.fired_at !== null)
  const armedNames = new Set(armed.map((row) => row.rung))
  const armedDays = new Set(armed.map((row) => row.basis))
  const firedKeys = new Set(fired.map(keyOf))
  const firedNames = new Set(fired.map((row) => row.rung))
  const will = wanted.filter((rung) => {
    if (firedKeys.has(keyOf(rung))) return false
    return armedNames.has(rung.rung) || !firedNames.has(rung.rung) || armedDays.has(rung.basis)
  })
  const moves: Omit<ClockMove, 'recordId'>[] = []
  const left = new Map(armed.map((row) => [row.rung, { rung: row.rung, basis: row.basis, at: row.fire_at }]))
  for (const rung of will) {
    const was = left.get(rung.rung) ?? null
    left.delete(rung.rung)
    if (was && was.basis === rung.basis && was.at.getTime() === rung.at.getTime()) continue
    moves.push({ rung: rung.rung, was, will: rung })
  }
  for (const was of left.values()) moves.push({ rung: was.rung, was, will: null })
  return { armed: will, moves }
}

function deadlinesOf(db: Reader, county: string, recordId: string): Promise<DeadlineRow[]> {
  return db
    .selectFrom('deadline')
    .select(['rung', 'basis', 'fire_at', 'fired_at'])
    .where('county', '=', county)
    .where('record_id', '=', recordId)
    .execute()
}

/** Only a deadline on or after the first changed day can be moved by the change. */
async function armedFrom(db: Reader, county: string, recordType: string, from: Day): Promise<string[]> {
  const result = await sql<{ record_id: string }>`
    select distinct record_id from deadline
    where county = ${county} and record_type = ${recordType} and fired_at is null and basis >= ${from}
    order by record_id`.execute(db)
  return result.rows.map((row) => row.record_id)
}
