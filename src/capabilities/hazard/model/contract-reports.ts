import { z } from 'zod'
import { defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { defineExport, defineList, type ListColumn } from '#kernel/list/list.ts'
import { Paging, pageOf } from '#kernel/paging.ts'
import { Day } from '#kernel/time.ts'
import { HazardFilter } from './contract-read.ts'
import { channels, type HazardState, hazardStateIds, hazardStates } from './terms.ts'

/** Here `asOf` asks for the findings on the books at the end of that day. */
export const ReportFilter = HazardFilter.pick({
  area: true,
  sector: true,
  channel: true,
  foundFrom: true,
  foundTo: true,
  foundMonth: true,
  scopeOnly: true,
  asOf: true,
})
export type ReportFilter = z.infer<typeof ReportFilter>

export const ReportRow = z.object({
  id: Id,
  channel: z.enum(['selfCheck', 'inspection', 'publicReport']),
  areaName: z.string(),
  sectorName: z.string(),
  foundOn: Day,
  reportedAt: z.string(),
  source: z.string(),
  description: z.string(),
  reporter: z.string(),
  /** The hazard the finding stands on now; null when it lies outside the viewer's scope. */
  hazard: z
    .object({
      id: Id,
      number: z.string(),
      unitName: z.string(),
      state: z.enum(hazardStateIds as [HazardState, ...HazardState[]]),
    })
    .nullable(),
  /** True when a merge brought it to the hazard it stands on now. */
  merged: z.boolean(),
})
export type ReportRow = z.infer<typeof ReportRow>

/** Every finding as it came in. Merging hazards moves findings between hazards and changes no number of findings. */
export const listReports = defineQuery({
  id: 'hazard.reports',
  title: '发现记录',
  permission: 'hazard.read',
  clauses: ['M17-2', 'M17-6'],
  input: ReportFilter.extend(Paging),
  output: pageOf(ReportRow),
  errors: [],
})

const standsOn = ({ hazard, merged }: ReportRow) =>
  hazard ? `${hazard.number} ${hazardStates[hazard.state].label}${merged ? '（合并而来）' : ''}` : '不在您的管辖范围内'

const columns: readonly ListColumn<ReportRow>[] = [
  { key: 'foundOn', title: '发现日期', text: (row) => row.foundOn, width: 106 },
  { key: 'channel', title: '发现渠道', text: (row) => channels[row.channel], width: 90 },
  { key: 'description', title: '发现的情况', text: (row) => row.description, hideable: false },
  { key: 'unit', title: '单位', text: (row) => row.hazard?.unitName ?? null, width: 170 },
  { key: 'area', title: '区域', text: (row) => row.areaName, width: 90 },
  { key: 'sector', title: '行业领域', text: (row) => row.sectorName, width: 104 },
  { key: 'reporter', title: '登记人', text: (row) => row.reporter, width: 90, hiddenAtFirst: true },
  { key: 'source', title: '来源说明', text: (row) => row.source, width: 140, hiddenAtFirst: true },
  { key: 'hazard', title: '现属隐患', text: standsOn, width: 150, hideable: false },
]

export const reportList = defineList({
  id: 'reports',
  title: '发现记录',
  contract: listReports,
  filter: ReportFilter,
  columns,
})
export const reportExport = defineExport(reportList, { id: 'hazard.exportReports', permission: 'hazard.export' })
