import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useToday } from '#shell/session/session.tsx'
import { formatDay, none } from '#shell/text/format.ts'
import { DueText } from '#shell/text/tags.tsx'
import { type ListingDetailView, listingStates } from '../model/index.ts'
import { FactTable, fact } from './descriptions.tsx'
import { StepsDue, workDone } from './words.tsx'

const requestWords = ({ on, by, statement, returned }: ListingDetailView['endRequests'][number]): string =>
  `${on} ${by}：${statement}${returned ? `——${returned.on} ${returned.by}退回：${returned.reason}` : ''}`

/** What was asked, decided and ordered; what has not come yet has no line. */
function decided(listing: ListingDetailView) {
  return [
    fact('proposer', '提请', `${listing.proposerBodyName ?? ''} ${listing.proposedBy}，${listing.proposedOn}`),
    fact('listing', '挂牌机关', listing.listingBodyName ?? none),
    ...(listing.batch
      ? [
          fact(
            'batch',
            '年度批次',
            <Link to={`/listings/batches/${listing.batch.id}` as string}>{listing.batch.title}</Link>,
            true,
          ),
        ]
      : []),
    fact('reason', '提请理由', listing.reason, true),
    ...(listing.approvedBy ? [fact('opinion', '批准意见', `${listing.opinion}（${listing.approvedBy}）`, true)] : []),
    fact('supervising', '督办责任部门', listing.supervisingBodyName ?? none),
    fact('document', '文号', listing.document || none),
  ]
}

function afterwards({ publication, endRequests, ending, ...listing }: ListingDetailView) {
  const told = publication && `${formatDay(listing.publicisedOn)}，${publication.where}（${publication.by}）`
  const over = ending && [ending.by, ending.document].filter((part) => part !== '').join('，')
  const label = listing.state === 'delisted' ? '摘牌销案' : listingStates[listing.state].label
  return [
    ...(told ? [fact('publication', '公示', told, true)] : []),
    ...(endRequests.length > 0
      ? [
          fact(
            'endRequests',
            '销案申请',
            endRequests.map((request) => <div key={request.on + request.statement}>{requestWords(request)}</div>),
            true,
          ),
        ]
      : []),
    ...(ending ? [fact('ending', label, `${formatDay(listing.endedOn)}，${ending.reason}（${over}）`, true)] : []),
  ]
}

/** What a listing is about, what is due, and who decided what. */
export function ListingFacts({ listing }: { listing: ListingDetailView }): ReactNode {
  const today = useToday()
  return (
    <FactTable
      facts={[
        fact('hazard', '隐患', <Link to={`/hazards/${listing.hazardId}`}>{listing.hazardNumber}</Link>),
        fact('hazardState', '隐患状态', listing.hazardState || none),
        fact('description', '隐患情况', listing.description || none, true),
        fact('area', '乡镇、行业领域', `${listing.areaName}　${listing.sectorName}`),
        fact('due', '办理期限', <DueText due={listing.dueOn} today={today} done={workDone(listing)} />),
        ...(listing.steps.length > 0 ? [fact('steps', '挂牌机关待办', <StepsDue row={listing} />, true)] : []),
        ...decided(listing),
        ...afterwards(listing),
      ]}
    />
  )
}
