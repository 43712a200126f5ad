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
  type CloseKind,
  channels,
  closeKinds,
  exportHazards,
  type HazardRow,
  hazardStateIds,
  hazardStates,
  levels,
  listHazards,
  listingLevels,
  type Move,
} from '../model/index.ts'
import { NumberStrip } from './NumberStrip.tsx'
import { useAreaTree, useBodies, useSectors } from './reference.ts'
import { HazardLevel, HazardMarks } from './words.tsx'

const options = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

const moveWords: Readonly<Record<Move, string>> = {
  entered: '期内新增',
  reopened: '期内重新打开',
  restored: '期内恢复',
  adjustedIn: '期内改判调入',
  adjustedOut: '期内改判调出',
  closed: '期内销号',
  removed: '期内移除',
}

/** What filters without a control say above the list; numbers of charts open with them. */
const filterWords = {
  stateType: (value: unknown) =>
    ({ standing: '未销号', open: '整改中各阶段', waiting: '待审核', closed: '已销号', void: '已移出' })[
      String(value)
    ] ?? String(value),
  stock: (value: unknown) => (value ? '2023年底存量' : '新增'),
  foundMonth: (value: unknown) => `${value} 发现`,
  closedMonth: (value: unknown) => `${value} 销号`,
  closedFrom: (value: unknown) => `${value} 起销号`,
  closedTo: (value: unknown) => `${value} 前销号`,
  dueFrom: (value: unknown) => `${value} 起到期`,
  dueTo: (value: unknown) => `${value} 前到期`,
  asOf: (value: unknown) => `${value} 的状态`,
  since: (value: unknown) => `${value} 以后`,
  moved: (value: unknown) => moveWords[value as Move] ?? String(value),
  closeKind: (value: unknown) => closeKinds[value as CloseKind] ?? String(value),
  everClosed: () => '曾经销号',
  scopeOnly: () => '仅辖区内',
  reopened: () => '重新打开过',
  reinspection: (value: unknown) =>
    ({ drawn: '已抽中复核', passed: '复核合格', failed: '复核不合格' })[String(value)] ?? String(value),
  planIncomplete: () => '五落实不齐',
  interimMissing: () => '缺临时管控',
  extensionPending: () => '延期待审批',
  stopped: () => '停产停业整改',
  unitId: () => '指定单位',
}

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
