import { Link } from '@tanstack/react-router'
import { Collapse, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { type TaskKind, type TaskStandings, taskKinds, taskStandings } from '../model/index.ts'

const paths: Readonly<Record<TaskKind, string>> = { task: '/tasks', filing: '/filings' }

/** What of the plan stands how over all bodies, and whom to chase; folded, since the list below is the daily work. */
export function StandingsCard({ kind }: { kind: TaskKind }): ReactNode {
  const answer = useAsk(taskStandings, { kind })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const rows = answer.data.rows.filter(({ due }) => due > 0)
  if (rows.length === 0) return null
  const missed = rows.reduce((sum, row) => sum + row.missed, 0)
  const label = `方案${taskKinds[kind]}完成情况：${rows.length}项，逾期未完成${missed}件`
  const children = (
    <div style={{ overflowX: 'auto' }}>
      <table className="zb-plan-table">
        <thead>
          <tr>
            {[taskKinds[kind], '应完成', '按期', '逾期完成', '未到期', '逾期未完成', '催办'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.key} row={row} kind={kind} />
          ))}
        </tbody>
      </table>
    </div>
  )
  return <Collapse size="small" style={{ marginBottom: 12 }} items={[{ key: 'standings', label, children }]} />
}

/** So many names are told before the list of all is offered. */
const named = 4

function Row({ row, kind }: { row: TaskStandings['rows'][number]; kind: TaskKind }): ReactNode {
  const { missing } = row
  return (
    <tr>
      <th scope="row" style={{ textAlign: 'left', fontWeight: 400, minWidth: 220 }}>
        <Link to={paths[kind] as string} search={{ key: row.key } as never}>
          {row.title}
        </Link>
        （{row.clauses.join('、')}）
      </th>
      {[row.due, row.met, row.late, row.open, row.missed].map((n, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the five numbers never change places
        <td key={at} style={{ textAlign: 'right' }}>
          {n}
        </td>
      ))}
      <td style={{ minWidth: 200 }}>
        {missing.slice(0, named).map(({ id, name, period }) => (
          <span key={id}>
            <Link to={`${paths[kind]}/${id}` as string}>
              {name}
              {period && `（${period}年）`}
            </Link>{' '}
          </span>
        ))}
        {missing.length > named && (
          <Link to={paths[kind] as string} search={{ key: row.key, lateness: 'overdue' } as never}>
            等{missing.length}件
          </Link>
        )}
      </td>
    </tr>
  )
}
