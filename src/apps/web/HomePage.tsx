import { Card, Descriptions, Tag } from 'antd'
import type { ReactNode } from 'react'
import { roles } from '#kernel/grants.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useSession } from '#shell/session/session.tsx'
import { formatLongDay } from '#shell/text/format.ts'

/** The first page after signing in: who one is here, and in which area. Capabilities add their tasks to it. */
export default function HomePage(): ReactNode {
  const session = useSession()
  return (
    <>
      <PageHeader title="工作台" words={`${session.name}，今天是${formatLongDay(session.today)}`} />
      <Card title="我的职责范围">
        {session.grants.length === 0 ? (
          <EmptyState why="您的账号还没有授权范围" next="请联系县安委办管理员授权后再使用" />
        ) : (
          <Descriptions
            column={1}
            items={session.grants.map((grant, index) => ({
              key: String(index),
              label: roles[grant.role],
              children: (
                <>
                  {grant.unitName ?? grant.bodyName ?? grant.areaName} <Tag>{grant.areaName}</Tag>
                </>
              ),
            }))}
          />
        )}
      </Card>
    </>
  )
}
