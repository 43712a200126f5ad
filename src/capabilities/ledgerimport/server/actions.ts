import { createHash } from 'node:crypto'
import { townOf } from '#kernel/area.ts'
import { refuse } from '#kernel/errors.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RecordType, RegisteredAction } from '#platform/actions/types.ts'
import { versionsIn } from '#platform/actions/versions.ts'
import * as contracts from '../model/index.ts'
import {
  asWritten,
  dateFields,
  ledgerImportErrors as e,
  type HeaderColumn,
  type LedgerImport,
  ledgerImportLifecycle,
  neededFields,
  proposeColumns,
  textOf,
} from '../model/index.ts'
import type { LedgerImportDeps } from './deps.ts'
import { judgeRows, settled } from './judge.ts'
import { type ReadLedger, readLedger } from './read.ts'
import {
  clearRows,
  countsOf,
  type ImportedRow,
  insertRows,
  loadImport,
  readRows,
  saveImport,
  updateRows,
} from './store.ts'
import { recall, remember } from './store-memory.ts'

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
  versions: versionsIn('ledger_import'),
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

/** Who shares what was learnt: the people of one body; what another office means by a word is its own affair. */
function memoryOf({ county, actor }: EffectContext, signature: string) {
  const owner = actor.grants.find((grant) => grant.bodyId !== null)?.bodyId ?? actor.accountId
  return { county, owner, signature }
}

const start = (deps: LedgerImportDeps): RegisteredAction =>
  onCreate(contracts.startImport, importRecord, async (context, { uploadId, sheet }) => {
    const file = (await deps.readUpload(uploadId, context.actor.accountId)) ?? refuse(e.uploadUnknown)
    const ledger = await readLedger(file, { sheet, header: null, maxRows: maxRowsOf(context) })
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
      detail: await understand(context, ledger),
    }
    return takeIn(deps, context, record, ledger)
  })

const maxRowsOf = ({ parameters, today }: EffectContext) => parameters.number('import.maxRows', today)

/** Judges the rows just read and puts them beside the import. */
async function takeIn(deps: LedgerImportDeps, context: EffectContext, record: LedgerImport, ledger: ReadLedger) {
  const judged = await judgeRows(deps, context, record, ledger.rows.map(freshRow), 'all')
  await insertRows(context.tx, context.county, record.id, judged.rows)
  const { counts, kinds } = await countsOf(context.tx, context.county, record.id)
  const found = ledger.header ? `数据${kinds.data ?? 0}行` : '没有找到表头，待填报人指定'
  return {
    record: { ...record, detail: { ...record.detail, words: judged.words } },
    output: { counts },
    summary: `读取台账“${record.fileName}”工作表“${record.sheet}”，${found}`,
  }
}

const header = (deps: LedgerImportDeps): RegisteredAction =>
  onRecord(contracts.setHeader, importRecord, async (context, record, { rows }) => {
    const { counts } = await countsOf(context.tx, context.county, record.id)
    if (counts.imported || counts.merged) refuse(e.headerSettled)
    const file = (await deps.readUpload(record.uploadId, record.accountId)) ?? refuse(e.uploadUnknown)
    const sheet = file.kind === 'csv' ? null : record.sheet
    const ledger = await readLedger(file, { sheet, header: rows, maxRows: maxRowsOf(context) })
    await clearRows(context.tx, context.county, record.id)
    const { years, assumed } = record.detail
    const detail = { ...(await understand(context, ledger)), years, assumed }
    return takeIn(deps, context, { ...record, detail }, ledger)
  })

async function understand(context: EffectContext, ledger: ReadLedger): Promise<LedgerImport['detail']> {
  const columns = ledger.header?.columns ?? []
  const known = columns.length > 0 ? await recall(context.tx, memoryOf(context, signatureOf(columns))) : undefined
  const words = (await recall(context.tx, memoryOf(context, allLayouts)))?.words ?? {}
  const mapping = known?.columns ?? proposeColumns(columns)
  return {
    sheets: ledger.sheets,
    header: columns,
    headerRows: ledger.header ? [ledger.header.first, ledger.header.last] : [0, 0],
    titles: ledger.header?.titles ?? [],
    preview: ledger.preview,
    date1904: ledger.date1904,
    columns: mapping,
    values: words,
    years: {},
    assumed: {},
    words: [],
    samples: samplesOf(ledger, columns, mapping),
    remembered: known !== undefined,
    recalled: words,
  }
}

function samplesOf(
  { rows, date1904 }: ReadLedger,
  header: readonly HeaderColumn[],
  mapping: contracts.ColumnMapping,
): Record<string, string[]> {
  const dated = new Set(dateFields.map((field) => mapping[field]))
  const samples: Record<string, string[]> = {}
  for (const { col } of header) {
    const texts = new Set<string>()
    for (const row of rows) {
      if (row.kind !== 'data') continue
      const cell = row.cells.find((candidate) => candidate.col === col)
      const text = textOf(asWritten(cell?.value ?? null, dated.has(col), date1904)).slice(0, 40)
      if (text) texts.add(text)
      if (texts.size === 3) break
    }
    samples[col] = [...texts]
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
  unitFixed: false,
  hazardId: null,
  hazardNumber: null,
  reason: null,
})

/** Judges anew and writes only the rows that came out different. */
async function rejudge(
  deps: LedgerImportDeps,
  context: EffectContext,
  record: LedgerImport,
  rows: readonly ImportedRow[],
  anew: 'all' | ReadonlySet<number>,
) {
  const before = new Map(rows.map((row) => [row.row, JSON.stringify(row)]))
  const judged = await judgeRows(deps, context, record, rows, anew)
  const changed = judged.rows.filter((row) =>
    anew !== 'all' && anew.has(row.row) ? true : JSON.stringify(row) !== before.get(row.row),
  )
  await updateRows(context.tx, context.county, record.id, changed)
  return judged
}

const map = (deps: LedgerImportDeps): RegisteredAction =>
  onRecord(contracts.mapImport, importRecord, async (context, record, { columns, values, years, assumed }) => {
    checkColumns(record, columns)
    const before = record.detail
    const detail = { ...before, columns, values, years, assumed, recalled: kept(before.recalled, values) }
    const rows = await readRows(context.tx, context.county, record.id)
    const judged = await rejudge(deps, context, { ...record, detail }, rows, 'all')
    await learn(context, { before, columns, values })
    const { counts } = await countsOf(context.tx, context.county, record.id)
    const next: LedgerImport = { ...record, detail: { ...detail, words: judged.words } }
    return { record: next, output: { counts }, summary: '修改了列和用语的对应关系' }
  })

/** Remembers what the person has said, and forgets what they no longer say of this ledger's words. */
async function learn(
  context: EffectContext,
  said: { before: LedgerImport['detail']; columns: contracts.ColumnMapping; values: contracts.ValueMapping },
): Promise<void> {
  const { tx, now } = context
  await remember(tx, memoryOf(context, signatureOf(said.before.header)), said.columns, {}, now)
  const shared = memoryOf(context, allLayouts)
  const known = (await recall(tx, shared))?.words ?? {}
  const here = new Set(said.before.words.map(({ field, text }) => `${field}|${text}`))
  const words: contracts.ValueMapping = {}
  for (const field of contracts.valueFields) {
    const others = Object.entries(known[field] ?? {}).filter(([text]) => !here.has(`${field}|${text}`))
    words[field] = { ...Object.fromEntries(others), ...said.values[field] }
  }
  await remember(tx, shared, {}, words, now)
}

/** A recalled meaning the person has changed is theirs from now on. */
function kept(recalled: contracts.ValueMapping, said: contracts.ValueMapping): contracts.ValueMapping {
  const out: contracts.ValueMapping = {}
  for (const field of contracts.valueFields) {
    const same = Object.entries(recalled[field] ?? {}).filter(([text, meaning]) => said[field]?.[text] === meaning)
    out[field] = Object.fromEntries(same)
  }
  return out
}

function checkColumns(record: LedgerImport, columns: contracts.ColumnMapping): void {
  const used = Object.values(columns)
  if (new Set(used).size !== used.length) refuse(e.columnTwice)
  const there = new Set(record.detail.header.map((column) => column.col))
  if (neededFields.some((field) => columns[field] === undefined) || used.some((col) => !there.has(col))) {
    refuse(e.columnMissing)
  }
}

const correct = (deps: LedgerImportDeps): RegisteredAction =>
  onRecord(contracts.correctRow, importRecord, async (context, record, input) => {
    const { row, corrections, decision, unit } = input
    const rows = await readRows(context.tx, context.county, record.id)
    const wanted = rows.find((candidate) => candidate.row === row)
    if (!wanted || settled.has(wanted.standing)) return refuse(e.rowUnknown)
    const corrected = { ...wanted, corrections, decision }
    const place = placeKey(deps, context, record, corrected)
    const unitId = unit ? await checkUnit(deps, context, unit.id, place.area) : null
    const touched = new Set([row])
    const next = rows.map((candidate) => {
      const own = candidate === wanted ? corrected : candidate
      if (!unit || settled.has(own.standing)) return own
      // The same name in the same town is the same place: one answer for all its rows.
      if (own !== corrected && placeKey(deps, context, record, own).key !== place.key) return own
      touched.add(own.row)
      return { ...own, unitId, unitFixed: true }
    })
    const judged = await rejudge(deps, context, record, next, touched)
    const standing = judged.rows.find((candidate) => candidate.row === row)?.standing ?? 'open'
    const { counts } = await countsOf(context.tx, context.county, record.id)
    return { record, output: { counts, standing, rows: touched.size }, summary: `更正第${row}行` }
  })

/** Where a row stands, as far as it is understood. */
function placeKey(deps: LedgerImportDeps, context: EffectContext, record: LedgerImport, row: ImportedRow) {
  const settings = contracts.settingsOf(record.sheet, record.detail, deps.vocabulary(), context.today)
  const place = contracts.placeOfRow(settings, row.cells, row.corrections)
  return { ...place, key: `${place.area}|${place.name}|${place.creditCode}` }
}

/** A unit of another town would put the hazard before the wrong people; the town stays the ledger's. */
async function checkUnit(
  deps: LedgerImportDeps,
  context: EffectContext,
  id: string | null,
  area: string | null,
): Promise<string | null> {
  if (id === null) return null
  const unit = await deps.directory.findUnit(context.tx, context.county, id)
  if (!unit?.active) return refuse(e.unitUnknown)
  if (area !== null && townOf(unit.area) !== townOf(area)) refuse(e.unitElsewhere)
  return unit.id
}

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
  header(deps),
  map(deps),
  correct(deps),
  run,
  cancel,
  finish,
]
