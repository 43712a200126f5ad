import { Link } from '@tanstack/react-router'
import { Descriptions } from 'antd'
import type { ReactNode } from 'react'
import { useToday } from '#shell/session/session.tsx'
import { formatDay, none } from '#shell/text/format.ts'
import { DueText } from '#shell/text/tags.tsx'
import { colours } from '#shell/theme/tokens.ts'
import { type ListingDetailView, listingStates } from '../model/index.ts'
import { StepsDue, workDone } from './words.tsx'

const row = (key: string, label: string, children: ReactNode, wide = false) => ({
  key,
  label,
  children,
  ...(wide ? { span: 'filled' as const } : {}),
})

const requestWords = ({ on, by, statement, returned }: ListingDetailView['endRequests'][number]): string =>
  `${on} ${by}：${statement}${returned ? `——${returned.on} ${returned.by}退回：${returned.reason}` : ''}`

/** What was asked, decided and ordered; what has not come yet has no line. */
function decided(listing: ListingDetailView) {
  return [
    row('proposer', '提请', `${listing.proposerBodyName ?? ''} ${listing.proposedBy}，${listing.proposedOn}`),
    row('listing', '挂牌机关', listing.listingBodyName ?? none),
    row('reason', '提请理由', listing.reason, true),
    ...(listing.approvedBy ? [row('opinion', '批准意见', `${listing.opinion}（${listing.approvedBy}）`, true)] : []),
    row('supervising', '督办责任部门', listing.supervisingBodyName ?? none),
    row('document', '文号', listing.document || none),
  ]
}

function afterwards({ publication, endRequests, ending, ...listing }: ListingDetailView) {
  const told = publication && `${formatDay(listing.publicisedOn)}，${publication.where}（${publication.by}）`
  const over = ending && [ending.by, ending.document].filter((part) => part !== '').join('，')
  const label = listing.state === 'delisted' ? '摘牌销案' : listingStates[listing.state].label
  return [
    ...(told ? [row('publication', '公示', told, true)] : []),
    ...(endRequests.length > 0
      ? [
          row(
            'endRequests',
            '销案申请',
            endRequests.map((request) => <div key={request.on + request.statement}>{requestWords(request)}</div>),
            true,
          ),
        ]
      : []),
    ...(ending ? [row('ending', label, `${formatDay(listing.endedOn)}，${ending.reason}（${over}）`, true)] : []),
  ]
}

/** What a listing is about, what is due, and who decided what. */
export function ListingFacts({ listing }: { listing: ListingDetailView }): ReactNode {
  const today = useToday()
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 2 }}
      style={{ background: colours.surface, marginBottom: 12 }}
      items={[
        row('hazard', '隐患', <Link to={`/hazards/${listing.hazardId}`}>{listing.hazardNumber}</Link>),
        row('hazardState', '隐患状态', listing.hazardState || none),
        row('description', '隐患情况', listing.description || none, true),
        row('area', '乡镇、行业领域', `${listing.areaName}　${listing.sectorName}`),
        row('due', '办理期限', <DueText due={listing.dueOn} today={today} done={workDone(listing)} />),
        ...(listing.steps.length > 0 ? [row('steps', '挂牌机关待办', <StepsDue row={listing} />, true)] : []),
        ...decided(listing),
        ...afterwards(listing),
      ]}
    />
  )
}
