import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { coreErrors } from '#kernel/errors.ts'
import type { ApiProblem } from '../api/problem.ts'
import { formatInstant } from '../text/format.ts'

const staleCodes = new Set([coreErrors.staleVersion.code, coreErrors.wrongState.code])

/** Something was typed here and never sent. */
export function DraftNotice(props: { at: string; onRestore(): void; onDrop(): void }): ReactNode {
  const [open, setOpen] = useState(true)
  if (!open) return null
  const done = (work: () => void) => () => {
    work()
    setOpen(false)
  }
  return (
    <Alert
      type="info"
      style={{ marginBottom: 12 }}
      title={`有一份 ${formatInstant(props.at)} 没有提交的草稿`}
      action={
        <>
          <Button size="small" type="link" onClick={done(props.onRestore)}>
            恢复草稿
          </Button>
          <Button size="small" type="link" onClick={done(props.onDrop)}>
            丢弃
          </Button>
        </>
      }
    />
  )
}

/** What one must know to fill the form in. */
export function Background({ lines = [] }: { lines: readonly string[] | undefined }): ReactNode {
  if (lines.length === 0) return null
  return <Alert type="info" style={{ marginBottom: 12 }} title={lines.map((line) => <div key={line}>{line}</div>)} />
}

interface NoticeProps {
  readonly problem: ApiProblem | undefined
  readonly rest: readonly string[]
  onRetry(): void
}

/** What no field can show: who was first, what is missing elsewhere, that the network is gone. */
export function ProblemNotice({ problem, rest, onRetry }: NoticeProps): ReactNode {
  const client = useQueryClient()
  const words = [...new Set([...(problem ? [problem.detail] : []), ...rest])]
  if (words.length === 0) return null
  const stale = problem && staleCodes.has(problem.code)
  const way = stale ? (
    <Button size="small" onClick={() => void client.invalidateQueries()}>
      载入最新状态
    </Button>
  ) : (
    problem?.retryable && (
      <Button size="small" onClick={onRetry}>
        重试
      </Button>
    )
  )
  return (
    <Alert
      type="error"
      role="alert"
      style={{ marginBottom: 12 }}
      title={words[0]}
      {...(words.length > 1 ? { description: words.slice(1).join('；') } : {})}
      {...(way ? { action: way } : {})}
    />
  )
}
