import { Link } from '@tanstack/react-router'
import { App, Button, Checkbox, Pagination, Skeleton } from 'antd'
import { type ReactNode, useState } from 'react'
import { mintId } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { useAction, useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { formatInstant } from '#shell/text/format.ts'
import { listNotices, markRead, type NoticeRow } from '../model/index.ts'

const size = 20

/** 消息: what this person was told. Reading is receipted: the sender sees who has read what and when. */
export default function InboxPage(): ReactNode {
  const [page, setPage] = useState(1)
  const [unreadOnly, setUnreadOnly] = useState(false)
  const answer = useAsk(listNotices, { page, size, unreadOnly }, { keepPrevious: true })
  const read = useRead()
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  const { rows = [], total = 0, unread = 0 } = answer.data ?? {}
  const unreadHere = rows.filter((row) => row.readAt === null)
  return (
    <>
      <PageHeader
        title="消息"
        words={`未读 ${unread} 条`}
        actions={
          unreadHere.length > 0 && (
            <Button onClick={() => read(unreadHere.map((row) => row.id))}>本页全部标为已读</Button>
          )
        }
      />
      <Checkbox
        checked={unreadOnly}
        onChange={(event) => {
          setUnreadOnly(event.target.checked)
          setPage(1)
        }}
        style={{ marginBottom: 8 }}
      >
        只看未读
      </Checkbox>
      {!answer.data && <Skeleton active />}
      {answer.data && rows.length === 0 && <EmptyState why={unreadOnly ? '没有未读消息' : '还没有消息'} />}
      <ul className="zb-plain zb-panel">
        {rows.map((row) => (
          <Notice key={row.id} row={row} onRead={() => read([row.id])} />
        ))}
      </ul>
      {total > size && (
        <Pagination current={page} pageSize={size} total={total} onChange={setPage} showSizeChanger={false} />
      )}
    </>
  )
}

function useRead(): (ids: readonly string[]) => void {
  const { message } = App.useApp()
  const action = useAction(markRead)
  return (ids) => {
    action.mutate(
      { recordId: mintId(), input: { noticeIds: [...ids] } },
      { onError: (error) => void message.error(asApiProblem(error).detail) },
    )
  }
}

function Notice({ row, onRead }: { row: NoticeRow; onRead(): void }): ReactNode {
  const title = row.readAt === null ? <strong>{row.title}</strong> : row.title
  // Opening it is reading it.
  const open = () => row.readAt === null && onRead()
  return (
    <li>
      {row.path ? (
        <Link to={row.path as string} onClick={open}>
          {title}
        </Link>
      ) : (
        title
      )}
      <div>{row.body}</div>
      <div className="zb-line">
        <span>{formatInstant(row.at)}</span>
        {row.readAt ? (
          <span>已读 {formatInstant(row.readAt)}</span>
        ) : (
          <Button type="link" size="small" onClick={onRead}>
            标为已读
          </Button>
        )}
      </div>
    </li>
  )
}
