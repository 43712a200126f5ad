import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { formatNumber, formatPercent } from '#shell/text/format.ts'
import { colours } from '#shell/theme/tokens.ts'
import { type Count, type overview as contract, type MeasureId, measures } from '../model/index.ts'
import { NumberLink } from './NumberLink.tsx'

type OverviewAnswer = z.output<typeof contract.output>

const order: readonly MeasureId[] = ['found', 'standing', 'overdue', 'closed', 'listed', 'reopened', 'removed']

/** The numbers a leader asks for first. What has no history is left out for a past day instead of shown as of now. */
export function Overview({ data }: { data: OverviewAnswer | undefined }): ReactNode {
  if (!data) return <Skeleton active paragraph={{ rows: 3 }} title={false} />
  const missing = order.filter((id) => data.counts[id] === undefined).map((id) => measures[id].title)
  return (
    <section aria-label="总体情况">
      <dl style={gridStyle}>
        {order.map((id) => {
          const count = data.counts[id]
          return count && <Figure key={id} label={measures[id].title} count={count} />
        })}
        <Figure label={`${data.stockUntil.slice(0, 4)}年及以前存量`} count={data.stock} />
        {data.majorOverdue && <ZeroFigure count={data.majorOverdue} />}
        <Figure label="销号率" words={formatPercent(data.closureRate)} />
        {data.meanDaysToClose !== null && (
          <Figure label="平均销号天数" words={`${formatNumber(data.meanDaysToClose)} 天`} />
        )}
        {data.reopenRate !== null && <Figure label="重开率" words={formatPercent(data.reopenRate)} />}
      </dl>
      {missing.length > 0 && (
        <p style={{ color: colours.textSecondary, margin: '8px 0 0' }}>
          以下指标只有当前数，截至 {data.asOf} 无法追溯：{missing.join('、')}。
        </p>
      )}
    </section>
  )
}

const gridStyle = {
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(136px, 1fr))',
  gap: 8,
  margin: 0,
}

interface FigureProps {
  readonly label: string
  readonly count?: Count
  /** Instead of a count: a rate or a mean, behind which stands no single list. */
  readonly words?: string
  readonly note?: string
}

function Figure({ label, count, words, note }: FigureProps): ReactNode {
  return (
    <div className="zb-card">
      <dt style={{ color: colours.textSecondary }}>{label}</dt>
      <dd style={{ margin: 0, fontSize: 22, lineHeight: '30px', fontWeight: 600 }}>
        {count ? <NumberLink n={count.n} filter={count.filter} label={label} /> : words}
        {note && <span style={{ fontSize: 12, fontWeight: 400, marginInlineStart: 8 }}>{note}</span>}
      </dd>
    </div>
  )
}

/** 重大事故隐患动态清零: reached while no major hazard is past its deadline. */
function ZeroFigure({ count }: { count: Count }): ReactNode {
  return <Figure label="重大隐患逾期" count={count} note={count.n === 0 ? '已动态清零' : '未动态清零'} />
}
