import { Link } from '@tanstack/react-router'
import { Card } from 'antd'
import type { CSSProperties, ReactNode } from 'react'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { useToday } from '#shell/session/session.tsx'
import { none } from '#shell/text/format.ts'
import { DueText } from '#shell/text/tags.tsx'
import { type BatchItemView, type BatchView, dropFromBatch, itemWords } from '../../model/index.ts'
import { type SheetColumn, SheetTable } from '../SheetTable.tsx'

const hazardLink = (item: BatchItemView): ReactNode => (
  <Link to={(item.listing ? `/listings/${item.listing.id}` : `/hazards/${item.hazardId}`) as string}>
    {item.unitName || item.hazardNumber}
  </Link>
)

function Due({ item: { listing } }: { item: BatchItemView }): ReactNode {
  const today = useToday()
  if (!listing) return none
  return (
    <DueText due={listing.dueOn} today={today} done={listing.endedOn !== null || listing.hazardClosedOn !== null} />
  )
}

const columns: readonly SheetColumn<BatchItemView>[] = [
  ['序号', (_item, at) => at + 1, true],
  ['单位', hazardLink],
  ['所在地', (item) => item.areaName],
  ['隐患', (item) => `${item.hazardNumber}　${item.description}`],
  ['选入理由', (item) => item.why],
  ['督办责任部门', (item) => item.listing?.supervisingBodyName ?? none],
  ['办理期限', (item) => <Due item={item} />, true],
  ['进展', (item) => <Standing item={item} />],
]

function Standing({ item }: { item: BatchItemView }): ReactNode {
  const { leftOut, listing } = item
  return (
    <>
      {itemWords(item)}
      {leftOut !== null && <div>理由：{leftOut}</div>}
      {listing?.publicisedOn && <div style={oneLineStyle}>{listing.publicisedOn} 公示</div>}
      {listing?.state === 'delisted' && <div style={oneLineStyle}>{listing.endedOn} 销案</div>}
    </>
  )
}

const oneLineStyle: CSSProperties = { whiteSpace: 'nowrap' }

/** The list of the batch: what was chosen, left out by the meeting, and how far the rest has come. */
export function Items({ batch }: { batch: BatchView }): ReactNode {
  const mayDrop = batch.allowedActions.some(({ action, blocked }) => action === dropFromBatch.id && !blocked)
  const drop = (item: BatchItemView) => (
    <ActionButton
      contract={dropFromBatch}
      recordId={batch.id}
      version={batch.version}
      fixed={{ hazardId: item.hazardId }}
      fields={[]}
    />
  )
  const shown: readonly SheetColumn<BatchItemView>[] = mayDrop
    ? [...columns.slice(0, 5), ['操作', drop, true]]
    : columns
  return (
    <Card size="small" title={`名单（${batch.items.length}）`} style={{ marginBottom: 12 }}>
      {batch.items.length === 0 ? (
        <EmptyState why="还没有选入隐患" next="从下面的候选中选入典型重大隐患" />
      ) : (
        <SheetTable columns={shown} rows={batch.items} rowKey={(item) => item.hazardId} />
      )}
    </Card>
  )
}
