import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { listingLevels } from '#capabilities/hazard/model/index.ts'
import { maxPageSize } from '#kernel/paging.ts'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { formatDay, none } from '#shell/text/format.ts'
import { type ListingRow, listingStates, listListings } from '../model/index.ts'
import { type SheetColumn, SheetTable } from './SheetTable.tsx'

/** What has been made public, as a sheet to hang up or to put on a website; listings not yet publicised stay out. */
export default function PublicityPage(): ReactNode {
  const today = useToday()
  const answer = useAsk(listListings, { states: ['ordered', 'delisted'], size: maxPageSize })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const rows = answer.data.rows.filter((row) => row.publicisedOn !== null)
  const beyond = answer.data.total - answer.data.rows.length
  return (
    <>
      <PageHeader
        title="重大事故隐患挂牌督办公示"
        words={
          <>
            截至 {today}，已公示 {rows.length} 项{beyond > 0 && `（较早的 ${beyond} 项未列出，请到清单查询）`}{' '}
            <Link to="/listings" className="zb-no-print">
              挂牌督办
            </Link>
          </>
        }
        printable
      />
      {rows.length === 0 ? (
        <EmptyState why="还没有已公示的挂牌督办" next="下达督办令后，在挂牌督办详情中登记公示" />
      ) : (
        <SheetTable columns={columns} rows={rows} rowKey={(row) => row.id} />
      )}
    </>
  )
}

const columns: readonly SheetColumn<ListingRow>[] = [
  ['单位', (row) => <Link to={`/listings/${row.id}`}>{row.unitName || row.hazardNumber}</Link>],
  ['所在地', (row) => row.areaName],
  ['隐患', (row) => row.description],
  ['级别', (row) => listingLevels[row.level], true],
  ['文号', (row) => row.document || none],
  ['督办责任部门', (row) => row.supervisingBodyName ?? none],
  ['办理期限', (row) => formatDay(row.dueOn), true],
  ['公示日期', (row) => formatDay(row.publicisedOn), true],
  [
    '进展',
    (row) =>
      row.state === 'delisted' ? `${formatDay(row.endedOn)} 销案` : row.hazardState || listingStates[row.state].label,
  ],
]
