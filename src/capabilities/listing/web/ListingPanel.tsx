import { Link } from '@tanstack/react-router'
import { Card } from 'antd'
import type { ReactNode } from 'react'
import { getHazard, type HazardView, listingLevels } from '#capabilities/hazard/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useCan, useToday } from '#shell/session/session.tsx'
import { none } from '#shell/text/format.ts'
import { DueText, StateTag } from '#shell/text/tags.tsx'
import { getListing, listingStates } from '../model/index.ts'

/** 挂牌督办 of a hazard on its own page: who listed it, by which paper, until when. */
export default function ListingPanel({ id }: { id: string }): ReactNode {
  // The page has just asked the same; the answer comes from the cache.
  const { data } = useAsk(getHazard, { id })
  return data ? <Listed row={data} /> : null
}

function Listed({ row }: { row: HazardView }): ReactNode {
  const mayRead = useCan('listing.read')
  const today = useToday()
  const { listingId } = row
  const { data } = useAsk(getListing, { id: listingId ?? '' }, { enabled: mayRead && listingId !== null })
  if (row.listing === 'none' && !data) return null
  if (!data && !listingId)
    return (
      <Card size="small" title={`${listingLevels[row.listing]}挂牌督办`} style={{ marginBottom: 12 }}>
        由台账记载，没有在本系统办理挂牌
      </Card>
    )
  const facts = [
    `挂牌机关：${data?.listingBodyName ?? row.listingBodyName ?? none}`,
    ...(data?.supervisingBodyName ? [`督办责任部门：${data.supervisingBodyName}`] : []),
    ...(data?.document ? [`文号：${data.document}`] : []),
    ...(data?.publicisedOn ? [`公示：${data.publicisedOn}`] : []),
  ]
  return (
    <Card
      size="small"
      title={`${listingLevels[row.listing === 'none' && data ? data.level : row.listing]}挂牌督办`}
      style={{ marginBottom: 12 }}
      extra={listingId && mayRead && <Link to={`/listings/${listingId}` as string}>查看</Link>}
    >
      <div className="zb-line">
        {data && <StateTag state={listingStates[data.state]} />}
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        {data?.dueOn && (
          <span>
            办理期限 <DueText due={data.dueOn} today={today} done={data.endedOn !== null} />
          </span>
        )}
      </div>
    </Card>
  )
}
