import type { ReactNode } from 'react'
import { listAreas, listSectors } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useToday } from '#shell/session/session.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { formatDay, none } from '#shell/text/format.ts'
import { DueText } from '#shell/text/tags.tsx'
import { type ListingRow, listingExport, listingList } from '../model/index.ts'
import { ListingCard } from './ListingCard.tsx'
import { ListingMarks, StepsDue, workDone } from './words.tsx'

const controls = ['states', 'late', 'level', 'area', 'sector']

const cells = {
  unit: (row: ListingRow) => row.unitName || none,
  state: (row: ListingRow) => <ListingMarks row={row} />,
  document: (row: ListingRow) => row.document || none,
  supervising: (row: ListingRow) => row.supervisingBodyName ?? none,
  due: (row: ListingRow) => <Due row={row} />,
  ordered: (row: ListingRow) => formatDay(row.orderedOn),
  ended: (row: ListingRow) => formatDay(row.endedOn),
}

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
  const choices = {
    area: areas.map(({ code, name }) => ({ value: code, label: name })),
    sector: sectors.map(({ id, name }) => ({ value: id, label: name })),
  }
  return (
    <RecordTable
      list={listingList}
      cells={cells}
      controls={controls}
      choices={choices}
      rowKey={(row) => row.id}
      href={(row) => `/listings/${row.id}`}
      card={(row) => <ListingCard row={row} />}
      exporting={listingExport}
      empty={{ why: '还没有挂牌督办的隐患', next: '重大事故隐患可以从隐患详情或本页右上方提请挂牌督办' }}
    />
  )
}
