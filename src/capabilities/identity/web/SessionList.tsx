import { Table, Tag } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { useNarrow } from '#shell/layout/narrow.ts'
import { formatInstant } from '#shell/text/format.ts'
import type { OpenSessionView } from '../model/index.ts'
import { deviceWords } from './device-words.ts'

type Session = z.output<typeof OpenSessionView> & { readonly here?: boolean }

interface SessionListProps {
  readonly sessions: readonly Session[]
  /** What may be done about one of them. */
  action(session: Session): ReactNode
}

/** Where an account is signed in now. */
export function SessionList({ sessions, action }: SessionListProps): ReactNode {
  const narrow = useNarrow()
  if (narrow) {
    return (
      <ul className="zb-plain">
        {sessions.length === 0 && <li>目前没有登录</li>}
        {sessions.map((session) => (
          <li key={session.id}>
            <Device session={session} /> {action(session)}
            <div className="zb-line">
              <span>{formatInstant(session.since)} 登录</span>
              <span>{formatInstant(session.lastSeenAt)} 最近活动</span>
              <span>{session.ip}</span>
            </div>
          </li>
        ))}
      </ul>
    )
  }
  return (
    <Table<Session>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={[...sessions]}
      locale={{ emptyText: '目前没有登录' }}
      columns={[
        { title: '设备', render: (_, session) => <Device session={session} /> },
        { title: '登录时间', width: 160, render: (_, session) => formatInstant(session.since) },
        { title: '最近活动', width: 160, render: (_, session) => formatInstant(session.lastSeenAt) },
        { title: '网络地址', width: 150, dataIndex: 'ip' },
        { title: '', width: 110, render: (_, session) => action(session) },
      ]}
    />
  )
}

function Device({ session }: { session: Session }): ReactNode {
  return (
    <span title={session.agent}>
      {deviceWords(session.agent)} {session.here && <Tag style={{ margin: 0 }}>这台设备</Tag>}
    </span>
  )
}
