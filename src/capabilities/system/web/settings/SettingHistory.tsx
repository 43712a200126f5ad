import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { formatInstant } from '#shell/text/format.ts'
import { listSettingChanges } from '../../model/index.ts'

/** Who changed a setting, when, from what to what, and on what grounds. */
export function SettingHistory({ of }: { of: z.input<typeof listSettingChanges.input> }): ReactNode {
  const answer = useAsk(listSettingChanges, of)
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active title={false} paragraph={{ rows: 2 }} />
  if (answer.data.rows.length === 0) return <EmptyState why="还没有人在系统里改过，现在是方案数据包里的内容" />
  return (
    <ul className="zb-plain">
      {answer.data.rows.map((row) => (
        <li key={`${row.at}${row.summary}`}>
          <div>{row.summary}</div>
          <div className="zb-line">
            <span>{formatInstant(row.at)}</span>
            <span>{row.actor}</span>
          </div>
        </li>
      ))}
    </ul>
  )
}
