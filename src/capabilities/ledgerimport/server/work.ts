import { addReport, importClosure, importHazard } from '#capabilities/hazard/model/index.ts'
import { Problem } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import type { Clock } from '#kernel/time.ts'
import type { ActionRunner, BatchRun } from '#platform/actions/runner.ts'
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
 * Carries out an import, one hazard per transaction: after a kill at any point every row is either untouched or done and
 * marked, and the job goes on with those still ready. A pause takes effect before the next hazard.
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
  const rows = await readRows(db, county, importId, { standings: ['ready'] })
  for (const cluster of clustersOf(rows)) {
    const record = await loadImport(db, county, importId, false)
    if (record?.state !== 'running' || signal.aborted) return
    await carryOut(parts, record, cluster)
  }
  const record = await loadImport(db, county, importId, false)
  if (record?.state !== 'running') return
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

async function carryOut(parts: WorkParts, record: LedgerImport, cluster: Cluster): Promise<void> {
  const now = parts.clock.now()
  const numbers = [cluster.main, ...cluster.repeats]
  const actor = await parts.deps.actorOf(record.accountId, now)
  try {
    await parts.runner().batch(async (run, tx) => {
      const rows = (await lockRows(tx, record.county, record.id, numbers)).filter((row) => row.standing === 'ready')
      if (rows.length === 0) return
      if (!actor) throw new Refused('导入人的账号已停用')
      const done = await writeRows({ parts, record, actor, run, tx, now }, rows)
      await updateRows(tx, record.county, record.id, done)
    })
  } catch (error) {
    if (!(error instanceof Problem) && !(error instanceof Refused)) throw error
    const reason = wordsOf(error)
    await parts.db.transaction().execute(async (tx) => {
      const rows = (await lockRows(tx, record.county, record.id, numbers)).filter((row) => row.standing === 'ready')
      const refused = rows.map((row) => ({
        ...row,
        standing: 'rejected' as const,
        reason: row.row === cluster.main ? reason : `所并入的第${cluster.main}行未能导入：${reason}`,
      }))
      await updateRows(tx, record.county, record.id, refused)
    })
  }
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
}

async function writeRows(writing: Writing, rows: readonly ImportedRow[]): Promise<ImportedRow[]> {
  const [main, ...repeats] = rows
  if (!main) return []
  const { tx, record } = writing
  const before = await findImported(
    tx,
    record.county,
    rows.map((row) => row.sourceKey),
  )
  const first = await writeMain(writing, main, before.get(main.sourceKey))
  const out = [first.row]
  for (const row of repeats) {
    const known = before.get(row.sourceKey)
    out.push(known ? settle(row, 'merged', known, importedBefore) : await mergeInto(writing, row, first.target))
  }
  // Closing comes last: a closed hazard takes no further reports.
  if (first.row.standing === 'imported') await close(writing, main, first.target.hazardId)
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
  if (earlier) return { row: await mergeInto(writing, main, earlier), target: earlier }
  const target = await bringIn(writing, main)
  return { row: settle(main, 'imported', target, null), target }
}

interface Target {
  readonly hazardId: string
  readonly number: string
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
  const result = await run(actor, importHazard.id, { actionId: newId(now.getTime()), recordId, input }, { now })
  const { number } = importHazard.output.parse(result.output)
  return { hazardId: recordId, number }
}

function notesOf(row: ImportedRow, hazard: PlannedHazard, vocabulary: Vocabulary): string[] {
  const odd = row.plan?.problems.filter((problem) => problem.kind === 'note').map((problem) => problem.message) ?? []
  const corrected = correctionWords(vocabulary, row.corrections)
  return [...(hazard.note ? [`台账备注：${hazard.note}`] : []), ...odd, ...corrected]
    .map((note) => note.slice(0, 300))
    .slice(0, 30)
}

async function mergeInto(writing: Writing, row: ImportedRow, target: Target): Promise<ImportedRow> {
  const { run, actor, now } = writing
  const hazard = plannedOf(row)
  const { channel, description, foundOn, source } = hazard
  const input = { channel, description, foundOn, source, attachments: [] }
  const version = await versionOf(writing, target.hazardId)
  const envelope = { actionId: newId(now.getTime()), recordId: target.hazardId, version, input }
  await run(actor, addReport.id, envelope, { now })
  return settle(row, 'merged', target, row.mergeRow ? `与第${row.mergeRow}行是同一隐患` : '同一隐患')
}

async function close(writing: Writing, row: ImportedRow, hazardId: string): Promise<void> {
  const { run, actor, now } = writing
  const hazard = plannedOf(row)
  if (hazard.progress !== 'closed' || hazard.closedOn === null) return
  const version = await versionOf(writing, hazardId)
  const input = { on: hazard.closedOn, words: '台账记载已整改销号' }
  await run(actor, importClosure.id, { actionId: newId(now.getTime()), recordId: hazardId, version, input }, { now })
}

async function versionOf({ parts, tx, record }: Writing, hazardId: string): Promise<number> {
  const hazard = await parts.deps.hazards.find(tx, record.county, hazardId, true)
  return hazard?.version ?? 0
}

function plannedOf(row: ImportedRow): PlannedHazard {
  if (!row.plan?.hazard) throw new Refused('该行尚未核对完')
  return row.plan.hazard
}
