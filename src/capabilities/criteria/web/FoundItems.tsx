import { Link } from '@tanstack/react-router'
import { Skeleton, Tag } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { ExportMenu } from '#shell/table/ExportButton.tsx'
import { PrintButton } from '#shell/table/PrintButton.tsx'
import { ListPages } from '#shell/table/RowCards.tsx'
import {
  type CriteriaFilter,
  type CriterionView,
  criteriaExport,
  criteriaList,
  searchCriteria,
} from '../model/index.ts'
import { Highlighted, UnverifiedTag } from './marks.tsx'

interface FoundItemsProps {
  readonly input: z.infer<typeof CriteriaFilter>
  readonly page: number
  readonly size: number
  /** What is searched for, as people read it. */
  readonly words: readonly string[]
  onTurn(page: number, size: number): void
}

const keys = criteriaList.columns.map(({ key }) => key)

/** Items that have something of every word searched for, the closest first, with the words marked. */
export function FoundItems({ input, page, size, words, onTurn }: FoundItemsProps): ReactNode {
  const { text = '' } = input
  const answer = useAsk(searchCriteria, { ...input, page, size }, { keepPrevious: true, staleTime: 60_000 })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active paragraph={{ rows: 6 }} title={false} />
  const { rows, total } = answer.data
  if (total === 0) {
    return (
      <EmptyState
        why={text ? `没有与“${text}”各词都沾边的条文` : '没有符合条件的条文'}
        next="请减少检索词或换一种说法；只有目录、未逐条收录的标准不能检索条文"
      />
    )
  }
  return (
    <section aria-label="检索结果">
      <div className="zb-table-tools">
        <span role="status">
          找到 {total} 条{text && '，按相关程度排列'}
        </span>
        <span style={{ flex: 1 }} />
        <ExportMenu exporting={criteriaExport} input={input} shown={keys} />
        <PrintButton list={criteriaList} columns={criteriaList.columns} input={input} words={words} total={total} />
      </div>
      <ol className="zb-cards">
        {rows.map((row) => (
          <li key={row.id} className="zb-card">
            <FoundItem row={row} searched={text} />
          </li>
        ))}
      </ol>
      <ListPages page={page} size={size} total={total} onChange={onTurn} />
    </section>
  )
}

function FoundItem({ row, searched }: { row: CriterionView; searched: string }): ReactNode {
  return (
    <>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center', marginBottom: 4 }}>
        <Link to={`/criteria/${row.standardId}`} hash={row.id}>
          <Highlighted text={row.standardTitle} searched={searched} /> {row.no}
        </Link>
        {row.catchAll && <Tag style={{ margin: 0 }}>兜底条款，须另写理由</Tag>}
        {row.confidence !== 'high' && <UnverifiedTag note={null} />}
      </div>
      <div>
        {row.group && (
          <strong>
            <Highlighted text={row.group} searched={searched} />：
          </strong>
        )}
        <Highlighted text={row.text} searched={searched} />
      </div>
    </>
  )
}
