import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import type { ColumnSpec, FilterSpec } from '#shell/table/types.ts'
import { formatDay } from '#shell/text/format.ts'
import { channels, hazardStates, listReports, type ReportRow } from '../model/index.ts'
import { useAreaTree, useSectors } from './reference.ts'

function HazardCell({ row }: { row: ReportRow }): ReactNode {
  if (!row.hazard) return '不在您的管辖范围内'
  const { id, number, state } = row.hazard
  return (
    <>
      <Link to={`/hazards/${id}` as string}>{number}</Link>
      <br />
      {hazardStates[state].label}
      {row.merged && '（合并而来）'}
    </>
  )
}

const columns: readonly ColumnSpec<ReportRow>[] = [
  { key: 'foundOn', title: '发现日期', width: 106, render: (row) => formatDay(row.foundOn) },
  { key: 'channel', title: '发现渠道', width: 90, render: (row) => channels[row.channel] },
  { key: 'description', title: '发现的情况', hideable: false, render: (row) => row.description },
  { key: 'unit', title: '单位', width: 170, render: (row) => row.hazard?.unitName ?? '' },
  { key: 'area', title: '区域', width: 90, render: (row) => row.areaName },
  { key: 'sector', title: '行业领域', width: 90, render: (row) => row.sectorName },
  { key: 'reporter', title: '登记人', width: 90, render: (row) => row.reporter, hiddenAtFirst: true },
  { key: 'source', title: '来源说明', width: 140, render: (row) => row.source, hiddenAtFirst: true },
  { key: 'hazard', title: '现属隐患', width: 150, hideable: false, render: (row) => <HazardCell row={row} /> },
]

function useFilters(): FilterSpec[] {
  return [
    { kind: 'tree', name: 'area', label: '区域', options: useAreaTree() },
    { kind: 'select', name: 'sector', label: '行业领域', options: useSectors() },
    {
      kind: 'select',
      name: 'channel',
      label: '渠道',
      options: Object.entries(channels).map(([value, label]) => ({ value, label })),
    },
    { kind: 'days', name: 'foundFrom', nameTo: 'foundTo', label: '发现日期' },
  ]
}

/** 发现记录: every finding as it came in; merging hazards changes where a finding stands and never how many there are. */
export default function ReportListPage(): ReactNode {
  return (
    <>
      <PageHeader title="发现记录" words="各渠道报来的每一次发现。同一隐患被多次发现的，这里各有一条。" />
      <RecordTable
        id="reports"
        label="发现记录"
        contract={listReports}
        columns={columns}
        filters={useFilters()}
        filterWords={{
          foundMonth: (value) => `${value} 发现`,
          asOf: (value) => `截至 ${value}`,
        }}
        rowKey={(row) => row.id}
        card={(row) => (
          <div style={{ display: 'grid', gap: 4 }}>
            <span>
              {channels[row.channel]} {formatDay(row.foundOn)}
            </span>
            <strong>{row.description}</strong>
            <span>{row.areaName}</span>
            <span>
              <HazardCell row={row} />
            </span>
          </div>
        )}
        empty={{ why: '所选范围内没有发现记录', next: '登记隐患或并入已有隐患时，系统自动留下发现记录' }}
      />
    </>
  )
}
