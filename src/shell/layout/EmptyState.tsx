import { Empty } from 'antd'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  /** Why there is nothing: “本月没有到期的隐患”, not “暂无数据”. */
  readonly why: string
  /** What brings the first row into being. */
  readonly next?: string
  /** The button or link that does it. */
  readonly action?: ReactNode
}

/** Says why a list is empty and what creates its first row. */
export function EmptyState({ why, next, action }: EmptyStateProps): ReactNode {
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <div>{why}</div>
          {next && <div>{next}</div>}
        </>
      }
    >
      {action}
    </Empty>
  )
}
