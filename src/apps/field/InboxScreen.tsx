import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { listNotices, markRead, type NoticeRow } from '#capabilities/system/model/index.ts'
import { mintId } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { useAction, useAskPages } from '#shell/api/queries.ts'
import { officeMark, phoneAddress } from '#shell/phone/address.ts'
import { MorePages } from '#shell/phone/MorePages.tsx'
import { Card, EmptyNote, ErrorNote, Loading } from '#shell/phone/parts.tsx'
import { Link } from '#shell/phone/router.tsx'
import { say } from '#shell/phone/said.tsx'
import { formatInstant } from '#shell/text/format.ts'

/** 消息: what this person was told. Reading is receipted: the sender sees who has read what and when. */
export function InboxScreen(): ReactNode {
  const [unreadOnly, setUnreadOnly] = useState(false)
  const answer = useAskPages(listNotices, { unreadOnly }, 20)
  const read = useRead()
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? []
  const unread = rows.filter((row) => row.readAt === null)
  return (
    <>
      <div className="p-chips">
        <button type="button" className="p-chip" aria-pressed={unreadOnly} onClick={() => setUnreadOnly(!unreadOnly)}>
          只看未读
        </button>
        {unread.length > 0 && (
          <button type="button" className="p-chip" onClick={() => read(unread.slice(0, 200).map((row) => row.id))}>
            下列全部标为已读
          </button>
        )}
      </div>
      {answer.error && <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.isPending && <Loading />}
      {answer.data && rows.length === 0 && <EmptyNote why={unreadOnly ? '没有未读消息' : '还没有消息'} />}
      {rows.length > 0 && (
        <Card>
          <ul className="p-items">
            {rows.map((row) => (
              <Notice key={row.id} row={row} onRead={() => read([row.id])} />
            ))}
          </ul>
          <MorePages answer={answer} />
        </Card>
      )}
    </>
  )
}

function useRead(): (ids: readonly string[]) => void {
  const action = useAction(markRead)
  const client = useQueryClient()
  return (ids) => {
    action.mutate(
      { recordId: mintId(), input: { noticeIds: [...ids] } },
      {
        onSuccess: () => void client.invalidateQueries({ queryKey: ['session'] }),
        onError: (error) => say(asApiProblem(error).detail),
      },
    )
  }
}

function Notice({ row, onRead }: { row: NoticeRow; onRead(): void }): ReactNode {
  // Opening it is reading it.
  const open = () => row.readAt === null && onRead()
  const words = (
    <>
      {row.readAt === null ? <strong>{row.title}</strong> : <span>{row.title}</span>}
      <span className="p-clamp">{row.body}</span>
    </>
  )
  return (
    <li>
      <NoticeLink path={row.path} onOpen={open}>
        {words}
      </NoticeLink>
      <div className="p-line">
        <span>{formatInstant(row.at)}</span>
        {row.readAt ? (
          <span>已读 {formatInstant(row.readAt)}</span>
        ) : (
          <button type="button" className="p-link" onClick={onRead}>
            标为已读
          </button>
        )}
      </div>
    </li>
  )
}

/** Leads to the record; one the phone has no page for opens in the office application. */
function NoticeLink(props: { path: string | null; onOpen(): void; children: ReactNode }): ReactNode {
  const { path, onOpen, children } = props
  if (path === null) return <div className="p-item">{children}</div>
  if (phoneAddress(path)) {
    return (
      <Link to={path} className="p-item" onClick={onOpen}>
        {children}
      </Link>
    )
  }
  return (
    <a href={`${path}${officeMark}`} className="p-item" onClick={onOpen}>
      {children}
    </a>
  )
}
