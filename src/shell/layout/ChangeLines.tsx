import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import type { QueryContract } from '#kernel/contract.ts'
import { useAsk } from '../api/queries.ts'
import { formatInstant } from '../text/format.ts'
import { EmptyState } from './EmptyState.tsx'
import { ErrorView } from './ErrorView.tsx'

interface Change {
  readonly at: string
  readonly actor: string
  readonly summary: string
}

interface ChangeLinesProps<I extends z.ZodType> {
  readonly contract: QueryContract<I, z.ZodType<{ readonly rows: readonly Change[] }>>
  readonly input: z.input<I>
}

/** Who changed something the pack brought or the county set, when, from what to what, and on what grounds. */
export function ChangeLines<I extends z.ZodType>({ contract, input }: ChangeLinesProps<I>): ReactNode {
  const answer = useAsk(contract, input)
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
