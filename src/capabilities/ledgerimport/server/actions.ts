import { createHash } from 'node:crypto'
import { refuse } from '#kernel/errors.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RecordType, RegisteredAction } from '#platform/actions/types.ts'
import * as contracts from '../model/index.ts'
import {
  ledgerImportErrors as e,
  type HeaderColumn,
  type LedgerImport,
  ledgerImportLifecycle,
  neededFields,
  proposeColumns,
  textOf,
} from '../model/index.ts'
import type { LedgerImportDeps } from './deps.ts'
import { judgeRows } from './judge.ts'
import { type ReadLedger, readLedger } from './read.ts'
import {
  countsOf,
  type ImportedRow,
  insertRows,
  loadImport,
  readRows,
  recall,
  remember,
  saveImport,
  updateRows,
} from './store.ts'

export const importFacets = (record: LedgerImport) => ({
  area: record.county,
  sectors: null,
  unitId: null,
  bodyIds: [],
  ownerIds: [record.accountId],
})

export const importRecord: RecordType<LedgerImport> = {
  type: 'ledgerImport',
  title: '台账导入',
  readPermission: 'ledgerimport.use',
  lifecycle: ledgerImportLifecycle,
  load: loadImport,
  save: saveImport,
  facets: importFacets,
  label: (record) => `导入“${record.fileName}”`,
}

/** The same headings mean the same layout, whatever the file is called. */
const signatureOf = (header: readonly HeaderColumn[]) =>
  createHash('sha256')
    .update(header.map((column) => column.heading).join('\u001f'))
    .digest('hex')

/** Words every layout may use; columns differ from layout to layout, what 非煤矿山 means does not. */
const allLayouts = '*'

const start = (deps: LedgerImportDeps): RegisteredAction =>
  onCreate(contracts.startImport, importRecord, async (context, { uploadId, sheet }) => {
    const file = (await deps.readUpload(uploadId, context.actor.accountId)) ?? refuse(e.uploadUnknown)
    const ledger = await readLedger(file, sheet)
    const detail = await understand(context, ledger)
    const fresh = ledger.rows.map(freshRow)
    const judged = await judgeRows(deps, context, detail, fresh, 'all')
    const record: LedgerImport = {
      county: context.county,
      id: context.recordId,
      version: 0,
      accountId: context.actor.accountId,
      accountName: context.actor.name,
      fileName: file.name,
      uploadId,
      sheet: ledger.sheet,
      state: 'preparing',
      createdAt: context.now.toISOString(),
      detail: { ...detail, words: judged.words },
    }
    await insertRows(context.tx, context.county, record.id, judged.rows)
    const { counts, kinds } = await countsOf(context.tx, context.county, record.id)
    return { record, output: { counts }, summary: `读取台账“${file.name}”，数据${kinds.data ?? 0}行` }
  })

async function understand(context: EffectContext, ledger: ReadLedger): Promise<LedgerImport['detail']> {
  const header = ledger.header.columns
  const known = await recall(context.tx, context.county, signatureOf(header))
  const words = await recall(context.tx, context.county, allLayouts)
  return {
    sheets: ledger.sheets,
    header,
    headerRows: [ledger.header.first, ledger.header.last],
    columns: known?.columns ?? proposeColumns(header),
    values: words?.words ?? {},
    years: {},
    words: [],
    samples: samplesOf(ledger),
    remembered: known !== undefined,
  }
}

function samplesOf(ledger: ReadLedger): Record<string, string[]> {
  const samples: Record<string, string[]> = {}
  for (const { col } of ledger.header.columns) {
    const texts = ledger.rows
      .filter((row) => row.kind === 'data')
      .map((row) => textOf(row.cells.find((cell) => cell.col === col)?.value ?? null).slice(0, 40))
    samples[col] = [...new Set(texts.filter(Boolean))].slice(0, 3)
  }
  return samples
}

const freshRow = ({ row, kind, cells }: ReadLedger['rows'][number]): ImportedRow => ({
  row,
  kind,
  cells,
  corrections: {},
  decision: 'auto',
  sourceKey: '',
  plan: null,
  // Blank, total and note rows are told apart by their kind; among data rows this is settled by the dry run.
  standing: kind === 'data' ? 'open' : 'skipped',
  mergeRow: null,
  unitId: null,
  hazardId: null,
  hazardNumber: null,
  reason: null,
})

/** Judges anew and writes only the rows that came out different. */
async function rejudge(
  deps: LedgerImportDeps,
  context: EffectContext,
  importId: string,
  detail: LedgerImport['detail'],
  rows: readonly ImportedRow[],
  anew: 'all' | ReadonlySet<number>,
) {
  const before = new Map(rows.map((row) => [row.row, JSON.stringify(row)]))
  const judged = await judgeRows(deps, context, detail, rows, anew)
  const changed = judged.rows.filter((row) =>
    anew !== 'all' && anew.has(row.row) ? true : JSON.stringify(row) !== before.get(row.row),
  )
  await updateRows(context.tx, context.county, importId, changed)
  return judged
}

const map = (deps: LedgerImportDeps): RegisteredAction =>
  onRecord(contracts.mapImport, importRecord, async (context, record, { columns, values, years }) => {
    checkColumns(record, columns)
    const detail = { ...record.detail, columns, values, years }
    const rows = await readRows(context.tx, context.county, record.id)
    const judged = await rejudge(deps, context, record.id, detail, rows, 'all')
    await remember(context.tx, context.county, signatureOf(detail.header), columns, {}, context.now)
    const words = (await recall(context.tx, context.county, allLayouts))?.words ?? {}
    await remember(context.tx, context.county, allLayouts, {}, mergeWords(words, values), context.now)
    const { counts } = await countsOf(context.tx, context.county, record.id)
    const next: LedgerImport = { ...record, detail: { ...detail, words: judged.words } }
    return { record: next, output: { counts }, summary: '修改了列和用语的对应关系' }
  })

function checkColumns(record: LedgerImport, columns: contracts.ColumnMapping): void {
  const used = Object.values(columns)
  if (new Set(used).size !== used.length) refuse(e.columnTwice)
  const there = new Set(record.detail.header.map((column) => column.col))
  if (neededFields.some((field) => columns[field] === undefined) || used.some((col) => !there.has(col))) {
    refuse(e.columnMissing)
  }
}

function mergeWords(known: contracts.ValueMapping, said: contracts.ValueMapping): contracts.ValueMapping {
  const out: contracts.ValueMapping = { ...known }
  for (const field of contracts.valueFields) {
    if (said[field]) out[field] = { ...known[field], ...said[field] }
  }
  return out
}

const correct = (deps: LedgerImportDeps): RegisteredAction =>
  onRecord(contracts.correctRow, importRecord, async (context, record, { row, corrections, decision }) => {
    const rows = await readRows(context.tx, context.county, record.id)
    const wanted = rows.find((candidate) => candidate.row === row)
    if (!wanted || wanted.standing === 'imported' || wanted.standing === 'merged') refuse(e.rowUnknown)
    const next = rows.map((candidate) => (candidate === wanted ? { ...candidate, corrections, decision } : candidate))
    const judged = await rejudge(deps, context, record.id, record.detail, next, new Set([row]))
    const standing = judged.rows.find((candidate) => candidate.row === row)?.standing ?? 'open'
    const { counts } = await countsOf(context.tx, context.county, record.id)
    return { record, output: { counts, standing }, summary: `更正第${row}行` }
  })

const run: RegisteredAction = onRecord(contracts.runImport, importRecord, async (context, record) => {
  const { counts } = await countsOf(context.tx, context.county, record.id)
  if (!counts.ready) refuse(e.nothingReady)
  return {
    record: { ...record, state: 'running' as const },
    output: { state: 'running' },
    summary: `开始导入“${record.fileName}”，${counts.ready}行`,
  }
})

const cancel: RegisteredAction = onRecord(contracts.cancelImport, importRecord, (_context, record) => ({
  record: { ...record, state: 'cancelled' as const },
  output: { state: 'cancelled' },
  summary: `暂停导入“${record.fileName}”`,
}))

const finish: RegisteredAction = onRecord(contracts.finishImport, importRecord, async (context, record) => {
  const { counts } = await countsOf(context.tx, context.county, record.id)
  const { imported = 0, merged = 0, rejected = 0, open = 0, skipped = 0 } = counts
  const summary = `导入“${record.fileName}”完成：导入${imported}行，合并${merged}行，未导入${rejected + open + skipped}行`
  return {
    record: { ...record, state: 'done' as const },
    output: { counts },
    summary,
    notices: [
      {
        key: `ledgerimport:${record.id}:${record.version}`,
        to: { kind: 'account' as const, id: record.accountId },
        kind: 'importDone',
        title: '台账导入完成',
        body: summary,
      },
    ],
  }
})

export const ledgerImportActions = (deps: LedgerImportDeps): RegisteredAction[] => [
  start(deps),
  map(deps),
  correct(deps),
  run,
  cancel,
  finish,
]
