import { HistoryOutlined } from '@ant-design/icons'
import { Button, Card, Modal, Skeleton, Timeline } from 'antd'
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { formatInstant } from '#shell/text/format.ts'
import { listHistory } from '../model/index.ts'

type Subject = z.input<typeof listHistory.input>

/** Who changed a record of the directory, when and why. */
function Entries(subject: Subject): ReactNode {
  const { data, error, refetch } = useAsk(listHistory, subject)
  if (error) return <ErrorView error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active />
  if (data.rows.length === 0) return <EmptyState why="还没有变更过，现在是方案和数据包原来的内容" />
  return (
    <Timeline
      items={data.rows.map((row) => ({
        key: row.seq,
        content: (
          <>
            {!row.summary.startsWith(row.title) && <strong>{row.title} </strong>}
            {row.summary}
            <div className="zb-line">
              {formatInstant(row.at)} {row.actor}
            </div>
          </>
        ),
      }))}
    />
  )
}

export function HistoryCard(subject: Subject): ReactNode {
  return (
    <Card size="small" title="变更记录" style={{ marginTop: 12 }}>
      <Entries {...subject} />
    </Card>
  )
}

export function HistoryButton({ name, ...subject }: Subject & { name: string }): ReactNode {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={<HistoryOutlined />} onClick={() => setOpen(true)}>
        记录
      </Button>
      <Modal title={`${name}的变更记录`} open={open} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        {open && <Entries {...subject} />}
      </Modal>
    </>
  )
}
