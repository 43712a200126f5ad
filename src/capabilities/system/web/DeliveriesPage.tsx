import { App, Button, Tag } from 'antd'
import type { ReactNode } from 'react'
import { mintId } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { useAction } from '#shell/api/queries.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { formatInstant, none } from '#shell/text/format.ts'
import { deliveryStates, listDeliveries, requeueDeliveries } from '../model/index.ts'

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
        id="deliveries"
        label="外部通知"
        contract={listDeliveries}
        rowKey={(row) => row.id}
        filters={[
          {
            kind: 'select',
            name: 'state',
            label: '状态',
            options: Object.entries(deliveryStates).map(([value, label]) => ({ value, label })),
          },
        ]}
        columns={[
          { key: 'title', title: '通知', hideable: false, render: (row) => row.title },
          { key: 'recipient', title: '接收', width: 160, render: (row) => row.recipient },
          {
            key: 'state',
            title: '状态',
            width: 100,
            render: (row) => <Tag style={{ margin: 0 }}>{deliveryStates[row.state]}</Tag>,
          },
          { key: 'error', title: '原因', render: (row) => row.error ?? none },
          { key: 'attempts', title: '次数', width: 60, align: 'right', render: (row) => row.attempts },
          { key: 'sent', title: '发送时间', width: 150, render: (row) => formatInstant(row.sentAt) },
          {
            key: 'again',
            title: '',
            width: 80,
            hideable: false,
            render: (row) =>
              row.state === 'failed' || row.state === 'undeliverable' ? (
                <Button size="small" onClick={() => send(row.id)}>
                  重发
                </Button>
              ) : null,
          },
        ]}
        empty={{ why: '还没有外部通知' }}
      />
    </>
  )
}
