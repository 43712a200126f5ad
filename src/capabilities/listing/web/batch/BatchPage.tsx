import { Link, useParams } from '@tanstack/react-router'
import { Card, Skeleton, Steps } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { HistoryCard } from '#shell/layout/HistoryCard.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { ExportButton } from '#shell/table/ExportButton.tsx'
import { formatDay, none } from '#shell/text/format.ts'
import { StateTag } from '#shell/text/tags.tsx'
import { Gallery } from '#shell/upload/Gallery.tsx'
import { type BatchView, batchStates, exportBatch, getBatch } from '../../model/index.ts'
import { FactTable, fact } from '../descriptions.tsx'
import { BatchActions } from './BatchActions.tsx'
import { Candidates } from './Candidates.tsx'
import { Items } from './Items.tsx'
import { progressWords } from './words.tsx'

/** One batch of a year: what was chosen, what the meeting decided, and how far each hazard has come. */
export default function BatchPage(): ReactNode {
  const { id = '' } = useParams({ strict: false })
  const answer = useAsk(getBatch, { id })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const batch = answer.data
  const choosing = batch.allowedActions.some(({ action, blocked }) => action === 'listing.chooseForBatch' && !blocked)
  return (
    <>
      <PageHeader
        title={batch.title}
        marks={<StateTag state={batchStates[batch.state]} />}
        words={
          <Link to={'/listings/batches' as string} className="zb-no-print">
            年度挂牌批次
          </Link>
        }
        actions={
          <BatchActions
            batch={batch}
            extra={
              batch.items.length > 0 && (
                <ExportButton contract={exportBatch} input={{ id: batch.id }} label="导出名单" />
              )
            }
          />
        }
        printable
      />
      {batch.none === null && <Progress batch={batch} />}
      <Facts batch={batch} />
      {batch.none === null && <Items batch={batch} />}
      {choosing && <Candidates batch={batch} />}
      {batch.attachments.length > 0 && (
        <Card size="small" title="审定文件" style={{ marginBottom: 12 }}>
          <Gallery files={batch.attachments} foundOn={batch.draftedOn} />
        </Card>
      )}
      <HistoryCard entries={batch.timeline} />
    </>
  )
}

function Progress({ batch }: { batch: BatchView }): ReactNode {
  const { progress, submission, approval, publishedOn } = batch
  const { chosen, ordered, delisted, dropped } = progress
  const kept = chosen - dropped
  const steps: readonly (readonly [title: string, done: boolean, content: string])[] = [
    ['拟定名单', submission !== null, `${chosen}条`],
    ['会议审定', approval !== null, approval?.meetingOn ?? ''],
    ['下达督办令', approval !== null && ordered >= kept, approval ? `${ordered}/${kept}` : ''],
    ['公布名单', publishedOn !== null, publishedOn ?? `应于 ${batch.target} 前`],
    ['整改销案', publishedOn !== null && delisted >= kept, approval ? `${delisted}/${kept}` : ''],
  ]
  const missing = steps.findIndex(([, done]) => !done)
  return (
    <Card size="small" style={{ marginBottom: 12 }}>
      <Steps
        size="small"
        responsive
        current={missing === -1 ? steps.length : missing}
        status={batch.state === 'voided' ? 'error' : 'process'}
        items={steps.map(([title, , content]) => ({ title, content }))}
      />
    </Card>
  )
}

function Facts({ batch }: { batch: BatchView }): ReactNode {
  const { submission, approval, publication, voided } = batch
  return (
    <FactTable
      facts={[
        fact('year', '年度', `${batch.year}年，应于 ${batch.target} 前公布名单`),
        fact('sector', '行业领域', batch.sectorName),
        fact('drafted', '拟定', `${batch.drafterBodyName ?? ''} ${batch.draftedBy}，${batch.draftedOn}`),
        fact('body', '挂牌机关', batch.listingBodyName ?? none),
        ...(batch.note ? [fact('note', '说明', batch.note, true)] : []),
        ...(batch.none
          ? [fact('none', '确认本年度无', `${batch.none.on} ${batch.none.by}：${batch.none.reason}`, true)]
          : []),
        ...(submission
          ? [fact('submission', '提请审定', `${submission.on} ${submission.by}：${submission.statement}`, true)]
          : []),
        ...(batch.returns.length > 0
          ? [
              fact(
                'returns',
                '退回',
                batch.returns.map(({ on, by, reason }) => <div key={on + reason}>{`${on} ${by}：${reason}`}</div>),
                true,
              ),
            ]
          : []),
        ...(approval
          ? [
              fact(
                'approval',
                '会议审定',
                `${approval.meetingOn} ${approval.meeting}，${batch.document}。${approval.opinion}（${approval.by}）`,
                true,
              ),
            ]
          : []),
        ...(publication
          ? [
              fact(
                'publication',
                '公布名单',
                `${formatDay(batch.publishedOn)}，${publication.where}（${publication.by}）`,
                true,
              ),
            ]
          : []),
        ...(approval ? [fact('progress', '进展', progressWords(batch.progress), true)] : []),
        ...(voided ? [fact('voided', '作废', `${voided.on} ${voided.by}：${voided.reason}`, true)] : []),
      ]}
    />
  )
}
