import { Link, useParams } from '@tanstack/react-router'
import { Card, Skeleton, Tag, Timeline, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { formatInstant } from '#shell/text/format.ts'
import { BeforeAfter } from '#shell/upload/BeforeAfter.tsx'
import { Gallery } from '#shell/upload/Gallery.tsx'
import { getItem, type LedgerItemView } from '../../model/index.ts'
import { ItemDue, ItemMarks } from '../words.tsx'
import { ItemActions } from './ItemActions.tsx'
import { ItemFacts } from './ItemFacts.tsx'
import { Milestones } from './Milestones.tsx'

const gap = { marginBottom: 12 }

/** One item of a ledger: what is known, what may be done, how far it has come, and who did what. */
export default function ItemPage(): ReactNode {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const answer = useAsk(getItem, { id })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  const item = answer.data
  if (!item) return <Skeleton active />
  return (
    <>
      <PageHeader
        title={item.title}
        marks={
          <>
            <ItemMarks row={item} />
            {item.stock !== null && <Tag style={{ margin: 0 }}>{item.stock ? '存量' : '新增'}</Tag>}
          </>
        }
        words={
          <>
            <Link to={`/ledgers/${item.ledgerId}` as string}>{item.ledgerTitle}</Link>
            {item.dueOn !== null && (
              <span style={{ marginInlineStart: 12 }}>
                期限 <ItemDue row={item} />
              </span>
            )}
          </>
        }
        actions={<ItemActions item={item} />}
        printable
      />
      <div className="zb-record">
        <div>
          <ItemFacts item={item} />
          {item.milestones.length > 0 && <Milestones item={item} />}
          <Papers item={item} />
        </div>
        <div className="zb-record-history">
          <History item={item} />
        </div>
      </div>
    </>
  )
}

function Papers({ item: { attachments, listedOn } }: { item: LedgerItemView }): ReactNode {
  return (
    <Card size="small" title={`佐证材料（${attachments.length}）`} style={gap}>
      {attachments.length === 0 ? (
        <Typography.Text type="secondary">还没有材料，登记和办理各步时上传的文件都在这里</Typography.Text>
      ) : (
        <>
          <BeforeAfter files={attachments} />
          <Gallery files={attachments} foundOn={listedOn} />
        </>
      )}
    </Card>
  )
}

function History({ item: { timeline } }: { item: LedgerItemView }): ReactNode {
  return (
    <Card size="small" title={`办理过程（${timeline.length}）`} style={gap} styles={{ body: { paddingTop: 16 } }}>
      <Timeline
        items={timeline.map((entry) => ({
          key: entry.seq,
          content: (
            <div style={{ overflowWrap: 'anywhere' }}>
              {entry.summary}
              <div className="zb-line">
                {entry.from !== null && entry.to !== null && entry.from !== entry.to
                  ? `${entry.from} → ${entry.to}，`
                  : ''}
                {entry.actor}，{formatInstant(entry.at)}
              </div>
            </div>
          ),
        }))}
      />
    </Card>
  )
}
