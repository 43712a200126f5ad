import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { formatNumber, formatPercent } from '#shell/text/format.ts'
import { colours } from '#shell/theme/tokens.ts'
import {
  type Count,
  type overview as contract,
  type Measure,
  type MeasureId,
  measures,
  type Rate,
} from '../model/index.ts'
import { NumberLink } from './NumberLink.tsx'

type OverviewAnswer = z.output<typeof contract.output>

const order: readonly MeasureId[] = [
  'found',
  'reports',
  'standing',
  'stock',
  'overdue',
  'closed',
  'listed',
  'reopened',
  'removed',
]
const rateOrder: readonly MeasureId[] = ['closureRate', 'overdueRate', 'reopenRate', 'meanDaysOpen', 'meanDaysToClose']

/** The numbers a leader asks for first, as of any day; each opens its list. */
export function Overview({ data }: { data: OverviewAnswer | undefined }): ReactNode {
  if (!data) return <Skeleton active paragraph={{ rows: 3 }} title={false} />
  return (
    <section aria-label="总体情况">
      <dl style={gridStyle}>
        {order.map((id) => {
          const count = data.counts[id]
          const label = id === 'stock' ? `${data.stockUntil.slice(0, 4)}年及以前存量` : measures[id].title
          return count && <Figure key={id} label={label} count={count} list={measures[id].list} />
        })}
        {data.majorOverdue && <ZeroFigure count={data.majorOverdue} />}
        {rateOrder.map((id) => {
          const rate = data.rates[id]
          return rate && <Figure key={id} label={measures[id].title} count={rate.count} words={rateWords(id, rate)} />
        })}
      </dl>
    </section>
  )
}

function rateWords(id: MeasureId, { value }: Rate): string {
  if (value === null) return '—'
  return 'mean' in measures[id] ? `${formatNumber(value)} 天` : formatPercent(value)
}

const gridStyle = {
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(136px, 1fr))',
  gap: 8,
  margin: 0,
}

interface FigureProps {
  readonly label: string
  readonly count: Count
  /** A rate or a mean, shown instead of the number of records it is told of. */
  readonly words?: string
  readonly list?: Measure['list']
  readonly note?: string
}

function Figure({ label, count, words, note, list }: FigureProps): ReactNode {
  return (
    <div className="zb-card">
      <dt style={{ color: colours.textSecondary }}>{label}</dt>
      <dd style={{ margin: 0, fontSize: 22, lineHeight: '30px', fontWeight: 600 }}>
        <NumberLink {...count} label={label} {...(words ? { words } : {})} {...(list ? { list } : {})} />
        {note && <span style={{ fontSize: 12, fontWeight: 400, marginInlineStart: 8 }}>{note}</span>}
      </dd>
    </div>
  )
}

/** 重大事故隐患动态清零: reached while no major hazard is past its deadline. */
function ZeroFigure({ count }: { count: Count }): ReactNode {
  return <Figure label="重大隐患逾期" count={count} note={count.n === 0 ? '已动态清零' : '未动态清零'} />
}
