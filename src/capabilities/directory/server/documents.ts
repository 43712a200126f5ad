import { tableFile } from '#platform/excel/download.ts'
import { exportFacts, listDownload, listSource, wordsOf } from '#platform/list/list-download.ts'
import { download, type ExportDesk, type RegisteredDownload } from '#platform/module/module.ts'
import { exportUnitCounts, peopleExport, UnitFilter, unitExport } from '../model/index.ts'
import { peopleRows, sightOf } from './answers.ts'
import { bodyPostDownload } from './bodies/answers.ts'
import type { LoadedDirectory } from './directory.ts'
import { listedPeople, listedUnits, unitRows } from './queries.ts'
import { unitTable } from './unit-table.ts'

/** The area × sector table as a sheet: towns down, sectors across, the sums as the screen has them. */
function unitCountsExport(directory: LoadedDirectory, desk: ExportDesk): RegisteredDownload {
  return download(exportUnitCounts, async (context, { format, ...filter }) => {
    const table = await unitTable(sightOf(directory, context, exportUnitCounts.permission), filter)
    const numbers = new Map(table.cells.map(({ area, sector, n }) => [`${area} ${sector}`, n]))
    const rows = table.areas.map(({ area, name, n }) => [
      name,
      ...table.sectors.map(({ sector }) => numbers.get(`${area} ${sector}`) ?? 0),
      n,
    ])
    const lines = [...rows, ['合计', ...table.sectors.map(({ n }) => n), table.total]]
    const title = '单位分布'
    const words = (await wordsOf(UnitFilter, filter, context, desk)).join('；')
    const columns = ['乡镇（开发区）', ...table.sectors.map(({ name }) => name), '单位数（不重复）']
    await desk.log(context.actor, context.now, { title, filter, words, columns, rows: lines.length, format })
    return tableFile(context, {
      name: `${title}-${context.today}`,
      title,
      columns: columns.map((name, at) => ({ title: name, width: at === 0 ? 18 : 12 })),
      rows: lines,
      format,
      about: exportFacts(context, title, words),
    })
  })
}

/** What of the directory leaves as files. */
export function directoryDownloads(directory: LoadedDirectory, desk: ExportDesk): RegisteredDownload[] {
  return [
    unitCountsExport(directory, desk),
    bodyPostDownload(directory, desk),
    listDownload(unitExport, desk, (context, filter, sort) => {
      const sight = sightOf(directory, context, unitExport.contract.permission)
      return listSource(listedUnits(sight, filter, sort), (rows) => unitRows(sight, rows))
    }),
    listDownload(peopleExport, desk, (context, filter, sort) => {
      const sight = sightOf(directory, context, peopleExport.contract.permission)
      return listSource(listedPeople(sight, filter, sort), (rows) => peopleRows(directory, context, rows))
    }),
  ]
}
