import type { ReactNode } from 'react'
import { formatLongDay } from '#shell/text/format.ts'
import { type ListingDetailView, orderContents } from '../../model/index.ts'

const numerals = ['一', '二', '三', '四', '五']

/** The five contents a 督办通知 must have, in the order they are printed. */
export function OrderContents({ listing }: { listing: ListingDetailView }): ReactNode {
  const { order } = listing
  if (!order) return null
  const contents: [string, string][] = [
    [orderContents.name, order.name],
    [orderContents.matters, order.matters],
    [orderContents.requirements, order.requirements],
    [orderContents.period, `${formatLongDay(listing.dueOn)}前完成整改`],
    [orderContents.release, order.release],
  ]
  return (
    <dl style={{ margin: 0 }}>
      {contents.map(([title, text], at) => (
        <div key={title} style={{ marginBottom: 8, breakInside: 'avoid' }}>
          <dt style={{ fontWeight: 700 }}>
            {numerals[at]}、{title}
          </dt>
          <dd style={{ margin: 0, textIndent: '2em', whiteSpace: 'pre-wrap' }}>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
