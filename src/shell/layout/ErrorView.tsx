import { Button, Result, Typography } from 'antd'
import type { ReactNode } from 'react'
import { asApiProblem } from '../api/problem.ts'

const titles: Record<number, string> = {
  0: '网络不通',
  401: '请先登录',
  403: '没有权限',
  404: '没有找到',
  409: '状态已变化',
  429: '操作过于频繁',
  503: '系统暂时无法处理',
  507: '服务器磁盘已满',
}

/** An error in words with the way out. Not found and not allowed stay apart: only the second is cured by a grant. */
export function ErrorView({ error, onRetry }: { error: unknown; onRetry?(): void }): ReactNode {
  const problem = asApiProblem(error)
  const status = problem.status === 403 ? '403' : problem.status === 404 ? '404' : 'warning'
  return (
    <Result
      status={status}
      icon={null}
      role="alert"
      title={problem.code === 'client.internal' ? '页面出错' : (titles[problem.status] ?? '页面打不开')}
      subTitle={problem.detail}
      extra={
        <>
          {onRetry && problem.status !== 403 && (
            <Button type="primary" onClick={onRetry}>
              重试
            </Button>
          )}
          {problem.requestId && (
            <Typography.Paragraph type="secondary" copyable={{ text: problem.requestId }} style={{ marginTop: 16 }}>
              错误编号：{problem.requestId}
            </Typography.Paragraph>
          )}
        </>
      }
    />
  )
}
