import { addReport, importClosure, importHazard } from '#capabilities/hazard/model/index.ts'
import { Problem } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import type { Clock } from '#kernel/time.ts'
import type { ActionRunner, BatchRun } from '#platform/actions/runner.ts'
import type { Chain } from '#platform/actions/types.ts'
import type { Db, Tx } from '#platform/db/tables.ts'
import type { JobSpec } from '#platform/module/module.ts'
import {
  correctionWords,
  finishImport,
  type LedgerImport,
  type PlannedHazard,
  type Vocabulary,
} from '../model/index.ts'
import type { LedgerImportDeps } from './deps.ts'
import { findImported, type ImportedRow, loadImport, lockRows, readRows, updateRows } from './store.ts'

export interface WorkParts {
  readonly db: Db
  readonly county: string
  readonly clock: Clock
  readonly runner: () => ActionRunner
  readonly deps: LedgerImportDeps
}

export const importJob = 'ledgerimport.work'

/** One hazard with the rows that are the same hazard found again: they come in together or not at all. */
interface Cluster {
  readonly main: number
  readonly repeats: readonly number[]
}

/**
 * Hazards per transaction. Most of an import's time goes to what a transaction costs beside its writes; but statistics
 * cells that one has booked in are closed to everybody else until it ends, so it has to end soon.
 */
const together = 20

/**
 * Carries out an import, some hazards per transaction: after a kill at any point every row is either untouched or done and
 * marked, and the job goes on with those still ready. A pause takes effect before the next transaction.
 */
export function ledgerImportJob(parts: WorkParts): JobSpec {
  return {
    name: importJob,
    expireSeconds: 3600,
    async run(data, job) {
      const importId = (data as { importId: string }).importId
      await workOff(parts, importId, job.signal)
    },
  }
}

async function workOff(parts: WorkParts, importId: string, signal: AbortSignal): Promise<void> {
  const { db, county } = parts
  const running = async () => {
    const record = await loadImport(db, county, importId, false)
    return record?.state === 'running' && !signal.aborted ? record : undefined
  }
  const clusters = clustersOf(await readRows(db, county, importId, { standings: ['ready'] }))
  for (let at = 0; at < clusters.length; at += together) {
    const record = await running()
    if (!record) return
    const group = clusters.slice(at, at + together)
    if ((await refusalOf(parts, record, group)) === undefined) continue
    // One of them is refused, and must not take the others with it.
    for (const cluster of group) {
      const still = await running()
      if (!still) return
      const refusal = await refusalOf(parts, still, [cluster])
      if (refusal !== undefined) await reject(parts, still, cluster, refusal)
    }
  }
  const record = await running()
  if (!record) return
  const now = parts.clock.now()
  const envelope = { actionId: newId(now.getTime()), recordId: importId, version: record.version, input: {} }
  await parts.runner().run(systemFor(record), finishImport.id, envelope, { now })
}

/** The last step is the product's own: the account may have been disabled while its import ran. */
const systemFor = (record: LedgerImport): Actor => ({
  county: record.county,
  accountId: record.accountId,
  personId: null,
  name: record.accountName,
  grants: [],
  system: true,
})

function clustersOf(rows: readonly ImportedRow[]): Cluster[] {
  const mains = new Map<number, number[]>()
  for (const row of rows) if (row.mergeRow === null) mains.set(row.row, [])
  for (const row of rows) {
    if (row.mergeRow === null) continue
    const repeats = mains.get(row.mergeRow)
    // The row it repeats came in at an earlier run; it then stands alone and is merged into that hazard.
    if (repeats) repeats.push(row.row)
    else mains.set(row.row, [])
  }
  return [...mains].sort((a, b) => a[0] - b[0]).map(([main, repeats]) => ({ main, repeats }))
}

/** Brings a group in as a whole; the words of the refusal when one of them was refused and so none has come in. */
async function refusalOf(
  parts: WorkParts,
  record: LedgerImport,
  group: readonly Cluster[],
): Promise<string | undefined> {
  try {
    await bringInTogether(parts, record, group)
    return undefined
  } catch (error) {
    if (error instanceof Problem || error instanceof Refused) return wordsOf(error)
    throw error
  }
}

async function bringInTogether(parts: WorkParts, record: LedgerImport, group: readonly Cluster[]): Promise<void> {
  const { county, id } = record
  const now = parts.clock.now()
  const actor = await parts.deps.actorOf(record.accountId, now)
  const numbers = group.flatMap(({ main, repeats }) => [main, ...repeats])
  await parts.runner().batch(async (run, tx) => {
    const ready = (await lockRows(tx, county, id, numbers)).filter((row) => row.standing === 'ready')
    if (ready.length === 0) return
    if (!actor) throw new Refused('导入人的账号已停用')
    const keys = ready.map((row) => row.sourceKey)
    const before = await findImported(tx, county, keys)
    const writing = { parts, record, actor, run, tx, now, before }
    const byRow = new Map(ready.map((row) => [row.row, row]))
    const done: ImportedRow[] = []
    for (const { main, repeats } of group) {
      const rows = [main, ...repeats].flatMap((number) => byRow.get(number) ?? [])
      for (const row of await writeRows(writing, rows)) {
        done.push(row)
        if (row.hazardId) before.set(row.sourceKey, { hazardId: row.hazardId, number: row.hazardNumber ?? '' })
      }
    }
    await updateRows(tx, county, id, done)
  })
}

async function reject(parts: WorkParts, record: LedgerImport, { main, repeats }: Cluster, reason: string) {
  const { county, id } = record
  await parts.db.transaction().execute(async (tx) => {
    const rows = (await lockRows(tx, county, id, [main, ...repeats])).filter((row) => row.standing === 'ready')
    const refused = rows.map((row) => ({
      ...row,
      standing: 'rejected' as const,
      reason: row.row === main ? reason : `所并入的第${main}行未能导入：${reason}`,
    }))
    await updateRows(tx, county, id, refused)
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

async function bringIn(writing: Writing, row: ImportedRow): Promise<Target> {
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
  const result = await run(actor, importHazard.id, envelope, { now, chain, ahead: true })
  const { number } = importHazard.output.parse(result.output)
  return { hazardId: recordId, number, version: result.version, chain }
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

/** A group comes in as a whole or not at all, so no write of it is waited for. */
const handed = ({ chain }: Target) => ({ ahead: true, ...(chain ? { chain } : {}) })

async function standing({ parts, tx, record }: Writing, { hazardId: recordId, version }: Target) {
  if (version !== undefined) return { recordId, version }
  const hazard = await parts.deps.hazards.find(tx, record.county, recordId, true)
  return { recordId, version: hazard?.version ?? 0 }
}

function plannedOf(row: ImportedRow): PlannedHazard {
  if (!row.plan?.hazard) throw new Refused('该行尚未核对完')
  return row.plan.hazard
}
