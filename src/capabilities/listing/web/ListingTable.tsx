import type { ReactNode } from 'react'
import { listAreas, listSectors } from '#capabilities/directory/model/index.ts'
import { listingLevels } from '#capabilities/hazard/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useToday } from '#shell/session/session.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import type { ColumnSpec, FilterSpec } from '#shell/table/types.ts'
import { formatDay, none } from '#shell/text/format.ts'
import { DueText } from '#shell/text/tags.tsx'
import { type ListingRow, listingLateness, listingStateIds, listingStates, listListings } from '../model/index.ts'
import { ListingCard } from './ListingCard.tsx'
import { ListingMarks, StepsDue, workDone } from './words.tsx'

const columns: readonly ColumnSpec<ListingRow>[] = [
  { key: 'number', title: '隐患编号', width: 150, hideable: false, render: (row) => row.hazardNumber },
  { key: 'unit', title: '单位', width: 190, render: (row) => row.unitName || none },
  { key: 'description', title: '隐患', render: (row) => row.description },
  { key: 'area', title: '乡镇', width: 100, render: (row) => row.areaName },
  { key: 'sector', title: '行业领域', width: 110, render: (row) => row.sectorName, hiddenAtFirst: true },
  { key: 'state', title: '状态', width: 190, render: (row) => <ListingMarks row={row} /> },
  { key: 'document', title: '文号', width: 160, render: (row) => row.document || none, hiddenAtFirst: true },
  { key: 'supervising', title: '督办责任部门', width: 140, render: (row) => row.supervisingBodyName ?? none },
  { key: 'due', title: '办理期限、待办', width: 260, render: (row) => <Due row={row} /> },
  { key: 'ordered', title: '下达日期', width: 110, render: (row) => formatDay(row.orderedOn), hiddenAtFirst: true },
  { key: 'ended', title: '办结日期', width: 110, render: (row) => formatDay(row.endedOn), hiddenAtFirst: true },
]

function Due({ row }: { row: ListingRow }): ReactNode {
  return (
    <>
      <DueText due={row.dueOn} today={useToday()} done={workDone(row)} />
      <StepsDue row={row} />
    </>
  )
}

/** All listings as a list; the board's other face, and the only one on a phone. */
export function ListingTable(): ReactNode {
  const areas = useAsk(listAreas, { supervisedOnly: true }, { staleTime: 600_000 }).data?.areas ?? []
  const sectors = useAsk(listSectors, {}, { staleTime: 600_000 }).data?.sectors ?? []
  const { none: _, ...levels } = listingLevels
  const filters: FilterSpec[] = [
    {
      kind: 'multi',
      name: 'states',
      label: '状态',
      options: listingStateIds.map((id) => ({ value: id, label: listingStates[id].label })),
    },
    {
      kind: 'select',
      name: 'late',
      label: '时限',
      options: Object.entries(listingLateness).map(([value, label]) => ({ value, label })),
    },
    {
      kind: 'select',
      name: 'level',
      label: '挂牌级别',
      options: Object.entries(levels).map(([value, label]) => ({ value, label })),
    },
    {
      kind: 'select',
      name: 'area',
      label: '乡镇（开发区）',
      options: areas.map(({ code, name }) => ({ value: code, label: name })),
    },
    {
      kind: 'select',
      name: 'sector',
      label: '行业领域',
      options: sectors.map(({ id, name }) => ({ value: id, label: name })),
    },
  ]
  return (
    <RecordTable
      id="listings"
      label="挂牌督办清单"
      contract={listListings}
      columns={columns}
      rowKey={(row) => row.id}
      filters={filters}
      filterWords={{ hazardId: () => '指定隐患', year: (value) => `${String(value)}年提请` }}
      href={(row) => `/listings/${row.id}`}
      card={(row) => <ListingCard row={row} />}
      empty={{ why: '还没有挂牌督办的隐患', next: '重大事故隐患可以从隐患详情或本页右上方提请挂牌督办' }}
    />
  )
}
