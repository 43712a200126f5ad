import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  FieldTimeOutlined,
  HourglassOutlined,
  MinusCircleOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import { Tag } from 'antd'
import type { ReactNode } from 'react'
import type { StateSpec, StateType } from '#kernel/lifecycle.ts'
import { type Day, diffDays } from '#kernel/time.ts'
import { UnpublishedMark } from '../session/unpublished.tsx'
import { colours, type RiskColour, riskColours } from '../theme/tokens.ts'
import { formatDay, formatDaysLeft, none } from './format.ts'

/** A risk level. The only element that may wear red, orange, yellow or blue. */
export function LevelTag({ risk, label }: { risk: RiskColour; label: string }): ReactNode {
  const { text, ground, edge } = riskColours[risk]
  return <Tag style={{ color: text, background: ground, borderColor: edge, fontWeight: 600, margin: 0 }}>{label}</Tag>
}

const stateIcons: Record<StateType, ReactNode> = {
  open: <ClockCircleOutlined aria-hidden />,
  waiting: <HourglassOutlined aria-hidden />,
  closed: <CheckCircleOutlined aria-hidden />,
  void: <MinusCircleOutlined aria-hidden />,
}

/** A state as icon and words on a neutral ground, so that nobody reads a risk into it. */
export function StateTag({ state }: { state: StateSpec }): ReactNode {
  return (
    <Tag
      icon={stateIcons[state.type]}
      style={{ color: colours.text, background: colours.neutralGround, borderColor: colours.border, margin: 0 }}
    >
      {state.label}
    </Tag>
  )
}

interface DueTextProps {
  readonly due: Day | null
  readonly today: Day
  readonly done?: boolean
  /** How much is left, where it is not counted in days. */
  readonly left?: string
}

/** A deadline with the days left; overdue is told by an icon, words and weight, not by a risk colour. */
export function DueText({ due, today, done, left }: DueTextProps): ReactNode {
  if (!due) return <span>{none}</span>
  if (done) return <span>{formatDay(due)}</span>
  const late = diffDays(today, due) < 0
  return (
    <span style={{ whiteSpace: 'nowrap', fontWeight: late ? 700 : 400 }}>
      {formatDay(due)}{' '}
      <span style={{ color: late ? colours.text : colours.textSecondary }}>
        {late ? <WarningOutlined aria-hidden /> : <FieldTimeOutlined aria-hidden />}{' '}
        {left ?? formatDaysLeft(due, today)}
      </span>{' '}
      <UnpublishedMark day={due} />
    </span>
  )
}
