import { FileTextOutlined } from '@ant-design/icons'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Card, Descriptions, Skeleton, Steps } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { formatDay, none } from '#shell/text/format.ts'
import { DueText } from '#shell/text/tags.tsx'
import { colours } from '#shell/theme/tokens.ts'
import { getListing, type ListingDetailView } from '../model/index.ts'
import { ListingActions } from './ListingActions.tsx'
import { OrderContents } from './OrderContents.tsx'
import { ended, ListingMarks } from './words.tsx'

/** One 挂牌督办 from proposal to delisting, with what may be done now. */
export default function ListingPage(): ReactNode {
  const { id = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const answer = useAsk(getListing, { id })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const listing = answer.data
  return (
    <>
      <PageHeader
        title={`挂牌督办 ${listing.unitName || listing.hazardNumber}`}
        marks={<ListingMarks row={listing} />}
        words={<Link to="/listings">挂牌督办</Link>}
        actions={
          <ListingActions
            listing={listing}
            extra={
              listing.order && (
                <Button
                  icon={<FileTextOutlined />}
                  onClick={() => void navigate({ to: `/listings/${listing.id}/letter` })}
                >
                  督办通知书
                </Button>
              )
            }
          />
        }
        printable
      />
      <Progress listing={listing} />
      <Facts listing={listing} />
      {listing.order && (
        <Card size="small" title={`督办令 ${listing.document}`} style={{ marginBottom: 12 }}>
          <OrderContents listing={listing} />
        </Card>
      )}
    </>
  )
}

/** The five steps with their days; one that ended early shows where. */
function Progress({ listing }: { listing: ListingDetailView }): ReactNode {
  const { state } = listing
  const stopped = state === 'rejected' || state === 'withdrawn'
  const done =
    state === 'delisted' ? 5 : listing.publicisedOn ? 4 : state === 'ordered' ? 3 : listing.approvedBy ? 2 : 1
  const steps = [
    ['提请', formatDay(listing.proposedOn)],
    ['批准', listing.approvedBy],
    ['下达督办令', listing.orderedOn ?? ''],
    ['公示', listing.publicisedOn ?? ''],
    ['摘牌', state === 'delisted' ? formatDay(listing.endedOn) : ''],
  ]
  return (
    <Card size="small" style={{ marginBottom: 12 }}>
      <Steps
        size="small"
        current={done}
        status={stopped ? 'error' : 'process'}
        responsive
        items={steps.map(([title, content]) => ({ title, content }))}
      />
    </Card>
  )
}

function Facts({ listing }: { listing: ListingDetailView }): ReactNode {
  const today = useToday()
  const { ending, publication } = listing
  const row = (key: string, label: string, children: ReactNode, wide = false) => ({
    key,
    label,
    children,
    ...(wide ? { span: 'filled' as const } : {}),
  })
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
        row('due', '办理期限', <DueText due={listing.dueOn} today={today} done={ended(listing)} />),
        row('proposer', '提请', `${listing.proposerBodyName ?? ''} ${listing.proposedBy}，${listing.proposedOn}`),
        row('listing', '挂牌机关', listing.listingBodyName ?? none),
        row('reason', '提请理由', listing.reason, true),
        ...(listing.approvedBy
          ? [row('opinion', '批准意见', `${listing.opinion}（${listing.approvedBy}）`, true)]
          : []),
        row('supervising', '督办责任部门', listing.supervisingBodyName ?? none),
        row('document', '文号', listing.document || none),
        ...(publication
          ? [
              row(
                'publication',
                '公示',
                `${formatDay(listing.publicisedOn)}，${publication.where}（${publication.by}）`,
                true,
              ),
            ]
          : []),
        ...(ending
          ? [
              row(
                'ending',
                listing.state === 'delisted' ? '摘牌' : '结束',
                `${formatDay(listing.endedOn)}，${ending.reason}（${ending.by}）${ending.document}`,
                true,
              ),
            ]
          : []),
      ]}
    />
  )
}
