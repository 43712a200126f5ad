import { Link, useNavigate } from '@tanstack/react-router'
import { Card, Skeleton } from 'antd'
import { type ReactNode, useState } from 'react'
import { mintId } from '#shell/api/client.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan, useToday } from '#shell/session/session.tsx'
import { StateTag } from '#shell/text/tags.tsx'
import {
  type BatchRow,
  type BatchYear,
  batchStates,
  confirmNone,
  draftBatch,
  listBatchYears,
  revokeNone,
} from '../../model/index.ts'
import { progressWords, YearTag } from './words.tsx'

/** 年度挂牌批次: what the plan asks for every year, and how each year stands. */
export default function YearsPage(): ReactNode {
  const answer = useAsk(listBatchYears, {})
  const today = useToday()
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const { task, years } = answer.data
  return (
    <>
      <PageHeader
        title="年度挂牌批次"
        words={
          <>
            {task ? `${task.title}（${task.clause}）` : '本县方案没有年度挂牌批次的任务'}{' '}
            <Link to="/listings" className="zb-no-print">
              挂牌督办
            </Link>
          </>
        }
        actions={task && <DraftButton year={Number(today.slice(0, 4))} />}
        printable
      />
      {years.length === 0 && <EmptyState why="还没有年度挂牌批次" />}
      {years.map((year) => (
        <YearCard key={year.year} year={year} today={today} hazards={task?.hazards ?? '重大隐患'} />
      ))}
    </>
  )
}

function DraftButton({ year }: { year: number }): ReactNode {
  const may = useCan('listing.draftBatch')
  const navigate = useNavigate()
  const [recordId] = useState(mintId)
  if (!may) return null
  return (
    <ActionButton
      contract={draftBatch}
      recordId={recordId}
      primary
      initial={{ year }}
      fields={[
        { kind: 'number', name: 'year', label: '年度', required: true, min: 2020, max: year + 1 },
        { kind: 'area', name: 'note', label: '说明', max: 500 },
      ]}
      onDone={(result) => void navigate({ to: `/listings/batches/${result.recordId}` })}
    />
  )
}

interface YearCardProps {
  readonly year: BatchYear
  readonly today: string
  readonly hazards: string
}

function YearCard({ year, today, hazards }: YearCardProps): ReactNode {
  const mayConfirm = useCan('listing.approve')
  const [recordId, setRecordId] = useState(mintId)
  const open = year.batches.length === 0 && year.none === null
  return (
    <Card
      size="small"
      style={{ marginBottom: 12 }}
      title={
        <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' }}>
          {year.year} 年 <YearTag year={year} />
        </span>
      }
      extra={
        mayConfirm &&
        open &&
        year.year <= Number(today.slice(0, 4)) && (
          <ActionButton
            contract={confirmNone}
            recordId={recordId}
            onDone={() => setRecordId(mintId())}
            fixed={{ year: year.year }}
            fields={[
              {
                kind: 'area',
                name: 'reason',
                label: `确认${year.year}年度无典型${hazards}需挂牌督办的依据`,
                max: 500,
                required: true,
                help: '写明排查范围和结论；由您署名确认，记录确认日期',
              },
            ]}
          />
        )
      }
    >
      <div className="zb-line">
        <span>应于 {year.target} 前公布名单</span>
        {year.on && <span>{year.on} 公布</span>}
      </div>
      {year.none && <None none={year.none} />}
      {year.batches.length > 0 ? (
        <ul className="zb-plain">
          {year.batches.map((batch) => (
            <BatchLine key={batch.id} batch={batch} />
          ))}
        </ul>
      ) : (
        open && <p style={{ margin: '8px 0 0' }}>还没有拟定批次</p>
      )}
    </Card>
  )
}

function None({ none }: { none: NonNullable<BatchYear['none']> }): ReactNode {
  return (
    <div style={{ marginTop: 8 }}>
      {none.on} {none.by} 确认本年度无：{none.reason}{' '}
      {none.mayRevoke && (
        <ActionButton
          contract={revokeNone}
          recordId={none.id}
          version={none.version}
          fields={[{ kind: 'area', name: 'reason', label: '撤销的理由', max: 500, required: true }]}
        />
      )}
    </div>
  )
}

function BatchLine({ batch }: { batch: BatchRow }): ReactNode {
  return (
    <li>
      <Link to={`/listings/batches/${batch.id}` as string}>{batch.title}</Link>
      <div className="zb-line">
        <StateTag state={batchStates[batch.state]} />
        {batch.meetingOn && <span>{batch.meetingOn} 审定</span>}
        {batch.document && <span>{batch.document}</span>}
        <span>{progressWords(batch.progress)}</span>
      </div>
    </li>
  )
}
