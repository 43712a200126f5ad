import { addReport, importClosure, importHazard } from '#capabilities/hazard/model/index.ts'
import { Problem } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import type { Clock } from '#kernel/time.ts'
import { Gathering, type Part } from '#platform/actions/gathering.ts'
import type { ActionRunner, BatchRun } from '#platform/actions/runner.ts'
import type { Chain } from '#platform/actions/types.ts'
import type { Db, Tx } from '#platform/db/tables.ts'
import { correctionWords, type LedgerImport, type PlannedHazard, type Vocabulary } from '../model/index.ts'
import type { LedgerImportDeps } from './deps.ts'
import { findImported, type ImportedRow, lockRows, readRows, settleRows } from './store.ts'

export interface WorkParts {
  readonly db: Db
  readonly county: string
  readonly clock: Clock
  readonly runner: () => ActionRunner
  readonly deps: LedgerImportDeps
}

/** One hazard with the rows that are the same hazard found again: they come in together or not at all. */
export interface Cluster {
  readonly main: number
  readonly repeats: readonly number[]
}

/**
 * Brings hazards in whose rows nobody repeats: all in one transaction, with one statement for each table they are written
 * to. A refused row does not take the others along, and tells why.
 */
export async function bringInTogether(
  parts: WorkParts,
  record: LedgerImport,
  numbers: readonly number[],
): Promise<void> {
  const { county, id } = record
  await within(parts, record, numbers, async (writing, ready) => {
    const { directory } = parts.deps
    await directory.readAhead(
      writing.tx,
      county,
      ready.flatMap(({ unitId }) => unitId ?? []),
    )
    const gathering = new Gathering(ready.length)
    const keys = new Set<string>()
    const done = await allOf(
      ready.map(async (row) => {
        const known = writing.before.get(row.sourceKey)
        if (known) return settle(row, 'merged', known, importedBefore)
        // Left for the next round, which finds what this one has made of its twin.
        if (keys.has(row.sourceKey)) return row
        keys.add(row.sourceKey)
        const part = gathering.part()
        const words = await refusalOf(async () => {
          const target = await bringIn(writing, row, part)
          await close(writing, row, target)
          gathering.keep(part)
          return settle(row, 'imported', target, null)
        })
        return typeof words === 'string' ? rejected(row, words) : words
      }),
    )
    await gathering.send(writing.tx)
    await settleRows(writing.tx, county, id, done)
  })
}

/** A hazard with the rows that are the same hazard found again: in one transaction of their own, or not at all. */
export async function bringInCluster(parts: WorkParts, record: LedgerImport, cluster: Cluster): Promise<void> {
  const { county, id } = record
  const { main, repeats } = cluster
  const refusal = await refusalOf(() =>
    within(parts, record, [main, ...repeats], async (writing, ready) => {
      await settleRows(writing.tx, county, id, await writeRows(writing, ready))
    }),
  )
  if (typeof refusal === 'string') await reject(parts, record, cluster, refusal)
}

/** Runs in one transaction on those of the rows that are still to come in. */
async function within(
  parts: WorkParts,
  record: LedgerImport,
  numbers: readonly number[],
  work: (writing: Writing, ready: readonly ImportedRow[]) => Promise<void>,
): Promise<void> {
  const { county, id } = record
  const now = parts.clock.now()
  const actor = await parts.deps.actorOf(record.accountId, now)
  await parts.runner().batch(async (run, tx) => {
    const ready = (await lockRows(tx, county, id, numbers)).filter((row) => row.standing === 'ready')
    if (ready.length === 0) return
    if (!actor) {
      const words = '导入人的账号已停用'
      await settleRows(
        tx,
        county,
        id,
        ready.map((row) => rejected(row, words)),
      )
      return
    }
    const keys = ready.map((row) => row.sourceKey)
    const before = await findImported(tx, county, keys)
    await work({ parts, record, actor, run, tx, now, before }, ready)
  })
}

/** All results; a failure only once all have ended, so that nothing goes on behind the back of whoever hears of it. */
export async function allOf<T>(works: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(works)
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })
}

/** What the work answers, or the words in which it was refused. */
async function refusalOf<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem || error instanceof Refused) return wordsOf(error)
    throw error
  }
}

const rejected = (row: ImportedRow, reason: string): ImportedRow => ({ ...row, standing: 'rejected', reason })

async function reject(parts: WorkParts, record: LedgerImport, { main, repeats }: Cluster, reason: string) {
  const { county, id } = record
  await parts.db.transaction().execute(async (tx) => {
    const rows = (await lockRows(tx, county, id, [main, ...repeats])).filter((row) => row.standing === 'ready')
    const words = (row: ImportedRow) => (row.row === main ? reason : `所并入的第${main}行未能导入：${reason}`)
    await settleRows(
      tx,
      county,
      id,
      rows.map((row) => rejected(row, words(row))),
    )
  })
}

class Refused extends Error {}

function wordsOf(error: Problem | Refused): string {
  if (!(error instanceof Problem)) return error.message
  const fields = error.fields?.map((field) => field.message) ?? []
  return fields.length > 0 ? fields.join('；') : (error.detail ?? error.def.message)
}

interface Writing {
  readonly parts: WorkParts
  readonly record: LedgerImport
  readonly actor: Actor
  readonly run: BatchRun
  readonly tx: Tx
  readonly now: Date
  /** What rows of these keys have become, in earlier imports or just now. */
  readonly before: ReadonlyMap<string, Target>
}

async function writeRows(writing: Writing, rows: readonly ImportedRow[]): Promise<ImportedRow[]> {
  const [main, ...repeats] = rows
  if (!main) return []
  const { before } = writing
  const first = await writeMain(writing, main, before.get(main.sourceKey))
  const out = [first.row]
  let { target } = first
  for (const row of repeats) {
    const known = before.get(row.sourceKey)
    const next = known
      ? { row: settle(row, 'merged', known, importedBefore), target }
      : await mergeInto(writing, row, target)
    out.push(next.row)
    target = next.target
  }
  // Closing comes last: a closed hazard takes no further reports.
  if (first.row.standing === 'imported') await close(writing, main, target)
  return out
}

const importedBefore = '此前已导入，没有重复登记'

async function writeMain(
  writing: Writing,
  main: ImportedRow,
  known: Target | undefined,
): Promise<{ row: ImportedRow; target: Target }> {
  if (known) return { row: settle(main, 'merged', known, importedBefore), target: known }
  const earlier = await earlierRow(writing, main)
  if (earlier) return mergeInto(writing, main, earlier)
  const target = await bringIn(writing, main)
  return { row: settle(main, 'imported', target, null), target }
}

interface Target {
  readonly hazardId: string
  readonly number: string
  /** Known of what was written in this transaction; of anything else it is asked for. */
  readonly version?: number
  /** Of what has come into being in this transaction. */
  readonly chain?: Chain
  readonly part?: Part
}

const settle = (row: ImportedRow, standing: 'imported' | 'merged', target: Target, reason: string | null) => ({
  ...row,
  standing,
  hazardId: target.hazardId,
  hazardNumber: target.number,
  reason,
})

async function earlierRow(writing: Writing, row: ImportedRow): Promise<Target | undefined> {
  if (row.mergeRow === null) return undefined
  const { tx, record } = writing
  const [earlier] = await readRows(tx, record.county, record.id, { rows: [row.mergeRow] })
  if (!earlier?.hazardId) return undefined
  return { hazardId: earlier.hazardId, number: earlier.hazardNumber ?? '' }
}

async function bringIn(writing: Writing, row: ImportedRow, part?: Part): Promise<Target> {
  const { parts, record, run, actor, now } = writing
  const hazard = plannedOf(row)
  const recordId = newId(now.getTime())
  const input = {
    unitId: row.unitId,
    placeName: hazard.unitName,
    area: hazard.area,
    sector: hazard.sector,
    channel: hazard.channel,
    source: hazard.source,
    level: hazard.level,
    description: hazard.description,
    criterionText: hazard.criterion,
    foundOn: hazard.foundOn,
    dueOn: hazard.dueOn,
    responsiblePerson: hazard.responsible || hazard.principal,
    responsiblePhone: hazard.phone,
    measures: hazard.measures,
    fundsYuan: hazard.fundsYuan,
    fundsNote: hazard.fundsNote,
    emergencyPlan: hazard.emergencyPlan,
    progress: hazard.progress,
    listing: hazard.listing,
    file: record.fileName.slice(0, 200),
    row: row.row,
    key: row.sourceKey,
    notes: notesOf(row, hazard, parts.deps.vocabulary()),
  }
  const chain: Chain = {}
  const envelope = { actionId: newId(now.getTime()), recordId, input }
  const made = { chain, ...(part ? { part } : {}) }
  const result = await run(actor, importHazard.id, envelope, { now, ...handed(made) })
  const { number } = importHazard.output.parse(result.output)
  return { hazardId: recordId, number, version: result.version, ...made }
}

function notesOf(row: ImportedRow, hazard: PlannedHazard, vocabulary: Vocabulary): string[] {
  const odd = row.plan?.problems.filter((problem) => problem.kind === 'note').map((problem) => problem.message) ?? []
  const corrected = correctionWords(vocabulary, row.corrections)
  return [...(hazard.note ? [`台账备注：${hazard.note}`] : []), ...odd, ...corrected]
    .map((note) => note.slice(0, 300))
    .slice(0, 30)
}

async function mergeInto(
  writing: Writing,
  row: ImportedRow,
  target: Target,
): Promise<{ row: ImportedRow; target: Target }> {
  const { run, actor, now } = writing
  const hazard = plannedOf(row)
  const { channel, description, foundOn, source } = hazard
  const input = { channel, description, foundOn, source, attachments: [] }
  const envelope = { actionId: newId(now.getTime()), ...(await standing(writing, target)), input }
  const { version } = await run(actor, addReport.id, envelope, { now, ...handed(target) })
  const words = row.mergeRow ? `与第${row.mergeRow}行是同一隐患` : '同一隐患'
  return { row: settle(row, 'merged', target, words), target: { ...target, version } }
}

async function close(writing: Writing, row: ImportedRow, target: Target): Promise<void> {
  const { run, actor, now } = writing
  const hazard = plannedOf(row)
  if (hazard.progress !== 'closed' || hazard.closedOn === null) return
  const input = { on: hazard.closedOn, words: '台账记载已整改销号' }
  const envelope = { actionId: newId(now.getTime()), ...(await standing(writing, target)), input }
  await run(actor, importClosure.id, envelope, { now, ...handed(target) })
}

/** The transaction comes in as a whole or not at all, so no write of it is waited for. */
const handed = ({ chain, part }: Pick<Target, 'chain' | 'part'>) => ({
  ahead: true,
  ...(chain ? { chain } : {}),
  ...(part ? { gathered: part } : {}),
})

async function standing({ parts, tx, record }: Writing, { hazardId: recordId, version }: Target) {
  if (version !== undefined) return { recordId, version }
  const hazard = await parts.deps.hazards.find(tx, record.county, recordId, true)
  return { recordId, version: hazard?.version ?? 0 }
}

function plannedOf(row: ImportedRow): PlannedHazard {
  if (!row.plan?.hazard) throw new Refused('该行尚未核对完')
  return row.plan.hazard
}
