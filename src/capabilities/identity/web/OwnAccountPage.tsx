import { Link } from '@tanstack/react-router'
import { App, Button, Card, Popconfirm, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { callPlain } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { endOwnSessions, getOwnAccount } from '../model/index.ts'
import { grantDays } from './grant-words.ts'
import { SessionList } from './SessionList.tsx'

type OwnAccount = z.output<typeof getOwnAccount.output>

/** 我的账号: what I may see and do, and until when; where I am signed in; my password. */
export default function OwnAccountPage(): ReactNode {
  const { message } = App.useApp()
  const answer = useAsk(getOwnAccount, {})
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const account = answer.data
  const end = async (sessionId: string | null) => {
    try {
      const { ended } = endOwnSessions.output.parse(await callPlain(endOwnSessions.id, 'POST', { sessionId }))
      message.success(ended > 0 ? `已结束${ended}处登录` : '那里的登录已经结束')
    } catch (error) {
      message.error(asApiProblem(error).detail)
    }
    await answer.refetch()
  }
  return (
    <>
      <PageHeader title="我的账号" words={`${account.name}（${account.login}）`} />
      <Reach account={account} />
      <Card size="small" title="密码" style={{ marginBottom: 12 }}>
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16 }}>
          <span>
            {account.passwordSetOn && `${account.passwordSetOn} 设置`}
            {account.passwordUntil && `，可用到 ${account.passwordUntil}`}
          </span>
          <Link to={'/account/password' as string}>修改密码</Link>
        </div>
      </Card>
      <Devices account={account} onEnd={(id) => void end(id)} />
    </>
  )
}

function Reach({ account }: { account: OwnAccount }): ReactNode {
  return (
    <Card size="small" title="我能看到什么、办什么" style={{ marginBottom: 12 }}>
      {account.grants.length === 0 && (
        <EmptyState why="还没有给您授权，所以看不到业务数据" next="请联系系统管理员授权" />
      )}
      <ul className="zb-plain">
        {account.grants.map((grant) => (
          <li key={grant.id}>
            <strong>{grant.roleName}</strong>　{grant.sees}
            <div className="zb-line">
              <span>{grantDays(grant)}</span>
            </div>
            <details>
              <summary>可以办理 {grant.may.length} 类事项</summary>
              {grant.may.join('、')}
            </details>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Devices({ account, onEnd }: { account: OwnAccount; onEnd(id: string | null): void }): ReactNode {
  const others = account.sessions.filter((session) => !session.here)
  return (
    <Card
      size="small"
      title={`登录中的设备（${account.sessions.length}）`}
      extra={
        others.length > 0 && (
          <Popconfirm title={`结束另外${others.length}处登录？`} onConfirm={() => onEnd(null)}>
            <Button size="small">全部结束（本机除外）</Button>
          </Popconfirm>
        )
      }
    >
      <p style={{ marginTop: 0 }}>有不认识的设备，请先结束它的登录，再修改密码。</p>
      <SessionList
        sessions={account.sessions}
        action={(session) =>
          session.here ? null : (
            <Button size="small" onClick={() => onEnd(session.id)}>
              结束登录
            </Button>
          )
        }
      />
    </Card>
  )
}
