import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { formatDay } from '#shell/text/format.ts'
import { channels, hazardStates, type ReportRow, reportExport, reportList } from '../model/index.ts'
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

const controls = ['area', 'sector', 'channel', ['foundFrom', 'foundTo', '发现日期']] as const

/** 发现记录: every finding as it came in; merging hazards changes where a finding stands and never how many there are. */
export default function ReportListPage(): ReactNode {
  const choices = { area: useAreaTree(), sector: useSectors() }
  return (
    <>
      <PageHeader title="发现记录" words="各渠道报来的每一次发现。同一隐患被多次发现的，这里各有一条。" />
      <RecordTable
        list={reportList}
        cells={{ hazard: (row) => <HazardCell row={row} /> }}
        controls={controls}
        choices={choices}
        exporting={reportExport}
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
