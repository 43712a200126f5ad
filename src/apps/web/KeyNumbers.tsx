import { Link } from '@tanstack/react-router'
import { Card, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { overview } from '#capabilities/statistics/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { formatNumber } from '#shell/text/format.ts'

const shown = [
  ['standing', '未销号'],
  ['overdue', '逾期未改'],
  ['listed', '挂牌督办中'],
  ['closed', '累计销号'],
] as const

/** The numbers of one's own scope; each opens exactly the rows it counts. */
export function KeyNumbers(): ReactNode {
  const { data } = useAsk(overview, {})
  if (!data) return <Skeleton.Input active block />
  const { counts, stock, stockUntil, majorOverdue } = data
  const numbers = [
    ...shown.map(([key, label]) => ({ label, count: counts[key] })),
    { label: `存量未销号（${stockUntil.slice(0, 4)}年底前发现）`, count: stock },
    ...(majorOverdue ? [{ label: '重大隐患逾期（应动态清零）', count: majorOverdue }] : []),
  ]
  return (
    <Card size="small" style={{ marginBottom: 12 }}>
      <div className="zb-numbers">
        {numbers.map(({ label, count }) =>
          count ? (
            <Link key={label} to={'/hazards' as string} search={count.filter as never} className="zb-number">
              <strong>{formatNumber(count.n)}</strong>
              <span>{label}</span>
            </Link>
          ) : null,
        )}
      </div>
    </Card>
  )
}
