import { App, Button, Tag } from 'antd'
import type { ReactNode } from 'react'
import { mintId } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { useAction } from '#shell/api/queries.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { formatInstant, none } from '#shell/text/format.ts'
import { type DeliveryState, deliveryExport, deliveryList, deliveryStates, requeueDeliveries } from '../model/index.ts'

const controls = ['state']
/** Nothing sends these again by itself. */
const again: ReadonlySet<DeliveryState> = new Set(['failed', 'undeliverable', 'inboxOnly'])

/** 外部通知: what was to leave the system by SMS or message platform; nothing stays unsent without being seen here. */
export default function DeliveriesPage(): ReactNode {
  const { message } = App.useApp()
  const requeue = useAction(requeueDeliveries)
  const send = (id: string) =>
    requeue.mutate(
      { recordId: mintId(), input: { ids: [id] } },
      {
        onSuccess: () => void message.success('已重新排队'),
        onError: (error) => void message.error(asApiProblem(error).detail),
      },
    )
  return (
    <>
      <PageHeader
        title="外部通知"
        words="没有接短信或消息平台时，通知只在站内送达，并在这里列明；接法：在服务器上设置 NOTIFY_WEBHOOK_URL 和 NOTIFY_WEBHOOK_SECRET（见运行手册），重启后可逐条重发"
      />
      <RecordTable
        list={deliveryList}
        cells={{
          state: (row) => <Tag style={{ margin: 0 }}>{deliveryStates[row.state]}</Tag>,
          error: (row) => row.error ?? none,
          sent: (row) => formatInstant(row.sentAt),
        }}
        controls={controls}
        rowKey={(row) => row.id}
        rowTools={(row) =>
          again.has(row.state) ? (
            <Button size="small" onClick={() => send(row.id)}>
              重发
            </Button>
          ) : null
        }
        exporting={deliveryExport}
        empty={{ why: '还没有外部通知' }}
      />
    </>
  )
}
