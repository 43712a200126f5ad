import { Card, Table } from 'antd'
import type { ReactNode } from 'react'
import { type DeliveryState, deliveryStates, listReceipts } from '#capabilities/system/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { useNarrow } from '#shell/layout/narrow.ts'
import { formatInstant } from '#shell/text/format.ts'

const channelNames: Readonly<Record<string, string>> = { sms: '短信', webhook: '消息平台', default: '短信、消息平台' }

/** Whom the notices of a listing reached, when they read them, and by which way they went: the listing body's proof. */
export function Receipts({ id }: { id: string }): ReactNode {
  const answer = useAsk(listReceipts, { recordType: 'listing', recordId: id })
  const narrow = useNarrow()
  const rows = answer.data?.rows ?? []
  const unread = rows.filter((row) => row.readers.length === 0).length
  return (
    <Card
      size="small"
      title={`通知送达（${rows.length}${unread > 0 ? `，未读 ${unread}` : ''}）`}
      style={{ marginBottom: 12 }}
    >
      {answer.error && <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.data && rows.length === 0 && <EmptyState why="还没有发出通知" />}
      {rows.length > 0 && narrow && (
        <ul className="zb-plain">
          {rows.map((row) => (
            <li key={row.noticeId}>
              <div>
                {row.recipient}：{row.title}
              </div>
              <div className="zb-line">
                <span>{formatInstant(row.at)}</span>
                <span>{readWords(row)}</span>
                <span>{wayWords(row)}</span>
              </div>
            </li>
          ))}
        </ul>
      )}
      {rows.length > 0 && !narrow && (
        <Table
          size="small"
          rowKey={(row) => row.noticeId}
          dataSource={rows}
          pagination={rows.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
          columns={[
            { title: '时间', width: 140, render: (_, row) => formatInstant(row.at) },
            { title: '通知', dataIndex: 'title' },
            { title: '接收', dataIndex: 'recipient', width: 180 },
            { title: '阅读', render: (_, row) => readWords(row) },
            { title: '送达方式', width: 260, render: (_, row) => wayWords(row) },
          ]}
        />
      )}
    </Card>
  )
}

interface Receipt {
  readonly readers: readonly { readonly name: string; readonly at: string }[]
  readonly delivery: { readonly state: string; readonly channel: string; readonly error: string | null } | null
}

const readWords = ({ readers }: Receipt): string =>
  readers.length === 0 ? '未读' : readers.map(({ name, at }) => `${name} ${formatInstant(at)}`).join('；')

/** Every notice stands in the recipient's inbox; what also left the system says by which way, or why it did not. */
function wayWords({ delivery }: Receipt): string {
  if (!delivery) return '站内消息'
  if (delivery.state === 'inboxOnly') return `站内消息（${delivery.error ?? deliveryStates.inboxOnly}）`
  const way = channelNames[delivery.channel] ?? delivery.channel
  const state = deliveryStates[delivery.state as DeliveryState] ?? delivery.state
  return `站内消息；${way}${state}${delivery.error ? `（${delivery.error}）` : ''}`
}
