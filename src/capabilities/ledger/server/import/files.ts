import { tableFile } from '#platform/excel/download.ts'
import { download, type ExportDesk, type RegisteredDownload } from '#platform/module/module.ts'
import { downloadLedgerTemplate, downloadRejectedItems, type Ledger, sheetFields } from '../../model/index.ts'
import { getLedgerOf, type LedgerDeps } from '../deps.ts'
import { rowsLeftOut } from '../store-sheets.ts'
import { asked } from './import.ts'
import { openSheet } from './reading.ts'

/** What may be filled in, column by column, behind the empty sheet. */
function wordLists({ directory }: LedgerDeps, ledger: Ledger) {
  const { areas, bodies, sectors } = directory.index.reference
  const towns = areas.filter(({ active, level }) => active && level === 'town').map(({ name }) => name)
  const known: Readonly<Record<string, readonly string[]>> = {
    area: towns,
    body: bodies.filter(({ active }) => active).map(({ name }) => name),
    sector: sectors
      .filter(({ id, active }) => active && (!ledger.sectors || ledger.sectors.includes(id)))
      .map(({ name }) => name),
  }
  return sheetFields(ledger).flatMap(({ name, title, words, field }) => {
    const list = words ?? known[field ? field.type : name]
    return list ? [{ title, words: list }] : []
  })
}

const template = (deps: LedgerDeps): RegisteredDownload =>
  download(downloadLedgerTemplate, async (context, input) => {
    const ledger = getLedgerOf(deps, input.ledger)
    const fields = sheetFields(ledger)
    const lists = wordLists(deps, ledger)
    const longest = Math.max(0, ...lists.map(({ words }) => words.length))
    const notes = fields.map(({ title, required, field }) => [title, required ? '必填' : '', field?.help ?? ''])
    return tableFile(
      { ...context, demo: false },
      {
        name: `${ledger.title}导入模板`,
        title: ledger.title,
        columns: fields.map(({ title }) => ({ title, width: 18 })),
        rows: [],
        extra: [
          {
            title: '填写说明',
            columns: [
              { title: '列', width: 24 },
              { title: '必填', width: 8 },
              { title: '说明', width: 60 },
            ],
            rows: notes,
          },
          {
            title: '可填的内容',
            columns: lists.map(({ title }) => ({ title, width: 20 })),
            rows: Array.from({ length: longest }, (_, at) => lists.map(({ words }) => words[at] ?? '')),
          },
        ].filter(({ columns }) => columns.length > 0),
      },
    )
  })

/** The rows that did not come in, in the columns of the sheet itself, so that the corrected file can go up as it is. */
const rejected = (deps: LedgerDeps, desk: ExportDesk): RegisteredDownload =>
  download(downloadRejectedItems, async (context, input) => {
    const { ledger, sheet } = await openSheet(deps, asked(context), input.ledger, input.uploadId)
    const of = { county: context.county, accountId: context.actor.accountId, uploadId: input.uploadId }
    const rows = await rowsLeftOut(context.db, { ...of, ledger: ledger.id })
    const reasons = new Map(rows.map(({ row, reason }) => [row, reason]))
    const left = sheet.rows.filter(({ row }) => reasons.has(row))
    const title = `未导入的行—${ledger.title}`
    const columns = [...sheet.header, '原行号', '未导入原因']
    await desk.log(context.actor, context.now, {
      title,
      filter: input,
      words: sheet.name,
      columns,
      rows: left.length,
      format: 'xlsx',
    })
    return tableFile(context, {
      name: title,
      title,
      columns: columns.map((heading, at) => ({ title: heading, width: at > sheet.header.length ? 60 : 18 })),
      rows: left.map(({ row, cells }) => [
        ...sheet.header.map((_, at) => cells[at] ?? ''),
        row,
        reasons.get(row) ?? '',
      ]),
    })
  })

export const importDownloads = (deps: LedgerDeps, desk: ExportDesk): RegisteredDownload[] => [
  template(deps),
  rejected(deps, desk),
]
