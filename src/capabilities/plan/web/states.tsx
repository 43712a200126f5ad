import {
  AlertOutlined,
  CheckCircleFilled,
  CheckCircleOutlined,
  ClockCircleOutlined,
  HourglassOutlined,
  QuestionCircleOutlined,
  RightCircleOutlined,
} from '@ant-design/icons'
import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { colours } from '#shell/theme/tokens.ts'
import { type ClauseState, clauseStates } from '../model/index.ts'

const icons: Readonly<Record<ClauseState, ReactNode>> = {
  unmet: <AlertOutlined aria-hidden />,
  dueSoon: <ClockCircleOutlined aria-hidden />,
  underway: <RightCircleOutlined aria-hidden />,
  metLate: <CheckCircleOutlined aria-hidden />,
  met: <CheckCircleFilled aria-hidden />,
  noData: <QuestionCircleOutlined aria-hidden />,
  waiting: <HourglassOutlined aria-hidden />,
}

/** Dark, light or outlined: risk colours stay with risks, and what asks for attention still stands out on paper. */
const looks: Readonly<Record<ClauseState, { readonly color: string; readonly background: string }>> = {
  unmet: { color: '#ffffff', background: colours.text },
  dueSoon: { color: '#ffffff', background: colours.warning },
  underway: { color: colours.text, background: colours.neutralGround },
  metLate: { color: colours.success, background: '#ffffff' },
  met: { color: '#ffffff', background: colours.success },
  noData: { color: colours.textSecondary, background: '#ffffff' },
  waiting: { color: colours.textSecondary, background: '#ffffff' },
}

/** How a clause stands: icon and words, whatever colours a printer knows. */
export function ClauseStateTag({ state }: { state: ClauseState }): ReactNode {
  const { color, background } = looks[state]
  return (
    <Tag
      icon={icons[state]}
      title={clauseStates[state].meaning}
      style={{ color, background, borderColor: color === '#ffffff' ? background : colours.border, margin: 0 }}
    >
      {clauseStates[state].label}
    </Tag>
  )
}

export const stateIcon = (state: ClauseState): ReactNode => icons[state]
