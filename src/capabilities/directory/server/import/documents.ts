import { tableFile } from '#platform/excel/download.ts'
import { download, type RegisteredDownload } from '#platform/module/module.ts'
import {
  belongings,
  downloadRejectedUnits,
  downloadUnitTemplate,
  exampleMark,
  importColumns,
  importFields,
  scales,
  unitKinds,
  unitTags,
} from '../../model/index.ts'
import { asked, type ImportParts, sheetOf } from './import.ts'
import { importsOf } from './store.ts'

/** An empty list with its headings, two rows to see how it is meant, and the words that may be filled in. */
function template({ directory }: ImportParts): RegisteredDownload {
  return download(downloadUnitTemplate, async (context) => {
    const { areas, sectors } = directory.index.reference
    const towns = areas.filter((area) => area.active && area.level === 'town').map((area) => area.name)
    const sectorNames = sectors.filter((sector) => sector.active).map((sector) => sector.name)
    const [town = '', sector = ''] = [towns[0], sectorNames[0]]
    const lists = [
      { title: importColumns.area.title, words: towns },
      { title: importColumns.sectors.title, words: sectorNames },
      { title: importColumns.kind.title, words: Object.values(unitKinds) },
      { title: importColumns.scale.title, words: Object.values(scales) },
      { title: importColumns.belonging.title, words: Object.values(belongings) },
      { title: importColumns.tags.title, words: Object.values(unitTags) },
      { title: importColumns.datum.title, words: ['WGS-84', 'GCJ-02'] },
    ]
    const longest = Math.max(...lists.map((list) => list.words.length))
    const examples: Partial<Record<(typeof importFields)[number], string>>[] = [
      { name: `示例有限公司${exampleMark}`, kind: '单位', creditCode: '18位代码', principal: '张某', scale: '小型' },
      { name: `示例小吃店${exampleMark}`, kind: '场所', tags: '小场所', scale: '微型', principal: '李某' },
    ]
    return tableFile(
      { ...context, demo: false },
      {
        name: '单位名录导入模板',
        title: '单位名录',
        columns: importFields.map((field) => ({ title: importColumns[field].title, width: 18 })),
        rows: examples.map((example) =>
          importFields.map((field) => ({ area: town, sectors: sector, belonging: '县属', ...example })[field] ?? ''),
        ),
        extra: [
          {
            title: '可填的内容',
            columns: lists.map((list) => ({ title: list.title, width: 20 })),
            rows: Array.from({ length: longest }, (_, at) => lists.map((list) => list.words[at] ?? '')),
          },
        ],
      },
    )
  })
}

/** The rows that did not come in, in the columns of the list itself, so that the corrected file can go up as it is. */
function rejected(parts: ImportParts): RegisteredDownload {
  return download(downloadRejectedUnits, async (context, { uploadId }) => {
    const sheet = await sheetOf(parts, uploadId, asked(context))
    const batches = await importsOf(context.db, context.county, uploadId, context.actor.accountId)
    const reasons = new Map(
      batches
        .flatMap((batch) => batch.outcomes.filter((one) => one.outcome === 'rejected'))
        .map((one) => [one.row, one]),
    )
    const width = Math.max(sheet.header.length, ...sheet.rows.map(({ cells }) => cells.length))
    const headings = Array.from({ length: width }, (_, at) => sheet.header[at] ?? '')
    return tableFile(context, {
      name: `未导入的单位-${sheet.name.replace(/\.[^.]*$/, '')}`,
      title: '未导入的单位',
      columns: [...headings, '原行号', '未导入原因'].map((title, at) => ({ title, width: at > width ? 60 : 18 })),
      rows: sheet.rows.flatMap(({ row, cells }) => {
        const outcome = reasons.get(row)
        return outcome ? [[...headings.map((_, at) => cells[at] ?? ''), row, outcome.reason]] : []
      }),
    })
  })
}

export const importDownloads = (parts: ImportParts): RegisteredDownload[] => [template(parts), rejected(parts)]
