import { App, Button, Tag } from 'antd'
import type { ReactNode } from 'react'
import { mintId } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { useAction } from '#shell/api/queries.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { formatInstant, none } from '#shell/text/format.ts'
import { deliveryExport, deliveryList, deliveryStates, requeueDeliveries } from '../model/index.ts'

const controls = ['state']

/** 外部通知: what was to leave the system by SMS or message platform; nothing stays unsent without being seen here. */
export default function DeliveriesPage(): ReactNode {
  const { message } = App.useApp()
  const again = useAction(requeueDeliveries)
  const send = (id: string) =>
    again.mutate(
      { recordId: mintId(), input: { ids: [id] } },
      {
        onSuccess: () => void message.success('已重新排队'),
        onError: (error) => void message.error(asApiProblem(error).detail),
      },
    )
  return (
    <>
      <PageHeader title="外部通知" words="短信或消息平台由管理员配置；没有配置时在系统内送达，并在这里列明" />
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
          row.state === 'failed' || row.state === 'undeliverable' ? (
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
