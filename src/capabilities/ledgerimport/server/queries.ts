import { worthShowing } from '#capabilities/directory/model/index.ts'
import { townOf } from '#kernel/area.ts'
import { coreErrors, refuse } from '#kernel/errors.ts'
import { tableFile } from '#platform/excel/download.ts'
import { listDownload, listSource } from '#platform/list/list-download.ts'
import {
  answer,
  download,
  type ExportDesk,
  type QueryContext,
  type RegisteredDownload,
  type RegisteredQuery,
} from '#platform/module/module.ts'
import * as contracts from '../model/index.ts'
import {
  asWritten,
  dateFields,
  hintsOf,
  type LedgerField,
  type LedgerImport,
  ledgerFieldIds,
  ledgerFields,
  ledgerImportErrors,
  placeOfRow,
  recognise,
  rowStandings,
  settingsOf,
  textOf,
} from '../model/index.ts'
import { importFacets } from './actions.ts'
import type { LedgerImportDeps } from './deps.ts'
import {
  askedFields,
  countRows,
  countsOf,
  fromRow,
  type ImportedRow,
  importsOfUpload,
  listedImports,
  loadImport,
  pageImports,
  readRows,
  rowsQuestion,
} from './store.ts'

async function mine(context: QueryContext, id: string): Promise<LedgerImport> {
  const record = await loadImport(context.db, context.county, id, false)
  if (!record || !context.can('ledgerimport.use', importFacets(record))) return refuse(coreErrors.notFound)
  return record
}

const view = (deps: LedgerImportDeps): RegisteredQuery =>
  answer(contracts.getImport, async (context, { id }) => {
    const record = await mine(context, id)
    const { detail } = record
    const { counts, kinds } = await countsOf(context.db, context.county, id)
    const vocabulary = deps.vocabulary()
    const read = await importsOfUpload(context.db, context.county, record.uploadId, record.accountId)
    const others = detail.sheets.filter((name) => name !== record.sheet)
    return {
      id,
      version: record.version,
      fileName: record.fileName,
      sheet: record.sheet,
      sheets: [...detail.sheets],
      uploadId: record.uploadId,
      otherSheets: others.map((name) => ({ name, importId: read.find((one) => one.sheet === name)?.id ?? null })),
      preview: detail.preview.map(({ row, texts }) => ({ row, texts: [...texts] })),
      state: record.state,
      createdAt: record.createdAt,
      kinds,
      counts,
      header: detail.header.map(({ col, heading }) => ({ col, heading, sample: [...(detail.samples[col] ?? [])] })),
      headerRows: [...detail.headerRows],
      columns: detail.columns,
      years: detail.years,
      assumed: detail.assumed,
      hints: hintsOf({ name: record.sheet, titles: detail.titles, header: detail.header }, detail.columns),
      asked: await askedFields(context.db, context.county, id, [...dateFields, 'level', 'funds']),
      remembered: detail.remembered,
      words: detail.words.map(({ field, text, rows }) => {
        const chosen = detail.values[field]?.[text]
        const meaning = chosen ?? recognise(vocabulary, field, text) ?? null
        const recalled = chosen !== undefined && detail.recalled[field]?.[text] === chosen
        return { field, text, rows, meaning, chosen: chosen !== undefined, recalled }
      }),
    }
  })

/** A row's cells by what they are, as the workbook shows them. */
function cellsOf({ detail }: LedgerImport, row: ImportedRow): contracts.ImportRow['cells'] {
  const byCol = new Map(row.cells.map((cell) => [cell.col, cell]))
  const cells: contracts.ImportRow['cells'] = {}
  for (const field of ledgerFieldIds) {
    const col = detail.columns[field]
    if (col === undefined) continue
    const dated = (dateFields as readonly string[]).includes(field)
    cells[field] = textOf(asWritten(byCol.get(col)?.value ?? null, dated, detail.date1904))
  }
  return cells
}

function rowView(record: LedgerImport, row: ImportedRow, unitName: string | null): contracts.ImportRow {
  return {
    row: row.row,
    standing: row.standing,
    decision: row.decision,
    cells: cellsOf(record, row),
    corrections: row.corrections,
    problems: (row.plan?.problems ?? []).map(({ candidates, ...problem }) => ({
      ...problem,
      ...(candidates ? { candidates: [...candidates] } : {}),
    })),
    mergeRow: row.mergeRow,
    unitId: row.unitId,
    unitName,
    unitFixed: row.unitFixed,
    hazardId: row.hazardId,
    hazardNumber: row.hazardNumber,
    reason: row.reason,
  }
}

/** Rows as people see them, with the names of the units they were found to be about. */
async function rowViews(
  deps: LedgerImportDeps,
  { db, county }: QueryContext,
  record: LedgerImport,
  found: readonly ImportedRow[],
): Promise<contracts.ImportRow[]> {
  const names = new Map<string, string>()
  for (const unitId of new Set(found.map((row) => row.unitId))) {
    const unit = unitId && (await deps.directory.findUnit(db, county, unitId))
    if (unit) names.set(unit.id, unit.name)
  }
  return found.map((row) => rowView(record, row, names.get(row.unitId ?? '') ?? null))
}

const rows = (deps: LedgerImportDeps): RegisteredQuery =>
  answer(contracts.listImportRows, async (context, { id, standings, field, page, size }) => {
    const { db, county } = context
    const record = await mine(context, id)
    const wanted = { standings, problemIn: field }
    const found = await readRows(db, county, id, { ...wanted, limit: size, offset: (page - 1) * size })
    return {
      rows: await rowViews(deps, context, record, found),
      total: await countRows(db, county, id, wanted),
    }
  })

const rowsFile = (deps: LedgerImportDeps): RegisteredDownload =>
  listDownload(contracts.importRowExport, deps.exports, async (context, { id, standings, field }) => {
    const record = await mine(context, id)
    const question = rowsQuestion(context.county, id, { standings, problemIn: field })
    return listSource(question, (found) => rowViews(deps, context, record, found.map(fromRow)))
  })

const units = (deps: LedgerImportDeps): RegisteredQuery =>
  answer(contracts.findRowUnits, async (context, { id, row }) => {
    const record = await mine(context, id)
    const [found] = await readRows(context.db, context.county, id, { rows: [row] })
    if (!found) return refuse(ledgerImportErrors.rowUnknown)
    const settings = settingsOf(record.sheet, record.detail, deps.vocabulary(), context.today)
    const place = placeOfRow(settings, found.cells, found.corrections)
    if (place.name === '' && place.creditCode === null) return { units: [] }
    const matches = await deps.directory.matchUnits(context.db, context.county, place)
    const offered = matches.filter(({ unit, score }) => unit.active && score >= worthShowing).slice(0, 6)
    return {
      units: offered.map(({ unit, why }) => ({
        id: unit.id,
        name: unit.name,
        areaName: deps.directory.areaName(context.county, unit.area),
        why,
        here: place.area === null || townOf(unit.area) === townOf(place.area),
      })),
    }
  })

type ListedImport = Awaited<ReturnType<ReturnType<typeof listedImports>['execute']>>[number]

async function listRows(context: QueryContext, found: readonly ListedImport[]): Promise<contracts.ImportListRow[]> {
  const rows = []
  for (const row of found) {
    const { counts } = await countsOf(context.db, context.county, row.id)
    const { id, state, sheet } = row
    rows.push({ id, fileName: row.file_name, sheet, state, createdAt: row.created_at.toISOString(), counts })
  }
  return rows
}

const list: RegisteredQuery = answer(contracts.listImports, async (context, { page, size }) => {
  const { accountId } = context.actor
  const { rows, total } = await pageImports(context.db, context.county, accountId, size, (page - 1) * size)
  return { rows: await listRows(context, rows), total }
})

const listFile = (desk: ExportDesk): RegisteredDownload =>
  listDownload(contracts.importExport, desk, (context) =>
    listSource(listedImports(context.db, context.county, context.actor.accountId), (rows) => listRows(context, rows)),
  )

const left = ['open', 'skipped', 'rejected'] as const

/** The columns stand as in the ledger itself, so that the corrected file can be imported as it is. */
const rejected: RegisteredDownload = download(contracts.downloadRejected, async (context, { id }) => {
  const record = await mine(context, id)
  const found = await readRows(context.db, context.county, id, { standings: left })
  const { header, date1904 } = record.detail
  const dated = new Set(dateFields.map((field) => record.detail.columns[field]))
  const lastPart = (heading: string) => heading.split('／').at(-1) ?? heading
  const columns = [
    ...header.map(({ heading }) => ({ title: lastPart(heading), width: 18 })),
    { title: '原行号', width: 8 },
    { title: '未导入原因', width: 60 },
  ]
  const title = '未导入的行'
  return tableFile(context, {
    name: `${title}-${record.fileName.replace(/\.[^.]*$/, '')}`,
    title,
    columns,
    rows: found.map((row) => {
      const byCol = new Map(row.cells.map((cell) => [cell.col, cell]))
      const values = header.map(({ col }) => textOf(asWritten(byCol.get(col)?.value ?? null, dated.has(col), date1904)))
      return [...values, row.row, row.reason ?? rowStandings[row.standing]]
    }),
  })
})

/** The template names its unit, so that nobody has to be asked. */
const templateTitle = (field: LedgerField) => (field === 'funds' ? '整改资金（万元）' : ledgerFields[field].title)

const template = (deps: LedgerImportDeps): RegisteredDownload =>
  download(contracts.downloadTemplate, async (context) => {
    const { areas, sectors } = deps.vocabulary()
    const columns = ledgerFieldIds.map((field) => ({ title: templateTitle(field), width: 18 }))
    const words = [
      { title: '可填的乡镇', width: 24 },
      { title: '可填的行业领域', width: 24 },
    ]
    const extra = {
      title: '用语',
      columns: words,
      rows: Array.from({ length: Math.max(areas.length, sectors.length) }, (_, at) => [
        areas[at]?.names[0] ?? '',
        sectors[at]?.names[0] ?? '',
      ]),
    }
    const file = { name: '重大事故隐患台账模板', title: '隐患台账', columns, rows: [], extra: [extra] }
    return tableFile({ ...context, demo: false }, file)
  })

export const ledgerImportQueries = (deps: LedgerImportDeps): RegisteredQuery[] => [
  view(deps),
  rows(deps),
  units(deps),
  list,
]
export const ledgerImportDownloads = (deps: LedgerImportDeps): RegisteredDownload[] => [
  rejected,
  template(deps),
  listFile(deps.exports),
  rowsFile(deps),
]
