import { WarningOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import type { CSSProperties, ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { colours } from '#shell/theme/tokens.ts'
import { type ListingState, listingStates, listListings } from '../model/index.ts'
import { ListingCard } from './ListingCard.tsx'

/** What has ended grows without end; the board is for what is still to be done. */
const shownOpen = 30
const shownEnded = 6

interface Column {
  readonly title: string
  readonly states: readonly ListingState[]
  readonly empty: string
  readonly ended?: boolean
}

const columns: readonly Column[] = [
  { title: listingStates.proposed.label, states: ['proposed'], empty: '没有待批准的提请' },
  { title: listingStates.approved.label, states: ['approved'], empty: '没有待下达的督办令' },
  { title: listingStates.ordered.label, states: ['ordered'], empty: '没有正在挂牌督办的隐患' },
  { title: listingStates.delisted.label, states: ['delisted'], empty: '还没有销案的挂牌督办', ended: true },
  { title: '未批准、撤回、撤销', states: ['rejected', 'withdrawn', 'revoked'], empty: '没有', ended: true },
]

const boardStyle: CSSProperties = {
  display: 'grid',
  gridTemplateColumns: `repeat(${columns.length}, minmax(210px, 1fr))`,
  gap: 12,
  overflowX: 'auto',
  alignItems: 'start',
}

/** The listings by where they stand; a column shows its newest and says how many more there are. */
export function Board(): ReactNode {
  return (
    <div style={boardStyle}>
      {columns.map((column) => (
        <BoardColumn key={column.title} column={column} />
      ))}
    </div>
  )
}

function BoardColumn({ column }: { column: Column }): ReactNode {
  const shown = column.ended ? shownEnded : shownOpen
  const answer = useAsk(listListings, { states: [...column.states], size: shown })
  const total = answer.data?.total
  return (
    <section aria-label={column.title} style={{ background: colours.neutralGround, borderRadius: 4, padding: 8 }}>
      <h2 style={{ fontSize: 14, margin: '0 0 8px' }}>
        {column.title}
        {total !== undefined && `（${total}）`} {column.states.includes('ordered') && <Late />}
      </h2>
      {answer.error ? (
        <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
      ) : !answer.data ? (
        <Skeleton active title={false} />
      ) : (
        <ul className="zb-cards">
          {answer.data.rows.map((row) => (
            <li key={row.id}>
              <Link to={`/listings/${row.id}`} className="zb-card">
                <ListingCard row={row} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {total === 0 && <p style={{ margin: 0, color: colours.textSecondary }}>{column.empty}</p>}
      {total !== undefined && total > shown && (
        <Link to="/listings" search={{ states: [...column.states] } as never}>
          还有 {total - shown} 条，到清单查看
        </Link>
      )}
    </section>
  )
}

/** How many are late in any way; one step from the list of them. */
function Late(): ReactNode {
  const total = useAsk(listListings, { late: 'any', size: 1 }).data?.total ?? 0
  if (total === 0) return null
  return (
    <Link to="/listings" search={{ late: 'any' } as never} style={{ fontWeight: 700 }}>
      <WarningOutlined aria-hidden /> 逾期 {total}
    </Link>
  )
}
