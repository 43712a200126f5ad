import { Link, useParams } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { ListLink } from '#shell/router/ListLink.tsx'
import { useToday } from '#shell/session/session.tsx'
import { useListSearch } from '#shell/table/list-search.ts'
import { withFilter } from '#shell/table/search.ts'
import { formatNumber } from '#shell/text/format.ts'
import {
  awaited,
  type ClauseAnswer,
  type ClauseView,
  clause,
  clauseKinds,
  type MechanismView,
  rhythms,
} from '../model/index.ts'
import { LimitBar } from './LimitBar.tsx'
import './plan.css'
import { readWall } from './question.ts'
import { ClauseStateTag } from './states.tsx'

/** A tile opened: its clauses, what fulfils each, the records behind every number, and how it stood before. */
export default function ClausePage(): ReactNode {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const today = useToday()
  const [search, setSearch] = useListSearch()
  const { limits } = readWall(search, today)
  const answer = useAsk(clause, { ...limits, id }, { keepPrevious: true })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active paragraph={{ rows: 10 }} />
  const { tile, action, asOf } = answer.data
  return (
    <>
      <PageHeader
        title={`${tile.id} ${tile.title}`}
        marks={<ClauseStateTag state={tile.state} />}
        words={
          <>
            {action && `${action}。`}截至 {asOf}，牵头：{tile.lead.map(({ name }) => name).join('、')}。{' '}
            <Link to="/plan/wall" search={limits as never} className="zb-no-print">
              返回条款墙
            </Link>
          </>
        }
        printable
      />
      <LimitBar limits={limits} stages={[]} onChange={(changes) => setSearch(withFilter(search, changes))} />
      <History history={answer.data.history} />
      <h2 className="plan-group">
        条款（{tile.clauses} 条，{tile.live} 条有落实机制）
      </h2>
      {answer.data.clauses.map((row) => (
        <ClauseCard key={row.id} row={row} />
      ))}
    </>
  )
}

function History({ history }: { history: ClauseAnswer['history'] }): ReactNode {
  return (
    <section aria-label="历史">
      <h2 className="plan-group">近一年各月末状态</h2>
      <ol className="plan-history">
        {history.map(({ day, state, share }) => (
          <li key={day}>
            <div className="plan-hint">{day}</div>
            <ClauseStateTag state={state} />
            <div className="plan-hint">{share === null ? '—' : `${share}%`}</div>
          </li>
        ))}
      </ol>
    </section>
  )
}

const when = ({ from, by, every }: ClauseView) =>
  [every && rhythms[every], from && by ? `${from} 至 ${by}` : by && `${by} 前`].filter(Boolean).join('，') || '持续'

function ClauseCard({ row }: { row: ClauseView }): ReactNode {
  return (
    <article className="plan-clause" id={row.id}>
      <h3>
        {row.id} {row.text} <ClauseStateTag state={row.state} />
      </h3>
      <div className="plan-hint">
        {clauseKinds[row.kind]}｜{row.bodies.map(({ name }) => name).join('、') || '由县安委办明确'}｜{when(row)}
        ｜凭据：
        {row.evidence}
      </div>
      {row.mechanisms.map((mechanism) => (
        <Mechanism key={mechanism.id} mechanism={mechanism} />
      ))}
      {row.later && <div className="plan-mechanism plan-hint">等待功能：{awaited[row.later]}，建成后自动显示数字</div>}
    </article>
  )
}

function Mechanism({ mechanism }: { mechanism: MechanismView }): ReactNode {
  const { standing, title, path } = mechanism
  if (!standing) {
    return (
      <div className="plan-mechanism">
        <ListLink list={path} label={title}>
          {title}
        </ListLink>
        <span className="plan-hint">
          在当前条件下没有数字（此机制不按所选的机构、乡镇或日期分开记录，或不在您的权限内）
        </span>
      </div>
    )
  }
  const numbers = [
    ['应完成', standing.due],
    ['按期', standing.met],
    ['逾期完成', standing.late],
    ['在办', standing.open],
    ['逾期未完成', standing.missed],
  ] as const
  const done = formatNumber(standing.met + standing.late)
  return (
    <div className="plan-mechanism">
      <ListLink list={standing.list} label={`${title} 已完成${done}，应完成${standing.due}`}>
        {title} {done}/{formatNumber(standing.due)}
      </ListLink>
      {numbers.slice(1).map(([label, n]) => (
        <span key={label}>
          {label} {formatNumber(n)}
        </span>
      ))}
      {standing.zeroConfirmed && standing.due === 0 && <span>已确认为零</span>}
      {standing.nextDue && <span>最近到期 {standing.nextDue}</span>}
      {standing.metOn && <span>{standing.metOn} 完成</span>}
    </div>
  )
}
