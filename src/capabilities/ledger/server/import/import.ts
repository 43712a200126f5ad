import { can } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { onCreate } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import { answer, type QueryContext, type RegisteredQuery } from '#platform/module/module.ts'
import {
  addItem,
  importLedgerRows,
  type LedgerBatch,
  ledgerImported,
  ledgerPermissions,
  previewLedgerSheet,
  type RowOutcome,
} from '../../model/index.ts'
import { getLedgerOf, type LedgerDeps } from '../deps.ts'
import { batchRecord } from '../record-types.ts'
import { batchesOf } from '../store-words.ts'
import { openSheet, type PlannedRow, planRows, type Reading } from './reading.ts'

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
  answer(ledgerImported, async (context, input) => {
    const ledger = getLedgerOf(deps, input.ledger)
    const batches = await batchesOf(context.db, context.county, input.uploadId, context.actor.accountId)
    const own = batches.filter((batch) => batch.ledger === ledger.id)
    return {
      next: Math.max(0, ...own.map(({ nextRow }) => nextRow)),
      added: own.reduce((sum, { added }) => sum + added, 0),
      known: own.reduce((sum, { known }) => sum + known, 0),
      rejected: own.flatMap(({ rejected }) => [...rejected]),
    }
  })

const bringIn = (deps: LedgerDeps): RegisteredAction =>
  onCreate(importLedgerRows, batchRecord, async (context, input) => {
    const { ledger, uploadId, skip, take } = input
    const open = await openSheet(deps, acting(context), ledger, uploadId)
    const { rows, name } = open.sheet
    const planned = await planRows(deps, acting(context), open, rows.slice(skip, skip + take))
    for (const one of planned) {
      if (one.kind !== 'ready') continue
      const recordId = newId(context.now.getTime())
      await context.child(addItem, { recordId, input: { ledger, ...one.input } })
    }
    const [added, known] = [count(planned, 'ready'), count(planned, 'known')]
    const rejected = faults(planned)
    const next = Math.min(skip + take, rows.length)
    const record: LedgerBatch = {
      ...{ county: context.county, id: context.recordId, version: 0, ledger, uploadId },
      ...{ accountId: context.actor.accountId, firstRow: skip, nextRow: next, added, known, rejected },
    }
    return {
      record,
      output: { total: rows.length, next, added, known, rejected },
      summary: `从“${name}”导入《${open.ledger.title}》：登记${added}项，已有${known}项，未导入${rejected.length}行`,
    }
  })

export const importQueries = (deps: LedgerDeps): RegisteredQuery[] => [preview(deps), imported(deps)]
export const importActions = (deps: LedgerDeps): RegisteredAction[] => [bringIn(deps)]
