import { FileTextOutlined } from '@ant-design/icons'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Card, Skeleton, Steps } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { HistoryCard } from '#shell/layout/HistoryCard.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { formatDay } from '#shell/text/format.ts'
import { getListing, type ListingDetailView, type ListingStep, listingStates } from '../model/index.ts'
import { ListingActions } from './ListingActions.tsx'
import { ListingFacts } from './ListingFacts.tsx'
import { OrderContents } from './letter/OrderContents.tsx'
import { Receipts } from './Receipts.tsx'
import { ListingMarks } from './words.tsx'

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
              <>
                {listing.order && (
                  <Button
                    icon={<FileTextOutlined />}
                    onClick={() => void navigate({ to: `/listings/${listing.id}/letter` })}
                  >
                    督办通知书
                  </Button>
                )}
                {listing.state === 'delisted' && (
                  <Button
                    icon={<FileTextOutlined />}
                    onClick={() => void navigate({ to: `/listings/${listing.id}/ending` })}
                  >
                    销案通知书
                  </Button>
                )}
              </>
            }
          />
        }
        printable
      />
      <Progress listing={listing} />
      <ListingFacts listing={listing} />
      {listing.order && (
        <Card size="small" title={`督办令 ${listing.document}`} style={{ marginBottom: 12 }}>
          <OrderContents listing={listing} />
        </Card>
      )}
      {listing.mine && listing.order && <Receipts id={listing.id} />}
      <HistoryCard entries={listing.timeline} />
    </>
  )
}

/** The steps with their days, or with the day they are due; one that ended early shows where. */
function Progress({ listing }: { listing: ListingDetailView }): ReactNode {
  const { state } = listing
  const stopped = listingStates[state].type === 'void'
  const due = (step: ListingStep) => {
    const running = listing.steps.find((one) => one.step === step)
    return running ? `${running.dueOn} 前` : ''
  }
  const steps: readonly (readonly [title: string, done: boolean, content: string])[] = [
    ['提请', true, formatDay(listing.proposedOn)],
    ['批准', listing.approvedBy !== '', listing.approvedBy],
    ['下达督办令', listing.orderedOn !== null, listing.orderedOn ?? ''],
    ['公示', listing.publicisedOn !== null, listing.publicisedOn ?? due('publicise')],
    ['整改销号', listing.hazardClosedOn !== null, listing.hazardClosedOn ?? ''],
    ['摘牌销案', state === 'delisted', state === 'delisted' ? formatDay(listing.endedOn) : due('delist')],
  ]
  const missing = steps.findIndex(([, done]) => !done)
  return (
    <Card size="small" style={{ marginBottom: 12 }}>
      <Steps
        size="small"
        current={missing === -1 ? steps.length : missing}
        status={stopped ? 'error' : 'process'}
        responsive
        items={steps.map(([title, done, content], at) => ({
          title,
          content,
          // A hazard may be closed before the public has been told: what is done is shown as done.
          ...(done && at > missing && missing !== -1 ? { status: 'finish' as const } : {}),
        }))}
      />
    </Card>
  )
}
