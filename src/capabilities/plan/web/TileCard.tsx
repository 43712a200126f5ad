import { ArrowDownOutlined, ArrowUpOutlined, MinusOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatNumber } from '#shell/text/format.ts'
import type { Tile } from '../model/index.ts'
import { ClauseStateTag } from './states.tsx'

/** Points of percent more or less than thirty days before, as arrow and words. */
function Trend({ trend }: { trend: number | null }): ReactNode {
  if (trend === null) return null
  const [icon, words] =
    trend > 0
      ? [<ArrowUpOutlined key="up" aria-hidden />, `升${trend}个百分点`]
      : trend < 0
        ? [<ArrowDownOutlined key="down" aria-hidden />, `降${-trend}个百分点`]
        : [<MinusOutlined key="same" aria-hidden />, '持平']
  return (
    <span className="plan-hint" title="与30天前相比">
      {icon} {words}
    </span>
  )
}

function Share({ tile }: { tile: Tile }): ReactNode {
  const { share, numbers } = tile
  if (share === null) {
    return <div className="plan-share plan-hint">{tile.live > 0 ? '暂无应完成事项' : '落实功能尚未建设'}</div>
  }
  return (
    <div className="plan-share">
      <strong>{formatNumber(numbers.met + numbers.late)}</strong>
      <span> / {formatNumber(numbers.due)}</span>
      <span className="plan-hint"> {share}%</span>
      <div className="plan-bar" aria-hidden>
        <div style={{ width: `${share}%` }} />
      </div>
    </div>
  )
}

/** One measure, stage or safeguard; the whole of it opens its clauses. */
export function TileCard({ tile, search }: { tile: Tile; search: Readonly<Record<string, unknown>> }): ReactNode {
  const { numbers } = tile
  const rest = [
    numbers.missed > 0 && `逾期未完成 ${formatNumber(numbers.missed)}`,
    numbers.open > 0 && `在办 ${formatNumber(numbers.open)}`,
    numbers.late > 0 && `逾期完成 ${formatNumber(numbers.late)}`,
  ].filter(Boolean)
  return (
    <Link to={`/plan/wall/${tile.id}`} search={search as never} className="plan-tile" preload={false}>
      <span className="plan-tile-head">
        <span className="plan-hint">{tile.id}</span>
        <ClauseStateTag state={tile.state} />
      </span>
      <span className="plan-tile-title">{tile.title}</span>
      <Share tile={tile} />
      {rest.length > 0 && <span>{rest.join('，')}</span>}
      <Trend trend={tile.trend} />
      <span className="plan-hint">{tile.lead.map(({ name }) => name).join('、')}</span>
      <span className="plan-hint">
        {tile.from && tile.to ? `${tile.from} 至 ${tile.to}，` : tile.nextDue ? `最近期限 ${tile.nextDue}，` : ''}
        {tile.clauses} 条中 {tile.live} 条有机制
      </span>
    </Link>
  )
}
