import { PlusOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan, useToday } from '#shell/session/session.tsx'
import { useListSearch } from '#shell/table/list-search.ts'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import type { ColumnSpec, FilterSpec } from '#shell/table/types.ts'
import { formatDay } from '#shell/text/format.ts'
import { DueText } from '#shell/text/tags.tsx'
import {
  channels,
  exportHazards,
  type HazardRow,
  hazardStateIds,
  hazardStates,
  levels,
  listHazards,
  listingLevels,
} from '../model/index.ts'
import { filterWords } from './filter-words.ts'
import { NumberStrip } from './NumberStrip.tsx'
import { useAreaTree, useBodies, useSectors } from './reference.ts'
import { HazardLevel, HazardMarks } from './words.tsx'

const options = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

function useFilters(): FilterSpec[] {
  return [
    { kind: 'text', name: 'text', label: '编号、单位、内容' },
    { kind: 'tree', name: 'area', label: '区域', options: useAreaTree() },
    { kind: 'select', name: 'sector', label: '行业领域', options: useSectors() },
    { kind: 'select', name: 'level', label: '等级', options: options(levels) },
    {
      kind: 'multi',
      name: 'states',
      label: '状态',
      options: hazardStateIds.map((id) => ({ value: id, label: hazardStates[id].label })),
    },
    { kind: 'select', name: 'channel', label: '来源', options: options(channels) },
    { kind: 'flag', name: 'overdue', label: '逾期' },
    { kind: 'flag', name: 'listed', label: '挂牌督办' },
    { kind: 'select', name: 'bodyId', label: '责任部门', options: useBodies() },
    { kind: 'days', name: 'foundFrom', nameTo: 'foundTo', label: '发现日期' },
  ]
}

function useColumns(): ColumnSpec<HazardRow>[] {
  const today = useToday()
  const settled = (row: HazardRow) => ['closed', 'void'].includes(hazardStates[row.state].type)
  return [
    {
      key: 'number',
      title: '编号',
      width: 142,
      sortKey: 'number',
      hideable: false,
      render: (row) => <span style={{ whiteSpace: 'nowrap' }}>{row.number}</span>,
    },
    { key: 'level', title: '等级', width: 66, render: (row) => <HazardLevel level={row.level} /> },
    { key: 'description', title: '隐患内容', hideable: false, render: (row) => row.description },
    { key: 'unitName', title: '单位', width: 180, render: (row) => row.unitName },
    { key: 'areaName', title: '区域', width: 90, sortKey: 'area', render: (row) => row.areaName },
    { key: 'sectorName', title: '行业领域', width: 90, render: (row) => row.sectorName },
    { key: 'state', title: '状态', width: 116, hideable: false, render: (row) => <HazardMarks row={row} /> },
    {
      key: 'dueOn',
      title: '整改时限',
      width: 176,
      sortKey: 'dueOn',
      render: (row) => <DueText due={row.dueOn} today={today} done={settled(row)} />,
    },
    { key: 'foundOn', title: '发现日期', width: 106, sortKey: 'foundOn', render: (row) => formatDay(row.foundOn) },
    { key: 'channel', title: '来源', width: 90, hiddenAtFirst: true, render: (row) => channels[row.channel] },
    {
      key: 'body',
      title: '责任部门',
      width: 130,
      hiddenAtFirst: true,
      render: (row) => row.assignedBodyName ?? row.leadBodyName,
    },
    {
      key: 'closedOn',
      title: '销号日期',
      width: 106,
      hiddenAtFirst: true,
      sortKey: 'closedOn',
      render: (row) => formatDay(row.closedOn),
    },
    {
      key: 'plan',
      title: '五落实',
      width: 80,
      hiddenAtFirst: true,
      render: (row) => (row.planComplete ? '齐全' : '不齐'),
    },
    { key: 'listing', title: '挂牌', width: 80, hiddenAtFirst: true, render: (row) => listingLevels[row.listing] },
  ]
}

/** 隐患库: every hazard the viewer may see, by any filter a number or a chart can open it with. */
export default function HazardListPage(): ReactNode {
  const [search] = useListSearch(true)
  const columns = useColumns()
  const filters = useFilters()
  const today = useToday()
  const { asOf } = search
  return (
    <>
      <PageHeader title="隐患库" actions={<Tools />} />
      {typeof asOf === 'string' && (
        <Alert
          type="info"
          style={{ marginBottom: 12 }}
          title={`以下的等级、状态、时限、逾期和挂牌是 ${asOf} 当日结束时的；五落实、临时管控等其他内容和打开后看到的，是现在的情况`}
        />
      )}
      <NumberStrip filters={filters} />
      <RecordTable
        id="hazards"
        label="隐患"
        contract={listHazards}
        columns={columns}
        filters={filters}
        filterWords={filterWords}
        rowKey={(row) => row.id}
        href={(row) => `/hazards/${row.id}`}
        card={(row) => <HazardCard row={row} today={today} />}
        exporting={exportHazards}
        empty={{ why: '您的范围内还没有登记隐患', next: '检查发现或单位自查发现隐患后，点“登记隐患”' }}
      />
    </>
  )
}

function Tools(): ReactNode {
  const report = useCan('hazard.report')
  const bring = useCan('ledgerimport.use')
  return (
    <>
      {bring && (
        <Link to={'/hazards/import' as string}>
          <Button>导入台账</Button>
        </Link>
      )}
      {report && (
        <Link to={'/hazards/new' as string}>
          <Button type="primary" icon={<PlusOutlined />}>
            登记隐患
          </Button>
        </Link>
      )}
    </>
  )
}

/** A hazard on a phone: what, where, how it stands, by when. */
export function HazardCard({ row, today }: { row: HazardRow; today: string }): ReactNode {
  const done = ['closed', 'void'].includes(hazardStates[row.state].type)
  return (
    <div style={{ display: 'grid', gap: 4 }}>
      <div style={{ display: 'flex', gap: 6, alignItems: 'center', flexWrap: 'wrap' }}>
        <HazardLevel level={row.level} />
        <HazardMarks row={row} />
        <span style={{ marginLeft: 'auto' }}>{row.number}</span>
      </div>
      <strong>{row.description}</strong>
      <span>
        {row.unitName}（{row.areaName}）
      </span>
      <DueText due={row.dueOn} today={today} done={done} />
    </div>
  )
}
