import { tableFile } from '#platform/excel/download.ts'
import type { SheetColumn } from '#platform/excel/writer.ts'
import { download, type ExportLog, type RegisteredDownload } from '#platform/module/module.ts'
import {
  belongings,
  exportUnitCounts,
  exportUnits,
  importColumns,
  scales,
  type Unit,
  type UnitRow,
  unitKinds,
  unitStates,
  unitTags,
} from '../model/index.ts'
import { sightOf } from './answers.ts'
import type { LoadedDirectory } from './directory.ts'
import { allUnits, countUnits } from './queries.ts'
import { unitTable } from './unit-table.ts'

const titles = importColumns
/** Headings as the import reads them, so that a corrected export can come back. */
const columns: readonly (SheetColumn & { value(row: UnitRow, unit: Unit): string | number })[] = [
  { title: titles.name.title, width: 32, value: (row) => row.name },
  { title: titles.kind.title, width: 9, value: (row) => unitKinds[row.kind] },
  { title: titles.creditCode.title, width: 22, value: (row) => row.creditCode ?? '' },
  { title: titles.area.title, width: 18, value: (row) => row.areaName },
  { title: titles.sectors.title, width: 20, value: (row) => row.sectorNames.join('、') },
  { title: titles.scale.title, width: 8, value: (row) => scales[row.scale] },
  { title: titles.belonging.title, width: 14, value: (row) => belongings[row.belonging] },
  { title: titles.tags.title, width: 14, value: (row) => row.tags.map((tag) => unitTags[tag]).join('、') },
  { title: '高危', width: 7, value: (row) => (row.highRisk ? '是' : '否') },
  { title: titles.principal.title, width: 12, value: (row) => row.principalName ?? '' },
  { title: '状态', width: 12, value: (row) => unitStates[row.state].label },
  { title: titles.address.title, width: 30, value: (_, unit) => unit.address },
  { title: titles.lng.title, width: 12, value: (_, { position }) => position?.lng ?? '' },
  { title: titles.lat.title, width: 12, value: (_, { position }) => position?.lat ?? '' },
  { title: titles.datum.title, width: 10, value: (_, { position }) => (position ? 'WGS-84' : '') },
]

/** The area × sector table as a sheet: towns down, sectors across, the sums as the screen has them. */
export function unitCountsExport(directory: LoadedDirectory, log: ExportLog): RegisteredDownload {
  return download(exportUnitCounts, async (context, filter) => {
    const table = await unitTable(sightOf(directory, context, exportUnitCounts.permission), filter)
    await log(context.actor, context.now, { title: exportUnitCounts.title, filter, rows: table.areas.length })
    const numbers = new Map(table.cells.map(({ area, sector, n }) => [`${area} ${sector}`, n]))
    const rows = table.areas.map(({ area, name, n }) => [
      name,
      ...table.sectors.map(({ sector }) => numbers.get(`${area} ${sector}`) ?? 0),
      n,
    ])
    const title = '单位分布'
    return tableFile(context, {
      name: `${title}-${context.today}`,
      title,
      columns: [
        { title: '乡镇（开发区）', width: 18 },
        ...table.sectors.map(({ name }) => ({ title: name, width: 10 })),
        { title: '单位数（不重复）', width: 14 },
      ],
      rows: [...rows, ['合计', ...table.sectors.map(({ n }) => n), table.total]],
    })
  })
}

export function unitExport(directory: LoadedDirectory, log: ExportLog): RegisteredDownload {
  return download(exportUnits, async (context, filter) => {
    const sight = sightOf(directory, context, exportUnits.permission)
    const { total } = await countUnits(sight, filter)
    await log(context.actor, context.now, { title: exportUnits.title, filter, rows: total })
    async function* rows() {
      for await (const { unit, row } of allUnits(sight, filter)) yield columns.map((column) => column.value(row, unit))
    }
    const title = '单位名录'
    return tableFile(context, { name: `${title}-${context.today}`, title, columns, rows: rows() })
  })
}
