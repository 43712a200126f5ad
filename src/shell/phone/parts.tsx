import type { ReactNode } from 'react'
import type { StateSpec, StateType } from '#kernel/lifecycle.ts'
import { type Day, diffDays } from '#kernel/time.ts'
import { asApiProblem } from '../api/problem.ts'
import { UnpublishedMark } from '../session/unpublished.tsx'
import { formatDaysLeft, none } from '../text/format.ts'
import { type RiskColour, riskColours } from '../theme/tokens.ts'
import { Icon, type IconName } from './icons.tsx'

export function Card(props: { title?: ReactNode; extra?: ReactNode; children: ReactNode }): ReactNode {
  return (
    <section className="p-card">
      {props.title && (
        <div className="p-card-head">
          <h2>{props.title}</h2>
          {props.extra}
        </div>
      )}
      {props.children}
    </section>
  )
}

/** A risk level. The only element that may wear red, orange, yellow or blue. */
export function LevelTag({ risk, label }: { risk: RiskColour; label: string }): ReactNode {
  const { text, ground, edge } = riskColours[risk]
  return (
    <span className="p-tag" style={{ color: text, background: ground, borderColor: edge, fontWeight: 600 }}>
      {label}
    </span>
  )
}

const stateIcons: Record<StateType, IconName> = { open: 'clock', waiting: 'wait', closed: 'check', void: 'none' }

export function StateTag({ state }: { state: StateSpec }): ReactNode {
  return (
    <span className="p-tag">
      <Icon name={stateIcons[state.type]} size={14} /> {state.label}
    </span>
  )
}

/** A deadline with the days left; overdue is told by an icon, words and weight, not by a risk colour. */
export function DueText({ due, today, done }: { due: Day | null; today: Day; done?: boolean }): ReactNode {
  if (!due) return <span>{none}</span>
  if (done) return <span>{due}</span>
  const late = diffDays(today, due) < 0
  return (
    <span className={late ? 'p-due p-late' : 'p-due'}>
      {due} <Icon name={late ? 'warning' : 'clock'} size={14} /> {formatDaysLeft(due, today)}{' '}
      <UnpublishedMark day={due} />
    </span>
  )
}

export function Loading(): ReactNode {
  return (
    <div className="p-loading" role="status">
      正在加载…
    </div>
  )
}

/** Why there is nothing here and what brings the first row into being. */
export function EmptyNote({ why, next }: { why: string; next?: string }): ReactNode {
  return (
    <div className="p-empty">
      <div>{why}</div>
      {next && <div>{next}</div>}
    </div>
  )
}

/** An error in words with the way out. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?(): void }): ReactNode {
  const problem = asApiProblem(error)
  return (
    <div className="p-notice p-error" role="alert">
      <div>{problem.detail}</div>
      {problem.requestId && <div className="p-hint">错误编号：{problem.requestId}</div>}
      {onRetry && problem.status !== 403 && (
        <button type="button" className="p-button" onClick={onRetry}>
          重试
        </button>
      )}
    </div>
  )
}
