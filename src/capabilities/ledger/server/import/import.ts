import { refuse } from '#kernel/errors.ts'
import { can } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import { answer, type QueryContext, type RegisteredQuery } from '#platform/module/module.ts'
import {
  addItem,
  ledgerErrors as e,
  importLedgerRows,
  ledgerImported,
  ledgerPermissions,
  pauseSheetImport,
  previewLedgerSheet,
  resumeSheetImport,
  type SheetImport,
  startSheetImport,
} from '../../model/index.ts'
import type { LedgerBatch, RowOutcome } from '../batch.ts'
import { getLedgerOf, type LedgerDeps } from '../deps.ts'
import { batchRecord, sheetRecord } from '../record-types.ts'
import { findSheet, loadSheet, rowsLeftOut } from '../store-sheets.ts'
import { type OpenSheet, openSheet, type PlannedRow, planRows, type Reading } from './reading.ts'

/** A query finds the parameters in its environment, an action beside it. */
export const asked = (context: QueryContext): Reading => ({
  reader: context.db,
  county: context.county,
  actor: context.actor,
  today: context.today,
  parameters: context.environment.parameters,
  can: (facets) => context.can(addItem.permission, facets),
})

const acting = (context: EffectContext): Reading => ({
  reader: context.tx,
  county: context.county,
  actor: context.actor,
  today: context.today,
  parameters: context.parameters,
  can: (facets) => can(context.actor, addItem.permission, facets, ledgerPermissions),
})

/** Mistakes shown of one sheet; whoever has more corrects the column and looks again. */
const mostShown = 500

export const faults = (planned: readonly PlannedRow[]): RowOutcome[] =>
  planned.flatMap(({ row, name, ...one }) => (one.kind === 'faulty' ? [{ row, name, reason: one.reason }] : []))

const count = (planned: readonly PlannedRow[], kind: PlannedRow['kind']) =>
  planned.filter((one) => one.kind === kind).length

const preview = (deps: LedgerDeps): RegisteredQuery =>
  answer(previewLedgerSheet, async (context, input) => {
    const open = await openSheet(deps, asked(context), input.ledger, input.uploadId)
    const { sheet, columns } = open
    const planned = await planRows(deps, asked(context), open, sheet.rows)
    const fieldAt = new Map([...columns].map(([field, at]) => [at, field]))
    const faulty = faults(planned)
    return {
      name: sheet.name,
      columns: sheet.header.map((heading, at) => ({ heading, field: fieldAt.get(at) ?? null })),
      total: planned.length,
      ready: count(planned, 'ready'),
      known: count(planned, 'known'),
      faulty: faulty.length,
      rows: faulty.slice(0, mostShown),
    }
  })

const imported = (deps: LedgerDeps): RegisteredQuery =>
  answer(ledgerImported, async ({ db, county, actor }, input) => {
    const ledger = getLedgerOf(deps, input.ledger)
    const { accountId } = actor
    const found = await findSheet(db, { county, accountId, ledger: ledger.id }, input.uploadId)
    if (!found) return { import: null }
    const left = await rowsLeftOut(db, found)
    const { id, version, uploadId, fileName, startedAt, state, total, next, added, known } = found
    const told = { id, version, uploadId, fileName, startedAt, state, total, next, added, known }
    return { import: { ...told, rejected: left.length, rows: left.slice(0, mostShown) } }
  })

const standing = ({ state, total, next }: SheetImport) => ({ state, total, next })

const start = (deps: LedgerDeps): RegisteredAction =>
  onCreate(startSheetImport, sheetRecord, async (context, { ledger, uploadId }) => {
    const { county, actor, tx, now, recordId } = context
    const { sheet, ledger: made } = await openSheet(deps, acting(context), ledger, uploadId)
    if (await findSheet(tx, { county, accountId: actor.accountId, ledger }, uploadId)) refuse(e.importStarted)
    const total = sheet.rows.length
    const record: SheetImport = {
      ...{ county, id: recordId, version: 0, ledger, uploadId, accountId: actor.accountId, accountName: actor.name },
      ...{ fileName: sheet.name, startedAt: now.toISOString(), total, next: 0, added: 0, known: 0 },
      state: total === 0 ? 'finished' : 'running',
    }
    return { record, output: standing(record), summary: `开始从“${sheet.name}”导入《${made.title}》，共${total}行` }
  })

const pause = onRecord(pauseSheetImport, sheetRecord, (_context, record) => {
  if (record.state !== 'running') refuse(e.importNotRunning)
  const after = { ...record, state: 'paused' as const }
  return { record: after, output: standing(after), summary: `暂停导入“${record.fileName}”` }
})

const resume = onRecord(resumeSheetImport, sheetRecord, (_context, record) => {
  if (record.state !== 'paused') refuse(e.importNotPaused)
  const after = { ...record, state: 'running' as const }
  return { record: after, output: standing(after), summary: `继续导入“${record.fileName}”` }
})

/** Reading twenty thousand rows anew for every batch would take longer than bringing them in; an upload never changes. */
function sheetsHeld(deps: LedgerDeps) {
  let held: { readonly key: string; readonly open: OpenSheet } | undefined
  return {
    async open(context: EffectContext, { ledger, uploadId, accountId }: SheetImport): Promise<OpenSheet> {
      const key = `${accountId} ${uploadId} ${ledger}`
      if (held?.key !== key) held = { key, open: await openSheet(deps, acting(context), ledger, uploadId) }
      return held.open
    },
    release() {
      held = undefined
    },
  }
}

const bringIn = (deps: LedgerDeps): RegisteredAction => {
  const sheets = sheetsHeld(deps)
  return onCreate(importLedgerRows, batchRecord, async (context, { importId, skip, take, refused }) => {
    const { tx, county, actor } = context
    // Locked, so that a pause waits for the batch under way and two workers take turns.
    const found = await loadSheet(tx, county, importId, true)
    if (found?.accountId !== actor.accountId || found.state !== 'running') return refuse(e.importNotRunning)
    if (found.next !== skip) refuse(e.importMoved)
    const open = await sheets.open(context, found)
    const rows = open.sheet.rows.slice(skip, skip + take)
    const planned = (await planRows(deps, acting(context), open, rows)).map(
      (one): PlannedRow =>
        refused === undefined ? one : { row: one.row, name: one.name, kind: 'faulty', reason: refused },
    )
    for (const one of planned) {
      if (one.kind !== 'ready') continue
      const recordId = newId(context.now.getTime())
      await context.child(addItem, { recordId, input: { ledger: found.ledger, ...one.input } })
    }
    const { ledger, uploadId, accountId, fileName, total } = found
    const [added, known] = [count(planned, 'ready'), count(planned, 'known')]
    const rejected = faults(planned)
    const next = skip + rows.length
    if (next >= total) sheets.release()
    const record: LedgerBatch = {
      ...{ county, id: context.recordId, version: 0, ledger, uploadId, accountId },
      ...{ firstRow: skip, nextRow: next, added, known, rejected },
    }
    const words = `登记${added}项，已有${known}项，未导入${rejected.length}行`
    return {
      record,
      output: { state: next >= total ? ('finished' as const) : ('running' as const), total, next },
      summary: `从“${fileName}”导入至第${next}行：${words}`,
    }
  })
}

export const importQueries = (deps: LedgerDeps): RegisteredQuery[] => [preview(deps), imported(deps)]
export const importActions = (deps: LedgerDeps): RegisteredAction[] => [start(deps), pause, resume, bringIn(deps)]
