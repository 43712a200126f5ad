import { Link, useParams } from '@tanstack/react-router'
import { Card, Skeleton, Tag } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { comparePlans } from '../model/index.ts'

const kinds = { added: '新增', removed: '删去', changed: '修改' } as const

/** What a version of the plan changed against the one before, clause by clause. */
export default function DifferencePage(): ReactNode {
  const { id = '' } = useParams({ strict: false })
  const answer = useAsk(comparePlans, { id })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const { document, against, changes, same } = answer.data
  const back = <Link to={`/plan/documents/${id}` as string}>{document.title}</Link>
  if (!against) {
    return (
      <>
        <PageHeader title="版本差别" words={back} />
        <EmptyState why="在它之前没有定稿的版本，无从比较" next="再有一份方案定稿后，这里逐条列出改了什么" />
      </>
    )
  }
  return (
    <>
      <PageHeader title="版本差别" words={back} printable />
      <p role="status">
        与第{against.number}版《{against.title}》相比：
        {Object.entries(kinds).map(
          ([kind, words]) => `${words}${changes.filter((one) => one.kind === kind).length}条，`,
        )}
        不变{same}条。
      </p>
      {changes.map(({ kind, path, pathBefore, words, dates }) => (
        <Card key={`${kind} ${path}`} size="small" style={{ marginBottom: 8 }}>
          <Tag>{kinds[kind]}</Tag>
          {path}
          {pathBefore && pathBefore !== path && `（原 ${pathBefore}）`}
          <p style={{ whiteSpace: 'pre-wrap', margin: '8px 0 0' }}>
            {words.map(({ mark, text }, at) => {
              const Piece = mark === 'added' ? 'ins' : mark === 'removed' ? 'del' : 'span'
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move.
              return <Piece key={at}>{text}</Piece>
            })}
          </p>
          {dates.before.length + dates.after.length > 0 && kind === 'changed' && (
            <p style={{ margin: '8px 0 0' }}>
              期限：{dates.before.join('、') || '无'} → {dates.after.join('、') || '无'}
            </p>
          )}
        </Card>
      ))}
    </>
  )
}
