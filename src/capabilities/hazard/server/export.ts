import { tableFile } from '#platform/excel/download.ts'
import type { SheetColumn } from '#platform/excel/writer.ts'
import { download, type ExportLog, type QueryContext, type RegisteredDownload } from '#platform/module/module.ts'
import {
  channels,
  exportHazards,
  type HazardFilter,
  type HazardRow,
  hazardStates,
  levels,
  listingLevels,
} from '../model/index.ts'
import type { HazardDeps } from './deps.ts'
import { countHazards } from './queries/count.ts'
import { pageHazards } from './queries/list.ts'

const columns: readonly (SheetColumn & { value(row: HazardRow): string | number | null })[] = [
  { title: '编号', width: 14, value: (row) => row.number },
  { title: '乡镇（开发区）', width: 14, value: (row) => row.areaName },
  { title: '单位名称', width: 30, value: (row) => row.unitName },
  { title: '行业领域', width: 12, value: (row) => row.sectorName },
  { title: '隐患等级', width: 9, value: (row) => levels[row.level] },
  { title: '隐患来源', width: 11, value: (row) => channels[row.channel] },
  { title: '隐患内容', width: 50, value: (row) => row.description },
  { title: '发现日期', width: 12, value: (row) => row.foundOn },
  { title: '整改时限', width: 12, value: (row) => row.dueOn },
  { title: '当前状态', width: 12, value: (row) => hazardStates[row.state].label },
  { title: '是否逾期', width: 9, value: (row) => (row.overdue ? '是' : '否') },
  { title: '挂牌督办', width: 10, value: (row) => listingLevels[row.listing] },
  { title: '销号日期', width: 12, value: (row) => row.closedOn },
  { title: '牵头部门', width: 18, value: (row) => row.leadBodyName },
  { title: '责任部门', width: 18, value: (row) => row.assignedBodyName },
  { title: '五落实齐全', width: 10, value: (row) => (row.planComplete ? '是' : '否') },
]

const chunk = 1000

async function* allRows(deps: HazardDeps, context: QueryContext, filter: HazardFilter, sort: string | undefined) {
  for (let offset = 0; ; offset += chunk) {
    const rows = await pageHazards(deps, context, filter, { size: chunk, offset, sort })
    for (const row of rows) yield columns.map((column) => column.value(row))
    if (rows.length < chunk) return
  }
}

export function exportDownload(deps: HazardDeps, log: ExportLog): RegisteredDownload {
  return download(exportHazards, async (context, input) => {
    const { format, sort, ...filter } = input
    const title = '隐患清单'
    await log(context.actor, context.now, { title, filter, rows: await countHazards(deps, context, filter) })
    const rows = allRows(deps, context, filter, sort)
    return tableFile(context, { name: `${title}-${context.today}`, title, columns, rows, format })
  })
}
