import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { coreErrors, refuse } from '#kernel/errors.ts'
import { createXlsxWriter } from '#platform/excel/writer.ts'
import {
  answer,
  download,
  type FileAnswer,
  type QueryContext,
  type RegisteredDownload,
  type RegisteredQuery,
} from '#platform/module/module.ts'
import * as contracts from '../model/index.ts'
import { type LedgerImport, ledgerFieldIds, ledgerFields, recognise, rowStandings, textOf } from '../model/index.ts'
import { importFacets } from './actions.ts'
import type { LedgerImportDeps } from './deps.ts'
import { countRows, countsOf, type ImportedRow, loadImport, pageImports, readRows } from './store.ts'

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
    return {
      id,
      version: record.version,
      fileName: record.fileName,
      sheet: record.sheet,
      sheets: [...detail.sheets],
      state: record.state,
      createdAt: record.createdAt,
      kinds,
      counts,
      header: detail.header.map(({ col, heading }) => ({ col, heading, sample: [...(detail.samples[col] ?? [])] })),
      headerRows: [...detail.headerRows],
      columns: detail.columns,
      years: detail.years,
      remembered: detail.remembered,
      words: detail.words.map(({ field, text, rows }) => {
        const chosen = detail.values[field]?.[text]
        const meaning = chosen ?? recognise(vocabulary, field, text) ?? null
        return { field, text, rows, meaning, chosen: chosen !== undefined }
      }),
    }
  })

function rowView(record: LedgerImport, row: ImportedRow): contracts.ImportRow {
  const byCol = new Map(row.cells.map((cell) => [cell.col, cell]))
  const cells: contracts.ImportRow['cells'] = {}
  for (const field of ledgerFieldIds) {
    const col = record.detail.columns[field]
    if (col !== undefined) cells[field] = textOf(byCol.get(col)?.value ?? null)
  }
  return {
    row: row.row,
    standing: row.standing,
    decision: row.decision,
    cells,
    corrections: row.corrections,
    problems: (row.plan?.problems ?? []).map(({ candidates, ...problem }) => ({
      ...problem,
      ...(candidates ? { candidates: [...candidates] } : {}),
    })),
    mergeRow: row.mergeRow,
    unitKnown: row.unitId !== null,
    hazardId: row.hazardId,
    hazardNumber: row.hazardNumber,
    reason: row.reason,
  }
}

const rows: RegisteredQuery = answer(
  contracts.listImportRows,
  async (context, { id, standings, field, page, size }) => {
    const record = await mine(context, id)
    const wanted = { standings, problemIn: field }
    const found = await readRows(context.db, context.county, id, { ...wanted, limit: size, offset: (page - 1) * size })
    const total = await countRows(context.db, context.county, id, wanted)
    return { rows: found.map((row) => rowView(record, row)), total }
  },
)

const list: RegisteredQuery = answer(contracts.listImports, async (context, { page, size }) => {
  const { accountId } = context.actor
  const found = await pageImports(context.db, context.county, accountId, size, (page - 1) * size)
  const views = []
  for (const row of found.rows) {
    const { counts } = await countsOf(context.db, context.county, row.id)
    const { id, state } = row
    views.push({ id, fileName: row.file_name, state, createdAt: row.created_at.toISOString(), counts })
  }
  return { rows: views, total: found.total }
})

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

async function workbook(name: string, write: (body: PassThrough) => Promise<void>): Promise<FileAnswer> {
  const body = new PassThrough()
  write(body).catch((error: unknown) => body.destroy(error instanceof Error ? error : new Error(String(error))))
  await once(body, 'readable')
  return { name, type: xlsx, body }
}

const left = ['open', 'skipped', 'rejected'] as const

/** The columns stand as in the ledger itself, so that the corrected file can be imported as it is. */
const rejected: RegisteredDownload = download(contracts.downloadRejected, async (context, { id }) => {
  const record = await mine(context, id)
  const found = await readRows(context.db, context.county, id, { standings: left })
  const { header } = record.detail
  const lastPart = (heading: string) => heading.split('／').at(-1) ?? heading
  const columns = [
    ...header.map(({ heading }) => ({ title: lastPart(heading), width: 18 })),
    { title: '原行号', width: 8 },
    { title: '未导入原因', width: 60 },
  ]
  return workbook(`未导入的行-${record.fileName.replace(/\.[^.]*$/, '')}.xlsx`, async (body) => {
    const sheet = createXlsxWriter(body, '未导入的行', columns)
    for (const row of found) {
      const byCol = new Map(row.cells.map((cell) => [cell.col, cell]))
      const values = header.map(({ col }) => textOf(byCol.get(col)?.value ?? null))
      await sheet.row([...values, row.row, row.reason ?? rowStandings[row.standing]])
    }
    await sheet.end()
  })
})

const templateFields = ledgerFieldIds.filter((field) => field !== 'phone')

const template = (deps: LedgerImportDeps): RegisteredDownload =>
  download(contracts.downloadTemplate, async () => {
    const { areas, sectors } = deps.vocabulary()
    const columns = templateFields.map((field) => ({ title: ledgerFields[field].title, width: 18 }))
    const words = [
      { title: '可填的乡镇', width: 24 },
      { title: '可填的行业领域', width: 24 },
    ]
    return workbook('重大事故隐患台账模板.xlsx', async (body) => {
      const sheet = createXlsxWriter(body, '隐患台账', columns, [
        {
          title: '用语',
          columns: words,
          rows: Array.from({ length: Math.max(areas.length, sectors.length) }, (_, at) => [
            areas[at]?.names[0] ?? '',
            sectors[at]?.names[0] ?? '',
          ]),
        },
      ])
      await sheet.end()
    })
  })

export const ledgerImportQueries = (deps: LedgerImportDeps): RegisteredQuery[] => [view(deps), rows, list]
export const ledgerImportDownloads = (deps: LedgerImportDeps): RegisteredDownload[] => [rejected, template(deps)]
